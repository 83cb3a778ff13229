internal import Canvas

/// Asks before a program of the operator's runs; shows what would run, word by word.
struct OwnDialog: Layer {
    let run: OwnRun

    init(run: OwnRun) { self.run = run }

    /// A question: no key of the pane goes through it.
    func contexts(in state: State) -> [KeyContext] { [.dialog] }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        switch action {
        case .yes: .closedThen { [run] in $0.launch(run) }
        // Cancel has the focus.
        case .cancel, .back, .close, .accept, .open:
            .closedThen { [run] in
                $0.showMessage(.plain, "\(run.title) was not started")
                return []
            }
        case .redraw: .passed
        default: .done([])
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        [(.own(.yes), "run"), (.own(.cancel), "cancel")]
    }

    func draw(in frame: inout Frame, _ state: State) {
        let yes = state.keymap.spelling(of: .own(.yes), in: [.dialog]) ?? ""
        let cancel = state.keymap.spelling(of: .own(.cancel), in: [.dialog]) ?? ""
        let width = max(1, Dialog.columns(state, wish: 76))
        var lines = [Piece("Run \(run.title) for \(run.name)?", .dialogTitle), Piece("", .dialog)]
        lines += TextLayout.wrap(CleanText.oneLine(run.line), to: width).map { Piece($0, .dialog) }
        let dialog = Dialog(title: run.title, hint: "\(yes) runs it · \(cancel) cancel")
        let inside = dialog.draw(in: &frame, state, width: 76, lines: lines.count)
        for (row, line) in lines.enumerated() where row < inside.height {
            frame.put([line], inside.x, inside.y + row, .dialog, width: inside.width)
        }
    }
}
