public import Canvas

/// The themes: the one under the cursor is put on at once, and Esc puts the one before back.
public struct ThemePicker: Layer {
    /// The key that shows it, and pressed again goes to the next theme.
    public static let opener: OwnAction? = .themes
    /// The place of the theme that Esc puts back.
    public let before: Int

    init(_ state: State) { before = state.themeIndex }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let count = state.themes.count
        if let moved = ListMove(page: Dialog.rows(state), count: count).line(action, from: state.themeIndex) {
            state.themeChoice.choose(moved)
            return .done([])
        }
        switch action {
        case .themes, .themeNext:
            state.themeChoice.chooseNext()
            return .done([])
        case .accept, .open, .toggle:
            return .closedThen { $0.keepTheme() }
        case .redraw, .quit: return .passed
        case .cancel, .back, .close:
            state.themeChoice.choose(before)
            return .closed
        default: return .done([])
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [
            (.own(.accept), "keep"), (.own(.down), "next"), (.own(.up), "previous"),
            (.own(.cancel), "restore"),
        ]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let themes = state.themes
        let screen = state.layout.screen.body
        let height = max(1, min(themes.count, Dialog.rows(state)))
        let first = max(0, state.themeIndex - height + 1)
        // At the right edge, so that what it looks like can be seen.
        let width = min(screen.width, 30)
        let rect = Rect(screen.maxX - width, screen.y, width, min(screen.height, height + 2))
        guard rect.height >= 3 else { return }
        let inside = Box(title: "Theme", hint: "Enter keeps it").draw(
            in: &frame, rect, border: Theme.style(.dialogBorder), title: Theme.style(.dialogTitle),
            inside: Theme.style(.dialog))
        for row in 0..<inside.height where first + row < themes.count {
            let line = inside.row(row)
            let isFocused = first + row == state.themeIndex
            if isFocused { frame.fill(line, Theme.style(.dialogFocus)) }
            let words = themes[first + row].name + (first + row == before ? "  (current)" : "")
            frame.put(words, line.x, line.y, isFocused ? .dialogFocus : .dialog, .dialog, width: line.width)
        }
    }
}
