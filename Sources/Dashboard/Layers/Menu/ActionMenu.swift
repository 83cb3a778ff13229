public import Canvas
public import Domain

/// What can be done with the row under the cursor, or with the marked rows.
public struct ActionMenu: Layer {
    /// The line under the cursor.
    public private(set) var focus = 0
    /// What it was opened for: nothing is done to other rows that come meanwhile.
    public let subject: Set<EntityRef>

    init(subject: Set<EntityRef>) { self.subject = subject }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let entries = state.rowActions
        if let moved = ListMove(page: Dialog.rows(state), count: entries.count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard subject == state.subject else {
                state.showMessage(.bad, "rows changed: nothing was started")
                return .closed
            }
            guard entries.indices.contains(focus) else { return .closed }
            let chosen = entries[focus].action
            return .closedThen { $0.run(chosen) }
        case .actions, .cancel, .back, .close: return .closed
        default: return leave(action)
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "do it"), (.own(.down), "down"), (.own(.cancel), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let entries = state.rowActions
        let inside = Dialog(title: title(state), hint: hint(state)).draw(
            in: &frame, state, width: 76, lines: max(1, entries.count))
        guard !inside.isEmpty else { return }
        let focus = min(focus, max(0, entries.count - 1))
        let first = max(0, focus - inside.height + 1)
        for row in 0..<inside.height where first + row < entries.count {
            EntryLine(entry: entries[first + row], isFocused: first + row == focus)
                .draw(in: &frame, inside.row(row))
        }
    }

    private func title(_ state: State) -> String {
        let dry = state.isDryRunArmed ? "Dry run of: " : ""
        guard subject.count == 1, let only = subject.first else {
            return "\(dry)\(Quantity.count(subject.count)) marked"
        }
        return dry + TextLayout.cut(state.name(of: only), to: 60)
    }

    private func hint(_ state: State) -> String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: [.dialog]) ?? ""
        }
        return "\(key(.accept)) does it · \(key(.cancel)) close"
    }
}
