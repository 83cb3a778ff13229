import Canvas
import Domain
import Filter

/// A pane's table: headings and rows.
struct TablePicture {
    let state: State
    let pane: PaneState
    let columns: ColumnLayout
    private let highlighters: [Highlighter]
    /// Whether nobody moves in it: it has no cursor, and says nothing of keys.
    let isStill: Bool
    /// Whether keys move in it; else its cursor only shows which row it is.
    let hasKeys: Bool
    private let redaction: StillTable.Redaction?
    private let shape: DrawnRows.Shape
    private let earlier: DrawnRows?
    private let lines: BackdropLines?

    /// - Parameters:
    ///   - redaction: what may be read of a value; nil where everything may.
    ///   - earlier: columns and rows that may look as they did.
    ///   - lines: the lines around the table, of which the headings are one.
    init(
        _ state: State, _ pane: PaneState, width: Int, isStill: Bool = false, hasKeys: Bool = true,
        redaction: StillTable.Redaction? = nil, reusing earlier: DrawnRows? = nil,
        around lines: BackdropLines? = nil
    ) {
        self.state = state
        self.pane = pane
        self.isStill = isStill
        self.hasKeys = hasKeys
        self.redaction = redaction
        let shape = DrawnRows.Shape(pane, width: width)
        self.shape = shape
        self.earlier = earlier.flatMap { $0.arrangement === pane.arrangement && $0.shape == shape ? $0 : nil }
        // What is not drawn as it was has other headings, too.
        self.lines = self.earlier == nil ? nil : lines
        columns = self.earlier?.columns ?? ColumnLayout(pane, width: width)
        highlighters = [pane.filter, pane.find?.wanted ?? .everything].filter { $0 != .everything }
            .map(Highlighter.init)
    }

    /// - Returns: what was drawn, for the next time; nil without rows.
    @discardableResult
    func draw(in frame: inout Frame, _ rect: Rect) -> DrawnRows? {
        if !pane.pane.columns.isEmpty, lines?.copy(rect.row(0), in: &frame) != true {
            drawHeadings(in: &frame, rect.row(0))
        }
        let rows = Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
        guard pane.arrangement.count > 0 else {
            for (line, words) in emptyWords.prefix(rows.height).enumerated() {
                frame.put(
                    words, rows.x + ColumnLayout.gutter, rows.y + line, .textMuted, width: rows.width)
            }
            return nil
        }
        let places = fieldPlaces
        let stale = staleTables
        let late = pane.frozen == nil ? pane.arrangement.tables.map(state.lateness) : []
        let context = context
        let known = earlier.flatMap { $0.context == context ? $0 : nil }
        var lines: [DrawnRows.Line] = []
        for row in pane.top..<max(pane.top, min(pane.top + rows.height, pane.arrangement.count)) {
            let line = look(of: row, stale, late)
            let place = rows.row(lines.count)
            if known?.copy(row, line, to: place, in: &frame) != true {
                drawRow(row, line, in: &frame, place, places, context.certain)
            }
            lines.append(line)
        }
        return DrawnRows(
            shape: shape, columns: columns, context: context, arrangement: pane.arrangement, top: pane.top,
            rect: rows, lines: lines,
            frame: frame)
    }

    private var context: DrawnRows.Context {
        DrawnRows.Context(
            columns: columns.placed, filter: pane.filter, find: pane.find?.wanted, grouping: pane.grouping,
            wall: now,
            certain: pane.arrangement.tables.map { state.backend($0.backend)?.info?.clock.isCertain ?? true },
            trends: pane.arrangement.tables.map {
                state.backend($0.backend)?.trends[$0.resource.kind]?.revision ?? 0
            },
            sheet: ObjectIdentifier(state.theme.sheet), network: ObjectIdentifier(state.linking.network),
            showsApart: state.linking.showsApart)
    }

