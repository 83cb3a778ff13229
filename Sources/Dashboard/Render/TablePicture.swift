import Canvas
import Domain
import Filter

/// A pane's table: headings and rows.
struct TablePicture {
    let state: State
    let pane: PaneState
    let columns: ColumnLayout
    let highlighter: Highlighter

    init(_ state: State, _ pane: PaneState, width: Int) {
        self.state = state
        self.pane = pane
        columns = ColumnLayout(pane, width: width)
        highlighter = Highlighter(pane.filter)
    }

    func draw(in frame: inout Frame, _ rect: Rect) {
        if !pane.pane.kinds.isEmpty { drawHeadings(in: &frame, rect.row(0)) }
        let rows = Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
        guard pane.arrangement.count > 0 else {
            frame.put(emptyWords, rows.x + ColumnLayout.gutter, rows.y, .textMuted, width: rows.width)
            return
        }
        let places = fieldPlaces
        let stale = staleTables
        for line in 0..<rows.height where pane.top + line < pane.arrangement.count {
            drawRow(pane.top + line, in: &frame, rows.row(line), places, stale)
        }
    }

    private func drawHeadings(in frame: inout Frame, _ line: Rect) {
        for placed in columns.placed {
            let level = pane.order.firstIndex { $0.field == placed.column.key }
            var title = String(placed.column.title.uppercased().prefix(placed.width))
            if let level, level == 0 {
                title = title.prefix(max(0, placed.width - 1)) + (pane.order[level].descending ? "▼" : "▲")
            }
            let x =
                placed.column.type.isNumeric
                ? placed.x + max(0, placed.width - CharacterWidth.of(title)) : placed.x
            frame.put(title, x, line.y, level == 0 ? .columnSorted : .column, width: placed.width)
        }
    }

    /// Where each column's field stands in each table; nil where a table has no such field.
    private var fieldPlaces: [[Int?]] {
        pane.arrangement.tables.map { table in
            columns.placed.map { table.resource.index(of: $0.column.key) }
        }
    }

    /// Whether each table's rows are drawn dimmed: its backend did not answer for too long.
    private var staleTables: [Bool] {
        pane.arrangement.tables.map { table in
            guard let backend = state.backend(table.backend) else { return true }
            switch backend.freshness(of: table.resource, now: state.now) {
            case .fresh, .partial, .asking: return false
            case .stale, .lost, .noRight, .refused, .neverSeen: return true
            }
        }
    }

    private func drawRow(
        _ row: Int, in frame: inout Frame, _ line: Rect, _ places: [[Int?]], _ stale: [Bool]
    ) {
        let handle = pane.arrangement.rows[row]
        let table = pane.arrangement.tables[handle.table]
        let isCursor = row == pane.cursorRow && state.details.isEmpty
        let variant: Variant =
            switch (isCursor, stale[handle.table]) {
            case (true, true): .selectedStale
            case (true, false): .selected
            case (false, true): .stale
            case (false, false): .plain
            }
        if isCursor { frame.fill(line, Theme.style(.cursor, .selected)) }
        if isCursor { frame.put("▌", line.x, line.y, .cursor, variant) }
        if pane.marks.contains(table.refs[handle.row]) { frame.put("■", line.x + 1, line.y, .mark, variant) }
        let isCertain = state.backend(table.backend)?.info?.clock.isCertain ?? true
        for (index, placed) in columns.placed.enumerated() {
            let value: Value
            var type = placed.column.type
            if placed.column.key == .backend {
                value = .text(state.backend(table.backend)?.name ?? "")
            } else {
                let place = places[handle.table][index]
                value = place.map { table.value(handle.row, $0) } ?? .none
                // Kinds that share a column need not mean the same by it.
                if let place { type = table.resource.fields[place].type }
            }
            if placed.column.key == pane.grouping {
                drawHeading(value, above: row, placed, in: &frame, line.y, variant)
                continue
            }
            let cell = CellText(
                value, type, key: placed.column.key, now: state.wall, clockIsCertain: isCertain)
            let mark = placed.column.key == foldColumn(of: table) ? FoldMark(pane.arrangement, row) : nil
            drawCell(cell, placed, in: &frame, line.y, variant, mark)
        }
    }

