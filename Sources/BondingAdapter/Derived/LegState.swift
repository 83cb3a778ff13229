/// What a leg's word of state means here.
///
/// The document gives no list of the words; those of the web interface are known, and any other stays unknown: it
/// is shown as it is and never counts as up.
enum LegState: Sendable, Equatable {
    /// Carries traffic, or waits as a spare that answers.
    case up
    /// Carries traffic, and not well.
    case impaired
    /// Carries nothing.
    case down
    /// Set aside by people: configured and not used, or not brought up.
    case idle, offline
    /// Set aside while it is measured.
    case testing
    /// A word that nobody knows.
    case unknown

    /// Reads the server's word.
    init(_ word: some StringProtocol) {
        let parts = word.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
        switch parts {
        case "up", "failover", "failover up": self = .up
        case "down": self = .down
        case "idle": self = .idle
        case "offline": self = .offline
        case "testing": self = .testing
        case "flapping", "high latency", "packet loss", "speed reduced": self = .impaired
        default:
            if parts.hasPrefix("establishing") || parts == "connecting"
                || parts.hasPrefix("removed from bond")
            {
                self = .down
            } else if parts.hasPrefix("speed reduced") || parts.hasPrefix("in use but")
                || parts.hasPrefix("up high") || parts.hasPrefix("up packet")
                || parts.hasPrefix("up flapping")
            {
                self = .impaired
            } else {
                self = .unknown
            }
        }
    }

    /// Whether traffic passes, or could at once.
    var carries: Bool { self == .up || self == .impaired }

    /// Whether nothing passes, and nobody set it aside.
    var isInterrupted: Bool { !carries && !isAside }

    /// Whether people took it out of use, so that its silence is no trouble.
    var isAside: Bool { self == .idle || self == .offline || self == .testing }

    /// The one word that symbols and strips know.
    var sign: String {
        switch self {
        case .up: "up"
        case .impaired: "warning"
        case .down: "down"
        case .idle: "idle"
        case .offline: "offline"
        case .testing: "testing"
        case .unknown: "unknown"
        }
    }
}
