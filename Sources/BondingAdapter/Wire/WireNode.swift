internal import Domain
internal import JSON

/// A bonder or an aggregator; what the API hands out for SSH is never read.
struct WireNode: Sendable, Equatable {
    var id: String
    var name: String
    var status: NodeStatus
    /// The server's own word for its status.
    var word: String
    var version: String
    var address: String
    var space: Reference?
    var note: String
    var serial: String
    /// When the server heard of it last, as far as it says so.
    var contact: Timestamp?
    /// Whether the server said how it is: in a word that is known here, that it does not know itself among them, or by
    /// when it heard of it.
    var isTold: Bool

    /// Reads a row; nil for one without an id.
    ///
    /// - Parameters:
    ///   - noun: what it is called where it has no name.
    ///   - now: the moment by the server's clock.
    ///   - clock: how its times are read that name no zone.
    init?(_ row: JSONValue, _ noun: String, at now: Timestamp, clock: ServerClock?) {
        guard let reference = Reference(row) else { return nil }
        id = reference.id
        name = row.words("name") ?? "\(noun) \(Cleaning.clean(reference.id))"
        word = row.words("status", "state")?.lowercased() ?? ""
        version = row.words("version", "bonding_version", "software_version") ?? ""
        let isNew = row["version"]?.string?.isEmpty == true
        status = NodeStatus(word, neverOnline: isNew)
        isTold = NodeStatus.known.contains(word)
        contact = WireTime.read(row.first(of: ["last_contact", "last_seen", "last_online"]), clock: clock)
        address = row.words("ip", "address", "ip_address", "hostname") ?? ""
        space = Reference(row["space"])
        note = row.words("note", "notes") ?? ""
        serial = row.words("serial_number") ?? ""
        guard word.isEmpty, contact != nil || isNew else { return }
        // The server has no word for it: one that reported a moment ago is up. That another one is silent does not say
        // what became of it.
        let every = row["metric_reporting_interval"]?.int64 ?? Self.reporting
        let silence = contact.map { now.seconds - $0.seconds } ?? .max
        status = silence <= Self.patience * min(max(every, Self.reporting), 86_400) ? .up : .unknown
        isTold = true
    }

    /// Seconds between two reports of a node where nobody set it otherwise.
    private static let reporting: Int64 = 60
    /// How many reports may be missing.
    private static let patience: Int64 = 3
}

/// The states of a node.
enum NodeStatus: String, Sendable, Equatable {
    case up, down, unknown

    fileprivate static let known = ["up", "online", "down", "offline", "failed", "unknown"]

    /// Reads the server's word; a node without a version was never online.
    init(_ word: String, neverOnline: Bool) {
        switch word {
        case "up", "online": self = .up
        case "down", "offline", "failed": self = .down
        default: self = .unknown
        }
        if neverOnline, self == .up { self = .unknown }
    }
}

/// A space: a customer, or a branch of them.
struct WireSpace: Sendable, Equatable {
    var id: String
    var name: String
    var key: String
    var parent: Reference?
    /// The number by which the operator's customer register knows it.
    var externalID: String
    /// How many bonds the server counts in it, where it says so.
    var bonds: Int64?

    /// Reads a row; nil for one without an id.
    init?(_ row: JSONValue) {
        guard let reference = Reference(row) else { return nil }
        id = reference.id
        key = row.words("key") ?? ""
        name = row.words("name") ?? (key.isEmpty ? "space \(Cleaning.clean(reference.id))" : key)
        parent = Reference(row["parent"])
        externalID = row.words("crm_id", "external_id") ?? ""
        bonds = row["related_object_counts"]?["bonds"]?.int64
    }
}
