import Domain
import Links
import Testing

@Suite("Link index")
struct LinkIndexTests {
    private static let legs = Made.table(
        Made.leg, Made.bonding, [("1", ["mac": "00:1b:21:aa:bb:01"]), ("2", ["mac": "00:1b:21:aa:bb:02"])])

    private static func ports(_ macs: [String]) -> Table {
        Made.table(
            Made.port, Made.nms, macs.enumerated().map { ("\($0 + 1)", ["mac": .text($1)]) })
    }

    @Test("a rule links by what it reads, says its name, and is not exact")
    func rules() {
        let rule = LinkRule(
            "labels", from: .init(.port, "alias") { $0.hasPrefix("leg ") ? String($0.dropFirst(4)) : nil },
            to: .init(.leg, .name))
        let port = Made.table(
            Made.port, Made.nms, [("1", ["alias": "leg ACME-2 "]), ("2", ["alias": "leg other"])])
        let legs = Made.table(Made.leg, Made.bonding, [("1", [.name: "acme-2"])])
        let network = Network(Made.feeds([port, legs]), rules: [rule])
        let links = network.links(of: Made.ref(Made.bonding, .leg, "1"))
        #expect(links.map(\.other) == [Made.ref(Made.nms, .port, "1")])
        #expect(links.map(\.evidence) == [.rule("labels")])
        #expect(network.links(of: Made.ref(Made.nms, .port, "1")).map(\.evidence) == [.rule("labels")])
        #expect(network.links(of: Made.ref(Made.nms, .port, "2")).isEmpty)
    }

    @Test("a rule links one with many, not many with many")
    func ruleOfMany() {
        let rule = LinkRule("groups", from: .init(.port, "alias"), to: .init(.leg, .name))
        let legs = Made.table(
            Made.leg, Made.bonding, [("1", [.name: "a"]), ("2", [.name: "b"]), ("3", [.name: "b"])])
        let ports = Made.table(
            Made.port, Made.nms,
            [("1", ["alias": "a"]), ("2", ["alias": "a"]), ("3", ["alias": "b"]), ("4", ["alias": "b"])])
        let network = Network(Made.feeds([legs, ports]), rules: [rule])
        #expect(network.links(of: Made.ref(Made.bonding, .leg, "1")).count == 2)
        #expect(network.links(of: Made.ref(Made.bonding, .leg, "2")).isEmpty)
    }

    @Test("a rule works within one server")
    func ruleAlone() {
        let rule = LinkRule("refs", from: .init(.bill, "custid"), to: .init(.port, "alias"))
        let network = Network(
            Made.feeds([
                Made.table(Made.bill, Made.nms, [("1", ["custid": "A-1"])]),
                Made.table(Made.port, Made.nms, [("1", ["alias": "A-1"])]),
            ]), rules: [rule])
        #expect(network.links(of: Made.ref(Made.nms, .bill, "1")).map(\.evidence) == [.rule("refs")])
    }

    @Test("guesses can be turned off")
    func withoutGuesses() {
        let tables = [
            Made.table(Made.device, Made.nms, [("1", [.name: "sw1"])]),
            Made.table(Made.device, Made.access, [("1", [.name: "sw1"])]),
        ]
        let device = Made.ref(Made.nms, .device, "1")
        #expect(Network(Made.feeds(tables)).links(of: device).map(\.evidence) == [.guess])
        #expect(Network(Made.feeds(tables), options: LinkOptions(guesses: false)).links(of: device).isEmpty)
    }

    @Test("one server alone has no links, and its keys are not read")
    func alone() {
        let index = LinkIndex([
            Self.ports(["00:1b:21:aa:bb:01"]),
            Made.table(Made.cpe, Made.nms, [("1", ["mac": "00:1b:21:aa:bb:01"])]),
        ])
        #expect(index.links(of: Made.ref(Made.nms, .port, "1")).isEmpty)
        #expect(index.keyCount == 0)
        #expect(index.refusals().isEmpty)
    }

    @Test("an update finds what changed, came and went, as if all were read again")
    func update() {
        let before = Self.ports(["00:1b:21:aa:bb:01", "00:1b:21:aa:bb:09", "00:1b:21:aa:bb:08"])
        let after = Made.table(
            Made.port, Made.nms,
            [
                ("3", ["mac": "00:1b:21:aa:bb:08"]), ("1", ["mac": "00:1b:21:aa:bb:02"]),
                ("4", ["mac": "00:1b:21:aa:bb:01"]),
            ])
        let updated = LinkIndex([before, Self.legs]).updated([after, Self.legs])
        let whole = LinkIndex([after, Self.legs])
        for entity in before.refs + after.refs + Self.legs.refs {
            #expect(updated.links(of: entity) == whole.links(of: entity), "\(entity)")
        }
        #expect(
            updated.links(of: Made.ref(Made.bonding, .leg, "1")).map(\.other) == [
                Made.ref(Made.nms, .port, "4")
            ])
        #expect(updated.keyCount == whole.keyCount)
    }

    @Test("tables that come and go take their links along")
    func tables() {
        let ports = Self.ports(["00:1b:21:aa:bb:01"])
        let leg = Made.ref(Made.bonding, .leg, "1")
        let alone = LinkIndex([Self.legs])
        let both = alone.updated([Self.legs, ports])
        #expect(both.links(of: leg).count == 1)
        #expect(both.updated([Self.legs]).links(of: leg).isEmpty)
    }

    @Test("what is refused is listed with its reason and who has it")
    func refusals() {
        let ports = Self.ports(["00:00:00:00:00:00", "00:1b:21:aa:bb:01", "00:1b:21:aa:bb:01"])
        let refusals = LinkIndex([ports, Self.legs]).refusals()
        #expect(
            refusals.map { "\($0.key) \($0.value): \($0.reason), \($0.count)" } == [
                "MAC address 00:00:00:00:00:00: a placeholder, 1",
                "MAC address 00:1b:21:aa:bb:01: shared by 2 ports of one server, 2",
            ])
        #expect(refusals.last?.entities == [Made.ref(Made.nms, .port, "2"), Made.ref(Made.nms, .port, "3")])
    }
}
