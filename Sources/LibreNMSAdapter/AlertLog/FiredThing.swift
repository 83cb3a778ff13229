internal import Domain
internal import JSON

/// One thing that made an alert fire, as the server's log of alerts names it: a port, a sensor, a BGP session.
///
/// The log has whole rows of the database for it, with the device's communities in them and the addresses of who was
/// told: only what is named here is taken.
struct FiredThing: Sendable, Equatable {
    /// What it is, in a word: `port`.
    let kind: String
    /// What it is called, cleaned: `xe-0/0/1`.
    let name: String
    /// What else is said of it, cleaned: its description, its state or value.
    let words: String
    /// The entity that it is here; nil for what has no detail.
    let place: Place?

    /// An entity by its kind and id.
    struct Place: Sendable, Hashable {
        let kind: ResourceKind
        let id: String
    }

    /// More than these are counted and not kept.
    static let limit = 100

    /// Everything that the details of one line of the log name, each once; a line of device alone names nothing more.
    static func all(in details: JSONValue?) -> (things: [FiredThing], more: Int) {
        var things: [FiredThing] = []
        var more = 0
        // PHP writes a list with holes as an object.
        let list = details?["rule"]
        let rows = list?.array.map { Array($0) } ?? list?.object.map { $0.map(\.value) } ?? []
        for row in rows {
            for thing in all(inRow: row) where !things.contains(where: { $0.isSame(as: thing) }) {
                if things.count < limit { things.append(thing) } else { more += 1 }
            }
        }
        return (things, more)
    }

    private func isSame(as other: FiredThing) -> Bool {
        place != nil || other.place != nil ? place == other.place : self == other
    }

    private static func all(inRow row: JSONValue) -> [FiredThing] {
        [port(row), sensor(row), session(row), service(row)].compactMap { $0 } + others.compactMap { $0(row) }
    }

    private static func port(_ row: JSONValue) -> FiredThing? {
        guard let id = row.word("port_id"), row["ifName"] != nil || row["ifDescr"] != nil else { return nil }
        let name = row.word("ifName") ?? row.word("ifDescr") ?? "port \(id)"
        return FiredThing(
            kind: "port", name: name, words: joined([row.word("ifAlias"), row.word("ifOperStatus")]),
            place: Place(kind: .port, id: id))
    }

    private static func sensor(_ row: JSONValue) -> FiredThing? {
        guard let id = row.word("sensor_id"), let name = row.word("sensor_descr") else { return nil }
        let type = row.word("sensor_class")
        let place = row.word("device_id").flatMap { device in
            type.map { SensorPlace(device: device, kind: "device_\($0)", sensor: id).id }
        }
        let limits = [
            row.word("sensor_limit").map { "limit \($0)" }, row.word("sensor_limit_low").map { "low \($0)" },
        ]
        return FiredThing(
            kind: "sensor", name: name, words: joined([type, row.word("sensor_current")] + limits),
            place: place.map { Place(kind: .sensor, id: $0) })
    }

    private static func session(_ row: JSONValue) -> FiredThing? {
        guard let peer = row.word("bgpPeerIdentifier") else { return nil }
        return FiredThing(
            kind: "BGP session", name: peer,
            words: joined([
                row.word("bgpPeerState"), row.word("bgpPeerRemoteAs").map { "AS\($0)" }, row.word("astext"),
                row.word("bgpPeerDescr"),
            ]), place: nil)
    }

    private static func service(_ row: JSONValue) -> FiredThing? {
        guard let id = row.word("service_id"), let type = row.word("service_type") else { return nil }
        return FiredThing(
            kind: "service", name: row.word("service_name") ?? row.word("service_desc") ?? type,
            words: joined([type, row.word("service_message")]), place: Place(kind: .service, id: id))
    }

    /// What is named by one key and explained by others.
    private static let others: [@Sendable (JSONValue) -> FiredThing?] = [
        named("processor", "processor_descr", ["processor_usage"], unit: " %"),
        named("memory", "mempool_descr", ["mempool_perc"], unit: " %"),
        named("storage", "storage_descr", ["storage_perc"], unit: " %"),
        named("OSPF neighbour", "ospfNbrIpAddr", ["ospfNbrState"]),
        named("application", "app_type", ["app_status", "app_state"]),
        named("component", "label", ["error"]),
    ]

    private static func named(
        _ kind: String, _ key: String, _ more: [String], unit: String = ""
    ) -> @Sendable (JSONValue) -> FiredThing? {
        { row in
            row.word(key).map { name in
                FiredThing(
                    kind: kind, name: name, words: joined(more.map { row.word($0).map { $0 + unit } }),
                    place: nil)
            }
        }
    }

    private static func joined(_ words: [String?]) -> String {
        words.compactMap { $0 }.joined(separator: "  ")
    }
}

extension JSONValue {
    /// A text or number under a key, cleaned; nil for none and for an empty one.
    fileprivate func word(_ key: String) -> String? {
        guard let text = self[key]?.text else { return nil }
        let clean = Cleaning.clean(text)
        return clean.isEmpty ? nil : clean
    }
}

extension [FiredThing] {
    /// The first, how many more, and their names to be found by: `xe-0/0/1 +2 (xe-0/0/2, xe-0/0/3)`.
    func summary(more: Int) -> String {
        guard let first else { return "" }
        let rest = count - 1 + more
        if rest == 0 { return first.name }
        let names = dropFirst().prefix(20).map(\.name).joined(separator: ", ")
        return "\(first.name) +\(Quantity.count(rest))" + (names.isEmpty ? "" : " (\(names))")
    }
}
