import Domain
import Filter

/// Rows of a table under the one that they follow from.
extension State {
    /// The row that is folded or unfolded where the cursor is: its own, or the one that it stands under.
    var foldableRow: EntityRef? {
        guard details.isEmpty, let cursor = pane.cursor,
            let position = pane.arrangement.position(of: cursor)
        else { return nil }
        return pane.arrangement.fold(position) == nil ? pane.arrangement.parent(of: cursor) : cursor
    }

    /// Shows what stands under a row, or hides it; the cursor goes to the row that it is folded under.
    mutating func foldRow() -> [Effect] {
        guard let parent = foldableRow else { return [] }
        panes[paneIndex].toggleFold(parent, page: layout.rows)
        return arrange(paneIndex)
    }
}
