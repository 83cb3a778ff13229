internal import Domain

extension FieldKey {
    /// Whether an acknowledgement lasts until the problem is over.
    static let untilClear: FieldKey = "until_clear"
}

/// What the monitoring can be told. No document names these: they are Icinga's own actions by the fields of Krill's
/// dialogs, and are offered only where the server says that it has them (inferred).
extension CommandDescriptor {
    /// `POST monitoring/hosts/{name}/acknowledge/` (inferred).
    static let acknowledge = CommandDescriptor(
        .acknowledge, title: "Acknowledge", targets: [.alert], tier: .harmless,
        effect: "The server sends no notifications about the problem until its state changes or it clears.",
        form: [
            FormField(.note, "Note", .line(required: false)),
            FormField(.untilClear, "Until it clears", .toggle(initially: false)),
        ])

    /// `POST monitoring/hosts/{name}/reschedule/` (inferred).
    static let recheck = CommandDescriptor(
        .recheck, title: "Check again", targets: [.alert, .cpe, .device], tier: .harmless,
        effect: "The monitoring looks at it again now.")

    /// `POST monitoring/hosts/{name}/downtime/` (inferred).
    static let downtime = CommandDescriptor(
        .downtime, title: "Downtime", targets: [.alert, .cpe, .device], tier: .touchesService,
        effect: "The server sends no notifications about its problems until the downtime ends.",
        form: [
            FormField("duration", "For, as in 2 h or 90 m", .line(required: true)),
            FormField(.note, "Note", .line(required: false)),
            FormField("all_services", "With all its services", .toggle(initially: true)),
        ])
}

extension MonitoringAction {
    /// The action of a command.
    init?(_ kind: CommandKind) {
        guard let action = MonitoringAction.allCases.first(where: { $0.kind == kind }) else { return nil }
        self = action
    }

    /// What it does in a few words, before the name.
    var verb: String {
        switch self {
        case .acknowledge: "Acknowledge"
        case .recheck: "Check again"
        case .downtime: "Silence"
        }
    }
}
