/// What newer servers do about an alert: whom they tell, when, and how often.
///
/// It stands beside the rules, and many may share one. The API makes new ones and changes none, so that a rule may hold
/// a copy.
struct AlertOperation: Sendable {
    let id: Int
    let name: String
    /// Seconds between two messages; nil when nobody said.
    let stepDuration: Int?
    let segments: [Segment]

    /// A part of it: for which messages in a row it is, and whom it tells.
    struct Segment: Sendable {
        var id = 0
        var phase = "problem"
        var from = 1
        /// Nil is without end.
        var to: Int?
        /// Seconds after which it begins, and between two messages; 0 is the operation's own.
        var start = 0
        var duration = 0
        var transports: [Value] = []
    }

    /// The columns of its segments, as a rule shows them.
    var rows: [Value] {
        segments.enumerated().map { position, segment in
            [
                "id": .computed(segment.id), "position": .computed(position),
                "operation_phase": .text(segment.phase), "escalation_step_from": .computed(segment.from),
                "escalation_step_to": segment.to.map(Value.computed) ?? .null,
                "start_in_seconds": .computed(segment.start),
                "step_duration_seconds": .computed(segment.duration),
                "transports": .list(segment.transports), "alert_operation_id": .computed(id),
                "name": .text(name),
            ]
        }
    }
}

extension AlertOperation {
    private static func transport(_ id: Int, _ text: String) -> Value {
        ["id": .text(String(id)), "text": .text(text)]
    }

    private static let mail = transport(1, "Mail: noc mail")
    private static let message = transport(2, "Sms: manager sms")

    /// One that most rules share: mail, then a message to a phone.
    static let escalate = AlertOperation(
        id: 1, name: "Escalate", stepDuration: 300,
        segments: [
            Segment(id: 1, to: 3, start: 300, transports: [mail]),
            Segment(id: 2, from: 4, duration: 900, transports: [message]),
            Segment(id: 3, phase: "recovery", transports: [mail]),
        ])

    /// One that tells nobody at night: that its notifications are suppressed is said nowhere in the API.
    static let night = AlertOperation(
        id: 2, name: "Night", stepDuration: 600, segments: [Segment(id: 4, start: 600, transports: [mail])])

    /// One that a single rule has.
    static let own = AlertOperation(
        id: 3, name: "Disabled: processor usage \u{2014} API", stepDuration: nil,
        segments: [Segment(id: 5, to: 2, start: 600, transports: [mail])])

    /// What every server comes with.
    static let all = [escalate, night, own]

    /// The operation that a rule begins with; nil for one that is mute, or that is in no real server.
    static func first(of rule: Int) -> AlertOperation? {
        switch rule {
        case 1, 2, 3, 6, 7, 9: escalate
        case 4: night
        case 8: own
        default: nil
        }
    }
}
