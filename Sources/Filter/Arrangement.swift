public import Domain

/// What a pane shows: the rows of several tables that pass a filter, in an order.
///
/// An immutable value that is made off the main thread and swapped in. It holds the tables that its rows are of.
public final class Arrangement: Sendable {
    /// What was asked for.
    public let request: Request
    /// The shown rows in order.
    public let rows: [RowHandle]
    /// All rows that pass, in order, before any was folded.
    let sortedRows: [RowHandle]
    /// What stands under what; nil where nothing does.
    let folds: Folds?
    /// The rows of all tables, or of those what belongs to the owner, whether they pass or not.
    public let total: Int
    /// The rows that pass the filter and are hidden by `Request.hiding`, or follow from one that is.
    public var hidden: Int { hiddenRows.count + (folds?.hidden ?? 0) }
    /// The rows that pass the filter and are left out by `Request.silencing`.
    public var silenced: Int { silencedRows.count }
    /// The rows on which a regular expression gave up; they are left out.
    public let undecided: Int
    /// The fields that any row has a value of, of those tables that shown rows are of; of all where none is shown.
    ///
    /// So a filter does not take columns away because the rows that pass have no value, but does where rows of their
    /// kind have none by nature.
    public let filled: Set<FieldKey>
    /// The fields that any row of a table has a value of, by table, whether its rows are shown or not.
    public let filledByTable: [Set<FieldKey>]
    /// What the shown rows hold of each field of each table.
    public let extents: [[Extent]]
    /// Where every row of every table stands in `rows`, one table after another; `absent` for those left out.
    private let positions: [UInt32]
    private let starts: [Int]
    let hiddenRows: [RowHandle]
    let silencedRows: [RowHandle]
    private static let absent = UInt32.max

    /// What a pane wants to see.
    public struct Request: Equatable, Sendable {
        /// The tables, one per backend and resource; at most 256.
        public var tables: [Table]
        /// The entity that rows have to belong to; nil takes all rows.
        public var owner: EntityRef?
        /// What is shown.
        public var filter: FilterExpression
        /// What of that is hidden and counted, as problems only and hide acknowledged do.
        public var hiding: FilterExpression?
        /// The entities that are left out though they pass, and counted apart.
        public var silencing: Set<EntityRef>
        /// What stands for others that several servers see; nil shows every row.
        public var doubles: Doubles?
        /// How rows are sorted; without any, they stay as the tables have them.
        public var order: [SortKey]
        /// What rows are grouped by, the group of the first row first; nil leaves them as they are sorted.
        public var grouping: FieldKey?
        /// The alerts under which those are shown that follow from them; nil leaves every row where it is.
        public var unfolded: Set<EntityRef>?
        /// How names of devices are shown; nil shows them whole.
        public var shortNames: ShortNames?
        /// What the filter needs to know.
        public var context: FilterContext

        /// Describes what a pane wants to see.
        public init(
            tables: [Table], owner: EntityRef? = nil, filter: FilterExpression = .everything,
            hiding: FilterExpression? = nil,
            order: [SortKey] = [], grouping: FieldKey? = nil, unfolded: Set<EntityRef>? = nil,
            silencing: Set<EntityRef> = [],
            doubles: Doubles? = nil, shortNames: ShortNames? = nil, context: FilterContext
        ) {
            self.tables = Array(tables.prefix(RowHandle.tableLimit))
            self.owner = owner
            self.filter = filter
            self.hiding = hiding
            self.order = order
            self.grouping = grouping
            self.unfolded = unfolded
            self.silencing = silencing
            self.doubles = doubles
            self.shortNames = shortNames
            self.context = context
        }
    }

    /// Filters and sorts; nil when it was cancelled.
    ///
    /// - Parameters:
    ///   - earlier: an arrangement of the same tables: where the filter only got longer, its rows alone are tested.
    ///   - isCancelled: asked every some thousand rows; must be cheap.
    public static func make(
        _ request: Request, refining earlier: Arrangement? = nil, isCancelled: () -> Bool = { false }
    ) -> Arrangement? {
        let selection = Selection.make(request, refining: earlier, isCancelled: isCancelled)
        guard let selection, !isCancelled() else { return nil }
        if selection.isSorted { return Arrangement(request, selection.rows, selection) }
        let rows = withoutActuallyEscaping(isCancelled) { isCancelled in
            RowOrder(tables: request.tables, isCancelled: isCancelled)
                .sorted(selection.rows, by: request.order)
        }
        return rows.map { Arrangement(request, $0, selection) }
    }

