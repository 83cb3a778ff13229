/// The fields of a CPE, as Krill prints them.
enum CPEColumns {
    static let resource = KrillResource<CPE>(
        path: CPE.path, title: "Cpe", fields: place + service + network + equipment + secrets + links,
        joins: joins, canCreate: true, canChange: true, canDelete: true, list: { $0.cpes },
        find: { $0.cpe(named: $1) }, check: check)

    static let byName = Dictionary(uniqueKeysWithValues: resource.columns.map { ($0.name, $0) })

    private typealias F = KrillField<CPE>

    private static func null(_ name: String) -> F { F(name) { _ in .null } }
    private static func empty(_ name: String) -> F { F(name) { _ in .text("") } }
    private static func flag(_ name: String, _ value: @escaping @Sendable (CPE) -> Bool) -> F {
        F(name, .boolean) { .flag(value($0)) }
    }

    private static let place: [F] = [
        F("id", .integer, isReadOnly: true) { .integer($0.id) },
        F("cpename", isReadOnly: true) { .text($0.name) },
        F("internal_id", isReadOnly: true) { .text($0.name) },
        F("external_id") { .text(orNull: $0.line.circuit?.label) },
        F("realm", isRequired: true) { .text($0.line.realm) },
        F("customer", .field, isRequired: true) { .integer(orNull: $0.line.subscriber) },
        F("address") { cpe in
            cpe.line.node == nil
                ? .text("") : .text("Calle \(cpe.pick(1...80, 43)), \(cpe.pick(1...120, 44))")
        },
        F("city") { .text($0.site.map { String($0.location.prefix { $0 != "," }) } ?? "") },
        empty("country"), empty("locality"),
        F("postalcode") { cpe in cpe.line.node == nil ? .null : .text("\(28_000 + cpe.pick(1...99, 45))") },
        F("latitude") { .text(orNull: $0.coordinates.map { "\($0.latitude)" }) },
        F("longitude") { .text(orNull: $0.coordinates.map { "\($0.longitude)" }) },
        empty("notes"),
        F("created", .datetime, isReadOnly: true) { cpe in
            cpe.call.time(cpe.call.krill.world.origin - cpe.pick(8_000_000...90_000_000, 46))
        },
        F("updated", .datetime, isReadOnly: true) { cpe in
            cpe.call.time(cpe.call.krill.world.origin - cpe.pick(90_000...7_000_000, 47))
        },
    ]

    private static let service: [F] = [
        flag("access") { !$0.line.traits.contains(.isSuspended) },
        flag("active") { _ in true },
        F("profile", .integer, isRequired: true) { .integer($0.profile.id) },
        F("line_profile") { .text($0.line.circuit == nil ? "residential" : "business") },
        F("address_profile", choices: ["public", "nat", "fixed"]) { cpe in
            .text(cpe.line.circuit != nil ? "fixed" : cpe.id % 5 == 0 ? "public" : "nat")
        },
        flag("bridge") { _ in false },
        flag("disable_provision") { $0.line.traits.contains(.isFrozen) },
        flag("disable_reconfig") { _ in false },
        flag("enable_notifications") { _ in false },
        flag("external_voip") { _ in false },
        F("expiration_date", .datetime) { _ in .null },
        flag("probe") { _ in false },
        F("voip_profile") { .text(orNull: $0.line.traits.contains(.speaks) ? "sip" : nil) },
        null("tv_profile"), null("me_vlan"), null("dsn"), null("remote_id"), null("lan_cidr"),
    ]

    private static let network: [F] = [
        F("tech", choices: Technology.allCases.map(\.rawValue) + ["ghn"]) {
            .text($0.line.technology.rawValue)
        },
        F("tech_updated", .datetime, isReadOnly: true) { _ in .null },
        F("topology") { .text($0.topology) },
        F("fixed_address") { .text(orNull: $0.line.circuit?.equipmentAddress) },
        F("mac") { .text(orNull: $0.line.circuit == nil && $0.line.technology == .gpon ? nil : $0.macText) },
        F("wanmac") { .text(orNull: $0.line.node == nil ? nil : $0.macText) },
        F("mtamac") { .text(orNull: $0.line.technology == .docsis ? MACText.of($0.line.mac + 1) : nil) },
        F("sn") { .text(orNull: $0.line.node == nil ? nil : $0.line.serial) },
    ]

