public import Domain
public import HTTP

/// What will be done for a command, made from what was just read.
public struct Plan: Sendable {
    /// The command.
    public var command: Command
    /// The requests in the order of sending.
    public var steps: [Step]
    /// The entities that nothing is sent for, with the truth about them.
    public var excluded: [PlanPreview.Target]
    /// What it will do in words, a line each.
    public var summary: [String]
    /// What it will cost others.
    public var warnings: [String]
    /// What it asks at least, given what was read; its descriptor may ask for more.
    public var tier: Tier
    /// What it changes of an entity, value by value, for old and new to be shown below each other.
    public var changes: [Change] = []
    /// The command that would put everything back, with the old values and no secrets; the record keeps it.
    public var undo: Command?
    /// The questions that its command answers, where its descriptor does not have them: the record keeps only answers to
    /// questions, and none that are secrets.
    public var form: [FormField]?
    /// When it was sent; nil before.
    public var sentAt: Timestamp?

    /// Makes a plan, which nothing is in yet where nothing is said.
    ///
    /// - Parameter tier: only where it asks for more than others of its kind.
    public init(
        _ command: Command, steps: [Step] = [], excluded: [PlanPreview.Target] = [], summary: [String] = [],
        warnings: [String] = [], tier: Tier? = nil
    ) {
        self.command = command
        self.steps = steps
        self.excluded = excluded
        self.summary = summary
        self.warnings = warnings
        self.tier = tier ?? CommandPolicy.floor(of: command.kind)
    }

    /// One request of a plan.
    public struct Step: Sendable {
        /// The entity that it is for.
        public var entity: EntityRef
        /// What that is called.
        public var name: String
        /// What was read about it before, in words.
        public var state: String
        /// The request, without credentials.
        public var request: CommandStep
        /// What was read of it before that will tell whether the command did something; never shown.
        public var before: [FieldKey: Value] = [:]

        /// Makes a step.
        public init(_ entity: EntityRef, name: String, state: String, request: CommandStep) {
            self.entity = entity
            self.name = name
            self.state = state
            self.request = request
        }
    }

    /// What dialogs show of it.
    public func preview(at endpoint: Endpoint) -> PlanPreview {
        var preview = PlanPreview(
            summary: summary, warnings: warnings,
            targets: steps.map { PlanPreview.Target($0.entity, name: $0.name, words: $0.state) },
            excluded: excluded,
            requests: steps.map {
                PlanPreview.Request(
                    entity: $0.entity, method: $0.request.method.rawValue,
                    url: endpoint.url($0.request.target ?? $0.request.template.description),
                    body: $0.request.shownBody)
            },
            tier: max(tier, CommandPolicy.floor(of: command.kind)))
        preview.changes = changes
        preview.undo = undo
        return preview
    }
}

/// What came back for one step that was sent.
public struct StepAnswer: Sendable {
    /// The entity that the step was for.
    public var entity: EntityRef
    /// The answer, or why there is none.
    public var result: Result<Response, TransportError>

    /// Makes an answer.
    public init(_ entity: EntityRef, _ result: Result<Response, TransportError>) {
        self.entity = entity
        self.result = result
    }
}
