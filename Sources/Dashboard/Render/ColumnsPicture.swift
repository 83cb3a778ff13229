import Canvas
import Domain

/// The columns of a pane to choose from: which are shown, in which order, how wide.
struct ColumnsPicture {
    let state: State
    let focus: Int

    func draw(in frame: inout Frame) {
        let choices = state.pane.columnChoices
        let inside = Dialog(title: "Columns of \(state.pane.pane.name)", hint: hint).draw(
            in: &frame, state, width: 60, lines: max(1, choices.count))
        guard !inside.isEmpty else { return }
        let first = max(0, focus - inside.height + 1)
        for row in 0..<inside.height where first + row < choices.count {
            draw(choices[first + row], in: &frame, inside.row(row), isFocused: first + row == focus)
        }
    }

    private func draw(_ choice: ColumnChoice, in frame: inout Frame, _ line: Rect, isFocused: Bool) {
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

    private var hint: String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: state.contexts) ?? ""
        }
        return
            "\(key(.toggle)) shows · \(key(.left)) \(key(.right)) move · \(key(.zoomIn)) \(key(.zoomOut)) width · "
            + "\(key(.undo)) usual · \(key(.cancel)) close"
    }
}
