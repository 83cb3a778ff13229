package import Domain

/// The sign and the role of a word of state: nothing is shown by colour alone.
///
/// A sign has one meaning in each of the sets below, also in what a terminal without UTF-8 shows of it.
package struct Sign {
    package let symbol: String
    package let role: Role

    package init(_ symbol: String, _ role: Role) {
        self.symbol = symbol
        self.role = role
    }

    static func severity(_ word: String) -> Sign {
        switch Severity(word: word) {
        case .critical: Sign("▲", .severityCritical)
        case .warning: Sign("◆", .severityWarning)
        case .ok: Sign("✓", .severityOk)
        // What is not judged has a word for why.
        case .unknown where ["no limits", "ignored", "disabled"].contains(word): state(word)
        case .unknown: Sign("?", .severityUnknown)
        }
    }

    static func state(_ word: String) -> Sign {
        switch word.lowercased() {
        case "up", "ok", "cleared", "online", "established", "active": Sign("●", .stateUp)
        case "down", "offline", "lowerlayerdown", "notpresent", "failed", "lost": Sign("▼", .stateDown)
        case "open": Sign("!", .severity)
        case "worse": Sign("↑", .stateDown)
        case "warning", "degraded", "partial", "testing", "dormant", "failover": Sign("◐", .statePartly)
        case "better": Sign("↘", .statePartly)
        case "changed": Sign("≈", .statePartly)
        case "conflict": Sign("≠", .statePartly)
        case "acknowledged", "acked": Sign("✓", .stateHandled)
        case "ignored", "idle", "absent": Sign("○", .stateOff)
        case "disabled", "off", "shut", "unmonitored", "no limits": Sign("·", .stateOff)
        default: Sign("?", .stateUnknown)
        }
    }

    /// The sign of one of several parts: what carries is filled, what does not is empty, what rests is a dot.
    static func part(_ word: some StringProtocol) -> Sign {
        let sign = state(String(word))
        return switch sign.role {
        case .stateDown, .severity: Sign("○", .stateDown)
        case .stateOff: Sign("·", .stateOff)
        case .stateHandled: Sign("◐", .statePartly)
        default: sign
        }
    }

    package static func device(_ status: DeviceStatus) -> Sign { state(status.rawValue) }

    static func freshness(_ freshness: Freshness) -> Sign {
        switch freshness {
        case .fresh: Sign("•", .fresh)
        case .partial: Sign("◔", .freshStale)
        case .outdated: Sign("◕", .freshStale)
        case .asking: Sign("…", .textMuted)
        case .stale, .remembered: Sign("◐", .freshStale)
        case .lost: Sign("○", .freshLost)
        case .noRight: Sign("⊘", .freshStale)
        case .refused: Sign("✗", .freshLost)
        case .neverSeen: Sign("–", .freshLost)
        }
    }

    /// Somebody of the team has it.
    static let claim = Sign("◉", .stateHandled)

    static func outcome(_ state: Outcome.State) -> Sign {
        switch state {
        case .verified: Sign("✓", .messageGood)
        case .accepted: Sign("~", .freshStale)
        case .failed: Sign("✗", .messageBad)
        case .unknown: Sign("?", .messageBad)
        case .skipped: Sign("–", .textMuted)
        }
    }
}

extension Freshness {
    /// What stands behind the sign when data is not fresh.
    package var word: String {
        switch self {
        case .fresh: ""
        case .partial: "partial"
        case .outdated: "poller"
        case .asking: "asking"
        case .remembered: "earlier"
        case .stale: "stale"
        case .lost: "LOST"
        case .noRight: "no right"
        case .refused: "refused"
        case .neverSeen: "no answer"
        }
    }
}

/// An age that moves in steps, so that time alone changes little on the screen.
package enum SteppedAge {
    package static func text(_ seconds: Double) -> String { text(Int64(max(0, seconds))) }

    package static func text(_ seconds: Int64) -> String {
        switch seconds {
        case ..<5: return "0s"
        case ..<10: return "5s"
        case ..<30: return "10s"
        case ..<60: return "30s"
        default: return Quantity.age(seconds)
        }
    }
}
