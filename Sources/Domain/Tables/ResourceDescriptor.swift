/// The name of a pane that a resource belongs to.
public struct PaneName: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// The word on its tab.
    public let rawValue: String
    /// Makes a name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a name from a literal.
    public init(stringLiteral value: String) { rawValue = value }
    /// The word on its tab.
    public var description: String { rawValue }

    /// The panes that the product names.
    public static let overview: PaneName = "overview"
    /// Devices of all kinds.
    public static let devices: PaneName = "devices"
    /// Ports of all kinds.
    public static let ports: PaneName = "ports"
    /// Alerts of all kinds.
    public static let alerts: PaneName = "alerts"
    /// What customers are charged for.
    public static let bills: PaneName = "bills"
    /// What makes alerts.
    public static let rules: PaneName = "rules"
    /// Bonds with their legs.
    public static let bonds: PaneName = "bonds"
    /// Who pays.
    public static let customers: PaneName = "customers"
}

/// One kind of entity that a backend can list, as data.
///
/// Panes, columns, details, filters, `get` and the scheduler derive from it: an adapter that brings a new kind
/// changes nothing of the screen.
public struct ResourceDescriptor: Sendable, Hashable {
    /// The kind.
    public let kind: ResourceKind
    /// What several of them are called: `devices`.
    public let plural: String
    /// The pane that shows it; nil shows it nowhere.
    ///
    /// A name that no pane of the product has makes a pane of its own.
    public let pane: PaneName?
    /// The fields of a row, in the order of preference.
    public let fields: [Field]
    /// Seconds between two refreshes.
    public let interval: Double
    /// Whether it can say that something is wrong, so that counts need it to be fresh.
    public let feedsCounts: Bool
    /// The field that a row is called by.
    public let nameField: FieldKey
    /// What rows are sorted by at first, the most important first.
    public let order: [SortKey]
    /// Seconds between two looks, within an interval, at what changes; nil where a server can't be asked that.
    public let quickInterval: Double?
    /// Whether it is only read while it is on the screen: what nothing counts, and is long or is read often.
    public let isOnDemand: Bool
    /// The number of the header that its rows are counted in; nil counts them nowhere.
    public let tally: Tally?
    /// The measured fields whose last samples are kept while the process runs: rates or optical power, two at most.
    public let trends: [FieldKey]
    /// The measured fields whose values are stored in the history, four at most: the trends come first.
    public let measured: [FieldKey]

    /// Seconds between two looks of the server itself at what its rows stand for; nil where it does not say.
    ///
    /// Where it differs by row, a field `FieldKey.pollInterval` says it.
    public let pollInterval: Double?
    /// How much of what happens to its rows is recorded.
    public let recording: Recording

    /// The numbers that stand in the header and on the overview.
    public enum Tally: Sendable, Hashable {
        /// Alerts by severity.
        case alerts
        /// The operator's own devices by status.
        case devices
        /// Bonds by status.
        case bonds

        /// The number that a well-known kind counts in.
        public init?(_ kind: ResourceKind) {
            switch kind {
            case .alert: self = .alerts
            case .device: self = .devices
            case .bond: self = .bonds
            default: return nil
            }
        }
    }

    /// How much of what happens to rows is recorded in the history.
    public enum Recording: Sendable, Hashable {
        /// Nothing.
        case nothing
        /// That the state of a row that was there changed, and of many at once only some: of what there is much.
        case changes
        /// All changes of state, and what is new or gone.
        case everything
    }

    /// Describes a resource.
    ///
    /// - Parameters:
    ///   - measured: what is stored beside the trends.
    ///   - recording: nil records everything of what is counted, and nothing of what is not.
    public init(
        _ kind: ResourceKind, plural: String, pane: PaneName?, fields: [Field], interval: Double,
        feedsCounts: Bool = false, nameField: FieldKey = .name, order: [SortKey] = [],
        quickInterval: Double? = nil, tally: Tally? = nil, trends: [FieldKey] = [],
        measured: [FieldKey] = [], isOnDemand: Bool = false, pollInterval: Double? = nil,
        recording: Recording? = nil
    ) {
        self.kind = kind
        self.plural = plural
        self.pane = pane
        self.fields = fields
        self.interval = interval
        self.feedsCounts = feedsCounts
        self.nameField = nameField
        self.order = order
        self.quickInterval = quickInterval
        self.tally = tally ?? Tally(kind)
        // What is counted has to be known whatever is on the screen.
        self.isOnDemand = isOnDemand && !feedsCounts && self.tally == nil
        self.pollInterval = pollInterval
        self.trends = Array(trends.prefix(2))
        let more = measured.filter { !trends.contains($0) }
        self.measured = Array((trends.prefix(2) + more).prefix(4))
        self.recording = recording ?? (feedsCounts || self.tally != nil ? .everything : .nothing)
    }

    /// The same with more fields behind its own.
    public func adding(_ more: [Field]) -> ResourceDescriptor {
        ResourceDescriptor(
            kind, plural: plural, pane: pane, fields: fields + more, interval: interval,
            feedsCounts: feedsCounts, nameField: nameField, order: order, quickInterval: quickInterval,
            tally: tally, trends: trends, measured: measured, isOnDemand: isOnDemand,
            pollInterval: pollInterval, recording: recording)
    }

    /// The place of a field in `fields`.
    public func index(of key: FieldKey) -> Int? { fields.firstIndex { $0.key == key } }
}

/// One level of a sort order.
public struct SortKey: Sendable, Hashable {
    /// The field.
    public var field: FieldKey
    /// Whether the largest, latest or worst comes first.
    public var descending: Bool
    /// Sorts by a field.
    public init(_ field: FieldKey, descending: Bool = false) {
        self.field = field
        self.descending = descending
    }
}