    /// What a row depends on beside its values.
    private func look(of row: Int, _ stale: [Bool], _ late: [Lateness?]) -> DrawnRows.Line {
        let handle = pane.arrangement.rows[row]
        let isCursor = row == pane.cursorRow && state.details.isEmpty && !isStill
        let isStale =
            stale[handle.table] || !late.isEmpty && late[handle.table]?.isLate(handle.row) == true
        let variant: Variant =
            switch (isCursor && hasKeys, isStale) {
            case (true, true): .selectedStale
            case (true, false): .selected
            case (false, true): .stale
            case (false, false): .plain
            }
        return DrawnRows.Line(
            variant: variant,
            isMarked: !pane.marks.isEmpty
                && pane.marks.contains(pane.arrangement.tables[handle.table].refs[handle.row]),
            turn: isStill ? nil : state.sinceMark(of: pane.arrangement.tables[handle.table].refs[handle.row]),
            // Visitors read that somebody has it, and not who.
            claim: state.claimMark(of: pane.arrangement.tables[handle.table].refs[handle.row]).map {
                redaction == nil ? $0 : ""
            },
            hasCursor: isCursor,
            hasHeading: pane.grouping.map { beginsGroup(row, $0) } ?? false)
    }

    /// Whether a group begins in a row, or the screen does.
    private func beginsGroup(_ row: Int, _ key: FieldKey) -> Bool {
        row == pane.top || pane.arrangement.value(row - 1, key) != pane.arrangement.value(row, key)
    }

    /// What ages are counted from: those of a frozen table stand still with it.
    private var now: Timestamp { pane.frozen?.wall ?? state.wall }

