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
    var lastSeen: String?

    /// Whether the server said in a word that is known here how it is; that it does not know itself is such a word.
    var isTold: Bool { NodeStatus.known.contains(word) }

    /// Reads a row; nil for one without an id.
    ///
    /// - Parameter noun: what it is called where it has no name.
    init?(_ row: JSONValue, _ noun: String) {
        guard let reference = Reference(row) else { return nil }
        id = reference.id
        name = row.words("name") ?? "\(noun) \(Cleaning.clean(reference.id))"
        word = row.words("status", "state")?.lowercased() ?? ""
        version = row.words("version", "bonding_version", "software_version") ?? ""
        status = NodeStatus(word, neverOnline: row["version"]?.string?.isEmpty == true)
        address = row.words("ip", "address", "ip_address", "hostname") ?? ""
        space = Reference(row["space"])
        note = row.words("note", "notes") ?? ""
        serial = row.words("serial_number") ?? ""
        lastSeen = row.words("last_seen", "last_contact", "last_online")
    }
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
