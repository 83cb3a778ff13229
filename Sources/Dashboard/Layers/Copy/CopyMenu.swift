public import Canvas
public import Domain

/// What can be copied of what was in front when the menu was opened.
public struct CopyMenu: Layer {
    /// The choices in order.
    public let choices: [Choice]
    /// The place under the cursor.
    public private(set) var focus = 0

    init(choices: [Choice]) { self.choices = choices }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if let moved = ListMove(page: Dialog.rows(state), count: choices.count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        // The key that opened the menu takes what it begins with: pressed twice, it copies the obvious.
        case .accept, .open, .yes, .copy:
            guard choices.indices.contains(focus) else { return .closed }
            let chosen = choices[focus]
            return .closedThen { $0.copy(chosen) }
        case .cancel, .back, .close: return .closed
        default: return leave(action)
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "copy"), (.own(.down), "down"), (.own(.cancel), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        let inside = Dialog(title: "Copy", hint: hint(state)).draw(
            in: &frame, state, width: 72, lines: choices.count)
        guard !inside.isEmpty else { return }
        let first = max(0, focus - inside.height + 1)
        let titles = choices.map { CharacterWidth.of($0.title) }.max() ?? 0
        for row in 0..<inside.height where first + row < choices.count {
            let choice = choices[first + row]
            let isFocused = first + row == focus
            let line = inside.row(row)
            if isFocused { frame.fill(line, Theme.style(.dialogFocus)) }
            let title = TextLayout.cut(choice.title, to: line.width)
            frame.put(title, line.x, line.y, isFocused ? .dialogFocus : .dialog, .dialog)
            let start = min(titles, inside.width / 2) + 2
            let sample = TextLayout.cut(CleanText.oneLine(choice.sample), to: max(0, line.width - start))
            guard CharacterWidth.of(title) < start else { continue }
            frame.put(sample, line.x + start, line.y, isFocused ? .dialogFocus : .textMuted, .dialog)
        }
    }

    private func hint(_ state: State) -> String {
        func key(_ action: OwnAction) -> String {
            state.keymap.spelling(of: .own(action), in: contexts(in: state)) ?? ""
        }
        return "\(key(.accept)) copies · \(key(.cancel)) close"
    }

    /// One thing that can be copied.
    public struct Choice: Sendable, Equatable {
        /// What the line says.
        public var title: String
        /// What would be copied, or how it begins.
        public var sample: String
        /// What is copied.
        public var subject: Subject
    }

    /// What is copied.
    public enum Subject: Sendable, Equatable {
        /// A text as it is.
        case text(String)
        /// What entities are called, a line each.
        case names([EntityRef])
        /// Rows as the table shows them, a line each.
        case rows([EntityRef])
        /// The address of an entity in its server's web interface.
        case address(EntityRef)
        /// Rows as JSON.
        case objects([EntityRef])
        /// The rows of the pane as they were then.
        case table(CopiedTable)
        /// A line for a shell.
        case line(String)
    }
}
