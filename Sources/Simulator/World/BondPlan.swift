/// Lays out the bonds of a provider's customers: spaces, aggregators, bonds, their legs and their bonders.
///
/// The legs run over the circuits of the customers as long as there are any, so that a leg's MAC address, IP
/// address and circuit number are those that a monitoring server knows; further ones come from other carriers.
struct BondPlan {
    private let network: Network
    private let noise: Noise
    private let count: Int
    private var book = BondBook()

    /// What was there before the world began.
    static let longAgo = -10_000_000
    static let rootSpace = 1
    /// The legs of each eight bonds in a row: three on average.
    private static let legCounts = [2, 3, 4, 3, 1, 4, 3, 4]

    init(_ world: World) {
        network = world.life.network
        noise = network.noise
        count = world.extent.bonds ?? max(network.devices.count / 12, 3)
    }

    /// The whole book.
    func laid() -> BondBook {
        var plan = self
        plan.layProfiles()
        let aggregators = plan.layAggregators()
        plan.layBonds(aggregators)
        plan.layPeople()
        return plan.book
    }

    private mutating func add(
        _ kind: BondBook.Kind, owner: Int = 0, _ fields: [String: Input], circuit: Int? = nil,
        device: Int? = nil
    ) -> Int {
        book.insert(kind, owner: owner, at: Self.longAgo, fields, circuit: circuit, device: device).id
    }

    // MARK: What bonds refer to

    private mutating func layProfiles() {
        _ = add(
            .space,
            [
                "name": .text("Root"), "key": .text("root"), "parent": .null, "crm_id": .text(""),
            ])
        for (name, margin) in [("Voice first", "5"), ("Even shares", "3"), ("Bulk – nächtlich", "8")] {
            _ = add(
                .qos, ["name": .text(name), "overhead_margin": .number(margin), "space": .number("1")])
        }
        for (name, apn) in [("Example Mobile ES", "internet.example"), ("Nordcell", "m2m.nordcell.example")] {
            _ = add(
                .mobileProfile,
                [
                    "name": .text(name), "apn": .text(apn), "username": .text("bond"),
                    "password": .text("apn-\(noise.pick(10_000...99_999, .bond, apn.count))"),
                ])
        }
        for number in 0..<3 {
            let allocation = add(
                .allocation,
                [
                    "network": .text("198.51.\(100 + number).0/24"), "space": .number("1"),
                    "note": .text(number == 0 ? "connected IPs" : ""),
                ])
            _ = add(.assignment, owner: allocation, ["routing_group": .number("1")])
        }
        book.settings = BondSettings.original
    }

    /// The aggregators run on servers of the network; in one without such servers, on hosts that nobody monitors.
    private mutating func layAggregators() -> [(id: Int, site: Int)] {
        let servers = network.devices.indices.filter {
            NetworkBuilder.isBondServer($0) && !network.devices[$0].isOdd
        }
        var found: [(id: Int, site: Int)] = []
        func fields(_ name: String, _ host: String, _ address: String) -> [String: Input] {
            [
                "name": .text(name), "hostname": .text(host), "ip": .text(address), "ipv6": .text(""),
                "space": .number("1"), "note": .text(""), "maintenance_mode": .flag(false),
                "debug": .flag(false),
            ].merging(Self.nodeSettings) { first, _ in first }
        }
        for index in servers {
            let device = network.devices[index]
            let name = String(device.hostname.prefix { $0 != "." })
            found.append(
                (
                    add(.aggregator, fields(name, device.hostname, device.address), device: index),
                    device.site.id
                ))
        }
        for number in 0..<max(2 - servers.count, 0) {
            let name = "ext-agg-bond0\(number + 1)"
            let address = "203.0.113.\(number + 10)"
            found.append((add(.aggregator, fields(name, "\(name).example.net", address)), 0))
        }
        return found
    }

    static let nodeSettings: [String: Input] = [
        "metric_collection_interval": .number("10"), "metric_reporting_interval": .number("60"),
        "cpu_governor": .text("performance"), "tcp_congestion_control_algorithm": .text("cubic"),
    ]

    // MARK: Bonds

