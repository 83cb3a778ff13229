package import Domain
package import JSON

/// One field of a record that people write: its words, its input, and what it holds.
package struct RecordField: Sendable {
    /// What a field holds.
    package enum Kind: Sendable {
        /// A text, a word of several, or yes and no, by its input.
        case text
        /// A whole number.
        case number
        /// Bits per second, which people write as 10M.
        case speed
        /// Yes or no, chosen as a word: none is an answer too.
        case flag
        /// Whatever JSON writes; what is none is a text.
        case json
    }

    /// What a field gets that is to hold nothing.
    package enum Nothing: Sendable {
        /// Null.
        case null
        /// An empty text.
        case empty
        /// An empty text, and null only where an undo makes it null again.
        case asItWas
    }

    /// Its name at the server.
    package let key: String
    /// What stands before the input.
    package let title: String
    /// How it is asked for where the record is new.
    package var input: FormField.Input
    /// What it holds.
    package let kind: Kind
    /// What it gets that is to hold nothing, where that is not as the API usually has it.
    package let nothing: Nothing?
    /// Whether a new record needs one of its words.
    package var needsChoice = false

    /// Describes a field; one that is not described further is a line of text that may be left empty.
    package init(
        _ key: String, _ title: String, _ input: FormField.Input = .line(required: false),
        _ kind: Kind = .text, nothing: Nothing? = nil
    ) {
        self.key = key
        self.title = title
        self.input = input
        self.kind = kind
        self.nothing = nothing
    }

    /// Its name in forms and commands.
    package var id: FieldKey { FieldKey(rawValue: key) }

    /// Whether it holds a number.
    package var isNumber: Bool { kind == .number || kind == .speed }

    /// Whether it is never read, shown or kept.
    package var isSecret: Bool {
        if case .secret = input { true } else { false }
    }

    /// Whether a new record needs it.
    package var isRequired: Bool {
        switch input {
        case .line(let required), .secret(let required): required
        case .choice: needsChoice
        case .toggle, .carried: false
        }
    }

    // MARK: In forms

    /// The question of a new record; a choice that nobody makes is the server's to make.
    var question: FormField {
        if case .choice(let words) = input, !needsChoice {
            return FormField(id, title, .choice([""] + words))
        }
        return FormField(id, title, input)
    }

    /// The question of a record that is there: nothing is required, since what is not written stays.
    ///
    /// What the server has no value for begins with none: a form that began with the first choice, or with a yes, would
    /// send that although nobody chose it.
    var change: FormField {
        let input: FormField.Input =
            switch input {
            case .line: .line(required: false)
            case .secret: .secret(required: false)
            case .choice(let words): .choice([""] + words)
            case .toggle: .toggle(initially: false)
            case .carried: .carried
            }
        return FormField(id, title, input)
    }

    /// What a form begins with; nil where the server has nothing, or nothing that may be shown.
    func opening(_ now: JSONValue?) -> Value? {
        guard let now, !now.isNull, !isSecret else { return nil }
        if case .toggle = input { return now.flag.map { .flag($0) } }
        return .text(now.shown)
    }

    // MARK: In requests

    /// What a command gives for it; nil for nothing.
    ///
    /// - Throws: for what it can't hold.
    package func value(in command: Command) throws(BackendError) -> JSONTree? {
        if case .toggle = input { return command.flag(id).map { .bool($0) } }
        guard let text = command.text(id) else { return nil }
        return try value(text)
    }

    /// What is written where there is to be nothing.
    ///
    /// - Throws: where the field can't hold an empty text.
    func emptied(_ nothing: Nothing) throws(BackendError) -> JSONTree {
        nothing == .null ? .null : try value("")
    }

    private func value(_ text: String) throws(BackendError) -> JSONTree {
        if case .choice(let words) = input, !words.contains(text) {
            throw BackendError(.invalid, "\(title) is one of \(words.joined(separator: ", "))")
        }
        switch kind {
        case .text: return .string(text)
        case .flag: return .bool(text == "yes")
        case .json: return (try? JSONDocument(text)).map { JSONTree($0.root) } ?? .string(text)
        case .number:
            guard let number = Int64(text) else {
                throw BackendError(.invalid, "\(title) is a number, and \(Cleaning.clean(text)) is none")
            }
            return .integer(number)
        case .speed:
            guard let reading = Quantity.read(text), reading.unit == .bare || reading.unit == .factor,
                let whole = Int64(exactly: reading.number.rounded()), whole >= 0,
                // 2.3M may be a hair off a whole number; 10.4 is none.
                (reading.number - reading.number.rounded()).magnitude < 0.001
            else { throw BackendError(.invalid, "\(Cleaning.clean(text)) is no speed: write it as 10M") }
            return .integer(whole)
        }
    }
}

// MARK: Values

extension JSONValue {
    /// A value as a text; a joined record by its number, a list or another object as JSON.
    var written: String {
        let value = self["id"] ?? self
        return value.kind == .array || value.kind == .object ? JSONTree(value).text : value.text ?? ""
    }

    /// A value as a form shows it.
    var shown: String { Cleaning.clean(written) }

    /// Whether it is what is wanted: null and empty are the same, and so are a number and a text that writes it.
    func isSame(as wanted: JSONTree?) -> Bool {
        switch wanted {
        case .none, .null: written.isEmpty
        case .bool(let wanted): flag == wanted
        case .integer(let number): (self["id"] ?? self).int64 == number || written == String(number)
        // Decimals are often written as texts, with as many digits as the server keeps.
        case .number(let number): (self["id"] ?? self).double == number || written == wanted?.written
        case .some(let tree): JSONTree(self) == tree || written == tree.written
        }
    }
}

extension JSONTree {
    /// A value as the dialog says it.
    var written: String {
        switch self {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        case .null: ""
        default: text
        }
    }
}
