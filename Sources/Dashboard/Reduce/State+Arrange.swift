import Domain
import Filter

extension State {
    /// Filters and sorts a pane: at once when it is small, else off the main thread, one question at a time.
    mutating func arrange(_ index: Int) -> [Effect] {
        let pane = panes[index]
        let tables = backends.filter { pane.backend == nil || $0.id == pane.backend }.flatMap { backend in
            backend.resources.filter { pane.pane.kinds.contains($0.kind) }.compactMap {
                backend.tables[$0.kind]
            }
        }
        let request = Arrangement.Request(
            tables: tables, filter: pane.filter, hiding: hiding(pane), order: pane.order,
            context: FilterContext(
                now: wall, backends: backends.map(\.name), sets: ["marked": pane.marks]))
        panes[index].question += 1
        if tables.reduce(0, { $0 + $1.count }) <= Self.arrangeAtOnce {
            panes[index].isArranging = false
            guard let arrangement = Arrangement.make(request) else { return [] }
            panes[index].show(arrangement, page: layout.rows)
            return []
        }
        guard !pane.isArranging else { return [] }
        panes[index].isArranging = true
        return [
            .arrange(pane.pane.name, question: panes[index].question, request, refining: pane.arrangement)
        ]
    }

    mutating func arranged(_ name: PaneName, _ question: Int, _ arrangement: Arrangement) -> [Effect] {
        guard let index = panes.firstIndex(where: { $0.pane.name == name }), panes[index].isArranging else {
            return []
        }
        panes[index].isArranging = false
        // What was asked meanwhile is newer than this answer: ask again instead of showing it.
        guard question == panes[index].question else { return arrange(index) }
        panes[index].show(arrangement, page: layout.rows)
        return []
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
    mutating func show(_ arrangement: Arrangement, page: Int) {
        let earlier = self.arrangement
        self.arrangement = arrangement
        marks = marks.filter { mark in arrangement.tables.contains { $0.row(of: mark) != nil } }
        let before = cursorRow - top
        if let cursor, let row = arrangement.position(replacing: cursor, in: earlier) {
            // The row under the eye stays where it is on the screen, and a cursor at the very top stays there.
            if cursorRow > 0, before >= 0, before < page { top = row - before }
            cursorRow = row
        } else {
            cursorRow = max(0, min(cursorRow, arrangement.count - 1))
        }
        cursor = entity(at: cursorRow)
        scrollToCursor(page: page)
    }

    /// Moves the cursor to a shown row, as near as there is one.
    mutating func moveCursor(to row: Int, page: Int) {
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
