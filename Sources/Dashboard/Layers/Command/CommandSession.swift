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
    public private(set) var parts: [Part]
    /// What was marked too and can't be done, each with the reason.
    public let skipped: [PlanPreview.Target]
    /// What its dialog says first; nil says nothing.
    public let remark: String?
    /// How far it is.
    public private(set) var stage = Stage.form
    /// When the stage was entered: a confirmation is dead for a moment.
    public private(set) var enteredAt: Instant
    /// Whether only what would be sent is shown.
    public private(set) var isDryRun = false
    /// Whether it was begun as a dry run and stays one: no step of it leads to sending.
    public private(set) var isOnlyDryRun = false
    /// What was typed to confirm.
    public private(set) var typedName = TextField()
    /// What is missing, when Enter did nothing.
    public private(set) var hint: String?
    /// The first line on the screen where there are more than it has room for.
    public private(set) var top = 0
    /// What the operator's own editor gave and could not be taken; it is edited again before anything is sent.
    public private(set) var rejected: Draft.Rejected?
    /// Who was faster, when nothing was sent for that.
    public private(set) var conflict: FormConflict?
    /// What the form is to hold besides what it begins with: the old values, when a command is undone.
    private let preset: [FieldKey: Value]

    /// Begins a command.
    ///
    /// - Parameters:
    ///   - skipped: what was marked too and can't be done.
    ///   - preset: what its form is to hold besides what it begins with.
    ///   - isOnlyDryRun: whether no step of it may lead to sending.
    ///   - remark: what its dialog says first.
    init(
        id: Int, _ descriptor: CommandDescriptor, parts: [Part], skipped: [PlanPreview.Target] = [],
        preset: [FieldKey: Value], isOnlyDryRun: Bool, remark: String? = nil, now: Instant
    ) {
        self.id = id
        self.remark = remark
        self.descriptor = descriptor
        self.parts = parts
        self.skipped = skipped
        self.preset = preset
        self.isOnlyDryRun = isOnlyDryRun
        isDryRun = isOnlyDryRun
        form = CommandForm(descriptor.form)
        form.answer(preset)
        enteredAt = now
        if descriptor.opensFilled { stage = .opening }
    }

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
        public fileprivate(set) var command: Command
        /// What the targets are called, in their order.
        public let names: [String]
        /// The questions that this backend understands the answers to.
        public fileprivate(set) var questions: Set<FieldKey>
        /// What was found, and what will be sent.
        public fileprivate(set) var plan: PlanPreview?
        /// Why it could not be prepared.
        public fileprivate(set) var problem: BackendError?
        /// The last time the same was done, in words.
        public fileprivate(set) var lastDone: String?
        /// What of it was done a short time ago.
        public fileprivate(set) var repeats: [Repeat] = []
        /// How far it is while it takes its time, in words.
        public fileprivate(set) var progress: String?
        /// What became of it.
        public fileprivate(set) var outcomes: [Outcome]?
        /// Whether its outcome is being looked for.
        fileprivate(set) var isChecking = false

        /// Whether something was found that has to be sent.
        var hasWork: Bool { plan?.targets.isEmpty == false }

        init(_ backend: BackendID, _ command: Command, names: [String], questions: Set<FieldKey>) {
            self.backend = backend
            self.command = command
            self.names = names
            self.questions = questions
        }
    }

    /// The names of all targets.
    public var names: [String] { parts.flatMap(\.names) }

    /// What an entity was called when the command began; it may be gone since.
    public func name(of entity: EntityRef) -> String {
        for part in parts {
            if let place = part.command.targets.firstIndex(of: entity) { return part.names[place] }
        }
        return skipped.first { $0.entity == entity }?.name ?? entity.description
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
        } + skipped.map { Outcome($0.entity, .skipped, $0.words) }
    }

    /// Whether a backend is still to answer, in one of some stages.
    func isWaiting(for backend: BackendID, in stages: Set<Stage>) -> Bool {
        stages.contains(stage) && parts.contains { $0.backend == backend }
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

    // MARK: Steps

    /// Goes on to a stage.
    mutating func enter(_ stage: Stage, now: Instant) {
        self.stage = stage
        enteredAt = now
        hint = nil
        top = 0
        if stage == .confirming { typedName = TextField() }
    }

    /// Says what is missing; nil says nothing.
    mutating func setHint(_ hint: String?) { self.hint = hint }

    /// Only shows what would be sent, or sends it; what was begun as a dry run stays one.
    mutating func toggleDryRun() {
        if !isOnlyDryRun { isDryRun.toggle() }
        hint = nil
    }

    /// Changes what is typed to confirm.
    mutating func editName(_ edit: (inout TextField) -> Void) { edit(&typedName) }

    /// Scrolls so many lines, where the last first line is known.
    mutating func scroll(by step: Int, last: Int) { top = max(0, min(last, min(last, top) + step)) }

    /// Begins the form with what a server has, and with what it is to hold besides; the questions too where only the
    /// server knows them.
    mutating func open(_ opening: Opening, now: Instant) {
        if let questions = opening.form {
            form = CommandForm(questions)
            for index in parts.indices { parts[index].questions = Set(questions.map(\.key)) }
        }
        if opening.form == nil || !opening.values.isEmpty { form.fill(opening.values) }
        form.answer(preset)
        enter(.form, now: now)
    }

    /// Asks each backend with the answers of the form.
    mutating func prepare(now: Instant) {
        enter(.preparing, now: now)
        let arguments = form.arguments
        for place in parts.indices {
            let questions = parts[place].questions
            parts[place].command.arguments = arguments.filter { questions.contains($0.key) }
            parts[place].plan = nil
            parts[place].problem = nil
        }
    }

    /// A backend has said what would be sent, or why nothing can be.
    mutating func prepared(_ backend: BackendID, _ result: Result<Prepared, BackendError>) {
        change(backend) { part in
            switch result {
            case .success(let prepared):
                part.plan = prepared.preview
                part.lastDone = prepared.lastDone
                part.repeats = prepared.repeats
            case .failure(let error): part.problem = error
            }
        }
    }

    /// A part has come so far.
    mutating func progressed(_ backend: BackendID, _ words: String) {
        change(backend) { $0.progress = words }
    }

    /// Takes what became of a part.
    mutating func performed(_ backend: BackendID, _ outcomes: [Outcome]) {
        change(backend) { $0.take(outcomes) }
    }

    /// Looks for what is not known.
    ///
    /// - Returns: the backends to look at.
    mutating func check(now: Instant) -> [BackendID] {
        let places = parts.indices.filter { parts[$0].outcomes?.contains { $0.state == .unknown } == true }
        if !places.isEmpty { enter(.checking, now: now) }
        for place in places { parts[place].isChecking = true }
        return places.map { parts[$0].backend }
    }

    private mutating func change(_ backend: BackendID, _ change: (inout Part) -> Void) {
        guard let place = parts.firstIndex(where: { $0.backend == backend }) else { return }
        change(&parts[place])
    }

    // MARK: Conflicts and the operator's own editor

    /// Somebody else was faster.
    mutating func conflicted(_ words: String, now: Instant) {
        enter(.conflicting, now: now)
        conflict = FormConflict(words: words)
    }

    /// Shows what the server has now, beside what the form holds.
    mutating func showPresent(_ values: [FieldKey: Value]) { conflict?.present = values }

    /// Begins the form with what the server has now, and keeps what the operator changed.
    mutating func resume(with present: [FieldKey: Value], now: Instant) {
        let own = form.changed
        form.fill(present)
        form.answer(own)
        conflict = nil
        enter(.form, now: now)
    }

    /// Takes answers from the operator's own editor.
    mutating func answer(_ values: [FieldKey: Value]) {
        form.answer(values)
        rejected = nil
    }

    /// Keeps what the operator's own editor gave and nobody understood.
    mutating func reject(_ rejected: Draft.Rejected) { self.rejected = rejected }
}

extension CommandSession.Part {
    /// Takes what became of it: what is certain already stays, and what nobody reported is not known.
    fileprivate mutating func take(_ found: [Outcome]) {
        let earlier = outcomes ?? []
        isChecking = false
        progress = nil
        outcomes = (plan?.targets ?? []).map { target in
            let before = earlier.first { $0.entity == target.entity }
            if let before, before.state != .unknown { return before }
            return found.first { $0.entity == target.entity } ?? before
                ?? Outcome(target.entity, .unknown, "nothing is known of what became of it")
        }
    }
}

/// A form whose entity somebody else changed since it was opened.
public struct FormConflict: Sendable, Equatable {
    /// What happened.
    public var words: String
    /// What the server has now; nil while it is being read.
    public var present: [FieldKey: Value]?
}
