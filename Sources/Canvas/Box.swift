/// A frame of lines around a dialog, with words in its upper and lower edge.
public struct Box: Sendable, Hashable {
    /// In the upper edge, at its left; nothing when empty.
    public var title: String
    /// In the lower edge, at its right: the keys that act; nothing when empty.
    public var hint: String

    /// Makes a box.
    public init(title: String = "", hint: String = "") {
        self.title = title
        self.hint = hint
    }

    /// Draws the box over what stands there and gives back the area inside, one blank column off the lines.
    @discardableResult
    public func draw(
        in frame: inout Frame, _ rect: Rect, border: StyleID, title titleStyle: StyleID, inside: StyleID
    ) -> Rect {
        guard rect.width >= 2, rect.height >= 2 else { return Rect(rect.x, rect.y, 0, 0) }
        frame.fill(rect, inside)
        let edge = String(repeating: "─", count: rect.width - 2)
        frame.put("┌" + edge + "┐", rect.x, rect.y, border)
        frame.put("└" + edge + "┘", rect.x, rect.maxY - 1, border)
        for y in (rect.y + 1)..<(rect.maxY - 1) {
            frame.put("│", rect.x, y, border)
            frame.put("│", rect.maxX - 1, y, border)
        }
        let room = rect.width - 6
        if !title.isEmpty, room > 0 {
            frame.put(" \(TextLayout.cut(title, to: room)) ", rect.x + 1, rect.y, titleStyle)
        }
        if !hint.isEmpty, room > 0 {
            let words = " \(TextLayout.cut(hint, to: room)) "
            frame.put(words, rect.maxX - 2 - CharacterWidth.of(words), rect.maxY - 1, border)
        }
        return rect.inset(2, 1)
    }
}
