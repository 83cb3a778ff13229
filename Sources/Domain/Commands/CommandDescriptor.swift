/// One thing that a backend can be told to do, as data.
public struct CommandDescriptor: Sendable, Hashable {
    /// The name.
    public let kind: CommandKind
    /// What a menu calls it: `Acknowledge`.
    public let title: String
    /// The kinds it works on.
    public let targets: Set<ResourceKind>
    /// What it asks before it is sent; `CommandPolicy` may ask for more.
    public let tier: Tier
    /// What it does to the world, in a sentence.
    public let effect: String
    /// What is asked of the operator.
    public private(set) var form: [FormField]
    /// Whether several targets may be given at once.
    public let bulk: Bool
    /// Whether it makes something new: its target only names the backend and the kind, and need not exist.
    public let creates: Bool
    /// Whether its form begins with what the server has now, which the adapter's `opening` reads.
    public let opensFilled: Bool
    /// Seconds within which the same done to the same entity has to be confirmed once more; nil asks once.
    public let guardWindow: Double?
    /// How closely its targets are looked at after it was sent; nil waits for the next refresh.
    public let watch: Watch?

    /// For how long the targets of a command are read again by themselves, and how often.
    public struct Watch: Sendable, Hashable {
        /// Seconds between two looks.
        public let interval: Double
        /// Seconds until the last.
        public let length: Double
        /// Describes a watch.
        public init(every interval: Double, for length: Double) {
            self.interval = interval
            self.length = length
        }
    }

    /// Describes a command; one that does not say what it asks hurts.
    public init(
        _ kind: CommandKind, title: String, targets: Set<ResourceKind>, tier: Tier = .hurts, effect: String,
        form: [FormField] = [], bulk: Bool = true, creates: Bool = false, opensFilled: Bool = false,
        guardWindow: Double? = nil, watch: Watch? = nil
    ) {
        self.kind = kind
        self.title = title
        self.targets = targets
        self.tier = CommandPolicy.tier(of: kind, declared: tier)
        self.effect = effect
        self.form = form
        self.bulk = bulk
        self.creates = creates
        self.opensFilled = opensFilled
        self.guardWindow = guardWindow
        self.watch = watch
    }

    /// The same with other words for its questions.
    public func retitled(_ title: (FormField) -> String) -> CommandDescriptor {
        var command = self
        command.form = form.map { FormField($0.key, title($0), $0.input) }
        return command
    }
}

/// One question of a command's form.
public struct FormField: Sendable, Hashable {
    /// The argument's key.
    public let key: FieldKey
    /// What stands before the input.
    public let title: String
    /// What kind of input it is.
    public let input: Input

    /// Describes a question.
    public init(_ key: FieldKey, _ title: String, _ input: Input) {
        self.key = key
        self.title = title
        self.input = input
    }

    /// The kinds of input.
    public enum Input: Sendable, Hashable {
        /// One line of text; may have to be filled in.
        case line(required: Bool)
        /// Yes or no, with what holds at first.
        case toggle(initially: Bool)
        /// One of several words.
        case choice([String])
        /// A secret: typed hidden, never kept.
        case secret(required: Bool)
        /// Never asked: carried along from what the form began with, and kept in the record.
        case carried
    }
}

/// What the operator wants done: the value that a dialog, dry run, audit and sending share.
public struct Command: Sendable, Hashable {
    /// What to do.
    public var kind: CommandKind
    /// To which entities, pinned when it was asked for.
    public var targets: [EntityRef]
    /// The filled-in form.
    ///
    /// What is not in it was left alone; an empty text removes what the form began with.
    public var arguments: [FieldKey: Value]

    /// Makes a command.
    public init(_ kind: CommandKind, _ targets: [EntityRef], _ arguments: [FieldKey: Value] = [:]) {
        self.kind = kind
        self.targets = targets
        self.arguments = arguments
    }
}
