public import Dashboard
public import Domain
public import HTTP
public import Wallboard

/// What `config.toml` says, as values.
public struct Settings: Sendable, Equatable {
    /// The servers, in the order of the file; those with an error are left out.
    public var backends: [BackendConfiguration] = []
    /// The name of the theme at the start.
    public var theme = "midnight"
    /// The name of the keymap.
    public var keymap = "default"
    /// What the operator is called for, and how.
    public var alarms: [AlarmRule] = []
    /// The operator's programs for rows, in the order of the file; those with an error are left out.
    public var commands: [ConfiguredCommand] = []
    /// The program that opens addresses, with its arguments; nil opens none.
    public var browser: [String]?
    /// Whether tables leave out the domain that most devices share.
    public var stripsDomain = true
    /// How what several servers say is linked; links with an error are left out.
    public var links = LinkSettings()
    /// How many new alerts within a minute are a storm; 0 where none is.
    public var stormThreshold = 20
    /// Whether the dashboard draws as little as it can.
    public var savesBandwidth = false
    /// Whether commands may be sent without a record when the audit log can't be written.
    public var auditIsBestEffort = false
    /// The audit log that a team shares; nil for one's own.
    public var sharedAuditLog: String?
    /// The store that a team shares; nil for none.
    public var team: TeamConfiguration?
    /// What is recorded of changes; nil records nothing.
    public var history: HistorySettings? = HistorySettings()

    /// The wallboards, in the order of the file; those with an error are left out.
    public var wallboards: [WallboardProfile] = []

    /// What holds when nothing is configured.
    public init() {}
}

/// How much of what changed is kept.
public struct HistorySettings: Sendable, Equatable {
    /// In days.
    public var days = 14
    /// In bytes.
    public var bytes: Int64 = 200_000_000

    /// What holds when nothing is configured.
    public init() {}
}

extension Settings {
    /// The wallboard of a name; without a name the one called `default`, else the first, else the built-in.
    public func wallboard(named name: String?) -> WallboardProfile? {
        if let name { return wallboards.first { $0.name == name } }
        return wallboards.first { $0.name == "default" } ?? wallboards.first ?? .standard
    }
}

/// One server as it is configured; its secret is not fetched yet.
public struct BackendConfiguration: Sendable, Equatable {
    /// What its column shows.
    public var name: String
    /// The word of its adapter.
    public var kind: String
    /// The file that describes its adapter; nil for one that is written in Swift.
    public var adapter: String?
    /// Where it is and how it is reached.
    public var endpoint: Endpoint
    /// The user, where the API wants one.
    public var user: SecretSource?
    /// Where its token or password comes from.
    public var secret: SecretSource
    /// What stands before its API and wants to be satisfied too.
    public var front = FrontAccess()
    /// What may be done to it.
    public var mode: BackendMode
    /// What its times mean, where the operator says it.
    public var clock: ServerClock?
    /// Seconds between refreshes, for the resources that the operator names; the singular of the kind.
    public var intervals: [String: Double]
    /// Seconds between two looks of the server itself at a device; nil leaves it to the adapter.
    public var pollInterval: Double?
}
