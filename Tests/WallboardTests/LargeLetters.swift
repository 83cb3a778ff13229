import Canvas
@testable import Dashboard
@testable import DashboardSupport
@testable import Wallboard

/// Reads the large letters of a frame back into text.
struct LargeLetters {
    let frame: Frame

    private static let quarters = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")
    private static let letters: [(Character, [[Bool]])] =
        (Array(" !\"#$%&'()*+,-./0123456789:;<=>?@…▲◆▼◐●✓")
        + (65...90).map { Character(Unicode.Scalar($0)) } + Array("[\\]^_")
        + (97...122).map {
            Character(Unicode.Scalar($0))
        } + Array("{|}~")).compactMap { letter in
            BigFont.rows(of: letter).map { rows in
                (letter, (0..<BigFont.width(of: letter)).map { column in rows.map { $0[column] } })
            }
        }.filter { $0.0 != " " }.sorted { $0.1.count > $1.1.count }

    /// The lines that hold nothing but large letters from a column on, from top to bottom.
    func lines(from start: Int = 0) -> [String] {
        var lines: [String] = []
        var y = 0
        while y + BigText.rows <= frame.size.height {
            if let line = line(y, start) {
                lines.append(line)
                y += BigText.rows
            } else {
                y += 1
            }
        }
        return lines
    }

    private func line(_ y: Int, _ start: Int) -> String? {
        var columns: [[Bool]] = []
        for x in start..<frame.size.width {
            var pair = [[Bool]](repeating: [], count: 2)
            for row in 0..<BigText.rows {
                guard let glyph = frame.text(of: frame[x, y + row]).first,
                    let bits = Self.quarters.firstIndex(of: glyph)
                else { return nil }
                pair[0] += [bits & 1 > 0, bits & 4 > 0]
                pair[1] += [bits & 2 > 0, bits & 8 > 0]
            }
            columns += pair
        }
        var text = ""
        var (x, blanks) = (0, 0)
        while x < columns.count {
            guard columns[x].contains(true) else {
                (x, blanks) = (x + 1, blanks + 1)
                continue
            }
            let found = Self.letters.first { letter, points in
                let end = x + points.count
                return end <= columns.count && Array(columns[x..<end]) == points
                    && (end == columns.count || !columns[end].contains(true))
            }
            guard let found else { return nil }
            if blanks > 3, !text.isEmpty { text += " " }
            text.append(found.0)
            (x, blanks) = (x + found.1.count, 0)
        }
        return text.isEmpty ? nil : text
    }
}

extension Desk {
    /// What can be read on the screen, whatever the size of its letters.
    var readable: String {
        let frame = render(state)
        return text + "\n" + LargeLetters(frame: frame).lines().joined(separator: "\n")
    }
}
