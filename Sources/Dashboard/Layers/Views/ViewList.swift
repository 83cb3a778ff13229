public import Canvas
internal import Domain

/// The saved views to choose from.
public struct ViewList: Layer {
    /// The place under the cursor.
    public private(set) var focus = 0
    /// The view that is going to be removed when the key is pressed again.
    public private(set) var doomed: String?

    /// Shows it with the first view under the cursor.
    init() {}

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let views = state.preferences.views
        let focused = views.indices.contains(focus) ? views[focus] : nil
        if action != .forget { doomed = nil }
        if let moved = ListMove(page: Dialog.rows(state), count: views.count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open: return .closedThen { state in focused.map { state.show($0) } ?? [] }
        case .forget:
            guard let focused else { break }
            guard doomed == focused.name else {
                doomed = focused.name
                break
            }
            doomed = nil
            focus = max(0, min(focus, views.count - 2))
            state.showMessage(.plain, "\(focused.name) is gone")
            return .done(state.keep(.remove(focused.name)))
        case .views, .cancel, .back, .close: return .closed
        default: return leave(action)
        }
        return .done([])
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "show"), (.own(.forget), "remove"), (.own(.cancel), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let views = state.preferences.views
        let inside = Dialog(title: "Views", hint: hint(state)).draw(
            in: &frame, state, width: 76, lines: max(2, views.count + (doomed == nil ? 0 : 1)))
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
        let rows = inside.height - (doomed == nil ? 0 : 1)
        let first = max(0, focus - max(1, rows) + 1)
        for row in 0..<max(0, rows) where first + row < views.count {
            draw(views[first + row], in: &frame, inside.row(row), isFocused: first + row == focus)
        }
        if let doomed = doomed {
            let key = state.keymap.spelling(of: .own(.forget), in: contexts(in: state)) ?? ""
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

    private func hint(_ state: State) -> String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: contexts(in: state)) ?? ""
        }
        return "\(key(.accept)) shows · \(key(.forget)) removes · \(key(.cancel)) close"
    }
}
