internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension ResourceKind {
    /// An address of the customer's network that is reached through a bond.
    static let address: ResourceKind = "address"
    /// An address behind which a bonder hides the customer's network.
    static let natAddress: ResourceKind = "nat-address"
    /// A network behind a bonder.
    static let route: ResourceKind = "route"
}

/// What belongs to a bond and can be switched, made, changed and deleted: addresses, NAT addresses, routes.
///
/// Its number is only good together with its bond's, so that its identity here is `bond/number`.
struct BondPart: Sendable {
    let kind: ResourceKind
    /// What one is called.
    let title: String
    /// What several are called.
    let plural: String
    let list: PathTemplate
    let item: PathTemplate
    /// The fields that people write; the first names it.
    let fields: [RecordField]
    /// What switching one off does to the customer.
    let loss: String

    static let address = BondPart(
        kind: .address, title: "connected IP", plural: "Connected IPs", list: Path.connectedIPs,
        item: Path.connectedIP,
        fields: [
            RecordField("ip", "Address", .line(required: true)), RecordField("network", "Network"),
            RecordField("interface", "Interface"), RecordField("note", "Note"),
        ],
        loss: "The customer's network at this address is not reached any more.")

    static let natAddress = BondPart(
        kind: .natAddress, title: "CPE NAT IP", plural: "CPE NAT IPs", list: Path.natIPs, item: Path.natIP,
        fields: [RecordField("ip", "Address", .line(required: true)), RecordField("note", "Note")],
        loss: "The customer's hosts behind this address lose their way out.")

    static let route = BondPart(
        kind: .route, title: "route", plural: "Routes", list: Path.routes, item: Path.route,
        fields: [
            RecordField("network", "Network", .line(required: true)), RecordField("gateway", "Gateway"),
            RecordField("note", "Note"),
        ],
        loss: "The customer's network behind this route is not reached any more.")

    static let all = [address, natAddress, route]

    /// One of them as something that is edited.
    var record: EditableRecord { EditableRecord(title, fields, .bonding) }

    static func of(_ kind: ResourceKind) -> BondPart? { all.first { $0.kind == kind } }

    /// The verb of a command on one of these, as in `enable-address`.
    static func of(_ command: CommandKind) -> (part: BondPart, verb: String)? {
        guard let dash = command.rawValue.firstIndex(of: "-") else { return nil }
        let noun = command.rawValue[command.rawValue.index(after: dash)...]
        guard let part = all.first(where: { $0.kind.rawValue == noun }) else { return nil }
        return (part, String(command.rawValue[..<dash]))
    }

    /// What one of them is called: its address or network.
    func name(_ row: JSONValue) -> String {
        let own = row.words("ip", "network", "address")
        return own ?? "\(title) \(Cleaning.clean(row["id"]?.text ?? ""))"
    }

    /// Whether it is switched on; nil where the server does not say.
    func isEnabled(_ row: JSONValue) -> Bool? { row["enabled"]?.flag }
}

extension EntityRef {
    /// The parts of an identity of something that belongs to a bond: `3/45`, `3/45/6`.
    var path: [String] { id.split(separator: "/", omittingEmptySubsequences: false).map(String.init) }
}
