internal import Domain
internal import JSON

/// A session of RADIUS' accounting, in FreeRADIUS' words.
struct PPPoESession: Sendable, Equatable {
    /// The number of the accounting.
    let id: String
    let user: String
    /// The name of the CPE; empty where the server does not know it.
    let cpe: String
    /// None for `0.0.0.0`.
    let address: String
    let nas: String
    /// The MAC that calls.
    let caller: String
    let since: Timestamp?
    /// Whether it has not ended: its stop time is null.
    ///
    /// Nil where the server does not say, or says what can't be read.
    let isOnline: Bool?

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["acctuniqueid"]?.text, !id.isEmpty else { return nil }
        self.id = Cleaning.clean(id)
        func text(_ key: String) -> String { row[key]?.text.map { Cleaning.clean($0) } ?? "" }
        user = text("username")
        cpe = text("krillcpename")
        let framed = text("framedipaddress")
        address = framed == "0.0.0.0" ? "" : framed
        nas = text("nasipaddress")
        caller = text("callingstationid")
        since = PPPoESession.moment(row["acctstarttime"])
        let stop = row["acctstoptime"]
        isOnline =
            stop == nil
            ? nil : stop?.isNull == true || stop?.string == "" ? true : Self.moment(stop).map { _ in false }
    }

    private static func moment(_ value: JSONValue?) -> Timestamp? {
        value?.string.flatMap { CivilTime.parse($0, clock: ServerClock(offset: 0, isCertain: true)) }
    }

    /// What lists and commands call it: a user's session is his, whatever its number is.
    var key: String { user.isEmpty ? cpe : user }

    /// Whether it began later than another one; of two that began at once the one with the later number did.
    func isNewer(than other: PPPoESession) -> Bool {
        (since?.seconds ?? .min, id) > (other.since?.seconds ?? .min, other.id)
    }
}

extension ResourceKind {
    /// A PPPoE session.
    static let session: ResourceKind = "session"
    /// A telephone line.
    static let pots: ResourceKind = "pots"
    /// A pool of addresses.
    static let pool: ResourceKind = "pool"
}
