internal import Domain
internal import JSON

/// A leg as a bond's list, its own resource, or v4's list of all legs gives it.
struct WireLeg: Sendable, Equatable {
    var id: String
    var bond: String
    /// The server's own word, in lower case.
    var word: String
    var state: LegState
    var type: LegType?
    var linkMode: String?
    var name: String?
    var up: Int64?
    var down: Int64?
    var address: String?
    var mtu: Int64?
    var isFailover: Bool?
    var note: String?
    var circuitID: String?
    var mac: String?

    /// Reads a row.
    ///
    /// - Parameter bond: the bond it was found with; nil where the row itself must say.
    init?(_ row: JSONValue, bond: String?) {
        guard let reference = Reference(row) else { return nil }
        guard let owner = bond ?? row["bond_id"]?.text ?? Reference(row["bond"])?.id ?? Self.bond(in: row)
        else { return nil }
        id = reference.id
        self.bond = owner
        word = (row.words("state", "overall_state", "status") ?? "").lowercased()
        state = LegState(word)
        type = LegType(row["type"]?.text ?? "") ?? row["url"]?.string.flatMap(Self.type)
        linkMode = row.words("link_mode")?.lowercased()
        name = row.words("interface", "name", "interface_name")
        up = row.first(of: ["up_speed", "upload_speed"])?.int64
        down = row.first(of: ["down_speed", "download_speed"])?.int64
        address = row.words("ip", "address", "ip_address", "cidr")
        mtu = row.first(of: ["mtu", "path_mtu"])?.int64
        isFailover = row["failover"]?.flag
        note = row.words("note", "notes")
        circuitID = row.words("circuit_id")
        mac = row.words("mac_address", "mac")
    }

    /// Whether the server said in a word that is known here how it is; that it does not know itself is such a word.
    var isTold: Bool { state != .unknown || word == "unknown" }

    /// What it is called beside its bond.
    var title: String { name ?? "leg \(Cleaning.clean(id))" }

    /// Takes from an earlier, fuller answer what this one leaves out.
    mutating func complete(from older: WireLeg?) {
        guard let older, older.id == id else { return }
        type = type ?? older.type
        linkMode = linkMode ?? older.linkMode
        name = name ?? older.name
        up = up ?? older.up
        down = down ?? older.down
        address = address ?? older.address
        mtu = mtu ?? older.mtu
        isFailover = isFailover ?? older.isFailover
        note = note ?? older.note
        circuitID = circuitID ?? older.circuitID
        mac = mac ?? older.mac
    }

    /// `…/bonds/1/dhcp_legs/2/` says what kind of leg it is.
    private static func type(in address: String) -> LegType? {
        let parts = address.split(separator: "/")
        guard let part = parts.dropLast().last, part.hasSuffix("_legs") else { return nil }
        return LegType(part.dropLast(5))
    }

    /// `…/bonds/1/dhcp_legs/2/` says whose leg it is.
    private static func bond(in row: JSONValue) -> String? {
        let parts = row["url"]?.string?.split(separator: "/") ?? []
        guard let place = parts.lastIndex(of: "bonds"), place + 1 < parts.count else { return nil }
        return Reference.id(in: String(parts[place + 1]))
    }
}
