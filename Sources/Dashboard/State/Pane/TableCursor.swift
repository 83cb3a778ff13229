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
    /// How many rows the screen has room for; 0 where nobody said so.
    private(set) var page = 0
    /// Whether it stands where it does on purpose, or because all rows are there.
    private(set) var isPlaced = false

    /// What the operator has just dealt with; nil when nothing was.
    private var handled: Handled?

    /// The targets of a command of the operator's own.
    private struct Handled {
        let entities: Set<EntityRef>
        /// Whether its outcome is here, so that the next reading shows what it did.
        let isOver: Bool
    }

    /// Stands where it does on purpose from here on.
    mutating func place() { isPlaced = true }

    /// Moves to a row, as near as there is one.
    mutating func move(to row: Int, of arrangement: Arrangement, page: Int) {
        handled = nil
        put(on: row, of: arrangement, page: page)
    }

    /// Keeps its line instead of its entity when that sinks or goes because of a command.
    mutating func dealt(with entities: Set<EntityRef>, isOver: Bool) {
        guard let entity, entities.contains(entity) else { return }
        handled = Handled(entities: entities, isOver: isOver)
    }

    private mutating func put(on row: Int, of arrangement: Arrangement, page: Int) {
        self.row = max(0, min(row, arrangement.count - 1))
        entity = arrangement.rows.indices.contains(self.row) ? arrangement.entity(self.row) : nil
        scroll(page: page, of: arrangement)
    }

    /// Makes a row the first on the screen; the next move brings the cursor into sight.
    mutating func scroll(to row: Int) { top = row }

    /// Scrolls so that the cursor is on the screen and no screen is half empty without need.
    mutating func scroll(page: Int, of arrangement: Arrangement) {
        let page = max(1, page)
        self.page = page
        if row < top { top = row }
        if row >= top + page { top = row - page + 1 }
        top = max(0, min(top, arrangement.count - page))
    }

    /// Stays on its entity in new rows, or where that was when it is gone; on its line where the operator has just
    /// dealt with the entity, so that what comes next is under it.
    ///
    /// - Parameter staysFirst: whether it stays in the first row instead, whatever is there.
    /// - Returns: whether it left an entity that was dealt with.
    @discardableResult
    mutating func stay(in arrangement: Arrangement, after earlier: Arrangement, page: Int, staysFirst: Bool)
        -> Bool
    {
        let before = row - top
        let next = staysFirst ? nil : nextInLine(in: arrangement, after: earlier)
        if staysFirst {
            (row, top) = (0, 0)
        } else if let entity, let new = next ?? arrangement.position(replacing: entity, in: earlier) {
            // The row under the eye stays where it is on the screen; at the top of the list, what is new there
            // comes into sight instead.
            if top > 0, before >= 0, before < page { top = new - before }
            row = new
        }
        put(on: row, of: arrangement, page: page)
        return next != nil
    }

    /// Where the row is now that stood behind the one that was dealt with; nil where that did not sink or go, or for
    /// another reason than the command.
    private mutating func nextInLine(in arrangement: Arrangement, after earlier: Arrangement) -> Int? {
        guard let handled, let entity, let place = earlier.position(of: entity),
            arrangement.request.isSameView(as: earlier.request)
        else { return nil }
        let following = (place..<earlier.count).lazy.map { earlier.entity($0) }.first {
            !handled.entities.contains($0) && arrangement.position(of: $0) != nil
        }
        let next = following.flatMap { arrangement.position(of: $0) }
        let own = arrangement.position(of: entity)
        if let next, own.map({ $0 > next }) ?? true {
            self.handled = nil
            return next
        }
        // What was read after the outcome shows what the command did: what moves the row later is something else.
        let isRead = arrangement.tables.listing(entity) != earlier.tables.listing(entity)
        if handled.isOver, isRead { self.handled = nil }
        return nil
    }
}

extension Arrangement.Request {
    /// Whether another one asks for the same rows in the same order.
    fileprivate func isSameView(as other: Self) -> Bool {
        filter == other.filter && hiding == other.hiding && order == other.order && unfolded == other.unfolded
    }
}

extension [Table] {
    /// The table that an entity is, or would be, in.
    fileprivate func listing(_ entity: EntityRef) -> Table? {
        first { $0.backend == entity.backend && $0.resource.kind == entity.kind }
    }
}

extension PaneState {
    /// The entity under the cursor.
    public var cursor: EntityRef? { spot.entity }
    /// Its place among the shown rows, kept in step with the arrangement.
    public var cursorRow: Int { spot.row }
    /// The first row on the screen.
    public var top: Int { spot.top }
    /// How many rows the screen has room for; 0 where nobody moves in it.
    var page: Int { spot.page }
}
