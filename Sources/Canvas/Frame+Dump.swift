extension Frame {
    /// The text of every row, for tests and for pages printed without a screen; trailing blanks are left out.
    public func textLines() -> [String] {
        (0..<size.height).map { y in
            var line = ""
            for x in 0..<size.width { line += text(of: self[x, y]) }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// A letter per cell that stands for its style, row by row; the same shape as the frame in columns.
    public func styleMap(_ letter: (StyleID) -> Character = Frame.letter) -> [String] {
        (0..<size.height).map { y in String((0..<size.width).map { x in letter(self[x, y].style) }) }
    }

    /// `.` for the first style of a sheet, then `a` to `z`, `A` to `Z`, `0` to `9`, and `#` for all others.
    public static func letter(_ style: StyleID) -> Character {
        switch Int(style.index) {
        case 0: "."
        case let index where index < letters.count: Character(Unicode.Scalar(letters[index]))
        default: "#"
        }
    }

    private static let letters = Array(
        ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
}
