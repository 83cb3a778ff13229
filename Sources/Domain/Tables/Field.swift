/// The key of a field: what filters, configuration and exports call it.
public struct FieldKey: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// Lower case with underscores, such as `in_bps`.
    public let rawValue: String
    /// Makes a key.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a key from a literal.
    public init(stringLiteral value: String) { rawValue = value }
    /// The key.
    public var description: String { rawValue }

    /// What an entity is called.
    public static let name: FieldKey = "name"
    /// The severity word of an alert or rule.
    public static let severity: FieldKey = "severity"
    /// The state word of an alert.
    public static let state: FieldKey = "state"
    /// The status word of a device.
    public static let status: FieldKey = "status"
    /// The device that something belongs to.
    public static let device: FieldKey = "device"
    /// The rule behind an alert.
    public static let rule: FieldKey = "rule"
    /// The address of what to do about the alerts of a rule.
    public static let procedure: FieldKey = "procedure"
    /// When something began.
    public static let since: FieldKey = "since"
    /// What people wrote to it.
    public static let note: FieldKey = "note"
    /// How much of what is allowed was used.
    public static let usedPercent: FieldKey = "used_percent"
    /// What is allowed, in words.
    public static let allowed: FieldKey = "allowed"
    /// What was used, in words.
    public static let used: FieldKey = "used"
    /// Whether something is switched on.
    public static let enabled: FieldKey = "enabled"
    /// What a rule looks for.
    public static let expression: FieldKey = "expression"
    /// Where something is.
    public static let location: FieldKey = "location"
    /// What of an entity a search found.
    public static let matched: FieldKey = "matched"
    /// The groups that something is in, by name.
    public static let groups: FieldKey = "groups"
    /// The first of them, which rows are grouped by.
    public static let group: FieldKey = "group"
    /// When the server itself last looked.
    public static let lastPolled: FieldKey = "last_polled"
    /// Seconds between two looks of the server, where they differ by row.
    public static let pollInterval: FieldKey = "poll_interval"
    /// Whom something belongs to.
    public static let customer: FieldKey = "customer"
    /// The states of a bond's legs, in their order.
    public static let legs: FieldKey = "legs"
    /// How many legs are up.
    public static let legsUp: FieldKey = "legs_up"
    /// How many legs there are.
    public static let legsTotal: FieldKey = "legs_total"
    /// The aggregator that a bond is on.
    public static let aggregator: FieldKey = "aggregator"
    /// Whether it is on another aggregator than its own.
    public static let failedOver: FieldKey = "failed_over"
    /// The name that the operator's other systems know something by.
    public static let externalID: FieldKey = "external_id"
    /// The column that draws what was measured lately; no field of any row.
    public static let trend: FieldKey = "trend"
    /// The alert that an alert follows from.
    public static let cause: FieldKey = "cause"
    /// The alert that an alert follows from in the end, over all servers.
    public static let root: FieldKey = "root"
    /// What hangs on what an alert is about, in words.
    public static let impact: FieldKey = "impact_summary"
    /// What alerts are sorted by in place of their impact.
    public static let impactRank: FieldKey = "impact_rank"
    /// How many customers have no service left by it; nothing where that is not known.
    public static let impactCustomers: FieldKey = "impact_customers"
    /// How many bonds lose legs by it; nothing where that is not known.
    public static let impactBonds: FieldKey = "impact_bonds"
}

/// What a field holds, and so how it is shown, sorted, filtered and exported.
public enum FieldType: Sendable, Hashable {
    /// Text with many different values.
    case text
    /// Text with few different values: stored once per value.
    case word
    /// A `Severity` word; sorts by badness.
    case severity
    /// An `AlertState`, `DeviceStatus` or another state word, shown with its symbol.
    case state
    /// The state words of several parts, such as `up up down`: a symbol each.
    case states
    /// A whole number.
    case integer
    /// A number with a fraction.
    case number
    /// Bits per second.
    case rate
    /// Bytes.
    case bytes
    /// 0 to 100 and beyond.
    case percent
    /// How much of what is allowed was used, in per cent: drawn as a bar with its number.
    case usage
    /// Optical power.
    case decibelMilliwatts
    /// Seconds.
    case duration
    /// A moment; shown as its age.
    case time
    /// Yes or no.
    case flag
    /// Another entity: its name is shown and filtered by.
    case ref(ResourceKind)

    /// Whether columns of it are aligned to the right.
    public var isNumeric: Bool {
        switch self {
        case .integer, .number, .rate, .bytes, .percent, .usage, .decibelMilliwatts, .duration, .time: true
        case .text, .word, .severity, .state, .states, .flag, .ref: false
        }
    }
}

/// One field of a resource, as data: columns, detail, filters and exports follow from it.
public struct Field: Sendable, Hashable {
    /// The key in filters, configuration and exports.
    public let key: FieldKey
    /// The heading of its column, short.
    public let title: String
    /// What it holds.
    public let type: FieldType
    /// The columns it would like: least and most.
    public let width: ClosedRange<Int>
    /// Lower stays longer when the screen is narrow; nil keeps it out of the table until it is chosen.
    public let priority: Int?
    /// Whether it decides if something is wrong, or is counted: a row without it makes the rows incomplete.
    ///
    /// An adapter leaves such a field empty only where the server did not say what it should have said. A row that has
    /// no such thing by nature gets a word for that, such as `DeviceStatus.unmonitored`.
    public let decides: Bool
    /// By what its text links the row to rows of other servers; nil where it says nothing of the kind.
    public let links: LinkKey?
    /// Of a reference: what stops working with what; nil where neither depends on the other.
    public let dependence: Dependence?
    /// The field that rows are sorted by in place of this one, such as the number behind a text.
    public let rank: FieldKey?

    /// Describes a field.
    public init(
        _ key: FieldKey, _ title: String, _ type: FieldType, width: ClosedRange<Int> = 6...12,
        priority: Int? = 5, decides: Bool = false, links: LinkKey? = nil, dependence: Dependence? = nil,
        rank: FieldKey? = nil
    ) {
        self.key = key
        self.title = title
        self.type = type
        self.width = width
        self.priority = priority
        self.decides = decides
        self.links = links
        self.dependence = dependence
        self.rank = rank
    }
}
