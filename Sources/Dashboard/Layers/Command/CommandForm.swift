public import Canvas
public import Domain

/// A command's form on the screen.
public struct CommandForm: Sendable, Equatable {
    /// The questions with their answers so far.
    public private(set) var answers: [Answer]
    /// The place of the question that has the focus.
    public private(set) var focus = 0
    /// What is not asked but carried along from what the form began with.
    public private(set) var carried: [FieldKey: Value] = [:]
    /// Whether it began with what a server has, so that only what differs from that is an answer.
    private var isFilled = false
    /// Which of the earlier notes stands in the note, the latest is 0; nil where it is what was typed.
    private var recalled: Int?
    /// What was typed before an earlier note came in its place.
    private var typed = ""
    /// The keys of what may be carried.
    private let carriedKeys: Set<FieldKey>

    /// One question.
    public struct Answer: Sendable, Equatable {
        /// The question.
        public let field: FormField
        /// What was typed or chosen.
        public fileprivate(set) var text: TextField
        /// What was switched.
        public fileprivate(set) var isOn: Bool
        /// Whether a switch is on or off at all: a server may hold neither.
        public fileprivate(set) var isSwitched = true
        /// The text as it was given, which one line may not be able to hold; it counts until it is edited here.
        fileprivate(set) var given: String?
        /// What the question began with.
        fileprivate(set) var initial = ""

        /// The answer as text; empty for none.
        public var value: String {
            if case .toggle = field.input { return isSwitched ? isOn ? "yes" : "no" : "" }
            return given ?? text.text
        }

        /// Whether none is an answer too: it is what the server has, or one of the choices.
        var mayBeUnset: Bool {
            switch field.input {
            case .toggle: !isSwitched || initial.isEmpty
            case .choice(let words): initial.isEmpty || words.contains("")
            case .line, .secret, .carried: true
            }
        }

        /// Whether it is not any more what it began with.
        public var isChanged: Bool { value != initial }

        /// Whether something that the server had was cleared: it is to have nothing there.
        public var isEmptied: Bool {
            if case .secret = field.input { return false }
            return value.isEmpty && !initial.isEmpty
        }

        /// Whether editing it on one line would lose a part.
        var isTooLong: Bool { given.map { $0.count > TextField.limit } ?? false }

        fileprivate mutating func take(_ value: Value) {
            guard let words = Self.text(value) else { return }
            switch field.input {
            case .toggle:
                isSwitched = !words.isEmpty
                isOn = value == .flag(true) || words == "yes"
            case .choice: text = TextField(words)
            case .line, .secret:
                text = TextField(words)
                given = words
            case .carried: break
            }
        }

        /// Makes it what it is where the server has nothing.
        fileprivate mutating func unset() {
            isSwitched = false
            isOn = false
            text = TextField()
            given = nil
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

    /// Begins the form again with what a server has; what it says nothing about is unset, and stays so.
    public mutating func fill(_ values: [FieldKey: Value]) {
        isFilled = true
        for index in answers.indices {
            answers[index].unset()
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
    /// A form that began with what a server has gives only what was changed: what it showed may be less than what the
    /// server has, and would be sent back as if somebody had wanted it so. Empty texts are left out, but for those of
    /// what was emptied.
    public var arguments: [FieldKey: Value] {
        var arguments = carried
        for answer in answers where !isFilled || answer.isChanged {
            switch answer.field.input {
            case .toggle where answer.isSwitched: arguments[answer.field.key] = .flag(answer.isOn)
            case .line, .choice, .secret, .toggle:
                if !answer.value.isEmpty || answer.isEmptied {
                    arguments[answer.field.key] = .text(answer.value)
                }
            case .carried: break
            }
        }
        return arguments
    }

    /// The answers that may be used again: secrets are typed again.
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
        if answers[focus].text.text != before {
            answers[focus].given = nil
            recalled = nil
        }
    }

    /// Whether a note is being typed.
    var isOnNote: Bool { isTyping && answers[focus].field.key == .note }

    /// Takes the next older of some notes into the focused note; behind the oldest comes what was typed.
    ///
    /// - Returns: whether the focus is on a note, and there is any to take.
    mutating func recall(from notes: [String]) -> Bool {
        guard isOnNote, !notes.isEmpty else { return false }
        let place = recalled.map { $0 + 1 } ?? 0
        if recalled == nil { typed = answers[focus].value }
        recalled = place < notes.count ? place : nil
        answers[focus].text = TextField(recalled.map { notes[$0] } ?? typed)
        answers[focus].given = nil
        return true
    }

    /// The note that was answered; nil where the form has none.
    var note: String? {
        answers.first { $0.field.key == .note && $0.field.input.isLine && !$0.value.isEmpty }?.value
    }

    mutating func moveFocus(_ step: Int) {
        guard !answers.isEmpty else { return }
        focus = (focus + step + answers.count) % answers.count
    }

    /// Gives the focus to a question.
    mutating func moveFocus(to place: Int) { focus = place }

    /// Switches the focused question, or takes the next of its choices.
    mutating func toggle() {
        guard answers.indices.contains(focus) else { return }
        switch answers[focus].field.input {
        case .toggle: answers[focus].turn()
        case .choice(let words):
            let words = answers[focus].mayBeUnset && !words.contains("") ? words + [""] : words
            let current = words.firstIndex(of: answers[focus].text.text) ?? -1
            if !words.isEmpty { answers[focus].text = TextField(words[(current + 1) % words.count]) }
        case .line, .secret, .carried: break
        }
    }
}

extension CommandForm.Answer {
    /// Yes after none, no after yes, and after no yes again, or none where the server has none.
    fileprivate mutating func turn() {
        if isSwitched, !isOn, mayBeUnset {
            isSwitched = false
        } else {
            isOn = !isSwitched || !isOn
            isSwitched = true
        }
    }
}

extension FormField.Input {
    /// Whether it is typed and may be read again.
    fileprivate var isLine: Bool { if case .line = self { true } else { false } }
}
