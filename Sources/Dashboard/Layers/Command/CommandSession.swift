public import Canvas
public import Domain

/// One command from the key that asked for it to the evidence of what became of it.
///
/// Targets are pinned when it begins. It may span backends; each has a part of its own, and no part waits for
/// another.
public struct CommandSession: Sendable, Equatable {
    /// The number that effects and answers carry.
    public let id: Int
    /// What is done, as data: what all its backends say of it, put together.
    public let descriptor: CommandDescriptor
    /// The answers to its form.
    public internal(set) var form: CommandForm
    /// What goes to each backend.
    public internal(set) var parts: [Part]
    /// How far it is.
    public internal(set) var stage = Stage.form
    /// When the stage was entered: a confirmation is dead for a moment.
    public internal(set) var enteredAt: Instant
    /// Whether only what would be sent is shown.
    public internal(set) var isDryRun = false
    /// Whether it was begun as a dry run and stays one: no step of it leads to sending.
    public internal(set) var isOnlyDryRun = false
    /// What was typed to confirm.
    public internal(set) var typedName = TextField()
    /// What is missing, when Enter did nothing.
    public internal(set) var hint: String?
    /// The first line on the screen where there are more than it has room for.
    public internal(set) var top = 0
    /// What the operator's own editor gave and could not be taken; it is edited again before anything is sent.
    public internal(set) var rejected: Draft.Rejected?
    /// Who was faster, when nothing was sent for that.
    public internal(set) var conflict: FormConflict?
    /// What the form is to hold besides what it begins with: the old values, when a command is undone.
    var preset: [FieldKey: Value] = [:]

    /// How far a command is.
    public enum Stage: Sendable, Equatable {
        /// What the form begins with is being read.
        case opening
        /// The form is being filled in.
        case form
        /// The operator's own editor has the form, and the terminal.
        case editing
        /// The servers are asked what must be known first.
        case preparing
        /// Somebody else was faster: both versions are shown, and nothing is sent.
        case conflicting
        /// The plan waits for the operator.
        case confirming
        /// It waits once more, because the same was done a short time ago.
        case repeating
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
        /// The questions that this backend understands the answers to.
        public fileprivate(set) var questions: Set<FieldKey>
        /// What was found, and what will be sent.
        public internal(set) var plan: PlanPreview?
        /// Why it could not be prepared.
        public internal(set) var problem: BackendError?
        /// The last time the same was done, in words.
        public internal(set) var lastDone: String?
        /// What of it was done a short time ago.
        public internal(set) var repeats: [Repeat] = []
        /// How far it is while it takes its time, in words.
        public internal(set) var progress: String?
        /// What became of it.
        public internal(set) var outcomes: [Outcome]?
        /// Whether its outcome is being looked for.
        var isChecking = false

        /// Whether something was found that has to be sent.
        var hasWork: Bool { plan?.targets.isEmpty == false }

        init(_ backend: BackendID, _ command: Command, names: [String], questions: Set<FieldKey>) {
            self.backend = backend
            self.command = command
            self.names = names
            self.questions = questions
        }
    }

    /// Begins the form with what a server said: what it holds, and the questions where only the server knows them.
    mutating func begin(with opening: Opening) {
        if let questions = opening.form {
            form = CommandForm(questions)
            for index in parts.indices { parts[index].questions = Set(questions.map(\.key)) }
        }
        if opening.form == nil || !opening.values.isEmpty { form.fill(opening.values) }
    }

    /// The names of all targets.
    public var names: [String] { parts.flatMap(\.names) }

    /// What an entity was called when the command began; it may be gone since.
    public func name(of entity: EntityRef) -> String {
        for part in parts {
            if let place = part.command.targets.firstIndex(of: entity) { return part.names[place] }
        }
        return entity.description
    }

    /// What it asks, raised by bulk, by what was read, and by guarded backends.
    public func tier(_ mode: (BackendID) -> BackendMode) -> Tier {
        CommandPolicy.tier(
            [descriptor.tier] + parts.compactMap { $0.plan?.tier }, targets: names.count,
            modes: parts.map { mode($0.backend) })
    }

    /// What must be typed to confirm a command that hurts: the one name, else the verb and the count.
    public var confirmation: String {
        let targets = parts.flatMap { $0.plan?.targets ?? [] }
        guard targets.count == 1 else {
            return "\(descriptor.kind.rawValue.prefix { $0 != "-" }) \(targets.count)"
        }
        return targets[0].confirmation
    }

    /// The entities that something will be sent for.
    public var sendCount: Int { parts.reduce(0) { $0 + ($1.plan?.targets.count ?? 0) } }

    /// Every outcome so far, and what was left out as skipped.
    public var outcomes: [Outcome] {
        parts.flatMap { part in
            (part.outcomes ?? []) + (part.plan?.excluded ?? []).map { Outcome($0.entity, .skipped, $0.words) }
        }
    }

    /// Whether keys go into a text: an answer of the form, or the name that confirms.
    func isTyping(_ mode: (BackendID) -> BackendMode) -> Bool {
        switch stage {
        case .form: form.isTyping
        case .confirming: tier(mode) == .hurts
        case .opening, .editing, .preparing, .conflicting, .repeating, .sending, .done, .checking: false
        }
    }

    /// What was done to its targets so short a time ago that it has to be confirmed once more.
    public var repeats: [Repeat] { parts.flatMap(\.repeats) }
}

/// A form whose entity somebody else changed since it was opened.
public struct FormConflict: Sendable, Equatable {
    /// What happened.
    public var words: String
    /// What the server has now; nil while it is being read.
    public var present: [FieldKey: Value]?
}