    /// The group of a row, where one begins or the screen does: the rows below it are the others of that group.
    private func drawHeading(
        _ value: Value, above row: Int, _ placed: ColumnLayout.Placed, in frame: inout Frame, _ y: Int,
        _ variant: Variant
    ) {
        let key = placed.column.key
        guard row == pane.top || pane.arrangement.value(row - 1, key) != value else { return }
        let name = CellText(value, placed.column.type, key: key, now: state.wall).text
        let words = value.isNone ? "none" : name
        frame.put(
            TextLayout.cut(words, to: placed.width), placed.x, y, value.isNone ? .textMuted : .textHeading,
            variant,
            width: placed.width)
    }

    /// The column that says what is folded: the one with what a row is called, else the first of the rows' words.
    private func foldColumn(of table: Table) -> FieldKey? {
        let name = table.resource.nameField
        if columns.placed.contains(where: { $0.column.key == name }) { return name }
        return columns.placed.first { $0.column.isText }?.column.key
    }

    private func drawCell(
        _ cell: CellText, _ placed: ColumnLayout.Placed, in frame: inout Frame, _ y: Int, _ variant: Variant,
        _ mark: FoldMark?
    ) {
        if let parts = cell.parts {
            frame.put(parts.pieces(width: placed.width), placed.x, y, variant, width: placed.width)
            return
        }
        var room = placed.width
        var start = placed.x
        if let mark {
            start = frame.put(mark.before, start, y, variant, width: room)
            room -= start - placed.x
            let after = mark.after(CharacterWidth.of(cell.text), room)
            let width = after.reduce(0) { $0 + $1.width }
            let end = min(CharacterWidth.of(cell.text), room - width)
            frame.put(after, start + end, y, variant, width: width)
            room -= width
        }
        let text = cell.cut(to: room)
        let x =
            placed.column.type.isNumeric ? start + max(0, room - CharacterWidth.of(text)) : start
        frame.put(text, x, y, cell.role, variant, width: room)
        let barWidth = placed.width - 1 - max(UsageBar.numberWidth, CharacterWidth.of(text))
        if let bar = cell.bar?.pieces(width: barWidth) {
            frame.put(bar, placed.x, y, variant, width: barWidth)
        }
        guard pane.filter != .everything else { return }
        for range in highlighter.ranges(in: text, of: placed.column.key) {
            let before = CharacterWidth.of(text[..<range.lowerBound])
            frame.put(String(text[range]), x + before, y, .match, variant, width: room - before)
        }
    }

    /// Why there is nothing to see.
    private var emptyWords: String {
        let kinds = pane.pane.kinds
        if kinds.isEmpty { return "no configured backend offers \(pane.pane.name)" }
        if pane.isNarrowed, pane.arrangement.total > 0 {
            let key = state.keymap.spelling(of: .own(.back), in: [.table, .global]) ?? "back"
            return
                "none of \(Quantity.count(pane.arrangement.total)) \(pane.pane.name) fits; \(key) clears the filter"
        }
        let backends = state.backends.filter { backend in
            backend.resources.contains { kinds.contains($0.kind) }
        }
        if let troubled = backends.first(where: { $0.trouble(with: kinds) != nil }),
            let error = troubled.trouble(with: kinds)
        {
            return "\(troubled.name): \(error.words)"
        }
        let worst = backends.map { $0.worst(of: kinds, now: state.now).freshness }.max() ?? .fresh
        return worst.isTrustworthy
            ? "no \(pane.pane.name)" : "asking \(backends.map(\.name).joined(separator: ", "))…"
    }
}
