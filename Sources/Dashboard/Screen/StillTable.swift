package import Canvas
package import Domain

/// A pane's table in which nobody moves: it has no cursor, and says nothing of keys.
package struct StillTable {
    /// What may be read of a value of a field, from the text that it would be shown as.
    package typealias Redaction = (String, Value, Field, ResourceDescriptor) -> String

    private let picture: TablePicture

    /// - Parameters:
    ///   - first: the row that it begins with.
    ///   - redaction: nil where everything may be read.
    package init(
        _ state: State, _ pane: PaneState, from first: Int = 0, width: Int, redaction: Redaction?
    ) {
        var pane = pane
        pane.begin(with: first)
        picture = TablePicture(state, pane, width: width, isStill: true, redaction: redaction)
    }

    /// Draws headings and as many rows as there is room for.
    package func draw(in frame: inout Frame, _ rect: Rect) { picture.draw(in: &frame, rect) }
}
