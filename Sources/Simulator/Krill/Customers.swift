/// A customer as Krill's CRM knows him.
struct KrillCustomer: KrillRecord {
    let id: Int
    /// Nil for one that somebody wrote down.
    let subscriber: Subscriber?
    let written: [String: Input]
    let call: KrillCall

    var realm: String { written["realm"]?.plain ?? subscriber?.realm ?? "met" }
    var site: Site? { subscriber.map { Site.all[$0.site] } }
}

enum CustomerColumns {
    static let path = "isp/customers"

    static let resource = KrillResource<KrillCustomer>(
        path: path, title: "Customer", fields: fields, canCreate: true, canChange: true, canDelete: true,
        list: { $0.customers }, find: { $0.customer($1) })

    private typealias F = KrillField<KrillCustomer>

    private static let fields: [F] = [
        F("id", .integer, isReadOnly: true) { .integer($0.id) },
        F("name", isRequired: true) { .text($0.subscriber?.name ?? "") },
        F("surname") { .text($0.subscriber?.surname ?? "") },
        F("realm", isRequired: true) { .text($0.realm) },
        F("external_id") { .text(orNull: $0.subscriber?.externalID) },
        F("address") { .text($0.subscriber.map { "Gran Vía \($0.id % 190 + 1)" } ?? "") },
        F("city") { .text($0.site.map { String($0.location.prefix { $0 != "," }) } ?? "") },
        F("country") { .text($0.subscriber == nil ? "" : "Spain") },
        F("postalcode") { .text(orNull: $0.subscriber.map { "\(28_000 + $0.id % 99)" }) },
        F("latitude") { .text(orNull: $0.site?.latitude) },
        F("longitude") { .text(orNull: $0.site?.longitude) },
        F("comment") { .text($0.id % 31 == 3 ? "Zahlt immer pünktlich – señal débil en verano" : "") },
        F("created", .datetime, isReadOnly: true) {
            $0.call.time($0.call.krill.world.origin - 70_000_000 + $0.id * 977)
        },
        F("updated", .datetime, isReadOnly: true) {
            $0.call.time($0.call.krill.world.origin - 9_000_000 + $0.id * 97)
        },
    ]
}

extension KrillCall {
    var customers: [KrillCustomer] {
        let edits = edits(CustomerColumns.path)
        let own = access.subscribers.lazy.filter { !edits.removed.contains($0.id) }.map {
            KrillCustomer(id: $0.id, subscriber: $0, written: edits.written[$0.id] ?? [:], call: self)
        }
        let added = edits.added.sorted().map {
            KrillCustomer(id: $0, subscriber: nil, written: edits.written[$0] ?? [:], call: self)
        }
        return (Array(own) + added).filter(sees)
    }

    private func sees(_ customer: KrillCustomer) -> Bool {
        guard sees(realm: customer.realm) else { return false }
        switch krill.territory {
        case .everywhere: return true
        case .core: return customer.site?.isEdge != true
        case .edge: return customer.site?.isEdge != false
        // A Krill is never one of several alike; a customer is at a site, not at a device.
        case .part: return true
        }
    }

    func customer(_ text: String) -> KrillCustomer? {
        guard let id = Int(text) else { return nil }
        let edits = edits(CustomerColumns.path)
        guard !edits.removed.contains(id) else { return nil }
        let subscriber = access.subscriber(id)
        guard subscriber != nil || edits.added.contains(id) else { return nil }
        let customer = KrillCustomer(
            id: id, subscriber: subscriber, written: edits.written[id] ?? [:], call: self)
        return sees(customer) ? customer : nil
    }

    func customer(of cpe: CPE) -> KrillCustomer? {
        let id = cpe.written["customer"]?.integer ?? cpe.line.subscriber
        return id.flatMap { customer(String($0)) }
    }
}

/// A telephone line behind a CPE.
struct Pots: KrillRecord {
    let id: Int
    let line: Line
    let order: Int
    let written: [String: Input]

    var name: String { "\(line.name)-\(order)" }
    var number: String { "+3491\(Line.padded(id * 37 % 10_000_000, to: 7))" }
}

enum PotsColumns {
    static let path = "isp/potses"

    /// Telephone lines are neither created nor removed here.
    static let resource = KrillResource<Pots>(
        path: path, title: "Pots", fields: fields, canChange: true, list: { $0.potses },
        find: { $0.pots($1) })

    private typealias F = KrillField<Pots>

    private static let fields: [F] = [
        F("id", .integer, isReadOnly: true) { .integer($0.id) },
        F("lineid", isReadOnly: true) { .text($0.name) },
        F("order", .integer, isReadOnly: true) { .integer($0.order) },
        F("cli") { .text($0.number) }, F("label") { _ in .null }, F("context") { _ in .null },
        F("contextname") { _ in .null }, F("custom_digitmap") { _ in .null },
        F("dtmf", choices: ["auto", "inband", "rfc2833", "info"]) { _ in .text("auto") },
        F("language") { _ in .null }, F("username") { .text($0.name) },
        F("password") { .text("s3cret-sip-\($0.id)") },
        F("pbx_extension", .boolean) { _ in .flag(false) }, F("voicemail", .boolean) { _ in .flag(false) },
        F("voicemail_password") { .text("s3cret-mail-\($0.id)") }, F("billing_profile") { _ in .null },
    ]
}

extension KrillCall {
    var potses: [Pots] { view.lines.filter(sees).flatMap(potses) }

    /// One line of four has a telephone; some of those have two.
    func potses(of line: Line) -> [Pots] {
        guard line.traits.contains(.speaks) else { return [] }
        let written = edits(PotsColumns.path).written
        return (0..<(line.id % 6 == 0 ? 2 : 1)).map { number in
            let id = line.id * 2 - 1 + number
            return Pots(id: id, line: line, order: number + 1, written: written[id] ?? [:])
        }
    }

    func pots(_ text: String) -> Pots? {
        guard let id = Int(text), id > 0, let line = view.line((id + 1) / 2), sees(line) else { return nil }
        return potses(of: line).first { $0.id == id }
    }
}
