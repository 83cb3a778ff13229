public import Domain
public import Filter

/// One pane: which rows it shows in which order, and where the operator is in it.
///
/// Its parts guard themselves: what they hold is changed by their own verbs alone.
public struct PaneState: Sendable {
    /// What it shows.
    public private(set) var pane: Pane
    /// The entity that its rows belong to; nil where it has all rows.
    private(set) var owner: EntityRef?
    /// The rows that are shown, with the tables they are of.
    public private(set) var arrangement = Arrangement.empty
    /// The alerts under which those that follow from them are shown.
    public private(set) var unfolded: Set<EntityRef> = []
    /// What is looked for without leaving rows out; nil when nothing is.
    public private(set) var find: Find?
    /// The columns as the operator wants them; nil shows the usual ones.
    public private(set) var columnChoice: [ColumnChoice]?
    /// The first column on the screen behind the ones that stay.
    public private(set) var firstColumn = 0
    /// Whether anything was polled often enough to draw a trend of it.
    private(set) var hasTrends = false
    /// The columns that texts needed lately.
    private(set) var heldWidths: [FieldKey: Int] = [:]
    private(set) var spot = TableCursor()
    /// The filters that were kept since the program began, the latest first, each once.
    private(set) var earlierFilters: [String] = []

    /// What rows have to pass.
    var narrowing = Narrowing()
    /// How they are sorted.
    var ordering: RowOrder
    /// Which are marked.
    var marking = Marks()
    /// What is held while rows arrive.
    var hold = Hold()
    /// What is asked of the arranger.
    var questions = Questions()

    init(_ pane: Pane) {
        self.pane = pane
        ordering = RowOrder(pane.order)
    }

    /// What is drawn: the pane, with the column in front that heads the groups.
    public var shown: Pane { grouping.map(pane.grouped) ?? pane }

    /// The entity in a shown row.
    public func entity(at row: Int) -> EntityRef? {
        arrangement.rows.indices.contains(row) ? arrangement.entity(row) : nil
    }

    /// Keeps a filter to be brought back; more than some tens are not kept.
    mutating func keepFilter(_ text: String) {
        let text = text.trimmed
        guard !text.isEmpty else { return }
        earlierFilters = [text] + earlierFilters.filter { $0 != text }.prefix(49)
    }

    /// Has the rows of another entity: nothing is marked there, and the cursor is in no row until they are here.
    mutating func belong(to owner: EntityRef) {
        guard owner != self.owner else { return }
        self.owner = owner
        marking.clear()
        hold = Hold()
        find = nil
        unfolded = []
        spot = TableCursor()
    }

    /// Has the rows of an earlier moment: nothing is marked or frozen there, and no answer that is on its way is for it.
    mutating func forgetNow(questions number: Int) {
        marking.clear()
        hold = Hold()
        find = nil
        questions.startOver(after: number)
    }

    // MARK: Columns

    /// Takes a new description of the pane; what was chosen stays, as far as it is still offered.
    mutating func update(_ pane: Pane) {
        self.pane = pane
        applyColumnChoice()
        if let key = grouping, !pane.groupings.contains(where: { $0.key == key }) { ordering.group(by: nil) }
    }

    /// Shows these columns; nil shows the usual ones.
    mutating func choose(_ columns: [ColumnChoice]?) {
        columnChoice = columns
        applyColumnChoice()
    }

    private mutating func applyColumnChoice() {
        guard columnChoice != nil else {
            pane.columns = pane.usualColumns
            return
        }
        let shown = columnChoices.filter(\.isShown)
        pane.columns = shown.enumerated().compactMap { place, choice in
            // The first stay longest when the screen is narrow: that is the operator's own order.
            pane.available.first { $0.key == choice.key }.map {
                PaneColumn($0, width: choice.width, priority: place)
            }
        }
        firstColumn = max(0, min(firstColumn, pane.columns.count - pane.sticky - 1))
    }

    /// Scrolls so many columns sideways, as far as there are any.
    mutating func scrollSideways(_ step: Int) {
        let visible = visiblePane
        let last = max(0, visible.columns.count - visible.sticky - 1)
        firstColumn = max(0, min(firstColumn + step, last))
    }

    /// Knows whether there is anything to draw a trend of.
    mutating func setTrends(_ hasTrends: Bool) { self.hasTrends = hasTrends }

    // MARK: Rows

    /// Takes new rows; the cursor stays on its entity, or where that was when it is gone.
    ///
    /// - Parameters:
    ///   - isSettled: while it is not, the rows are still coming for the first time: a cursor that nobody
    ///     moved stays in the first row, else it would be carried along by whichever row came first.
    ///   - known: the tables that marked and unfolded rows are in, whatever the arrangement is narrowed to.
    /// - Returns: whether the cursor kept its line because the operator dealt with its entity.
    mutating func show(_ arrangement: Arrangement, page: Int, isSettled: Bool, known: [Table]) -> Bool {
        let earlier = self.arrangement
        self.arrangement = arrangement
        heldWidths = ColumnSize.held(pane, arrangement, after: earlier, heldWidths)
        marking.keep(in: known)
        if !unfolded.isEmpty { unfolded = unfolded.filter { $0.isListed(in: known) } }
        let hasMovedOn = spot.stay(
            in: arrangement, after: earlier, page: page, staysFirst: !spot.isPlaced || isFollowing)
        if isSettled { spot.place() }
        return hasMovedOn
    }

    /// Knows what a command of the operator's is for: the cursor keeps its line when that sinks or goes.
    mutating func dealt(with entities: Set<EntityRef>, isOver: Bool) {
        spot.dealt(with: entities, isOver: isOver)
    }

    /// Shows rows in which nobody moves.
    mutating func replaceRows(_ arrangement: Arrangement) { self.arrangement = arrangement }

    /// Shows what stands under a row, or hides it; the cursor goes to the row that it is folded under.
    mutating func toggleFold(_ parent: EntityRef, page: Int) {
        guard let row = arrangement.position(of: parent) else { return }
        if unfolded.remove(parent) == nil {
            unfolded.insert(parent)
        } else {
            moveCursor(to: row, page: page)
        }
    }

    // MARK: Cursor

    /// Moves the cursor to a shown row, as near as there is one.
    mutating func moveCursor(to row: Int, page: Int) {
        spot.place()
        hold.endFollowing()
        find?.endJump()
        spot.move(to: row, of: arrangement, page: page)
    }

    /// Moves the cursor back to where it was, with the same rows around it.
    mutating func moveCursor(backTo origin: Find.Origin, page: Int) {
        let row = origin.entity.flatMap { arrangement.position(of: $0) } ?? origin.row
        spot.scroll(to: origin.top + row - origin.row)
        moveCursor(to: row, page: page)
    }

    /// Scrolls so that a row is the first on the screen, wherever the cursor is.
    mutating func begin(with row: Int) { spot.scroll(to: row) }

    /// Scrolls so that the cursor is on the screen and no screen is half empty without need.
    mutating func scrollToCursor(page: Int) { spot.scroll(page: page, of: arrangement) }

    // MARK: Finding

    /// Looks for something; nil takes that away.
    mutating func setFind(_ find: Find?) { self.find = find }

    /// Changes what is looked for, where something is.
    @discardableResult
    mutating func changeFind<Result>(_ change: (inout Find) -> Result) -> Result? {
        guard var find else { return nil }
        defer { self.find = find }
        return change(&find)
    }
}

extension String {
    /// Without blanks at its ends.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
