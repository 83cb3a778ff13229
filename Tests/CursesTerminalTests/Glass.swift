/// What an xterm shows of the bytes that it was sent: characters alone, one column each.
struct Glass {
    private(set) var rows: [[Character]]
    private let width: Int
    private let height: Int
    private var x = 0
    private var y = 0
    private var saved = (x: 0, y: 0)
    private var region: ClosedRange<Int>
    private var last: Character = " "
    /// What it was sent and does not know: a test that sees any proves nothing.
    private(set) var unknown: Set<String> = []

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        rows = Array(repeating: Array(repeating: " ", count: width), count: height)
        region = 0...(height - 1)
    }

    var text: [String] { rows.map { String($0) } }

    mutating func take(_ output: String) {
        var rest = Array(output.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\r": x = 0
            case "\u{8}": x = max(0, x - 1)
            case "\n": if y == region.upperBound { scroll(1) } else { y = min(y + 1, height - 1) }
            case "\u{1B}": sequence(&rest)
            default: put(Character(scalar))
            }
        }
    }

    private mutating func put(_ character: Character) {
        if x >= width {
            x = 0
            y = min(y + 1, height - 1)
        }
        rows[y][x] = character
        last = character
        x += 1
    }

    /// Lines up in the region, or down where there are less than none.
    private mutating func scroll(_ lines: Int) {
        for _ in 0..<abs(lines) {
            let from = lines > 0 ? region.lowerBound : region.upperBound
            let to = lines > 0 ? region.upperBound : region.lowerBound
            rows.remove(at: from)
            rows.insert(Array(repeating: " ", count: width), at: to)
        }
    }

    private mutating func sequence(_ rest: inout ArraySlice<Unicode.Scalar>) {
        switch rest.popFirst() {
        case "[": break
        case "M":
            if y == region.lowerBound { scroll(-1) } else { y = max(0, y - 1) }
            return
        case "7":
            saved = (x, y)
            return
        case "8":
            (x, y) = saved
            return
        case "(":
            _ = rest.popFirst()
            return
        case "=", ">": return
        case let other:
            unknown.insert("ESC \(other.map { String($0) } ?? "")")
            return
        }
        var parameters = ""
        while let scalar = rest.first, scalar.value < 0x40 {
            parameters.unicodeScalars.append(scalar)
            rest = rest.dropFirst()
        }
        guard let final = rest.popFirst() else { return }
        control(final, parameters)
    }

    private mutating func control(_ final: Unicode.Scalar, _ parameters: String) {
        let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        let count = max(1, (numbers.first ?? nil) ?? 1)
        switch final {
        case "H":
            y = min(count, height) - 1
            x = min(max(1, numbers.count > 1 ? numbers[1] ?? 1 : 1), width) - 1
        case "d": y = min(count, height) - 1
        case "G": x = min(count, width) - 1
        case "A": y = max(0, y - count)
        case "B": y = min(height - 1, y + count)
        case "C": x = min(width - 1, x + count)
        case "D": x = max(0, min(x, width - 1) - count)
        case "K":
            let from = parameters == "1" || parameters == "2" ? 0 : x
            let end = parameters == "1" ? x + 1 : width
            for place in from..<max(from, min(end, width)) { rows[y][place] = " " }
        case "J":
            for row in (parameters == "2" ? 0 : y)..<height {
                for place in (row == y && parameters != "2" ? x : 0)..<width { rows[row][place] = " " }
            }
        case "P":
            rows[y].removeSubrange(x..<min(x + count, width))
            rows[y] += Array(repeating: " ", count: width - rows[y].count)
        case "@":
            rows[y].insert(contentsOf: Array(repeating: " ", count: count), at: x)
            rows[y] = Array(rows[y].prefix(width))
        case "X": for place in x..<min(x + count, width) { rows[y][place] = " " }
        case "b": for _ in 0..<count { put(last) }
        case "r":
            let bottom = numbers.count > 1 ? numbers[1] ?? height : height
            region = (count - 1)...(min(bottom, height) - 1)
            (x, y) = (0, 0)
        case "L", "M":
            // Lines below the cursor move as if the region began there.
            let whole = region
            region = y...max(y, whole.upperBound)
            scroll(final == "M" ? count : -count)
            region = whole
            x = 0
        case "S": scroll(count)
        case "T": scroll(-count)
        case "m", "h", "l", "t": break
        default: unknown.insert("CSI \(parameters)\(final)")
        }
    }
}
