public import Canvas
public import Domain

/// One command from the key that asked for it to the evidence of what became of it.
///
/// Targets are pinned when it begins. It may span backends; each has a part of its own, and no part waits for
/// another.
public struct CommandSession: Sendable, Equatable {
    /// The number that effects and answers carry.
    public let id: Int
    /// What is done, as data.
    public let descriptor: CommandDescriptor
    /// The answers to its form.
    public internal(set) var form: CommandForm
    /// What goes to each backend.
    public internal(set) var parts: [Part]
    /// How far it is.
    public internal(set) var stage: Stage
    /// When the stage was entered: a confirmation is dead for a moment.
    public internal(set) var enteredAt: Instant
    /// Whether only what would be sent is shown.
    public internal(set) var isDryRun = false
    /// What was typed to confirm.
    public internal(set) var typedName = TextField()
    /// What is missing, when Enter did nothing.
    public internal(set) var hint: String?

    /// How far a command is.
    public enum Stage: Sendable, Equatable {
        /// The form is being filled in.
        case form
        /// The servers are asked what must be known first.
        case preparing
        /// The plan waits for the operator.
        case confirming
        /// Requests are on their way.
        case sending
        /// All outcomes are here, or nothing had to be sent.
        case done
        /// An unknown outcome is being looked for.
        case checking
    }

    /// What goes to one backend.
    public struct Part: Sendable, Equatable {
        /// The backend.
        public let backend: BackendID
        /// The command with its pinned targets.
        public internal(set) var command: Command
        /// What the targets are called, in their order.
        public let names: [String]
        /// What was found, and what will be sent.
        public internal(set) var plan: PlanPreview?
        /// Why it could not be prepared.
        public internal(set) var problem: BackendError?
        /// The last time the same was done, in words.
        public internal(set) var lastDone: String?
        /// What became of it.
        public internal(set) var outcomes: [Outcome]?
    }

    /// The names of all targets.
    public var names: [String] { parts.flatMap(\.names) }

    /// What it asks, raised by bulk, by what was read, and by guarded backends.
    public func tier(_ mode: (BackendID) -> BackendMode) -> Tier {
        var tier = parts.compactMap { $0.plan?.tier }.max() ?? descriptor.tier
        tier = max(tier, descriptor.tier)
        if names.count > 10, tier == .harmless { tier = .touchesService }
        if parts.contains(where: { mode($0.backend) == .guarded }) { tier = .hurts }
        return tier
    }

    /// What must be typed to confirm a command that hurts.
    public var confirmation: String {
        names.count == 1 ? names[0] : "\(descriptor.kind) \(names.count)"
    }

    /// The entities that something will be sent for.
    public var sendCount: Int { parts.reduce(0) { $0 + ($1.plan?.targets.count ?? 0) } }

    /// Every outcome so far, and what was left out as skipped.
    public var outcomes: [Outcome] {
        parts.flatMap { part in
            (part.outcomes ?? []) + (part.plan?.excluded ?? []).map { Outcome($0.entity, .skipped, $0.words) }
        }
    }
}

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
        /// What was typed.
        public internal(set) var text: TextField
        /// What was switched.
        public internal(set) var isOn: Bool
    }

    init(_ fields: [FormField]) {
        answers = fields.map { field in
            var isOn = false
            var text = TextField()
            switch field.input {
            case .toggle(let initially): isOn = initially
            case .choice(let words): text = TextField(words.first ?? "")
            case .line, .secret: break
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
            case .line, .choice, .secret:
                if !answer.text.text.isEmpty { arguments[answer.field.key] = .text(answer.text.text) }
            }
        }
        return arguments
    }

    /// The title of the first question that has to be answered and is not.
    public var missing: String? {
        answers.first {
            switch $0.field.input {
            case .line(let required), .secret(let required): required && $0.text.text.isEmpty
            case .toggle, .choice: false
            }
        }?.field.title
    }
}
