import Canvas
@testable import Dashboard
import Foundation
import Testing

/// Frames kept as text with the letters of their looks; `RECORD=1` writes them again.
enum Golden {
    private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

    /// Compares a frame with the one that is kept under a name.
    ///
    /// - Parameters:
    ///   - test: the file of the test: the folder `Golden` stands beside it.
    ///   - isASCII: keeps what a terminal without UTF-8 shows of it.
    ///   - isColourless: keeps what a terminal without colours tells apart, in place of roles.
    static func check(
        _ state: State, _ name: String, isASCII: Bool = false, isColourless: Bool = false,
        beside test: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let folder = URL(filePath: test).deletingLastPathComponent().appending(path: "Golden")
        let frame = render(state)
        let file = folder.appending(path: "\(name)-\(state.size.width)x\(state.size.height).txt")
        let text = dump(frame, isASCII: isASCII, isColourless: isColourless)
        if isRecording {
            try text.write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let kept = try? String(contentsOf: file, encoding: .utf8)
        #expect(
            kept == text, "\(file.lastPathComponent) differs; the screen is now:\n\(text)",
            sourceLocation: sourceLocation)
    }

    /// The text of every row, then a letter per cell for its role; a row's grounds stand behind it.
    private static func dump(_ frame: Frame, isASCII: Bool, isColourless: Bool) -> String {
        let text = isASCII ? frame.textLines().map(ascii) : frame.textLines()
        let looks = (0..<frame.size.height).map { y in
            var line = ""
            var grounds: [Variant] = []
            for x in 0..<frame.size.width {
                // The colours of a picture are nobody's role.
                guard !frame.hasOwnStyle(frame[x, y]) else {
                    line.append(picture(frame, x, y))
                    continue
                }
                if isColourless {
                    line.append(attribute(frame.look(of: frame[x, y].style).attributes))
                    continue
                }
                let (role, variant) = Theme.role(of: frame[x, y].style)
                line.append(letters[role] ?? "#")
                if variant != .plain, !grounds.contains(variant) { grounds.append(variant) }
            }
            while line.last == "." { line.removeLast() }
            let names = grounds.map { "\($0)" }.sorted().joined(separator: " ")
            return names.isEmpty ? line : "\(line)  [\(names)]"
        }
        return (text + [""] + looks).joined(separator: "\n") + "\n"
    }

    /// What a terminal without UTF-8 shows.
    static func ascii(_ line: String) -> String {
        String(line.unicodeScalars.map { Character(Unicode.Scalar(ASCIIFallback.character(for: $0))) })
    }

    /// A letter for what sets a cell apart where there are no colours.
    private static func attribute(_ attributes: Style.Attributes) -> Character {
        if attributes.contains(.reverse) { return "r" }
        if attributes.contains(.underline) { return attributes.contains(.bold) ? "U" : "u" }
        return attributes.contains(.bold) ? "b" : attributes.contains(.dim) ? "d" : "."
    }

    /// A digit for the place of a cell's look among those of the picture, the same digit for the same look.
    private static func picture(_ frame: Frame, _ x: Int, _ y: Int) -> Character {
        Character(String((Int(frame[x, y].style.index) - frame.sheet.styles.count) % 10))
    }

    /// Fixed, so that a new role changes no picture.
    private static let letters: [Role: Character] = [
        .text: ".", .textMuted: "m", .textHeading: "h", .textStrong: "s", .link: "l", .match: "x",
        .input: "i",
        .header: "_", .headerName: "N", .tab: "t", .tabActive: "T", .column: "c", .columnSorted: "C",
        .cursor: "|", .mark: "M", .severity: "v", .severityCritical: "R", .severityWarning: "W",
        .severityOk: "O", .severityUnknown: "Q", .state: "z", .stateUp: "u", .stateDown: "d",
        .statePartly: "p",
        .stateHandled: "a", .stateOff: "o", .stateUnknown: "q", .fresh: "f", .freshStale: "F",
        .freshLost: "L",
        .stale: "S", .dialog: ",", .dialogBorder: "b", .dialogTitle: "B", .dialogFocus: "E",
        .dialogDanger: "D", .dialogAdded: "+", .dialogRemoved: "-",
        .message: "e", .messageGood: "g", .messageBad: "X", .key: "k", .keyLabel: "y",
        .insecure: "I", .readOnly: "P", .chip: "!", .past: "Z",
    ]
}

extension Theme {
    /// What a style stands for.
    static func role(of style: StyleID) -> (Role, Variant) {
        let roles = Role.allCases
        let place = Int(style.index)
        return (roles[place % roles.count], Variant.allCases[place / roles.count])
    }
}
