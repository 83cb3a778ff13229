/// What people did to alerts; like their rules and devices it is no function of the tick.
struct AlertChanges: Sendable {
    /// The last thing that somebody did to an alert.
    struct Note: Sendable, Equatable {
        /// The alert's `since` when it was done: when that has moved on, this is forgotten.
        let since: Int
        let at: Int
        let state: AlertStory.State
        var text: String
        var untilClear: UntilClear
    }

    /// Whether an acknowledgement outlives a worsening; servers keep what was not said apart from no.
    enum UntilClear: Sendable, Equatable {
        case never, unsaid, yes, no
    }

    var notes: [Int: Note] = [:]
}

/// An alert as servers show it.
struct Alert: Sendable {
    let id: Int
    let device: Device
    let ruleID: Int
    /// Nil when the rule is gone.
    let rule: AlertRule?
    let state: AlertStory.State
    let story: AlertStory
    /// When somebody last touched it, if somebody did.
    let touchedAt: Int?
    let note: String
    let untilClear: AlertChanges.UntilClear

    /// The state of the last message that went out.
    var alerted: Int {
        switch state {
        case .cleared: 0
        case .worse, .better, .changed: state.rawValue
        case .active, .acknowledged: 1
        }
    }

    var isOpen: Bool { state != .cleared && state != .acknowledged }

    /// The column `info` of newer servers: JSON in a string.
    var info: String {
        switch untilClear {
        case .never: "{}"
        case .unsaid: "{\"until_clear\":null}"
        case .yes: "{\"until_clear\":true}"
        case .no: "{\"until_clear\":false}"
        }
    }
}