    private mutating func layBonds(_ aggregators: [(id: Int, site: Int)]) {
        let customers = network.customers
        guard !customers.isEmpty else { return }
        var circuits: [Int: [Int]] = [:]
        for (index, circuit) in network.circuits.enumerated().reversed() {
            circuits[circuit.customer, default: []].append(index)
        }
        // Customers with most lines first: a bond is for those to whom one line is not enough.
        let ranked = customers.indices.sorted {
            let (a, b) = (circuits[$0 + 1]?.count ?? 0, circuits[$1 + 1]?.count ?? 0)
            return a == b ? $0 < $1 : a > b
        }
        var spaces: [Int: Int] = [:]
        for number in 0..<count {
            let customer = customers[ranked[number % ranked.count]]
            let space = spaces[customer.id] ?? makeSpace(customer)
            spaces[customer.id] = space
            let bond = makeBond(
                number, space, customer, aggregators, circuits[customer.id]?.last.map { network.circuits[$0] }
            )
            let last = Self.legCounts[number % Self.legCounts.count] - 1
            for position in 0...last {
                // Every other bond has a radio for when the cables fail.
                let isRadio = position == last && position > 0 && number % 2 == 1
                makeLeg(position, of: bond, isRadio ? nil : circuits[customer.id]?.popLast(), isRadio)
            }
            makeBonder(bond, customer, branch: number / ranked.count + 1)
            makeAddresses(bond, number)
        }
    }

    private mutating func makeSpace(_ customer: Customer) -> Int {
        add(
            .space,
            [
                "name": .text(customer.name), "key": .text(customer.externalID.lowercased()),
                "parent": .number("1"), "crm_id": .text(customer.externalID),
            ])
    }

    private mutating func makeBond(
        _ number: Int, _ space: Int, _ customer: Customer, _ aggregators: [(id: Int, site: Int)],
        _ circuit: Circuit?
    ) -> Int {
        let near = aggregators.indices.filter { aggregators[$0].site == customer.site + 1 }
        let primary = near.first ?? number % aggregators.count
        let secondary = (primary + 1 + number % max(aggregators.count - 1, 1)) % aggregators.count
        // One in seven was never given a second one.
        let hasSecondary = secondary != primary && number % 7 != 4
        return add(
            .bond,
            [
                "space": .number(String(space)), "aggregator": .number(String(aggregators[primary].id)),
                "secondary_aggregator": hasSecondary
                    ? .number(String(aggregators[secondary].id)) : .null,
                "qos_profile": number % 3 == 0 ? .number(String(1 + number / 3 % 3)) : .null,
                "circuit_id": .text(circuit?.label ?? ""), "product": .text(Self.products[number % 3]),
                "note": .text(Self.notes[number % Self.notes.count]),
                "proof_of_concept": .flag(number % 13 == 12),
                "packet_distribution_algorithm": .text("idmpq"), "compression": .flag(number % 5 == 0),
                "tunnel_security": .text("none"), "automatic_source_ip": .flag(true),
            ])
    }

    private static let products = ["Bond 100", "Bond 250", "Bond Max"]
    private static let notes = [
        "", "", "SLA gold: call before a restart", "", "second site – Übergabe in UG2", "",
        "modem of leg 2 was swapped in May",
    ]

    private mutating func makeLeg(_ position: Int, of bond: Int, _ index: Int?, _ isRadio: Bool) {
        let circuit = index.map { network.circuits[$0] }
        let draw = noise.pick(0...9, .leg, bond, position)
        let kind: LegKind
        if isRadio || (circuit == nil && position > 0 && draw < 7) {
            kind = .mobileBroadband
        } else {
            kind = draw < 5 ? .dhcp : draw < 8 ? .staticAddress : .pppoe
        }
        // Lines of other carriers have no number here, and addresses that no device of ours knows.
        let number = bond * 8 + position
        let address =
            circuit?.equipmentAddress
            ?? "100.\(112 + number / 65_536 % 16).\(number / 256 % 256).\(number % 256)"
        let mac = circuit?.equipmentMAC ?? 0x00_0D_B9_00_00_00 + number
        let rate = circuit?.rate ?? noise.pick([20, 50, 80, 100], .leg, number, 1) * 1_000_000
        let isOneWay = draw == 9 && position > 1
        let leg = add(
            .leg, owner: bond,
            [
                "type": .text(kind.rawValue), "interface": .text(kind.interface(position)),
                "link_mode": .text("active"), "failover": .flag(kind == .mobileBroadband && position > 0),
                "up_speed": .number(String(isOneWay ? 0 : rate / 5)), "down_speed": .number(String(rate)),
                "mtu": .number(kind == .pppoe ? "1492" : "1500"), "mtu_detection": .flag(true),
                "circuit_id": .text(circuit?.label ?? ""), "note": .text(""),
                "mac_address": .text(Self.words(mac)), "ip": .text(address),
            ].merging(makeLine(kind, number, address)) { first, _ in first }, circuit: index)
        if noise.chance(20, .leg, leg, 3) {
            book.write(.leg, leg, ["link_mode": .text("idle")], at: Self.longAgo)
        }
    }

