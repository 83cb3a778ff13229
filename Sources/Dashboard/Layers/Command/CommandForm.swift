public import Canvas
public import Domain

/// A command's form on the screen.
public struct CommandForm: Sendable, Equatable {
    /// The questions with their answers so far.
    public internal(set) var answers: [Answer]
    /// The place of the question that has the focus.
    public internal(set) var focus = 0
    /// What is not asked but carried along from what the form began with.
    public internal(set) var carried: [FieldKey: Value] = [:]
    /// The keys of what may be carried.
    private let carriedKeys: Set<FieldKey>

    /// One question.
    public struct Answer: Sendable, Equatable {
        /// The question.
        public let field: FormField
        /// What was typed or chosen.
        public internal(set) var text: TextField
        /// What was switched.
        public internal(set) var isOn: Bool
        /// The text as it was given, which one line may not be able to hold; it counts until it is edited here.
        var given: String?
        /// What the question began with.
        var initial = ""

        /// The answer as text.
        public var value: String {
            if case .toggle = field.input { return isOn ? "yes" : "no" }
            return given ?? text.text
        }

        /// Whether it is not any more what it began with.
        public var isChanged: Bool { value != initial }

        /// Whether a line that the server had something for was cleared: it is to have nothing there.
        public var isEmptied: Bool {
            guard case .line = field.input else { return false }
            return value.isEmpty && !initial.isEmpty
        }

        /// Whether editing it on one line would lose a part.
        var isTooLong: Bool { given.map { $0.count > TextField.limit } ?? false }

        mutating func take(_ value: Value) {
            guard let words = Self.text(value) else { return }
            switch field.input {
            case .toggle: isOn = value == .flag(true) || words == "yes"
            case .choice: text = TextField(words)
            case .line, .secret:
                text = TextField(words)
                given = words
            case .carried: break
            }
        }

        /// A value as a form shows it; nil for none.
        static func text(_ value: Value) -> String? {
            switch value {
            case .none: nil
            case .text(let text): text
            case .integer(let number): String(number)
            case .number(let number): Quantity.number(number)
            case .flag(let flag): flag ? "yes" : "no"
            case .time(let moment): String(moment.seconds)
            case .ref(_, let name): name
            }
        }
    }

    /// Makes a form as it is before anybody answered.
    public init(_ fields: [FormField]) {
        carriedKeys = Set(fields.filter { $0.input == .carried }.map(\.key))
        answers = fields.filter { $0.input != .carried }.map { field in
            var isOn = false
            var text = TextField()
            switch field.input {
            case .toggle(let initially): isOn = initially
            case .choice(let words): text = TextField(words.first ?? "")
            case .line, .secret, .carried: break
            }
            var answer = Answer(field: field, text: text, isOn: isOn)
            answer.initial = answer.value
            return answer
        }
    }

    /// Begins the form anew with what a server has.
    public mutating func fill(_ values: [FieldKey: Value]) {
        for index in answers.indices {
            if let value = values[answers[index].field.key] { answers[index].take(value) }
            answers[index].initial = answers[index].value
        }
        carried = values.filter { carriedKeys.contains($0.key) }
    }

    /// Takes answers; what they say nothing about stays, and so does what is carried already.
    public mutating func answer(_ values: [FieldKey: Value]) {
        carried.merge(values.filter { carriedKeys.contains($0.key) }) { own, _ in own }
        for index in answers.indices {
            if let value = values[answers[index].field.key] { answers[index].take(value) }
        }
    }

    /// What differs from what the form began with.
    var changed: [FieldKey: Value] {
        var changed: [FieldKey: Value] = [:]
        for answer in answers where answer.isChanged { changed[answer.field.key] = .text(answer.value) }
        return changed
    }

    /// The answers as a command's arguments, and what is carried along.
    ///
    /// Empty texts are left out, but for those of lines that were emptied.
    public var arguments: [FieldKey: Value] {
        var arguments = carried
        for answer in answers {
            switch answer.field.input {
            case .toggle: arguments[answer.field.key] = .flag(answer.isOn)
            case .line, .choice, .secret:
                if !answer.value.isEmpty || answer.isEmptied {
                    arguments[answer.field.key] = .text(answer.value)
                }
            case .carried: break
            }
        }
        return arguments
    }

    /// The answers that may be used again: secrets are typed anew.
    var answersToKeep: [FieldKey: Value] {
        let secrets = Set(
            answers.filter { if case .secret = $0.field.input { true } else { false } }.map(\.field.key))
        return arguments.filter { !secrets.contains($0.key) }
    }

    /// The place of the first question that has to be answered and is not.
    public var missing: Int? {
        answers.firstIndex {
            switch $0.field.input {
            case .line(let required), .secret(let required): required && $0.value.allSatisfy(\.isWhitespace)
            case .toggle, .choice, .carried: false
            }
        }
    }

    /// Whether the focused question is answered by typing.
    var isTyping: Bool {
        guard answers.indices.contains(focus) else { return false }
        switch answers[focus].field.input {
        case .line, .secret: return true
        case .toggle, .choice, .carried: return false
        }
    }

    mutating func edit(_ edit: (inout TextField) -> Void) {
        guard isTyping else { return }
        let before = answers[focus].text.text
        edit(&answers[focus].text)
        // Moving in a text of several lines does not make one line of it.
        if answers[focus].text.text != before { answers[focus].given = nil }
    }

    mutating func moveFocus(_ step: Int) {
        guard !answers.isEmpty else { return }
        focus = (focus + step + answers.count) % answers.count
    }

    /// Switches the focused question, or takes the next of its choices.
    mutating func toggle() {
        guard answers.indices.contains(focus) else { return }
        switch answers[focus].field.input {
        case .toggle: answers[focus].isOn.toggle()
        case .choice(let words):
            let current = words.firstIndex(of: answers[focus].text.text) ?? -1
            if !words.isEmpty { answers[focus].text = TextField(words[(current + 1) % words.count]) }
        case .line, .secret, .carried: break
        }
    }
}
