package import Canvas
import Domain

extension Frame {
    /// Writes a text in the look of a role; gives back the columns used.
    @discardableResult
    package mutating func put(
        _ text: String, _ x: Int, _ y: Int, _ role: Role, _ variant: Variant = .plain,
        width: Int = .max
    ) -> Int {
        put(text, x, y, Theme.style(role, variant), width: width)
    }

    /// Writes pieces one behind the other; gives back the column behind the last.
    @discardableResult
    package mutating func put(_ pieces: [Piece], _ x: Int, _ y: Int, _ variant: Variant = .plain, width: Int)
        -> Int
    {
        var column = 0
        for piece in pieces where column < width {
            let text = TextLayout.cut(piece.text, to: width - column)
            column += put(text, x + column, y, piece.role, variant, width: width - column)
        }
        return x + column
    }

    /// Writes pieces so that the last one ends at a column; gives back where the first one begins.
    @discardableResult
    package mutating func putRight(
        _ pieces: [Piece], endingAt end: Int, _ y: Int, _ variant: Variant = .plain
    ) -> Int {
        let width = pieces.reduce(0) { $0 + CharacterWidth.of($1.text) }
        put(pieces, end - width, y, variant, width: width)
        return end - width
    }
}

/// A text in the look of a role.
package struct Piece {
    package var text: String
    package var role: Role
    package init(_ text: String, _ role: Role = .text) {
        self.text = text
        self.role = role
    }

    package var width: Int { CharacterWidth.of(text) }
}