    private static let equipment: [F] = [
        F("model") { .text($0.line.model.name) },
        F("avatar", isReadOnly: true) { .text($0.line.model.avatar) },
        F("has_tr069", .boolean, isReadOnly: true) { .flag($0.line.technology == .gpon) },
        flag("tr069") { $0.line.technology == .gpon },
        F("is_router", .boolean, isReadOnly: true) { _ in .flag(true) },
        flag("is_bitstream") { $0.id % 40 == 7 },
        F("wifi_ssid") { .text($0.line.node == nil ? "" : "wifi-\($0.name)") },
        null("wifi_profile"),
    ]

    /// Krill gives these out in clear; the word `s3cret` is there so that a test can look for it anywhere.
    private static let secrets: [F] = [
        F("pppoe_username") { .text($0.line.traits.contains(.dials) ? "\($0.name)@isp" : "") },
        F("pppoe_password") { .text($0.line.traits.contains(.dials) ? "s3cret-ppp-\($0.id)" : "") },
        F("wifi_password") { .text($0.line.node == nil ? "" : "s3cret-wifi-\($0.id)") },
    ]

    private static let links: [F] = [
        F("_services", .field, isReadOnly: true) { .list($0.services.map(Value.text)) },
        F("_links", .field, isReadOnly: true) { $0.linksValue },
    ]

    private static let joins: [Column<CPE>] = [
        Column("customer", in: .krill) { cpe in
            guard let customer = cpe.call.customer(of: cpe) else { return .null }
            return Column.object(customer, CustomerColumns.resource.columns)
        },
        Column("potses", in: .krill) { cpe in
            .list(cpe.call.potses(of: cpe.line).map { Column.object($0, PotsColumns.resource.columns) })
        },
        Column("profile", in: .krill) { $0.profile.value },
        Column("model", in: .krill) { $0.modelValue },
    ]

    @Sendable
    private static func check(_ call: KrillCall, _ body: Input) -> [(field: String, words: String)] {
        var wrong: [(field: String, words: String)] = []
        if !body["customer"].isNull {
            let id = body["customer"].integer
            if id.flatMap({ call.customer(String($0)) }) == nil {
                wrong.append(
                    ("customer", "Invalid pk \"\(body["customer"].plain)\" - object does not exist."))
            }
        }
        if let profile = body["profile"].integer, !CPEProfile.all.contains(where: { $0.id == profile }) {
            wrong.append(("profile", "Invalid pk \"\(profile)\" - object does not exist."))
        }
        return wrong
    }
}

/// 48 bits with colons.
enum MACText {
    static func of(_ mac: Int) -> String {
        stride(from: 40, through: 0, by: -8).map { shift in
            let digits = String(mac >> shift & 0xff, radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }.joined(separator: ":")
    }
}

extension CPE {
    var macText: String { MACText.of(line.mac) }

    /// Where in the passive plant it hangs: one word for all lines of a splitter, as long as a UUID.
    var topology: String {
        guard let pon = line.pon else { return "" }
        let bits = noise.bits(.alias, pon, line.position / 8)
        let digits = String(repeating: "0", count: 16) + String(bits, radix: 16)
        let word = digits.suffix(16)
        return
            "\(word.prefix(8))-\(word.dropFirst(8).prefix(4))-4\(word.suffix(3))-8000-0000000000\(Line.padded(pon % 100, to: 2))"
    }

    /// Relative, without the application and without a closing slash, as real servers print them.
    var linksValue: Value {
        func path(_ tail: String) -> Value { .text("/api/v2/cpes/\(id)/\(tail)") }
        let actions = self.actions.map { name in
            Value.Member(name, path(name == "diagnostic" ? "cwmp_diagnostic" : name))
        }
        let related = [
            "customer", "cwmp_info", "events", "info", "links", "livestatus", "logs", "model", "potses",
            "profile",
        ]
        return [
            "actions": .object(actions),
            "links": .object([.init("cdrs", path("events?type=cdr"))] + related.map { .init($0, path($0)) }),
        ]
    }

    var modelValue: Value {
        [
            "name": .text(line.model.name), "vendor": .text(line.model.vendor),
            "avatar": .text(line.model.avatar), "tech": .text(line.technology.rawValue),
        ]
    }
}

extension CPEProfile {
    var value: Value {
        ["id": .integer(id), "name": .text(name), "downstream": .text(words), "upstream": .text(words)]
    }
}
