public import Canvas
public import Domain

/// A command's form on the screen.
public struct CommandForm: Sendable, Equatable {
    /// The questions with their answers so far.
    public internal(set) var answers: [Answer]
    /// The place of the question that has the focus.
    public internal(set) var focus = 0

    /// One question.
    public struct Answer: Sendable, Equatable {
        /// The question.
        public let field: FormField
        /// What was typed or chosen.
        public internal(set) var text: TextField
        /// What was switched.
        public internal(set) var isOn: Bool
    }

    init(_ fields: [FormField]) {
        answers = fields.filter { $0.input != .carried }.map { field in
            var isOn = false
            var text = TextField()
            switch field.input {
            case .toggle(let initially): isOn = initially
            case .choice(let words): text = TextField(words.first ?? "")
            case .line, .secret, .carried: break
            }
            return Answer(field: field, text: text, isOn: isOn)
        }
    }

    /// The answers as a command's arguments; empty texts are left out.
    public var arguments: [FieldKey: Value] {
        var arguments: [FieldKey: Value] = [:]
        for answer in answers {
            switch answer.field.input {
            case .toggle: arguments[answer.field.key] = .flag(answer.isOn)
            case .carried: break
            case .line, .choice, .secret:
                if !answer.text.text.isEmpty { arguments[answer.field.key] = .text(answer.text.text) }
            }
        }
        return arguments
    }

    /// The place of the first question that has to be answered and is not.
    var missing: Int? {
        answers.firstIndex {
            switch $0.field.input {
            case .line(let required), .secret(let required):
                required && $0.text.text.allSatisfy(\.isWhitespace)
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
        edit(&answers[focus].text)
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
