internal import Domain
internal import JSON

/// What an OLT says of a line when it is asked: `monitoring/cpes/{id}/info`, where `state` is a word and `state_id`
/// the number, the other way round than in lists.
struct LineInfo: Sendable {
    let isUp: Bool
    let uptime: Int64?
    /// How many service ports the OLT has for it; nil where it does not say.
    let servicePorts: Int?
    let olt: String?
    let row: JSONValue

    init(_ row: JSONValue) {
        self.row = row
        let words = Registration.words(row["registration"]?["states"])
        let number = row["state_id"]?.int64
        isUp = number.map { $0 == 0 } ?? (row["state"]?.text == "up" || words.contains("online"))
        uptime = isUp ? row["uptime"]?.int64.flatMap { $0 > 0 ? $0 : nil } : nil
        servicePorts = row["tech"]?["service_ports"]?.array?.count
        olt = Registration.word(row["registration"]?["host"])
    }
}
