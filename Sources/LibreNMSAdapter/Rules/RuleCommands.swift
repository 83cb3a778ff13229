internal import AdapterKit
internal import Domain

extension CommandDescriptor {
    /// The rows in JSON as they were, for the conflict check and for undoing it.
    private static let opened = FormField(.opened, "Opened", .carried)
    /// What leaves a flag as it is comes first, so that a form nobody filled changes nothing.
    private static let flag = FormField.Input.choice(["unchanged", "yes", "no"])

    /// `PUT /rules` with one flag changed.
    static let enableRule = CommandDescriptor(
        .enableRule, title: "Enable rule", targets: [.rule], tier: .touchesService,
        effect: "The server raises alerts for the rule again.", form: [opened])

    /// `PUT /rules` with one flag changed.
    static let disableRule = CommandDescriptor(
        .disableRule, title: "Disable rule", targets: [.rule], tier: .touchesService,
        effect: "The server raises no alert for the rule any more.", form: [opened])

    /// `PUT /rules`.
    static func editRule(_ dialect: Dialect) -> CommandDescriptor {
        let first = [
            FormField(.name, "Name", .line(required: false)),
            FormField(.severity, "Severity", .choice(["unchanged", "ok", "warning", "critical"])),
            FormField(.expression, "Rule", .line(required: false)),
        ]
        let flags = [FormField(.enabled, "Enabled", flag)]
        return CommandDescriptor(
            .editRule, title: "Edit rule", targets: [.rule], tier: .touchesService,
            effect:
                "The server raises alerts by the rule as it is then; a line that is emptied is removed.",
            form: first + timing(flag) + flags + (dialect.decodesTwice ? [] : scope + notes) + [opened],
            bulk: false, opensFilled: true)
    }

    /// `POST /rules`.
    static func addRule(_ dialect: Dialect) -> CommandDescriptor {
        let first = [
            FormField(.name, "Name", .line(required: true)),
            FormField(.severity, "Severity", .choice(["warning", "critical", "ok"])),
            FormField(.expression, "Rule", .line(required: true)),
        ]
        let toggle = FormField.Input.toggle(initially: false)
        let device = [FormField("devices", "Device number, empty for all", .line(required: false))]
        return CommandDescriptor(
            .addRule, title: "Add rule", targets: [.rule], tier: .touchesService,
            effect: "The server raises alerts by a new rule.",
            form: first + timing(toggle) + [FormField(.enabled, "Enabled", .toggle(initially: true))]
                + (dialect.decodesTwice ? device : scope + notes) + [opened], bulk: false, creates: true)
    }

    /// `DELETE /rules/:id`.
    static let deleteRule = CommandDescriptor(
        .deleteRule, title: "Delete rule", targets: [.rule], tier: .hurts,
        effect: "The rule and its alerts are gone; the audit log keeps what it was.", form: [opened],
        bulk: false)

    private static func timing(_ flag: FormField.Input) -> [FormField] {
        [
            FormField("delay", "Delay, as in 5 m", .line(required: false)),
            FormField("count", "Count, -1 without end", .line(required: false)),
            FormField("mute", "Mute", flag), FormField("invert", "Invert", flag),
        ]
    }

    private static let scope = [
        FormField("devices", "Device numbers, or all", .line(required: false)),
        FormField("groups", "Group numbers, or none", .line(required: false)),
        FormField("locations", "Location numbers, or none", .line(required: false)),
    ]
    private static let notes = [FormField("notes", "Notes", .line(required: false))]
}
