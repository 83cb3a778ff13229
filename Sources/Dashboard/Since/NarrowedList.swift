internal import Canvas

/// The list of a page that lies over the body: the line under the cursor, and the text that lines are narrowed to.
struct NarrowedList: Sendable, Equatable {
    /// The line under the cursor.
    private(set) var focus = 0
    private(set) var narrowing = ListNarrowing()

    /// Puts the cursor on a line.
    mutating func moveFocus(to line: Int) { focus = line }

    /// Changes the text that the lines are narrowed to.
    mutating func edit(_ change: (inout TextField) -> Void) {
        narrowing.edit(change)
        focus = 0
    }

    /// Does an action of typing, of the way back through what is narrowed, or of the cursor; false when it is none.
    ///
    /// - Parameters:
    ///   - count: of the lines that are shown.
    ///   - page: how many of them the screen has room for.
    mutating func run(_ action: OwnAction, count: Int, page: Int) -> Bool {
        if narrowing.run(action) { return true }
        guard let moved = ListMove(page: max(1, page), count: count).line(action, from: focus) else {
            return false
        }
        focus = moved
        return true
    }

    /// Draws the line above it: what page it is, of what, what it is narrowed to, and where in it one is.
    ///
    /// - Parameters:
    ///   - count: in words before that place; empty for nothing.
    ///   - rows: how many lines are drawn, of so many in all.
    func drawTitle(
        in frame: inout Frame, _ line: Rect, _ name: String, of subject: String, count: String = "",
        rows: Int, total: Int
    ) {
        let first = max(0, min(focus, total - 1) - rows + 1)
        let mark = ScrollMark(first: first, visible: rows, total: total).text
        let right = [count, mark].filter { !$0.isEmpty }.joined(separator: " · ")
        let start = frame.putRight([Piece(right, .textMuted)], endingAt: line.maxX - 1, line.y)
        frame.put(
            [Piece(" \(name)", .textHeading), Piece(" › ", .textMuted), Piece(subject, .textStrong)]
                + narrowing.pieces, line.x, line.y, width: max(0, start - line.x - 1))
    }
}
