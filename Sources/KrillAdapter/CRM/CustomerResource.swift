internal import Domain
internal import JSON

extension ResourceDescriptor {
    /// Customers with what is known of their lines.
    static let customer = ResourceDescriptor(
        .customer, plural: "customers", pane: .customers,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 1, decides: true),
            Field(.name, "Customer", .text, width: 12...36, priority: 0),
            Field(.externalID, "External id", .text, width: 8...16, priority: 3, links: .customer),
            Field("cpes", "CPEs", .integer, width: 4...6, priority: 1, decides: true),
            Field("cpes_down", "CPEs down", .integer, width: 4...9, priority: 1, decides: true),
            Field("lines", "Lines", .integer, width: 4...6, priority: 4),
            Field("online_since", "Online", .time, width: 5...8, priority: 3),
            Field("session_address", "Address", .text, width: 9...39, priority: 3),
            Field("nas", "NAS", .word, width: 8...20, priority: 5),
            Field(.location, "Location", .text, width: 8...30, priority: 5),
            Field("realm", "Realm", .word, width: 4...10, priority: 7),
            Field("city", "City", .word, width: 6...16, priority: nil),
        ],
        interval: 900, order: [SortKey(.name)], quickInterval: 60)
}

/// What lists keep of a customer of the CRM.
struct Customer: Sendable, Equatable {
    let id: Int64
    let name: String
    let externalID: String
    let realm: String
    let city: String
    let place: String

    /// The fields that lists ask for.
    static let attributes = ["id", "name", "surname", "realm", "external_id", "address", "city"]

    /// Nil for a row without an id.
    init?(_ row: JSONValue) {
        guard let id = row["id"]?.int64 else { return nil }
        self.id = id
        func text(_ key: String) -> String { row[key]?.text.map { Cleaning.clean($0) } ?? "" }
        let full = [text("name"), text("surname")].filter { !$0.isEmpty }.joined(separator: " ")
        name = full.isEmpty ? "customer \(id)" : full
        externalID = text("external_id")
        realm = text("realm")
        city = text("city")
        place = [text("address"), city].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
