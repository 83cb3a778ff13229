import Domain
import Filter

extension State {
    /// Filters and sorts a pane.
    mutating func arrange(_ index: Int) -> [Effect] { arrange(.pane(panes[index].pane.name)) }

    /// Filters and sorts rows: at once when they are few, else off the main thread, one question at a time.
    mutating func arrange(_ listing: Listing) -> [Effect] {
        guard let pane = listed(listing) else { return [] }
        let tables = tables(of: pane)
        let request = Arrangement.Request(
            tables: tables, filter: pane.filter, hiding: hiding(pane),
            order: (pane.grouping.map { [SortKey($0)] } ?? []) + pane.order,
            unfolded: pane.unfolded,
            silencing: silencing(pane), context: filterContext(of: pane))
        let question = pane.question + 1
        changeListed(listing) { $0.question = question }
        if tables.reduce(0, { $0 + $1.count }) <= Self.arrangeAtOnce {
            changeListed(listing) { $0.asked = nil }
            return Arrangement.make(request).map { show($0, in: listing) } ?? []
        }
        guard pane.asked == nil else { return [] }
        changeListed(listing) { $0.asked = question }
        return [.arrange(listing, question: question, request, refining: pane.arrangement)]
    }

    mutating func arranged(_ listing: Listing, _ question: Int, _ arrangement: Arrangement) -> [Effect] {
        guard let pane = listed(listing), pane.asked == question else { return [] }
        changeListed(listing) { $0.asked = nil }
        // What was asked meanwhile is newer than this answer: ask again instead of showing it.
        guard question == pane.question else { return arrange(listing) }
        return show(arrangement, in: listing)
    }

    private mutating func show(_ arrangement: Arrangement, in listing: Listing) -> [Effect] {
        switch listing {
        case .pane(let name):
            return panes.firstIndex { $0.pane.name == name }.map { show(arrangement, in: $0) } ?? []
        case .page(let index):
            showRows(arrangement, onPage: index)
            return []
        }
    }

    /// The rows of a pane before any is left away.
    func tables(of pane: PaneState) -> [Table] {
        (pane.frozen?.tables ?? liveTables(of: pane)).filter {
            pane.backend == nil || $0.backend == pane.backend
        }
    }

    /// The tables of a pane as they are now, of all backends.
    func liveTables(of pane: PaneState) -> [Table] {
        backends.flatMap { backend in
            backend.resources.filter { pane.pane.kinds.contains($0.kind) }.compactMap {
                backend.tables[$0.kind]
            }
        }
    }

    /// What a filter of a pane's rows needs to know.
    func filterContext(of pane: PaneState) -> FilterContext {
        FilterContext(
            now: pane.frozen?.wall ?? wall, backends: backends.map(\.name),
            sets: ["marked": pane.marks, "snoozed": snoozed])
    }

    private func listed(_ listing: Listing) -> PaneState? {
        switch listing {
        case .pane(let name): panes.first { $0.pane.name == name }
        case .page(let index):
            wallboard.flatMap { $0.pages.indices.contains(index) ? $0.pages[index].pane : nil }
        }
    }

    private mutating func changeListed(_ listing: Listing, _ change: (inout PaneState) -> Void) {
        switch listing {
        case .pane(let name):
            panes.firstIndex { $0.pane.name == name }.map { change(&panes[$0]) }
        case .page(let index):
            guard wallboard?.pages.indices.contains(index) == true else { return }
            wallboard?.pages[index].change(change)
        }
    }

    /// Whether every backend has given its first answer about what a pane shows, or failed to.
    func isSettled(_ pane: PaneState) -> Bool {
        backends.allSatisfy { backend in
            guard backend.info != nil else { return backend.probe.failures > 0 }
            return backend.resources.allSatisfy { resource in
                guard pane.pane.kinds.contains(resource.kind), let health = backend.health[resource.kind]
                else {
                    return true
                }
                return health.failures > 0 || health.arrivedAt != nil && health.completeness == .complete
            }
        }
    }

    /// Brings a pane whose filter asks for marks in step with them.
    mutating func marksChanged(_ index: Int) -> [Effect] {
        panes[index].filter.asks(for: "marked") ? arrange(index) : []
    }

    /// Scrolls everything so that cursors are on the screen, after a change of size or place.
    mutating func scrollIntoView() {
        for index in panes.indices {
            panes[index].scrollToCursor(page: layout(of: panes[index].pane.name).rows)
        }
        for index in details.indices { scrollDetail(index, lines: lines(of: details[index])) }
    }

    /// What is snoozed and left away; on a wall, which others look at, nothing is.
    private func silencing(_ pane: PaneState) -> Set<EntityRef> {
        wallboard != nil || pane.filter.asks(for: "snoozed") ? [] : snoozed
    }

    /// What the switches hide; hidden rows are counted.
    private func hiding(_ pane: PaneState) -> FilterExpression? {
        var hidden: [FilterExpression] = []
        if pane.problemsOnly { hidden.append(.not(.condition("problem"))) }
        if pane.hidesAcknowledged { hidden.append(.condition("acked")) }
        return hidden.isEmpty ? nil : .any(hidden)
    }
}

extension PaneState {
    /// Takes new rows; the cursor stays on its entity, or where that was when it is gone.
    ///
    /// - Parameters:
    ///   - isSettled: while it is not, the rows are still coming for the first time: a cursor that nobody
    ///     moved stays in the first row, else it would be carried along by whichever row came first.
    ///   - known: the tables that marked and unfolded rows are in, whatever the arrangement is narrowed to.
    mutating func show(_ arrangement: Arrangement, page: Int, isSettled: Bool, known: [Table]) {
        let earlier = self.arrangement
        self.arrangement = arrangement
        defer { if isSettled { isCursorPlaced = true } }
        marks = marks.filter { mark in known.contains { $0.row(of: mark) != nil } }
        if !unfolded.isEmpty {
            unfolded = unfolded.filter { parent in known.contains { $0.row(of: parent) != nil } }
        }
        let before = cursorRow - top
        if !isCursorPlaced || isFollowing {
            (cursorRow, top) = (0, 0)
        } else if let cursor, let row = arrangement.position(replacing: cursor, in: earlier) {
            // The row under the eye stays where it is on the screen; at the top of the list, what is new there
            // comes into sight instead.
            if top > 0, before >= 0, before < page { top = row - before }
            cursorRow = row
        } else {
            cursorRow = max(0, min(cursorRow, arrangement.count - 1))
        }
        cursor = entity(at: cursorRow)
        scrollToCursor(page: page)
    }

    /// Moves the cursor to a shown row, as near as there is one.
    mutating func moveCursor(to row: Int, page: Int) {
        isCursorPlaced = true
        isFollowing = false
        find?.jump = nil
        cursorRow = max(0, min(row, arrangement.count - 1))
        cursor = entity(at: cursorRow)
        scrollToCursor(page: page)
    }

    /// Scrolls so that the cursor is on the screen and no screen is half empty without need.
    mutating func scrollToCursor(page: Int) {
        let page = max(1, page)
        if cursorRow < top { top = cursorRow }
        if cursorRow >= top + page { top = cursorRow - page + 1 }
        top = max(0, min(top, arrangement.count - page))
    }
}

extension FilterExpression {
    /// Whether rows pass by a condition, negated or not.
    func asks(for name: String) -> Bool {
        switch self {
        case .condition(let condition): condition == name
        case .not(let inner): inner.asks(for: name)
        case .all(let parts), .any(let parts): parts.contains { $0.asks(for: name) }
        case .everything, .text, .pattern, .field, .backend: false
        }
    }
}