    private func drawHeadings(in frame: inout Frame, _ line: Rect) {
        for placed in columns.placed {
            let level = pane.order.firstIndex { $0.field == placed.column.key }
            let role: Role = level == 0 ? .columnSorted : .column
            var title = String(placed.column.title.uppercased().prefix(placed.width))
            if let level, level == 0 {
                let arrow = pane.order[level].descending ? "▼" : "▲"
                if CharacterWidth.of(title) < placed.width {
                    title += arrow
                } else {
                    // No letter goes for it: there is a blank behind every column.
                    frame.put(arrow, placed.x + placed.width, line.y, role)
                }
            }
            let x =
                placed.isRight
                ? placed.x + max(0, placed.width - CharacterWidth.of(title)) : placed.x
            frame.put(title, x, line.y, role, width: placed.width)
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
            case .fresh, .partial, .outdated, .asking: return false
            case .remembered, .stale, .lost, .noRight, .refused, .neverSeen: return true
            }
        }
    }

    /// Draws what depends on the row's values, `look`, and ``DrawnRows/Context``, and on nothing else.
    private func drawRow(
        _ row: Int, _ look: DrawnRows.Line, in frame: inout Frame, _ line: Rect, _ places: [[Int?]],
        _ certain: [Bool]
    ) {
        let handle = pane.arrangement.rows[row]
        let table = pane.arrangement.tables[handle.table]
        let variant = look.variant
        if variant == .selected || variant == .selectedStale {
            frame.fill(line, Theme.style(.cursor, .selected))
        }
        if look.hasCursor { frame.put("▌", line.x, line.y, .cursor, variant) }
        if look.isMarked {
            frame.put("■", line.x + 1, line.y, .mark, variant)
        } else if let turn = look.turn {
            let sign = state.sinceSign(turn)
            frame.put(sign.symbol, line.x + 1, line.y, sign.role, variant)
        }
        var cells: [RowCell] = []
        cells.reserveCapacity(columns.placed.count)
        for (index, placed) in columns.placed.enumerated() {
            cells.append(cell(row, look, placed, places[handle.table][index], certain[handle.table]))
        }
        let fold = foldColumn(of: table)
        for (index, placed) in columns.placed.enumerated() {
            switch cells[index] {
            case .blank: break
            case .trend(let trend):
                frame.put(trend, placed.x, line.y, .text, variant, width: placed.width)
            case .heading(let words, let role):
                frame.put(
                    TextLayout.cut(words, to: placed.width), placed.x, line.y, role, variant,
                    width: placed.width)
            case .value(let cell):
                let isNamed = placed.column.key == fold
                let mark = isNamed ? FoldMark(pane.arrangement, row) : nil
                let claim = isNamed ? look.claim : nil
                let room = Self.room(for: index, mark != nil || claim != nil, cells, columns)
                drawCell(cell, placed, room: room, in: &frame, line.y, variant, mark, claim)
            }
        }
    }

    /// What stands in a column of a row.
    private enum RowCell {
        case blank
        case trend(String)
        case heading(String, Role)
        case value(CellText)
    }

    private func cell(
        _ row: Int, _ look: DrawnRows.Line, _ placed: ColumnLayout.Placed, _ place: Int?, _ isCertain: Bool
    ) -> RowCell {
        let handle = pane.arrangement.rows[row]
        let table = pane.arrangement.tables[handle.table]
        if placed.column.key == .trend {
            return .trend(state.sparkline(of: table.refs[handle.row], width: placed.width))
        }
        let value: Value
        var type = placed.column.type
        var field: Field?
        if placed.column.key == .backend {
            value = .text(state.backendNames(of: table.refs[handle.row]))
        } else {
            value =
                state.isInConflict(table.refs[handle.row], placed.column.key)
                ? .text("conflict") : place.map { table.value(handle.row, $0) } ?? .none
            // Kinds that share a column need not mean the same by it.
            field = place.map { table.resource.fields[$0] }
            if let field { type = field.type }
        }
        if placed.column.key == pane.grouping {
            guard look.hasHeading else { return .blank }
            let name = CellText(value, placed.column.type, key: placed.column.key, now: now).text
            return value.isNone ? .heading("none", .textMuted) : .heading(name, .textHeading)
        }
        // Where rows of its kind have no such thing, nothing is unknown.
        if place == nil, placed.column.key != .backend { return .blank }
        var cell = CellText(value, type, key: placed.column.key, now: now, clockIsCertain: isCertain)
        // Where the word has no room, the worse of the two that servers say stands behind its sign.
        if value == .text("conflict"), CharacterWidth.of(cell.text) > placed.width, let place {
            cell.text = "\(Sign.state("conflict").symbol) \(table.text(handle.row, place))"
        }
        if placed.isAmount { cell.alignUnit(within: placed.width) }
        cell.isName = placed.isName
        if let names = pane.arrangement.request.shortNames, let field,
            names.shortens(field, of: table.resource)
        {
            cell.text = names.short(cell.text)
        }
        if let redaction, let field {
            cell.text = redaction(cell.text, value, field, table.resource)
        }
        return .value(cell)
    }

    /// The columns that a cell may take: where its text needs more than its own, also those behind it that are blank
    /// in this row, up to a blank before what stands next.
    private static func room(for index: Int, _ hasMark: Bool, _ cells: [RowCell], _ columns: ColumnLayout)
        -> Int
    {
        let placed = columns.placed[index]
        guard placed.isText, case .value(let cell) = cells[index],
            hasMark || CharacterWidth.of(cell.text) > placed.width
        else { return placed.width }
        for (next, other) in zip(cells, columns.placed).dropFirst(index + 1) {
            switch next {
            case .blank: continue
            case .trend(let text) where text.isEmpty: continue
            case .value(let cell) where cell.text.isEmpty && cell.parts == nil: continue
            case .value(let cell) where other.isRight && cell.bar == nil:
                let text = min(other.width, CharacterWidth.of(cell.text))
                return max(placed.width, other.x + other.width - text - 1 - placed.x)
            default: return max(placed.width, other.x - 1 - placed.x)
            }
        }
        return max(placed.width, columns.end - placed.x)
    }

    /// The column that says what is folded: the one with what a row is called, else the first of the rows' words.
    private func foldColumn(of table: Table) -> FieldKey? {
        let name = table.resource.nameField
        if columns.placed.contains(where: { $0.column.key == name }) { return name }
        return columns.placed.first { $0.isText }?.column.key
    }

    private func drawCell(
        _ cell: CellText, _ placed: ColumnLayout.Placed, room: Int, in frame: inout Frame, _ y: Int,
        _ variant: Variant, _ mark: FoldMark?, _ claim: String?
    ) {
        if let parts = cell.parts {
            frame.put(parts.pieces(width: placed.width), placed.x, y, variant, width: placed.width)
            return
        }
        var room = room
        var start = placed.x
        if let mark {
            start = frame.put(mark.before, start, y, variant, width: room)
            room -= start - placed.x
        }
        var after = mark?.after(room) ?? []
        if let claim {
            let left = room - after.reduce(0) { $0 + $1.width }
            after += Self.claimed(by: claim, behind: CharacterWidth.of(cell.text), room: left)
        }
        if !after.isEmpty {
            let width = after.reduce(0) { $0 + $1.width }
            let end = min(CharacterWidth.of(cell.text), room - width)
            frame.put(after, start + end, y, variant, width: width)
            room -= width
        }
        let text = cell.cut(to: room)
        let x =
            placed.isRight ? start + max(0, room - CharacterWidth.of(text)) : start
        frame.put(text, x, y, cell.role, variant, width: room)
        let barWidth = placed.width - 1 - max(UsageBar.numberWidth, CharacterWidth.of(text))
        if let bar = cell.bar?.pieces(width: barWidth) {
            frame.put(bar, placed.x, y, variant, width: barWidth)
        }
        guard !isStill else { return }
        for range in highlighters.flatMap({ $0.ranges(in: text, of: placed.column.key) }) {
            let before = CharacterWidth.of(text[..<range.lowerBound])
            frame.put(String(text[range]), x + before, y, .match, variant, width: room - before)
        }
    }

    /// Who has a row, behind its name: the sign alone where there is no room for who.
    private static func claimed(by owner: String, behind name: Int, room: Int) -> [Piece] {
        let sign = Sign.claim
        let whole = Piece(" \(sign.symbol)\(owner)", sign.role)
        // A name that is cut to a stump says less than who has it.
        if room - whole.width >= min(name, max(8, room / 2)) { return [whole] }
        // That it is not shared yet, and that others have it too, is said in any room.
        let rest = owner.drop { $0 != "?" && $0 != "+" }
        let short = Piece(" \(sign.symbol)\(rest)", sign.role)
        return room > short.width ? [short] : []
    }

    /// Why there is nothing to see: of each backend that has trouble, or in one line.
    private var emptyWords: [String] {
        if let collection = pane.pane.name.collection, !pane.isNarrowed || pane.arrangement.total == 0 {
            return BrowseSigns(state: state, collection: collection).emptyWords
        }
        let kinds = pane.pane.kinds
        let name = pane.owner == nil ? pane.pane.name.rawValue : state.words(of: pane)
        if pane.owner != nil, pane.arrangement.request.owner == nil { return ["…"] }
        if kinds.isEmpty, pane.pane.name.collection == nil {
            return ["no configured backend offers \(pane.pane.name)"]
        }
        if pane.isNarrowed, pane.arrangement.total > 0 {
            let key = state.keymap.spelling(of: .own(.back), in: [.table, .global]) ?? "back"
            let total = Quantity.count(pane.arrangement.total)
            let rows = pane.pane.name == .browse ? "paths" : name
            let what = pane.pane.name.collection == nil ? rows : "rows"
            return ["no matching \(what) (of \(total)); \(key) clears the filter"]
        }
        let backends = state.backends.filter { backend in
            pane.owner.map { $0.backend == backend.id } ?? true
                && backend.resources.contains { kinds.contains($0.kind) }
        }
        let troubles = backends.compactMap { backend in
            backend.troubleWords(with: kinds, now: state.now).map { "\(backend.name): \($0)" }
        }
        let asked = backends.filter {
            $0.trouble(with: kinds) == nil && !$0.worst(of: kinds, now: state.now).freshness.isTrustworthy
        }
        // Nobody is asked in the past: the title says what is missing.
        if state.isPast, troubles.isEmpty {
            return [asked.isEmpty ? "no \(name)" : "no \(name) recorded then"]
        }
        if !asked.isEmpty { return troubles + ["asking \(asked.map(\.name).joined(separator: ", "))…"] }
        return troubles.isEmpty ? ["no \(name)"] : troubles
    }
}
