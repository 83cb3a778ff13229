internal import Domain
internal import JSON

extension ResourceKind {
    /// A place at which devices are.
    static let location: ResourceKind = "location"
}

extension ResourceDescriptor {
    /// The places at which devices are, as their SNMP or an operator says: `GET /resources/locations`.
    ///
    /// They stand in no pane: the detail of a device leads to its own, and `get` lists them.
    static let location = ResourceDescriptor(
        .location, plural: "locations", pane: nil,
        fields: [
            Field(.name, "Location", .text, width: 14...40, priority: 0),
            Field("latitude", "Latitude", .number, width: 6...12, priority: 1),
            Field("longitude", "Longitude", .number, width: 6...12, priority: 1),
            Field("fixed", "Fixed", .flag, width: 3...5, priority: 2),
        ],
        interval: 900, order: [SortKey(.name)], isOnDemand: true)
}

/// One location as the server gave it.
struct WireLocation: Sendable {
    let id: String
    let row: JSONValue

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.id else { return nil }
        self.id = id
        self.row = row
    }

    /// What it is called on the screen; devices may say nothing but blanks.
    var title: String {
        let name = Cleaning.clean(row["location"]?.text ?? "")
        return name.allSatisfy(\.isWhitespace) ? "location \(id)" : name
    }
}
