/// How bad something is, in the one scale of all backends.
public enum Severity: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// Nobody said.
    case unknown
    /// Fine.
    case ok
    /// Wants attention.
    case warning
    /// Customers are hit, or will be.
    case critical

    /// The word that is shown, filtered by and exported.
    public var word: String {
        switch self {
        case .unknown: "unknown"
        case .ok: "ok"
        case .warning: "warning"
        case .critical: "critical"
        }
    }

    /// Reads a word without regard to case; anything else is unknown.
    public init(word: some StringProtocol) {
        let lowered = word.lowercased()
        self = Severity.allCases.first { $0.word == lowered } ?? .unknown
    }

    /// From fine to worst, with unknown at the bottom.
    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }
}

/// The states of an alert, in the one vocabulary of all backends.
public enum AlertState: String, Sendable, Hashable, CaseIterable {
    /// Firing, nobody took it.
    case open
    /// Somebody took it.
    case acknowledged
    /// Firing and worse than when it opened.
    case worse
    /// Firing and better than when it opened.
    case better
    /// Firing for other entities than when it opened.
    case changed
    /// Over.
    case cleared

    /// Reads a word as rows have it: one that nobody knows, or none, counts as open rather than as nothing.
    public init(word: some StringProtocol) { self = AlertState(rawValue: String(word)) ?? .open }

    /// Whether it is still a problem.
    public var isOpen: Bool { self != .cleared }
    /// Whether it waits for somebody.
    public var isUnhandled: Bool { self != .cleared && self != .acknowledged }
}

/// The states of a device, in the one vocabulary of all backends.
public enum DeviceStatus: String, Sendable, Hashable, CaseIterable {
    /// Answers, does not answer, answers in part, nobody knows.
    case up, down, warning, unknown
    /// Switched off in the monitoring; watched but not counted.
    case disabled, ignored
    /// Nothing watches it, so that it has no status by nature.
    case unmonitored
}
