public import Domain
import Filter

/// Where the operator is among the rows of a pane, and which of them are on the screen.
struct TableCursor: Sendable {
    /// The entity under the cursor.
    private(set) var entity: EntityRef?
    /// Its place among the shown rows, kept in step with the arrangement.
    private(set) var row = 0
    /// The first row on the screen.
    private(set) var top = 0
    /// Whether it stands where it does on purpose, or because all rows are there.
    private(set) var isPlaced = false

    /// Stands where it does on purpose from here on.
    mutating func place() { isPlaced = true }

    /// Moves to a row, as near as there is one.
    mutating func move(to row: Int, of arrangement: Arrangement, page: Int) {
        self.row = max(0, min(row, arrangement.count - 1))
        entity = arrangement.rows.indices.contains(self.row) ? arrangement.entity(self.row) : nil
        scroll(page: page, of: arrangement)
    }

    /// Makes a row the first on the screen; the next move brings the cursor into sight.
    mutating func scroll(to row: Int) { top = row }

    /// Scrolls so that the cursor is on the screen and no screen is half empty without need.
    mutating func scroll(page: Int, of arrangement: Arrangement) {
        let page = max(1, page)
        if row < top { top = row }
        if row >= top + page { top = row - page + 1 }
        top = max(0, min(top, arrangement.count - page))
    }

    /// Stays on its entity in new rows, or where that was when it is gone.
    ///
    /// - Parameter staysFirst: whether it stays in the first row instead, whatever is there.
    mutating func stay(in arrangement: Arrangement, after earlier: Arrangement, page: Int, staysFirst: Bool) {
        let before = row - top
        if staysFirst {
            (row, top) = (0, 0)
        } else if let entity, let new = arrangement.position(replacing: entity, in: earlier) {
            // The row under the eye stays where it is on the screen; at the top of the list, what is new there
            // comes into sight instead.
            if top > 0, before >= 0, before < page { top = new - before }
            row = new
        }
        move(to: row, of: arrangement, page: page)
    }
}

extension PaneState {
    /// The entity under the cursor.
    public var cursor: EntityRef? { spot.entity }
    /// Its place among the shown rows, kept in step with the arrangement.
    public var cursorRow: Int { spot.row }
    /// The first row on the screen.
    public var top: Int { spot.top }
}
