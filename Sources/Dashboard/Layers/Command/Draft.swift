public import Domain

/// A form on its way to the operator's own editor.
public struct Draft: Sendable, Hashable {
    /// What is being done, in words: `Edit rule: Port down on core`.
    public var title: String
    /// The questions with their answers so far; secrets are never among them.
    public var fields: [Field]
    /// What the editor gave the last time, when it could not be taken: it is edited again, nothing of it is lost.
    public var rejected: Rejected?

    /// Makes a draft.
    public init(title: String, fields: [Field], rejected: Rejected? = nil) {
        self.title = title
        self.fields = fields
        self.rejected = rejected
    }

    /// One question and its answer.
    public struct Field: Sendable, Hashable {
        /// The question.
        public var field: FormField
        /// The answer so far: a text, a flag for what is switched, or none for a switch or choice that is not set.
        public var value: Value

        /// Makes a field.
        public init(_ field: FormField, _ value: Value) {
            self.field = field
            self.value = value
        }
    }

    /// A text that could not be taken.
    public struct Rejected: Sendable, Hashable {
        /// What the operator wrote.
        public var text: String
        /// What is wrong with it, and in which line.
        public var words: String

        /// Makes a rejection.
        public init(text: String, words: String) {
            self.text = text
            self.words = words
        }
    }
}

/// What came back from the operator's own editor.
public enum Edited: Sendable, Hashable {
    /// The answers.
    case answers([FieldKey: Value])
    /// A text that is no form.
    case rejected(Draft.Rejected)
    /// There was no editing, or the operator gave it up; in words.
    case abandoned(String)
}

extension CommandForm {
    /// The form as the operator's own editor gets it.
    func draft(title: String, rejected: Draft.Rejected?) -> Draft {
        let fields: [Draft.Field] = answers.compactMap { answer in
            switch answer.field.input {
            case .toggle where answer.isSwitched: Draft.Field(answer.field, .flag(answer.isOn))
            case .choice where answer.value.isEmpty, .toggle: Draft.Field(answer.field, .none)
            case .line, .choice: Draft.Field(answer.field, .text(answer.value))
            case .secret, .carried: nil
            }
        }
        return Draft(title: title, fields: fields, rejected: rejected)
    }
}
