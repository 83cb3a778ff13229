/// The name of a command: `acknowledge`, `restart-bond`.
public struct CommandKind: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// Lower case with dashes; the same word binds a key and names a subcommand.
    public let rawValue: String
    /// Makes a name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a name from a literal.
    public init(stringLiteral value: String) { rawValue = value }
    /// The name.
    public var description: String { rawValue }

    /// Takes an alert.
    public static let acknowledge: CommandKind = "acknowledge"
    /// Gives an alert back.
    public static let unmute: CommandKind = "unmute"
    /// Makes a rule look again.
    public static let enableRule: CommandKind = "enable-rule"
    /// Makes a rule look no more.
    public static let disableRule: CommandKind = "disable-rule"
    /// Changes a rule.
    public static let editRule: CommandKind = "edit-rule"
    /// Makes a new rule.
    public static let addRule: CommandKind = "add-rule"
    /// Takes a rule away for good.
    public static let deleteRule: CommandKind = "delete-rule"
    /// Has a new device watched.
    public static let addDevice: CommandKind = "add-device"
    /// Takes a device and its history away for good.
    public static let deleteDevice: CommandKind = "delete-device"
    /// Changes one field of a device.
    public static let updateDevice: CommandKind = "update-device"
    /// Silences a device for a while, for everybody.
    public static let maintenance: CommandKind = "maintenance"
}

/// How much a command asks before it is sent.
public enum Tier: Int, Sendable, Hashable, Comparable {
    /// Enter on a one-line form.
    case harmless = 1
    /// An explicit `y`; Cancel has the focus.
    case touchesService = 2
    /// The name must be typed.
    case hurts = 3

    /// From harmless to hurting.
    public static func < (a: Tier, b: Tier) -> Bool { a.rawValue < b.rawValue }

    /// The least that a well-known command asks, whatever its adapter says; what nobody knows hurts.
    public static func floor(of kind: CommandKind) -> Tier {
        if harmlessKinds.contains(kind) { return .harmless }
        return serviceKinds.contains(kind) ? .touchesService : .hurts
    }

    private static let harmlessKinds: Set<CommandKind> = [.acknowledge, .unmute, "recheck", "diagnostic"]

    private static let serviceKinds: Set<CommandKind> = [
        .maintenance, "downtime",
        .editRule, .addRule, .enableRule, .disableRule, .addDevice, .updateDevice,
        "enable-address", "disable-address", "enable-route", "disable-route",
        "leg-mode", "detect-mtu", "renew-dhcp", "restore-primary", "test-leg", "edit-tuning",
        "disconnect-pppoe", "reconfigure-cpe", "enable-onu",
    ]
}

/// One thing that a backend can be told to do, as data.
public struct CommandDescriptor: Sendable, Hashable {
    /// The name.
    public let kind: CommandKind
    /// What a menu calls it: `Acknowledge`.
    public let title: String
    /// The kinds it works on.
    public let targets: Set<ResourceKind>
    /// What it asks before it is sent; never less than the floor.
    public let tier: Tier
    /// What it does to the world, in a sentence.
    public let effect: String
    /// What is asked of the operator.
    public let form: [FormField]
    /// Whether several targets may be given at once.
    public let bulk: Bool
    /// Whether it makes something new: its target only names the backend and the kind, and need not exist.
    public let creates: Bool
    /// Whether its form begins with what the server has now, which the adapter's `opening` reads.
    public let opensFilled: Bool

    /// Describes a command.
    public init(
        _ kind: CommandKind, title: String, targets: Set<ResourceKind>, tier: Tier, effect: String,
        form: [FormField] = [], bulk: Bool = true, creates: Bool = false, opensFilled: Bool = false
    ) {
        self.kind = kind
        self.title = title
        self.targets = targets
        self.tier = max(tier, Tier.floor(of: kind))
        self.effect = effect
        self.form = form
        self.bulk = bulk
        self.creates = creates
        self.opensFilled = opensFilled
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
    public var arguments: [FieldKey: Value]

    /// Makes a command.
    public init(_ kind: CommandKind, _ targets: [EntityRef], _ arguments: [FieldKey: Value] = [:]) {
        self.kind = kind
        self.targets = targets
        self.arguments = arguments
    }
}
