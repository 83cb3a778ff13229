internal import Canvas

/// Asks before a screen takes the place of the panes: showing one makes the process read-only for good.
struct SealDialog: Layer {
    /// A question: no key of the pane goes through it.
    func contexts(in state: State) -> [KeyContext] { [.dialog] }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        switch action {
        case .yes: .closedThen { $0.showScreen() }
        // Cancel has the focus.
        case .cancel, .back, .close, .accept, .open: .closed
        case .redraw: .passed
        default: .done([])
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        [(.own(.yes), "show the wallboard"), (.own(.cancel), "cancel")]
    }

    func draw(in frame: inout Frame, _ state: State) {
        let yes = state.keymap.spelling(of: .own(.yes), in: [.dialog]) ?? ""
        let cancel = state.keymap.spelling(of: .own(.cancel), in: [.dialog]) ?? ""
        let lines = [
            Piece("Show the wallboard?", .dialog),
            Piece("nocturne is read-only from then on, until you restart it.", .textMuted),
        ]
        let inside = Dialog(title: "Wallboard", hint: "\(yes) shows it · \(cancel) cancel").draw(
            in: &frame, state, width: 76, lines: lines.count)
        for (row, line) in lines.enumerated() where row < inside.height {
            frame.put([line], inside.x, inside.y + row, .dialog, width: inside.width)
        }
    }
}
