public import Canvas
internal import Domain

/// Every action by name: a field, and the actions that what was typed finds.
public struct Palette: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .palette
    /// What was typed.
    public private(set) var input = TextField()
    /// The focused entry's place among those found.
    public private(set) var focus = 0

    /// Shows it with nothing typed.
    init() {}

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
        let entries = state.paletteEntries(input.text)
        switch action {
        case .cancel: return .closed
        case .nextField, .down: focus = min(focus + 1, max(0, entries.count - 1))
        case .previousField, .up: focus = max(0, focus - 1)
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
        [(.own(.accept), "run"), (.own(.nextField), "next"), (.own(.cancel), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let entries = state.paletteEntries(input.text)
        let inside = Dialog(title: "Palette", hint: "type a MAC or IP address to find it everywhere").draw(
            in: &frame, state, width: 76, lines: max(2, min(entries.count + 1, 16)))
        guard !inside.isEmpty else { return }
        frame.put(": ", inside.x, inside.y, .key, .dialog)
        input.draw(
            in: &frame, Rect(inside.x + 2, inside.y, inside.width - 2, 1), Theme.style(.input))
        let list = Rect(inside.x, inside.y + 1, inside.width, inside.height - 1)
        let first = max(0, focus - list.height + 1)
        if entries.isEmpty {
            frame.put("nothing is called that", list.x, list.y, .textMuted, .dialog, width: list.width)
        }
        for row in 0..<list.height where first + row < entries.count {
            EntryLine(entry: entries[first + row], isFocused: first + row == focus)
                .draw(in: &frame, list.row(row))
        }
    }
}
