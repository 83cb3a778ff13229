import Domain
import Links
import Testing

/// A made-up network of several servers whose keys collide often, the same for each seed.
struct MadeUp {
    private var state: UInt64
    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func roll(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }

    private mutating func mac() -> Made.Cell {
        ["", "00:00:00:00:00:00", "52:54:00:00:00:0\(roll(5))"][safe: roll(9)]
            ?? .text("00:1b:21:00:00:0\(roll(9))")
    }
    private mutating func address() -> Made.Cell {
        ["", "0.0.0.0", "10.0.7.\(roll(4) + 3)"][safe: roll(6)] ?? .text("198.51.100.\(roll(9))")
    }
    private mutating func name() -> Made.Cell {
        ["localhost", "sw\(roll(4))", "sw\(roll(4)).lan"][safe: roll(6)] ?? .text("sw\(roll(9)).example.net")
    }
    private mutating func serial() -> Made.Cell { roll(3) == 0 ? "" : .text("FDO2233X0A\(roll(9))") }
    private mutating func number(_ word: String) -> Made.Cell {
        roll(4) == 0 ? "" : .text("\(word)-104\(roll(7))")
    }
    private mutating func word() -> Made.Cell { ["up", "down", "unknown"][safe: roll(4)] ?? "up" }

    private mutating func rows(_ count: Int, _ make: (inout MadeUp, Int) -> [FieldKey: Made.Cell]) -> [Made
        .Row]
    {
        (0..<roll(count)).map { ("\($0)", make(&self, $0)) }
    }

    mutating func tables() -> [Table] {
        var tables: [Table] = []
        for backend in [Made.nms, Made.nms2] {
            tables.append(
                Made.table(
                    Made.device, backend,
                    rows(9) {
                        [
                            .status: $0.word(), .name: $0.name(), "ip": $0.address(), "serial": $0.serial(),
                            "mac": $0.mac(), "parent": .ref(Made.ref(backend, .device, "\($0.roll(9))")),
                            .note: .text("see CUST-104\($0.roll(7)) and \($1)"),
                        ]
                    }))
            tables.append(
                Made.table(
                    Made.port, backend,
                    rows(12) {
                        [
                            "oper": $0.word(), .device: .ref(Made.ref(backend, .device, "\($0.roll(9))")),
                            .name: .text("Gi0/\($1)"), "alias": .text("to {CCT-104\($0.roll(7))}"),
                            "mac": $0.mac(), "circuit_id": $0.number("CCT"),
                        ]
                    }))
            tables.append(
                Made.table(Made.bill, backend, rows(6) { made, _ in ["custid": made.number("CUST")] }))
        }
        let access = Made.access
        tables.append(
            Made.table(
                Made.pon, access,
                rows(4) { made, _ in
                    ["oper": made.word(), .device: .ref(Made.ref(access, .device, "\(made.roll(3))"))]
                }))
        tables.append(
            Made.table(
                Made.device, access,
                rows(4) { made, _ in [.status: made.word(), .name: made.name(), "serial": made.serial()] }))
        tables.append(
            Made.table(
                Made.cpe, access,
                rows(12) { made, _ in
                    [
                        .status: made.word(), .customer: .ref(Made.ref(access, .customer, "\(made.roll(6))")),
                        "pon": .ref(Made.ref(access, "pon", "\(made.roll(4))")), "serial": made.serial(),
                        "mac": made.mac(), .externalID: made.number("CCT"), "host_name": made.name(),
                    ]
                }))
        for backend in [access, Made.bonding] {
            tables.append(
                Made.table(Made.customer, backend, rows(7) { made, _ in [.externalID: made.number("CUST")] }))
        }
        let bonding = Made.bonding
        tables.append(
            Made.table(
                Made.bond, bonding,
                rows(6) { made, _ in
                    [
                        .status: made.word(),
                        .customer: .ref(Made.ref(bonding, .customer, "\(made.roll(7))")),
                        .aggregator: .ref(Made.ref(bonding, .aggregator, "\(made.roll(2))")),
                        "circuit_id": made.number("CCT"), .legsTotal: .integer(Int64(made.roll(3))),
                    ]
                }))
        tables.append(
            Made.table(
                Made.leg, bonding,
                rows(12) { made, _ in
                    [
                        "oper": made.word(), .device: .ref(Made.ref(bonding, .bond, "\(made.roll(6))")),
                        "circuit_id": made.number("CCT"), "mac": made.mac(), "address": made.address(),
                    ]
                }))
        tables.append(
            Made.table(
                Made.aggregator, bonding,
                rows(3) { made, _ in [.status: made.word(), .name: made.name(), "ip": made.address()] }))
        for backend in [Made.nms, access, bonding] {
            let kinds: [ResourceKind] =
                backend == bonding ? [.bond, .leg, .aggregator] : [.device, .cpe, "pon"]
            tables.append(
                Made.table(
                    Made.alert, backend,
                    rows(12) { made, number in
                        let about = Made.ref(backend, kinds[made.roll(3)], "\(made.roll(8))")
                        return [
                            .severity: ["warning", "critical"][made.roll(2)], .state: "open",
                            .since: .integer(Int64(made.roll(4_000))), .device: .ref(about),
                            .cause: made.roll(6) == 0
                                ? .ref(Made.ref(backend, .alert, "\(made.roll(12))")) : "",
                            .rule: .text("alert \(number)"),
                        ]
                    }))
        }
        return tables
    }
}

