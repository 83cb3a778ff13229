internal import Domain

extension FieldKey {
    /// Whether an acknowledgement lasts until the alert clears.
    static let untilClear: FieldKey = "until_clear"
    /// What made an alert fire: the first port, sensor or session that matched, and how many more.
    static let fired: FieldKey = "fired"
    /// Where an alert's `since` comes from when it is not the server's word for when it opened.
    static let sinceFrom: FieldKey = "since_from"
}

extension ResourceDescriptor {
    /// Alerts in every state but cleared, section "Alerts" of the API.
    static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity, width: 4...10, priority: 0, decides: true),
            Field(.state, "State", .state, width: 4...13, priority: 1, decides: true),
            Field(.since, "Age", .time, width: 5...8, priority: 2),
            Field(.device, "Device", .ref(.device), width: 14...30, priority: 0),
            Field(.rule, "Alert", .ref(.rule), width: 12...32, priority: 1),
            Field(.fired, "What", .text, width: 8...24, priority: 2),
            Field(.note, "Note", .text, width: 8...40, priority: 3),
            Field(.untilClear, "Until clear", .flag, width: 5...11, priority: nil),
            Field(.sinceFrom, "Since from", .word, width: 6...16, priority: nil),
            Field("port", "Port", .ref(.port), width: 8...16, priority: nil),
        ],
        interval: 20, feedsCounts: true, nameField: .rule,
        order: [SortKey(.severity, descending: true), SortKey(.since, descending: true)])
}

extension AlertState {
    /// The state that a number of the API stands for; what is unknown counts as open rather than as nothing.
    init(number: Int64?) {
        self =
            switch number {
            case 0: .cleared
            case 2: .acknowledged
            case 3: .worse
            case 4: .better
            case 5: .changed
            default: .open
            }
    }
}
