public import Domain
public import Filter

/// One pane: which rows it shows in which order, and where the operator is in it.
public struct PaneState: Sendable {
    /// What it shows.
    public internal(set) var pane: Pane
    /// The rows that are shown, with the tables they are of.
    public internal(set) var arrangement = Arrangement.empty
    /// The levels of the order.
    public internal(set) var order: [SortKey]
    /// What rows are grouped by, before they are sorted; nil groups them not at all.
    public internal(set) var grouping: FieldKey?
    /// The filter that holds, as it was typed.
    public internal(set) var filterText = ""
    /// What the rows pass.
    public internal(set) var filter = FilterExpression.everything
    /// What is wrong with the text being typed, or missing from it; the last good filter holds.
    public internal(set) var filterRemark: FilterRemark?
    /// Whether only what is wrong is shown.
    public internal(set) var problemsOnly = false
    /// Whether what is acknowledged is left out.
    public internal(set) var hidesAcknowledged = false
    /// The one backend that is shown; nil shows all.
    public internal(set) var backend: BackendID?

    /// The entity under the cursor.
    public internal(set) var cursor: EntityRef?
    /// Its place among the shown rows, kept in step with the arrangement.
    public internal(set) var cursorRow = 0
    /// What it holds while rows arrive.
    var hold = Hold()
    /// Whether the cursor stands where it does on purpose, or because all rows are there.
    var isCursorPlaced = false
    /// The first row on the screen.
    public internal(set) var top = 0
    /// The first column on the screen behind the ones that stay.
    public internal(set) var firstColumn = 0
    /// The marked entities.
    public internal(set) var marks: Set<EntityRef> = []
    /// What is looked for without leaving rows away; nil when nothing is.
    public internal(set) var find: Find?
    /// The alerts under which those that follow from them are shown.
    public internal(set) var unfolded: Set<EntityRef> = []
    /// Where a range of marks begins; nil while none is being made.
    public internal(set) var rangeStart: EntityRef?
    /// The columns as the operator wants them; nil shows the usual ones.
    public internal(set) var columnChoice: [ColumnChoice]?

    /// Whether anything was polled often enough to draw a trend of it.
    var hasTrends = false

    /// Counts the questions put to the arranger, so that an answer to an old one is dropped.
    package internal(set) var question = 0
    /// The question that is being answered off the main thread.
    var asked: Int?

    init(_ pane: Pane) {
        self.pane = pane
        order = pane.order
    }

    /// Takes a new description of the pane; what was chosen stays.
    mutating func take(_ pane: Pane) {
        self.pane = pane
        applyColumnChoice()
    }

    /// What is drawn: the pane, with the column in front that heads the groups.
    public var shown: Pane { grouping.map(pane.grouped) ?? pane }

    /// Whether rows are left out by a filter or a switch.
    public var isNarrowed: Bool {
        filter != .everything || problemsOnly || hidesAcknowledged || backend != nil
    }

    /// What is drawn, without the columns that no row has anything in; what the operator chose stays.
    public var visiblePane: Pane {
        guard columnChoice == nil, arrangement.total > 0 else { return shown }
        func isFilled(_ column: PaneColumn) -> Bool {
            if column.key == .trend { return hasTrends }
            return column.key == .backend || column.key == grouping || arrangement.filled.contains(column.key)
        }
        var visible = shown
        visible.sticky = visible.columns.prefix(visible.sticky).count(where: isFilled)
        visible.columns = visible.columns.filter(isFilled)
        return visible.columns.isEmpty ? shown : visible
    }

    /// The entity in a shown row.
    public func entity(at row: Int) -> EntityRef? {
        arrangement.rows.indices.contains(row) ? arrangement.entity(row) : nil
    }
}
