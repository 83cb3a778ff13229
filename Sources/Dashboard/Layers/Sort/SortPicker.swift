public import Canvas
internal import Domain
internal import Filter

/// The columns that the current pane can be sorted by: what is typed finds one, and Enter sorts by it.
public struct SortPicker: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .sort
    /// What was typed.
    public private(set) var input = TextField()
    /// The focused column's place among those found.
    public private(set) var focus: Int

    /// Shows it with the column under the cursor that is sorted by now.
    init(_ state: State) {
        let current = state.pane.order.first?.field
        focus = state.pane.sortColumns("").firstIndex { $0.key == current } ?? 0
    }

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { [.text] }

    /// Changes what is typed.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        change(&input)
        focus = 0
        return []
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let columns = state.pane.sortColumns(input.text)
        if let moved = ListMove(page: Dialog.rows(state) / 2, count: columns.count).line(action, from: focus)
        {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept:
            guard columns.indices.contains(focus) else { return .closed }
            let column = columns[focus]
            return .closedThen { $0.sort(by: column) }
        case .cancel: return .closed
        default: return .done([])
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "sort"), (.own(.down), "next"), (.own(.cancel), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let columns = state.pane.sortColumns(input.text)
        let height = max(1, min(columns.count, Dialog.rows(state) - 1))
        let first = max(0, focus - height + 1)
        let mark = ScrollMark(first: first, visible: height, total: columns.count).text
        let hint = "the same again: reverse" + (mark.isEmpty ? "" : " · \(mark)")
        let inside = Dialog(title: "Sort \(state.pane.pane.name) by", hint: hint).draw(
            in: &frame, state, width: 60, lines: max(2, columns.count + 1))
        guard !inside.isEmpty else { return }
        frame.put("> ", inside.x, inside.y, .key, .dialog)
        input.draw(in: &frame, Rect(inside.x + 2, inside.y, inside.width - 2, 1), Theme.style(.input))
        let list = Rect(inside.x, inside.y + 1, inside.width, inside.height - 1)
        if columns.isEmpty {
            frame.put("no matches", list.x, list.y, .textMuted, .dialog, width: list.width)
        }
        let visible = Set(state.pane.visiblePane.columns.map(\.key))
        for row in 0..<list.height where first + row < columns.count {
            let column = columns[first + row]
            let line = list.row(row)
            let isFocused = first + row == focus
            if isFocused { frame.fill(line, Theme.style(.dialogFocus)) }
            let level = state.pane.order.first.flatMap { $0.field == column.key ? $0 : nil }
            let sign = level.map { $0.descending ? "▼ " : "▲ " } ?? "  "
            let isVisible = visible.contains(column.key)
            let role: Role = isFocused ? .dialogFocus : isVisible ? .dialog : .textMuted
            let used = frame.put(sign + column.title, line.x, line.y, role, .dialog, width: line.width)
            let words = TextLayout.cut(
                "\(column.firstOrder)\(isVisible ? "" : " · not shown")", to: max(0, line.width - used - 2))
            frame.put(
                words, line.maxX - CharacterWidth.of(words), line.y, isFocused ? .dialogFocus : .textMuted,
                .dialog)
        }
    }
}

extension PaneState {
    /// The columns that can be sorted by and that a text finds: those on the screen first, then every other that any
    /// row has something in.
    func sortColumns(_ text: String) -> [PaneColumn] {
        let visible = visiblePane.columns
        let seen = Set(visible.map(\.key))
        let others = pane.available.filter { column in
            !seen.contains(column.key)
                && (arrangement.total == 0 || column.key == .backend
                    || arrangement.filled.contains(column.key))
        }
        let columns = (visible + others).filter { $0.key != .trend && $0.key != grouping }
        let text = text.lowercased()
        func rank(_ column: PaneColumn) -> Int? {
            let names = [column.title.lowercased(), column.key.rawValue]
            if names.contains(where: { $0.hasPrefix(text) }) { return 0 }
            if names.contains(where: { $0.contains(text) }) { return 1 }
            return names.contains { FuzzyMatch.find(text, in: $0) != nil } ? 2 : nil
        }
        return columns.enumerated().compactMap { place, column in rank(column).map { ($0, place, column) } }
            .sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }

    /// What is drawn with the column in it that the operator sorts by: at its place where it is shown anyway, else
    /// behind those that stay.
    func showingOrder(_ visible: Pane) -> Pane {
        guard order != pane.order, let key = order.first?.field, key != grouping else { return visible }
        var visible = visible
        if let place = visible.columns.firstIndex(where: { $0.key == key }) {
            visible.columns[place] = PaneColumn(visible.columns[place], width: nil, priority: 0)
        } else if let column = pane.available.first(where: { $0.key == key }) {
            visible.columns.insert(PaneColumn(column, width: nil, priority: 0), at: visible.sticky)
            visible.sticky += 1
        }
        return visible
    }
}

extension PaneColumn {
    /// Whether the largest, the latest or the worst comes first.
    var beginsWithLargest: Bool {
        switch type {
        case .severity, .states: true
        // The less light, the worse.
        case .decibelMilliwatts: false
        default: type.isNumeric
        }
    }

    /// What comes first when it is sorted by, in words.
    fileprivate var firstOrder: String {
        switch type {
        case .severity, .states, .state: "worst first"
        case .time: "latest first"
        case .decibelMilliwatts: "lowest first"
        default: beginsWithLargest ? "largest first" : "A to Z"
        }
    }
}