    /// An arrangement without tables.
    public static let empty = Arrangement(
        Request(tables: [], context: FilterContext(now: Timestamp(0))), [], Selection())

    init(_ request: Request, _ rows: [RowHandle], _ selection: Selection) {
        self.request = request
        sortedRows = rows
        var rows = rows
        folds = request.unfolded.flatMap {
            Folds.take(
                from: &rows, hidden: selection.hidden, silenced: selection.silenced, request.tables,
                unfolded: $0, order: request.order)
        }
        if let grouping = request.grouping { rows = Self.grouped(rows, by: grouping, request.tables, folds) }
        self.rows = rows
        var isShown = [Bool](repeating: rows.isEmpty, count: request.tables.count)
        for handle in rows { isShown[handle.table] = true }
        filledByTable = request.tables.map(Self.filled)
        filled = zip(filledByTable, isShown).lazy.filter(\.1).reduce(into: []) { $0.formUnion($1.0) }
        extents = Extent.all(rows, request)
        hiddenRows = selection.hidden
        silencedRows = selection.silenced
        undecided = selection.undecided
        var starts: [Int] = []
        var total = 0
        for table in request.tables {
            starts.append(total)
            total += table.count
        }
        var positions = [UInt32](repeating: Self.absent, count: total)
        for (position, handle) in rows.enumerated() {
            positions[starts[handle.table] + handle.row] = UInt32(position)
        }
        self.total = selection.owned ?? total
        self.starts = starts
        self.positions = positions
    }

    /// Brings the rows of each group together where its first row is; what stands under a row stays there.
    private static func grouped(
        _ rows: [RowHandle], by key: FieldKey, _ tables: [Table], _ folds: Folds?
    ) -> [RowHandle] {
        var places: [String: Int] = [:]
        var groups: [[RowHandle]] = []
        var place = 0
        for handle in rows {
            if folds?.parents[handle] == nil {
                let name = tables[handle.table].text(handle.row, key)
                place = places[name] ?? groups.count
                if place == groups.count {
                    places[name] = place
                    groups.append([])
                }
            }
            groups[place].append(handle)
        }
        return groups.flatMap { $0 }
    }

    private static func filled(_ table: Table) -> Set<FieldKey> {
        Set(
            table.resource.fields.enumerated().lazy.filter { table.columns[$0.offset].holdsAnything }.map(
                \.element.key))
    }

    /// The tables that the rows are of.
    public var tables: [Table] { request.tables }
    /// The number of rows shown.
    public var count: Int { rows.count }

    /// The table of a shown row.
    public func table(_ position: Int) -> Table { tables[rows[position].table] }
    /// The entity of a shown row.
    public func entity(_ position: Int) -> EntityRef { table(position).refs[rows[position].row] }
    /// The value of a field of a shown row.
    public func value(_ position: Int, _ key: FieldKey) -> Value {
        table(position).value(rows[position].row, key)
    }

    /// Where an entity is shown; nil when it is not.
    public func position(of entity: EntityRef) -> Int? {
        guard let handle = tables.handle(of: entity) else { return nil }
        let position = positions[starts[handle.table] + handle.row]
        return position == Self.absent ? nil : Int(position)
    }

    /// Where the entity nearest to one that is gone is shown: the row that took its place in an earlier arrangement.
    ///
    /// The first entity behind it there that is still shown, else the last one before it.
    public func position(replacing entity: EntityRef, in earlier: Arrangement) -> Int? {
        if let position = position(of: entity) { return position }
        if let parent = parent(of: entity), let position = position(of: parent) { return position }
        guard let place = earlier.position(of: entity) else { return nil }
        for position in place..<earlier.count {
            if let found = self.position(of: earlier.entity(position)) { return found }
        }
        for position in (0..<place).reversed() {
            if let found = self.position(of: earlier.entity(position)) { return found }
        }
        return nil
    }
}

extension Arrangement: Equatable {
    /// Whether two show the same rows of the same tables in the same order.
    public static func == (a: Arrangement, b: Arrangement) -> Bool {
        a === b
            || a.tables == b.tables && a.rows == b.rows && a.hidden == b.hidden && a.silenced == b.silenced
                && a.folds == b.folds
    }
}
