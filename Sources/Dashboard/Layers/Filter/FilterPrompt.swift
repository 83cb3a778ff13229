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
    /// What completing goes round among; nil after anything else was pressed.
    private(set) var cycle: Cycle?
    /// The earlier filter that was brought back, counted from the latest; nil for what is typed.
    private var recalled: Int?
    /// What was typed before the first earlier filter was brought back.
    private var draft = ""

    /// Words of which each completes what was typed.
    struct Cycle: Sendable, Equatable {
        let words: [String]
        var place: Int
        /// What stands before the word, and what behind it.
        let head: String, tail: String
    }

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
        (cycle, recalled) = (nil, nil)
        return state.typed(self)
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let text = input.text
        let before = before
        switch (action, purpose) {
        case (.accept, .find): return .closedThen { $0.endFinding() }
        case (.cancel, .find(let before)): return .closedThen { $0.leaveFinding(before) }
        case (.nextField, .find), (.down, .find): return .done(state.findAgain(1))
        case (.previousField, .find), (.up, .find): return .done(state.findAgain(-1))
        case (.accept, .mark): return .closedThen { $0.markMatching(text) }
        case (.accept, .name): return .closedThen { $0.saveView(text) }
        case (.accept, .show): return .closedThen { $0.endFiltering(text, before: before) }
        case (.cancel, .show): return .closedThen { $0.filterTyped(before) }
        case (.cancel, _):
            return .closedThen {
                $0.forgetFilterRemark()
                return []
            }
        case (.nextField, .show), (.nextField, .mark): return .done(complete(1, in: &state))
        case (.previousField, .show), (.previousField, .mark): return .done(complete(-1, in: &state))
        case (.up, .show), (.up, .mark): return .done(recall(1, in: &state))
        case (.down, .show), (.down, .mark): return .done(recall(-1, in: &state))
        default: return .done([])
        }
    }

    /// Completes what the cursor stands behind; pressed again, by the next that fits.
    private mutating func complete(_ step: Int, in state: inout State) -> [Effect] {
        recalled = nil
        if var cycle {
            cycle.place = (cycle.place + step + cycle.words.count) % cycle.words.count
            self.cycle = cycle
            put(cycle.words[cycle.place], cycle.head, cycle.tail)
            return state.typed(self)
        }
        guard let suggestions = FilterSuggestions(input, state), !suggestions.words.isEmpty else { return [] }
        let head = String(input.text.prefix(suggestions.completion.start))
        let tail = String(input.text.dropFirst(input.cursor))
        if let (word, isWhole) = suggestions.step {
            put(isWhole ? suggestions.finished(word) : word, head, tail)
        } else {
            let words = suggestions.words.map(suggestions.written)
            let cycle = Cycle(words: words, place: step > 0 ? 0 : words.count - 1, head: head, tail: tail)
            self.cycle = cycle
            put(words[cycle.place], head, tail)
        }
        return state.typed(self)
    }

    private mutating func put(_ word: String, _ head: String, _ tail: String) {
        input = TextField(head + word + tail)
        for _ in tail { input.apply(.left) }
    }

    /// Brings back an earlier filter of the pane, or a later one, and in the end what was typed.
    private mutating func recall(_ step: Int, in state: inout State) -> [Effect] {
        let earlier = state.pane.earlierFilters.filter { $0 != before }
        let place = (recalled ?? -1) + step
        guard place >= -1, place < earlier.count else { return [] }
        if recalled == nil { draft = input.text }
        cycle = nil
        recalled = place < 0 ? nil : place
        input = TextField(place < 0 ? draft : earlier[place])
        return state.typed(self)
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        if state.layers.count > 1 { MessageLine(state: state).draw(in: &frame, state.layout.screen.message) }
        guard state.hasFilterHint else { return }
        let message = state.layout.screen.message
        FilterHint(prompt: self, state: state).draw(
            in: &frame, Rect(message.x, message.y - 1, message.width, 1))
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        switch purpose {
        case .mark:
            [(.own(.accept), "mark what matches"), (.own(.cancel), "cancel"), (.own(.nextField), "complete")]
        case .find:
            [
                (.own(.accept), "stay here"), (.own(.cancel), "back to where it was"),
                (.own(.nextField), "next"), (.own(.previousField), "previous"),
            ]
        case .name: [(.own(.accept), "save under this name"), (.own(.cancel), "cancel")]
        case .show:
            [(.own(.accept), "keep"), (.own(.cancel), "back to before"), (.own(.nextField), "complete")]
                + (state.pane.earlierFilters.isEmpty ? [] : [(.own(.up), "earlier filter")])
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
