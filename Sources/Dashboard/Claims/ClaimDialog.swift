public import Canvas
public import Domain

/// Shows who has some rows, and offers to change, to give back or to take over.
public struct ClaimDialog: Layer {
    /// The rows, pinned when the key was pressed.
    public let targets: [EntityRef]

    init(targets: [EntityRef]) { self.targets = targets }

    /// A question: no key of the pane goes through it.
    public func contexts(in state: State) -> [KeyContext] { [.dialog] }

    /// The rows that this operator has, that only others have, and that nobody has.
    private func parts(_ state: State) -> (mine: [EntityRef], others: [EntityRef], free: [EntityRef]) {
        var parts: (mine: [EntityRef], others: [EntityRef], free: [EntityRef]) = ([], [], [])
        for target in targets {
            let claims = state.claims.of(target)
            if claims.isEmpty {
                parts.free.append(target)
            } else if claims.contains(where: \.isMine) {
                parts.mine.append(target)
            } else {
                parts.others.append(target)
            }
        }
        return parts
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let parts = parts(state)
        let form: ClaimForm
        switch action {
        case .accept, .open:
            if !parts.free.isEmpty {
                form = ClaimForm(.make, targets: parts.free)
            } else if let first = parts.mine.first.flatMap({ state.claims.of($0).first(where: \.isMine) }) {
                form = ClaimForm(.change, targets: parts.mine, note: first.note)
            } else {
                // What others have is taken over by its own key alone.
                return .closed
            }
        case .yes where !parts.others.isEmpty: form = ClaimForm(.takeOver, targets: parts.others)
        case .undo where !parts.mine.isEmpty: return .closedThen { $0.giveBack(parts.mine) }
        case .cancel, .back, .close: return .closed
        case .redraw: return .passed
        default: return .done([])
        }
        return .closedThen { state in
            state.layers.push(form)
            return []
        }
    }

    /// What can be done, the likeliest first.
    public func hints(in state: State) -> [(Action, String)] {
        let parts = parts(state)
        var hints: [(Action, String)] = []
        if !parts.free.isEmpty {
            hints.append((.own(.accept), parts.free.count == targets.count ? "claim" : "claim what is free"))
        } else if !parts.mine.isEmpty {
            hints.append((.own(.accept), "change note and end"))
        }
        if !parts.mine.isEmpty { hints.append((.own(.undo), "give back")) }
        if !parts.others.isEmpty { hints.append((.own(.yes), "take over")) }
        return hints + [(.own(.cancel), "cancel")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let hint = hints(in: state).map { action, words in
            "\(state.keymap.spelling(of: action, in: [.dialog]) ?? "") \(words)"
        }.joined(separator: " · ")
        var text = ClaimText(state: state, targets: targets)
        text.width = Dialog.columns(state, wish: 84)
        let lines = text.lines(most: max(3, Dialog.rows(state) - 1))
        let inside = Dialog(title: "Claimed", hint: hint).draw(
            in: &frame, state, width: 84, lines: lines.count)
        for (row, line) in lines.enumerated() where row < inside.height {
            frame.put(line, inside.x, inside.y + row, .dialog, width: inside.width)
        }
    }
}
