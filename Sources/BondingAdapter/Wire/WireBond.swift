internal import Domain
internal import JSON

/// A bond as lists and the bond's own resource give it; what a server leaves out is nil, never a guess.
struct WireBond: Sendable, Equatable {
    var id: String
    /// The bonder's name: in v3 a bond has none of its own.
    var name: String
    var bonder: Reference?
    var space: Reference?
    var spaceKey: String?
    var primary: Reference?
    var secondary: Reference?
    var current: Reference?
    /// Whether the server says which aggregator the bond is on.
    var saysCurrent: Bool
    /// Whether it says which secondary there is, or that there is none.
    var saysSecondary: Bool
    var qosProfile: Reference?
    var note: String
    var circuitID: String
    var serial: String
    var upload: Int64?
    var download: Int64?
    /// The server's own word for the bond's state, where it has one.
    var word: String?
    /// Nil where the server does not list them with the bond.
    var legs: [WireLeg]?
    /// Whether it listed none where there were some a moment ago.
    var areLegsDoubted = false

    private static let currentKeys = ["current_aggregator", "active_aggregator"]
    private static let secondaryKey = "secondary_aggregator"
    private static let primaryKeys = ["aggregator", "primary_aggregator"]

    /// Reads a row; nil for one without an id.
    init?(_ row: JSONValue) {
        guard let reference = Reference(row) else { return nil }
        id = reference.id
        bonder = Reference(row["bonder"])
        let bonderName = row["bonder"]?.words("name") ?? row.words("bonder_name")
        name = row.words("name") ?? bonderName ?? "bond \(Cleaning.clean(reference.id))"
        space = Reference(row["space"])
        spaceKey = row["space"]?.words("key")
        primary = Self.aggregator(row.first(of: Self.primaryKeys))
        secondary = Self.aggregator(row[Self.secondaryKey])
        saysSecondary = secondary != nil || row[Self.secondaryKey]?.isNull == true
        current = Self.aggregator(row.first(of: Self.currentKeys))
        saysCurrent = current != nil
        qosProfile = Reference(row.first(of: ["qos_profile", "qos"]))
        note = row.words("note", "notes") ?? ""
        circuitID = row.words("circuit_id") ?? ""
        serial = row.words("serial_number") ?? row["bonder"]?.words("serial_number") ?? ""
        upload = row.first(of: ["upload_rate", "up_rate"])?.int64
        download = row.first(of: ["download_rate", "down_rate"])?.int64
        word = row.words("state", "status", "overall_state")
        let bond = reference.id
        // A list of mere addresses says nothing of the legs' states, and one with a leg that can't be told from the
        // others does not say how many work.
        legs = row.first(of: ["leg_list", "legs"])?.array.flatMap { array in
            let legs = array.compactMap { $0.kind == .object ? WireLeg($0, bond: bond) : nil }
            return legs.count < array.count ? nil : legs
        }
    }

    /// A word that is neither an address nor a number names no aggregator.
    private static func aggregator(_ value: JSONValue?) -> Reference? {
        if let text = value?.string, !text.contains("/"), !text.allSatisfy(\.isWholeNumber) { return nil }
        return Reference(value)
    }

    /// Whether the bond is on another aggregator than its own; nil where that is not known.
    var isFailedOver: Bool? {
        guard let primary, let current else { return nil }
        return primary.id != current.id
    }
}
