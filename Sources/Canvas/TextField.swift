/// One line of text that is being typed, and the place in it.
public struct TextField: Sendable, Hashable {
    /// What can be done to the text besides inserting.
    public enum Edit: String, Sendable, Hashable, CaseIterable {
        /// Moves.
        case left, right, home, end
        /// Moves by a word.
        case wordLeft = "word-left", wordRight = "word-right"
        /// Deletes a character.
        case backspace, delete
        /// Deletes a word.
        case deleteWordLeft = "delete-word-left", deleteWordRight = "delete-word-right"
        /// Deletes from the place to one end.
        case killToStart = "kill-to-start", killToEnd = "kill-to-end"
    }

    /// Characters beyond this many are not taken.
    public static let limit = 4096

    private var characters: [Character]
    /// How many characters stand before the cursor.
    public private(set) var cursor: Int

    /// Makes a field with a text, the cursor behind it.
    public init(_ text: String = "") {
        characters = Array(CleanText.oneLine(text).prefix(Self.limit))
        cursor = characters.count
    }

    /// The text.
    public var text: String { String(characters) }
    /// Whether nothing was typed.
    public var isEmpty: Bool { characters.isEmpty }

    /// Puts a text at the cursor: a typed character or a paste.
    ///
    /// Line breaks and tabs become blanks, so that a pasted line never submits; one at the very end is dropped.
    public mutating func insert(_ text: String) {
        var text = text[...]
        while let last = text.last, last.isNewline { text.removeLast() }
        let clean = CleanText.oneLine(text)
        // A mark typed by itself joins the character before it, so the whole is taken apart again.
        let before = Array(String(characters[..<cursor]) + clean)
        let after = characters[cursor...]
        let room = max(0, Self.limit - after.count)
        characters = Array(before.prefix(room) + after)
        cursor = min(before.count, room)
    }

    /// Does an edit; one that has nothing to act on changes nothing.
    public mutating func apply(_ edit: Edit) {
        switch edit {
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .home: cursor = 0
        case .end: cursor = characters.count
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .backspace: remove(max(0, cursor - 1)..<cursor)
        case .delete: remove(cursor..<min(characters.count, cursor + 1))
        case .deleteWordLeft: remove(wordStart..<cursor)
        case .deleteWordRight: remove(cursor..<wordEnd)
        case .killToStart: remove(0..<cursor)
        case .killToEnd: remove(cursor..<characters.count)
        }
    }

    /// Draws the part of the text around the cursor into the first row of a rectangle, and puts the frame's
    /// cursor there when the field has the focus.
    ///
    /// The part shown depends on text, cursor and width alone; it moves by half the width, so that typing
    /// at the end of a long text does not redraw the row with every key.
    public func draw(in frame: inout Frame, _ rect: Rect, _ style: StyleID, isFocused: Bool = true) {
        guard !rect.isEmpty else { return }
        frame.fill(rect.row(0), style)
        let column = characters[..<cursor].reduce(0) { $0 + CharacterWidth.of($1) }
        let scroll = scroll(column, rect.width)
        var x = 0
        frame.clipped(to: rect.row(0)) { frame in
            for character in characters where x < scroll + rect.width {
                let width = CharacterWidth.of(character)
                if x + width > scroll { frame.put(String(character), rect.x + x - scroll, rect.y, style) }
                x += width
            }
        }
        if isFocused { frame.cursor = (rect.x + column - scroll, rect.y) }
    }

    private func scroll(_ column: Int, _ width: Int) -> Int {
        // The cursor needs a column of its own behind the text.
        guard column >= width else { return 0 }
        let step = max(1, width / 2)
        return (column - width + step) / step * step
    }

    private mutating func remove(_ range: Range<Int>) {
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private var wordStart: Int {
        var place = cursor
        while place > 0, !isWord(place - 1) { place -= 1 }
        while place > 0, isWord(place - 1) { place -= 1 }
        return place
    }

    private var wordEnd: Int {
        var place = cursor
        while place < characters.count, !isWord(place) { place += 1 }
        while place < characters.count, isWord(place) { place += 1 }
        return place
    }

    private func isWord(_ place: Int) -> Bool {
        characters[place].isLetter || characters[place].isNumber
    }
}
