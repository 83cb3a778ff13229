public import Canvas
internal import Domain
public import Filter

/// Every action by name, and every row that nocturne holds: a field, and what was typed finds.
public struct Palette: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .palette
    /// What was typed.
    public private(set) var input = TextField()
    /// The focused entry's place among those found.
    public private(set) var focus = 0
    /// The rows that were found last.
    public private(set) var rows = RowSearch.Hits.none
    /// What is being looked for off the main thread.
    private var asked: RowSearch?

    /// Shows it with nothing typed.
    init() {}

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { [.text] }

    /// Changes what is typed.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        let before = input.text
        change(&input)
        guard input.text != before else { return [] }
        focus = 0
        asked = nil
        guard let search = state.rowSearch(input.text) else {
            rows = .none
            return []
        }
        if search.tables.reduce(0, { $0 + $1.count }) <= State.arrangeAtOnce {
            rows = search.make()
            return []
        }
        // Of what was found before, only what may still fit stays until the answer is here.
        rows = .none
        asked = search
        return [.seek(search)]
    }

    /// Takes rows that were found, where they are still looked for; the entry under the cursor stays so.
    mutating func found(_ search: RowSearch, _ hits: RowSearch.Hits, _ state: State) {
        guard search == asked else { return }
        let chosen = focus > 0 ? entries(state).dropFirst(focus).first?.action : nil
        asked = nil
        rows = hits
        guard let chosen else { return }
        focus = entries(state).firstIndex { $0.action == chosen } ?? 0
    }

    private func entries(_ state: State) -> [PaletteEntry] { state.paletteEntries(input.text, rows: rows) }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let entries = entries(state)
        if let moved = ListMove(page: Dialog.rows(state) / 2, count: entries.count).line(action, from: focus)
        {
            focus = moved
            return .done([])
        }
        switch action {
        case .cancel: return .closed
        case .accept:
            guard entries.indices.contains(focus) else { return .closed }
            let chosen = entries[focus].action
            return .closedThen { $0.run(chosen) }
        default: break
        }
        return .done([])
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "run"), (.own(.down), "next"), (.own(.cancel), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let entries = entries(state)
        let most = min(entries.count + 1, max(17, Dialog.rows(state) * 2 / 3))
        let height = max(1, min(most, Dialog.rows(state)) - 1)
        let first = max(0, focus - height + 1)
        let mark = ScrollMark(first: first, visible: height, total: entries.count).text
        let more = rows.total > rows.hits.count ? " · \(Quantity.count(rows.total)) rows match" : ""
        let hint =
            "\(entries.isEmpty ? 0 : focus + 1) of \(entries.count)\(more)"
            + (mark.isEmpty ? "" : " · \(mark)")
        let inside = Dialog(title: "Palette", hint: hint).draw(
            in: &frame, state, width: max(76, min(110, state.size.width * 2 / 3)), lines: max(2, most))
        guard !inside.isEmpty else { return }
        frame.put(": ", inside.x, inside.y, .key, .dialog)
        let field = Rect(inside.x + 2, inside.y, inside.width - 2, 1)
        input.draw(in: &frame, field, Theme.style(.input))
        if input.isEmpty {
            frame.put(
                "an action, a device, customer, port, circuit, MAC or IP address", field.x + 1, field.y,
                .textMuted, .dialog, width: field.width - 1)
            frame.cursor = (field.x, field.y)
        }
        let list = Rect(inside.x, inside.y + 1, inside.width, inside.height - 1)
        if entries.isEmpty {
            let words = asked == nil ? "no matches" : "searching…"
            frame.put(words, list.x, list.y, .textMuted, .dialog, width: list.width)
        }
        for row in 0..<list.height where first + row < entries.count {
            EntryLine(entry: entries[first + row], isFocused: first + row == focus)
                .draw(in: &frame, list.row(row))
        }
    }
}
