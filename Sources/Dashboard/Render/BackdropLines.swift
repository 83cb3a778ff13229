import Canvas
import Domain

/// The lines around a table: copied from the frame before where nothing that they say has changed.
struct BackdropLines {
    /// What the line of keys says of folding; it follows the cursor.
    let folding: [Bool?]
    /// Whether that is as it was in the frame before.
    let hasSameFolding: Bool
    private let earlier: DrawnRows?

    /// - Parameter earlier: the frame before, if there is one.
    init(_ state: State, after earlier: Rendering?) {
        self.earlier = earlier?.backdrop === state.backdrop ? earlier?.rows : nil
        folding = [
            state.foldable.map(state.isUnfolded), state.foldableRow.map(state.pane.unfolded.contains),
        ]
        hasSameFolding = earlier?.folding == folding
    }

    /// Copies a line; false where it has to be drawn.
    func copy(_ line: Rect, in frame: inout Frame) -> Bool {
        guard let earlier, line.height == 1 else { return false }
        return frame.copy(line, of: earlier.frame, to: line.y)
    }

    /// Draws a line, or copies it.
    ///
    /// - Parameters:
    ///   - isSame: whether what it says of the row under the cursor is as it was, too.
    ///   - draw: draws it, from the state at the moment that its ages count to.
    func draw(
        _ line: Rect, of state: State, in frame: inout Frame, isSame: Bool = true,
        _ draw: (State, inout Frame) -> Void
    ) {
        if isSame, copy(line, in: &frame) { return }
        draw(state.atBackdrop, &frame)
    }
}