    /// What a leg of one kind needs and others have not.
    private func makeLine(_ kind: LegKind, _ number: Int, _ address: String) -> [String: Input] {
        let gateway =
            String(address.prefix(through: address.lastIndex(of: ".") ?? address.startIndex)) + "254"
        switch kind {
        case .dhcp: return ["gateway": .text(gateway)]
        case .staticAddress: return ["netmask": .text("255.255.255.0"), "gateway": .text(gateway)]
        case .pppoe:
            return [
                "username": .text("line\(number)@dsl.example.net"),
                "password": .text("ppp-\(noise.pick(100_000...999_999, .leg, number, 5))"),
                "service_name": .text(""),
            ]
        case .mobileBroadband: return ["mobile_provider_profile": .number(String(1 + number % 2))]
        }
    }

    private static func words(_ mac: Int) -> String {
        (0..<6).map { index in
            let byte = String(mac >> (40 - 8 * index) & 0xff, radix: 16)
            return byte.utf8.count < 2 ? "0" + byte : byte
        }.joined(separator: ":")
    }

    private mutating func makeBonder(_ bond: Int, _ customer: Customer, branch: Int) {
        let slug = customer.name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
        let name = String(slug).split(separator: "-").joined(separator: "-")
        let serial = String(noise.bits(.serial, bond, 77) & 0xff_ffff, radix: 16).uppercased()
        _ = add(
            .bonder, owner: bond,
            [
                "name": .text(branch == 1 ? name : "\(name)-\(branch)"), "username": .text("bonder"),
                "password": .text("ssh-\(noise.bits(.bond, bond, 9) >> 24)"),
                "serial_number": .text("BND\(serial)"), "asset_tag": .text("A-\(20_000 + bond)"),
                "note": .text(""), "debug": .flag(false),
            ].merging(Self.nodeSettings) { first, _ in first })
    }

    private mutating func makeAddresses(_ bond: Int, _ number: Int) {
        let block = "198.51.\(100 + number / 64 % 100).\(number % 64 * 4)"
        _ = add(
            .connectedIP, owner: bond,
            [
                "ip": .text(block), "network": .text("\(block)/30"), "interface": .text("eth0"),
                "enabled": .flag(true), "include_private_wan": .flag(false), "note": .text(""),
            ])
        guard number % 2 == 0 else { return }
        _ = add(
            .natIP, owner: bond,
            [
                "ip": .text("203.0.\(113 + number / 250 % 100).\(number % 250 + 1)"),
                "enabled": .flag(number % 6 != 2), "note": .text(""),
            ])
        _ = add(
            .route, owner: bond,
            [
                "network": .text("10.\(number / 250 % 250).\(number % 250).0/24"),
                "gateway": .text("192.168.1.254"), "enabled": .flag(true),
                "include_private_wan": .flag(false), "note": .text(number % 4 == 0 ? "voice VLAN" : ""),
            ])
    }

    // MARK: People

    private mutating func layPeople() {
        for group in BondingAccount.groups {
            _ = add(
                .group,
                ["name": .text(group.name), "permissions": .list(group.permissions.map { .text($0) })])
        }
        for account in BondingAccount.allCases {
            let space = account.isOfCustomer ? customerSpace : Self.rootSpace
            _ = add(
                .user,
                [
                    "email": .text(account.user), "name": .text(account.title), "active": .flag(true),
                    "space": .number(String(space)), "groups": .list([.number(String(account.group))]),
                    "timezone": .text("UTC"),
                ])
        }
    }

    /// The space of the account that sees one customer: the first below the root.
    private var customerSpace: Int { book[.space].ids.dropFirst().first ?? Self.rootSpace }
}

/// What a leg runs over.
enum LegKind: String, Sendable, CaseIterable {
    case dhcp
    case staticAddress = "static"
    case pppoe
    case mobileBroadband = "mobilebroadband"

    /// The collection in which such legs are made and changed.
    var collection: String { rawValue + "_legs" }

    func interface(_ position: Int) -> String {
        switch self {
        case .pppoe: "ppp\(position)"
        case .mobileBroadband: "wwan\(position)"
        case .dhcp, .staticAddress: "eth\(position + 1)"
        }
    }
}
