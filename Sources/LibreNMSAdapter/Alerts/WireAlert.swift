internal import Domain
internal import JSON

/// One alert as the server gave it.
struct WireAlert: Sendable {
    let id: AlertID
    /// Open where the server does not say, since it was asked for none that have cleared.
    let state: AlertState
    /// Whether the server says its state in a word that is known.
    let saysState: Bool
    let device: DeviceID?
    let host: String
    let rule: String
    /// The time of the row, local to the server.
    let timestamp: String
    /// The log of acknowledgements, a line each; older releases have none.
    let note: String
    let untilClear: Bool?
    /// What newer releases say of the rule in the alert itself.
    let severity: Severity?
    let ruleName: String?
    /// Everything that the server gave.
    let row: JSONValue

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.id else { return nil }
        self.id = id
        self.row = row
        let number = row["state"].flatMap { $0.kind == .bool ? nil : $0.int64 }
        state = AlertState(number: number)
        saysState = number.map { (0...5).contains($0) } ?? false
        device = row["device_id"]?.text
        host = row["hostname"]?.text ?? ""
        rule = row["rule_id"]?.text ?? ""
        timestamp = row["timestamp"]?.text ?? ""
        note = row["note"]?.text ?? ""
        untilClear = state == .acknowledged ? Self.untilClear(row["info"]) : nil
        severity = row["severity"]?.text.map { Severity(word: $0) }.flatMap { $0 == .unknown ? nil : $0 }
        ruleName = row["name"]?.text
    }

    /// Who took the alert last, and what they wrote.
    var lastNote: AlertNote { AlertNote(note) }

    /// `info` is JSON inside a text, and the text is free.
    private static func untilClear(_ info: JSONValue?) -> Bool? {
        if let flag = info?["until_clear"]?.flag { return flag }
        guard let text = info?.string, let inner = try? JSONDocument(text) else { return nil }
        return inner.root["until_clear"]?.flag
    }
}
