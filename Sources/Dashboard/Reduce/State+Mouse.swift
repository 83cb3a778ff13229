import Filter
import Canvas
import Domain

extension State {
    /// What the mouse does: the wheel scrolls, a click goes to a pane, a column or a row, a double click opens.
    mutating func point(_ mouse: Mouse, _ x: Int, _ y: Int) -> [Effect] {
        switch mouse {
        case .wheelUp: return run(.own(.up))
        case .wheelDown: return run(.own(.down))
        case .click, .doubleClick: break
        }
        guard layers.isEmpty, details.isEmpty else { return [] }
        let screen = layout.screen
        if y == screen.tabs.y, screen.tabs.height > 0 {
            return TabLine(state: self).pane(at: x).map { run(.pane($0)) } ?? []
        }
        if areTablesTwo, !isZoomed, let lower = layout.lower {
            // A click gives the keys to the table that it is in.
            let effects = focusPin(y >= lower.y)
            return effects + click(mouse, x, y)
        }
        return click(mouse, x, y)
    }

    private mutating func click(_ mouse: Mouse, _ x: Int, _ y: Int) -> [Effect] {
        if place.pane == .overview, y == OverviewLayout(layout.screen.body, self).since.y,
            sinceLooked.isShown
        {
            return run(.own(.since))
        }
        let table = layout.table
        guard x < table.maxX else { return [] }
        let top = table.y
        if y == top {
            let columns = ColumnLayout(pane, width: table.width)
            guard let placed = columns.placed.last(where: { $0.x <= x }) else { return [] }
            return sort(by: placed.column)
        }
        let row = pane.top + y - top - 1
        guard y > top, pane.arrangement.rows.indices.contains(row), table.maxY > y else { return [] }
        panes[paneIndex].moveCursor(to: row, page: layout.rows)
        return mouse == .doubleClick ? open() : []
    }
}

extension TabLine {
    /// The pane whose tab is at a column.
    func pane(at column: Int) -> PaneName? {
        tabs.last { $0.x <= column && column < $0.x + CharacterWidth.of($0.text) }?.pane
    }
}
