internal import Domain
internal import HTTP

extension ResourceKind {
    /// A line of the log of what the server itself noticed.
    static let event: ResourceKind = "event"
    /// A line that a device sent.
    static let syslog: ResourceKind = "syslog"
}

extension FieldKey {
    /// When something happened.
    static let time: FieldKey = "time"
}

extension ResourceDescriptor {
    /// The newest lines of the event log of all devices: `GET /logs/eventlog`.
    static let event = log(.event, plural: "events")
    /// The newest lines that devices sent: `GET /logs/syslog`.
    static let syslog = log(.syslog, plural: "syslog")

    /// Both stand in one pane, the newest first, and are read often while that is on the screen.
    private static func log(_ kind: ResourceKind, plural: String) -> ResourceDescriptor {
        ResourceDescriptor(
            kind, plural: plural, pane: "logs",
            fields: [
                Field(.time, "Age", .time, width: 5...8, priority: 0),
                Field("log", "Log", .word, width: 5...6, priority: 4),
                Field("level", "Level", .word, width: 4...8, priority: 1),
                Field(.device, "Device", .ref(.device), width: 12...30, priority: 0),
                Field("source", "From", .word, width: 5...16, priority: 2),
                Field("message", "Message", .text, width: 20...120, priority: 0),
                Field("facility", "Facility", .word, width: 5...10, priority: nil),
            ],
            interval: 10, nameField: "message", order: [SortKey(.time, descending: true)], isOnDemand: true)
    }
}

/// What the two logs call their parts.
struct LogFormat: Sendable {
    let resource: ResourceDescriptor
    let path: PathTemplate
    /// The word in the column of both.
    let word: String
    let number: String
    let time: String
    let level: String
    let source: String
    let message: String

    static let events = LogFormat(
        resource: .event, path: Path.eventLogOfAll, word: "event", number: "event_id", time: "datetime",
        level: "severity", source: "type", message: "message")
    static let syslog = LogFormat(
        resource: .syslog, path: Path.syslog, word: "syslog", number: "seq", time: "timestamp",
        level: "level", source: "program", message: "msg")

    /// A word for a level: the event log has numbers.
    func level(_ word: String) -> String {
        guard resource.kind == .event, let number = Int(word) else { return word }
        let words = ["unknown", "ok", "info", "notice", "warning", "error"]
        return words.indices.contains(number) ? words[number] : word
    }
}
