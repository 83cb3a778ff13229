import Canvas
import Domain

/// The saved views to choose from.
struct ViewsPicture {
    let state: State
    let list: ViewList

    func draw(in frame: inout Frame) {
        let views = state.keepsakes.views
        let inside = Dialog(title: "Views", hint: hint).draw(
            in: &frame, state, width: 76, lines: max(2, views.count + (list.doomed == nil ? 0 : 1)))
        guard !inside.isEmpty else { return }
        guard !views.isEmpty else {
            let key = state.keymap.spelling(of: .own(.saveView), in: [.table]) ?? ""
            let words = "None yet: filter, sort and choose columns, then \(key) keeps them under a name."
            for (row, line) in TextLayout.wrap(words, to: inside.width).enumerated() where row < inside.height
            {
                frame.put(line, inside.x, inside.y + row, .textMuted, .dialog)
            }
            return
        }
        let rows = inside.height - (list.doomed == nil ? 0 : 1)
        let first = max(0, list.focus - max(1, rows) + 1)
        for row in 0..<max(0, rows) where first + row < views.count {
            draw(views[first + row], in: &frame, inside.row(row), isFocused: first + row == list.focus)
        }
        if let doomed = list.doomed {
            let key = state.keymap.spelling(of: .own(.forget), in: state.contexts) ?? ""
            let words = TextLayout.cut("\(key) once more takes \(doomed) away", to: inside.width)
            frame.put(words, inside.x, inside.maxY - 1, .dialogDanger, .dialog)
        }
    }

    private func draw(_ view: SavedView, in frame: inout Frame, _ line: Rect, isFocused: Bool) {
        if isFocused { frame.fill(line, Theme.style(.dialogFocus)) }
        let used = frame.put(
            TextLayout.cut(view.name, to: line.width), line.x, line.y, isFocused ? .dialogFocus : .dialog,
            .dialog)
        var words = [view.pane.rawValue]
        if let backend = view.backend { words.append("@\(backend)") }
        if view.problemsOnly { words.append("problems only") }
        if view.hidesAcknowledged { words.append("without acknowledged") }
        if !view.filter.isEmpty { words.append(view.filter) }
        let text = TextLayout.cut(words.joined(separator: "  "), to: max(0, line.width - used - 2))
        frame.put(
            text, line.maxX - CharacterWidth.of(text), line.y, isFocused ? .dialogFocus : .textMuted, .dialog)
    }

    private var hint: String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: state.contexts) ?? ""
        }
        return "\(key(.accept)) shows · \(key(.forget)) takes away · \(key(.cancel)) close"
    }
}
