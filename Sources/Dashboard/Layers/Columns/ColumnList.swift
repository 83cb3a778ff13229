public import Canvas
internal import Domain

/// The columns of the current pane: which are shown, in which order, how wide; everything shows at once.
public struct ColumnList: Layer {
    /// The column under the cursor.
    public private(set) var focus = 0

    /// Shows it with the first column under the cursor.
    init() {}

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        var choices = state.pane.columnChoices
        focus = min(focus, max(0, choices.count - 1))
        if let moved = ListMove(page: Dialog.rows(state) / 2, count: choices.count).line(action, from: focus)
        {
            focus = moved
            return .done([])
        }
        switch action {
        case .undo:
            state.choose(nil)
            state.showMessage(.plain, "the usual columns")
        case .toggle, .left, .right, .zoomIn, .zoomOut:
            guard choices.indices.contains(focus), change(&choices, by: action, in: &state) else { break }
            state.choose(choices)
        case .accept, .open, .columns, .cancel, .back, .close: return .closedThen { $0.keepArrangement() }
        default: return leave(action)
        }
        return .done([])
    }

    /// Changes the column under the cursor; whether it did.
    private mutating func change(
        _ choices: inout [ColumnChoice], by action: OwnAction, in state: inout State
    ) -> Bool {
        switch action {
        case .toggle:
            guard !choices[focus].isShown || choices.count(where: \.isShown) > 1 else {
                state.showMessage(.bad, "one column has to stay")
                return false
            }
            choices[focus].isShown.toggle()
        case .left where focus > 0:
            choices.swapAt(focus, focus - 1)
            focus -= 1
        case .right where focus + 1 < choices.count:
            choices.swapAt(focus, focus + 1)
            focus += 1
        case .zoomIn, .zoomOut:
            let column = state.pane.pane.available.first { $0.key == choices[focus].key }
            let width = choices[focus].width ?? column?.width.upperBound ?? 8
            choices[focus].width = max(1, min(80, width + (action == .zoomIn ? 1 : -1)))
        default: return false
        }
        return true
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [
            (.own(.toggle), "show or hide"), (.own(.left), "earlier"), (.own(.right), "later"),
            (.own(.zoomIn), "wider"), (.own(.zoomOut), "narrower"), (.own(.undo), "the usual ones"),
            (.own(.cancel), "close"),
        ]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let choices = state.pane.columnChoices
        let inside = Dialog(title: "Columns of \(state.pane.pane.name)", hint: hint(state)).draw(
            in: &frame, state, width: 60, lines: max(1, choices.count))
        guard !inside.isEmpty else { return }
        let first = max(0, focus - inside.height + 1)
        for row in 0..<inside.height where first + row < choices.count {
            draw(choices[first + row], in: &frame, inside.row(row), state, isFocused: first + row == focus)
        }
    }

    private func draw(
        _ choice: ColumnChoice, in frame: inout Frame, _ line: Rect, _ state: State, isFocused: Bool
    ) {
        if isFocused { frame.fill(line, Theme.style(.dialogFocus)) }
        let column = state.pane.pane.available.first { $0.key == choice.key }
        let role: Role = isFocused ? .dialogFocus : choice.isShown ? .dialog : .textMuted
        let box = choice.isShown ? "[x] " : "[ ] "
        let used = frame.put(
            box + (column?.title ?? choice.key.rawValue), line.x, line.y, role, .dialog, width: line.width)
        let width = choice.width.map { "\($0) wide  " } ?? ""
        let words = TextLayout.cut("\(width)\(choice.key)", to: max(0, line.width - used - 2))
        frame.put(
            words, line.maxX - CharacterWidth.of(words), line.y, isFocused ? .dialogFocus : .textMuted,
            .dialog)
    }

    private func hint(_ state: State) -> String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: contexts(in: state)) ?? ""
        }
        return
            "\(key(.toggle)) shows · \(key(.left)) \(key(.right)) move · \(key(.zoomIn)) \(key(.zoomOut)) width · "
            + "\(key(.undo)) usual · \(key(.cancel)) close"
    }
}

extension State {
    /// Shows the current pane with these columns; nil for the usual ones.
    fileprivate mutating func choose(_ choices: [ColumnChoice]?) {
        panes[paneIndex].choose(choices)
    }
}
