public import Canvas
internal import Filter

/// A prompt for a filter: what was typed, and what held before.
public struct FilterPrompt: Layer {
    /// What was typed.
    public private(set) var input: TextField
    /// The filter that Esc brings back.
    public let before: String
    /// What is done with the rows that pass.
    public let purpose: Purpose

    init(_ text: String = "", for purpose: Purpose = .show) {
        input = TextField(text)
        before = text
        self.purpose = purpose
    }

    /// Whether the cursor goes to what is typed.
    var isFinding: Bool { if case .find = purpose { true } else { false } }

    /// What a filter is typed for.
    public enum Purpose: Sendable, Equatable {
        /// They alone are shown, while it is typed.
        case show
        /// They are marked, once it is typed.
        case mark
        /// None: what is typed is a name for what is shown.
        case name
        /// The cursor goes to the nearest of them, while it is typed; what was looked for before.
        case find(Find?)
    }
}

extension FilterPrompt {
    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { [.text] }

    /// Changes what is typed.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        change(&input)
        return state.typed(self)
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let text = input.text
        switch (action, purpose) {
        case (.accept, .find): return .closedThen { $0.endFinding() }
        case (.cancel, .find(let before)): return .closedThen { $0.leaveFinding(before) }
        case (.nextField, .find): return .done(state.findAgain(1))
        case (.previousField, .find): return .done(state.findAgain(-1))
        case (.accept, .mark): return .closedThen { $0.markMatching(text) }
        case (.accept, .name): return .closedThen { $0.saveView(text) }
        case (.accept, .show): return .closedThen { $0.endFiltering() }
        case (.cancel, .show):
            let before = before
            return .closedThen { $0.filterTyped(before) }
        case (.cancel, _):
            return .closedThen {
                $0.forgetFilterRemark()
                return []
            }
        case (.nextField, _): return .done(state.move(1))
        case (.previousField, _): return .done(state.move(-1))
        default: return .done([])
        }
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        if state.layers.count > 1 { MessageLine(state: state).draw(in: &frame, state.layout.screen.message) }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        switch purpose {
        case .mark: [(.own(.accept), "mark what fits"), (.own(.cancel), "cancel")]
        case .find:
            [
                (.own(.accept), "stay here"), (.own(.cancel), "back to where it was"),
                (.own(.nextField), "next"), (.own(.previousField), "previous"),
            ]
        case .name: [(.own(.accept), "save under this name"), (.own(.cancel), "cancel")]
        case .show: [(.own(.accept), "keep"), (.own(.cancel), "back to before"), (.own(.nextField), "down")]
        }
    }
}

extension FilterPrompt: Prompt {
    func draw(in frame: inout Frame, line: Rect, _ state: State) {
        // What lies below it may cover the whole screen.
        if state.layers.count > 1 { frame.fill(line, Theme.style(.message)) }
        let start = frame.put(purpose.label, line.x, line.y, .key)
        let remark = remark(state)
        let typed = CharacterWidth.of(input.text) + 1
        let room = line.width - start
        // What is wrong has its place behind the text, as long as the text leaves one.
        let field = Rect(line.x + start, line.y, remark.isEmpty ? room : max(min(typed, room), room / 3), 1)
        input.draw(in: &frame, field, Theme.style(.input))
        if !remark.isEmpty {
            let words = TextLayout.cut(remark, to: max(0, line.maxX - field.maxX))
            let isWrong = state.pane.filterRemark != nil
            frame.put(words, field.maxX, line.y, isWrong ? .freshStale : .textMuted)
        }
    }

    /// What is said behind what is typed: what is wrong with it, else how much it finds.
    private func remark(_ state: State) -> String {
        if let remark = state.pane.filterRemark { return "  column \(remark.column + 1): \(remark.words)" }
        guard case .find = purpose, let words = state.find?.words(state.findRow), !words.isEmpty else {
            return ""
        }
        return "  \(words)"
    }
}

extension FilterPrompt.Purpose {
    /// What stands before the text.
    fileprivate var label: String {
        switch self {
        case .show: " / "
        case .mark: " mark: "
        case .name: " name of the view: "
        case .find: " find: "
        }
    }
}