extension Array {
    fileprivate subscript(safe place: Int) -> Element? { indices.contains(place) ? self[place] : nil }
}

@Suite("Made-up networks")
struct PropertyTests {
    private static let kinds: [ResourceKind] = [.customer, .bond, .cpe, .bill, .alert, .port, .leg, .device]

    @Test(
        "links are symmetric, have a reason, and never lead to the own server or to nobody", arguments: 0..<30
    )
    func symmetric(_ seed: Int) {
        var made = MadeUp(seed)
        let network = Network(Made.feeds(made.tables()))
        for entity in network.index.tables.flatMap(\.refs) {
            for link in network.links(of: entity) {
                #expect(!link.reasons.isEmpty)
                #expect(link.other.backend != entity.backend)
                #expect(network.row(of: link.other) != nil)
                let back = network.links(of: link.other).first { $0.other == entity }
                #expect(back?.evidence == link.evidence, "\(entity) \(link)")
                #expect(back?.isSameThing == link.isSameThing, "\(entity) \(link)")
                #expect(Set(back?.reasons.map(\.words) ?? []) == Set(link.reasons.map(\.words)))
            }
        }
    }

    @Test("a thing has one member of each server, and all its members say so", arguments: 0..<30)
    func things(_ seed: Int) {
        var made = MadeUp(seed)
        let network = Network(Made.feeds(made.tables()))
        for thing in network.things {
            #expect(Set(thing.members.map(\.backend)).count == thing.members.count)
            for member in thing.members { #expect(network.thing(of: member) == thing) }
        }
        for table in network.index.tables where [.device, .cpe, .customer].contains(table.resource.kind) {
            for entity in table.refs where network.thing(of: entity) == nil {
                #expect(network.doubles[entity] == nil)
            }
        }
    }

    @Test("an updated network is the one that reading all again would give", arguments: 0..<20)
    func updates(_ seed: Int) {
        var made = MadeUp(seed)
        let before = made.tables()
        var after = made.tables()
        for place in after.indices where made.roll(2) == 0 { after[place] = before[place] }
        let updated = Network(Made.feeds(before)).updated(Made.feeds(after))
        let whole = Network(Made.feeds(after))
        #expect(updated.index.keyCount == whole.index.keyCount)
        #expect(updated.things == whole.things)
        #expect(updated.roots == whole.roots)
        for entity in after.flatMap(\.refs) {
            #expect(updated.links(of: entity) == whole.links(of: entity))
            #expect(updated.impact(of: entity) == whole.impact(of: entity))
        }
    }

    @Test("impact counts each thing once, and nothing that is not in the tree", arguments: 0..<30)
    func once(_ seed: Int) {
        var made = MadeUp(seed)
        let network = Network(Made.feeds(made.tables()))
        for entity in network.index.tables.flatMap(\.refs) {
            let impact = network.impact(of: entity)
            var seen = Set([impact.start]).union(network.thing(of: impact.start)?.members ?? [])
            for node in impact.nodes {
                #expect(seen.insert(node.entity).inserted, "\(entity): \(node.entity) twice")
                seen.formUnion(network.thing(of: node.entity)?.members ?? [])
            }
            let counted = impact.counts.filter { $0.key != .alert }.compactMap(\.value.least).reduce(0, +)
            #expect(counted == impact.nodes.count)
            #expect(Set(impact.alerts).count == impact.alerts.count)
        }
    }

    @Test("a stale source never makes a number smaller, and never turns ? into a number", arguments: 0..<12)
    func stale(_ seed: Int) {
        var made = MadeUp(seed)
        let tables = made.tables()
        let network = Network(Made.feeds(tables, stale: made.roll(2) == 0 ? [.cpe] : []))
        let freshFeeds = network.feeds
        for kind in Set(tables.map(\.resource.kind)) {
            let feeds = freshFeeds.map {
                $0.resource.kind == kind ? Feed($0.resource, $0.backend, $0.table, .lost) : $0
            }
            let later = network.updated(feeds)
            for entity in tables.flatMap(\.refs) {
                let (before, after) = (network.impact(of: entity), later.impact(of: entity))
                for (kind, count) in before.counts {
                    let now = after.counts[kind]
                    #expect((now?.least ?? 0) >= (count.least ?? 0))
                    if count == .unknown { #expect(now == .unknown) }
                    if now?.exact != nil { #expect(now == count) }
                }
            }
        }
    }

    @Test("taking a key away from a row never adds a link to it", arguments: 0..<10)
    func removal(_ seed: Int) {
        var made = MadeUp(seed)
        let tables = made.tables()
        let network = Network(Made.feeds(tables))
        for (place, table) in tables.enumerated() {
            let keys = table.resource.fields.compactMap(\.links)
            for entity in table.refs where !keys.isEmpty && made.roll(3) == 0 {
                var less = tables
                less[place] = table.without(keys[made.roll(keys.count)], of: entity)
                let later = network.updated(Made.feeds(less))
                let before = Set(network.links(of: entity).map(\.other))
                #expect(before.isSuperset(of: later.links(of: entity).map(\.other)))
            }
        }
    }

    @Test("a root is an open alert that follows from none, and no alert is its own", arguments: 0..<30)
    func roots(_ seed: Int) {
        var made = MadeUp(seed)
        let network = Network(Made.feeds(made.tables()))
        for (alert, root) in network.roots {
            #expect(alert != root)
            #expect(network.roots[root] == nil)
            #expect(network.row(of: root) != nil)
        }
    }
}

extension Table {
    /// The same without the values of some keys in the row of an entity.
    fileprivate func without(_ key: LinkKey, of entity: EntityRef) -> Table {
        var builder = TableBuilder(resource, backend)
        for row in 0..<count {
            builder.begin(refs[row])
            for (column, field) in resource.fields.enumerated()
            where refs[row] != entity || field.links != key {
                switch value(row, column) {
                case .text(let text): builder.set(column, text: text)
                case .integer(let integer): builder.set(column, integer: integer)
                case .ref(let other, let name): builder.set(column, ref: other, name: name)
                default: break
                }
            }
        }
        return builder.finish()
    }
}
