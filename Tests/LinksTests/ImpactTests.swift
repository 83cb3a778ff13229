import Domain
import Links
import Testing

@Suite("Impact")
struct ImpactTests {
    private func short(_ entity: EntityRef, _ provider: Provider = Provider()) -> String {
        provider.network.impact(of: entity).short
    }

    @Test("a switch takes the bonds whose legs run over its ports; one that keeps a leg keeps its customer")
    func device() {
        let impact = Provider().network.impact(of: Provider.device)
        #expect(impact.short == "2 bonds, 1 customer")
        #expect(impact.bills == .exactly(2))
        let losses = impact.nodes.filter { $0.entity.kind == .bond }.map { ($0.entity, $0.bond?.words ?? "") }
        #expect(losses.contains { $0 == (Provider.bond("1"), "1 of 2 legs left") })
        #expect(losses.contains { $0 == (Provider.bond("2"), "no leg left") })
    }

    @Test("a leg leaves its bond with the others that carry")
    func leg() {
        let impact = Provider().network.impact(of: Provider.leg("1"))
        #expect(impact.short == "1 bond")
        #expect(impact.customers == .exactly(0))
        var provider = Provider()
        provider.legStates[1] = "down"
        #expect(short(Provider.leg("1"), provider) == "1 bond, 1 customer")
    }

    @Test("a PON takes its CPEs, their customers and the bills of these")
    func pon() {
        let impact = Provider().network.impact(of: Provider.pon)
        #expect(impact.cpes == .exactly(3))
        #expect(impact.customers == .exactly(2))
        #expect(impact.bills == .exactly(3))
        #expect(impact.short == "2 customers")
    }

    @Test("an OLT that two servers see has one impact")
    func olt() {
        let network = Provider().network
        #expect(network.impact(of: Provider.olt).counts == network.impact(of: Provider.nmsOLT).counts)
        #expect(network.impact(of: Provider.nmsOLT).cpes == .exactly(3))
    }

    @Test("an aggregator takes its bonds whole")
    func aggregator() {
        let impact = Provider().network.impact(of: Provider.aggregator)
        #expect(impact.short == "2 bonds, 2 customers")
        #expect(impact.nodes.filter { $0.entity.kind == .bond }.allSatisfy { $0.bond?.left == 0 })
    }

    @Test("a customer's impact is what is his: equipment, bonds and bills of all servers")
    func customer() {
        let impact = Provider().network.impact(of: Provider.space("20"))
        #expect(impact.cpes == .exactly(1))
        #expect(impact.bonds == .exactly(1))
        #expect(impact.bills == .exactly(2))
    }

    @Test("an alert's impact is that of what it is about, with the other alerts there")
    func alert() {
        var provider = Provider()
        provider.alerts = [
            Made.table(
                Made.alert, Made.access,
                [
                    ("1", [.severity: "critical", .device: .ref(Provider.olt), "pon": .ref(Provider.pon)]),
                    (
                        "2",
                        [.severity: "warning", .device: .ref(Provider.cpe("1")), "pon": .ref(Provider.pon)]
                    ),
                    ("3", [.severity: "warning", .device: .ref(Provider.cpe("2")), .state: "cleared"]),
                ])
        ]
        let impact = provider.network.impact(of: Made.ref(Made.access, .alert, "1"))
        #expect(impact.start == Provider.pon)
        #expect(impact.otherAlerts == .exactly(1))
        #expect(impact.alerts == [Made.ref(Made.access, .alert, "2")])
        #expect(provider.network.subject(of: Made.ref(Made.access, .alert, "2")) == Provider.cpe("1"))
    }

    @Test("what a stale source feeds is at least so many, and none is not known")
    func stale() {
        var provider = Provider()
        provider.stale = [.customer]
        let pon = provider.network.impact(of: Provider.pon)
        #expect(pon.customers == .atLeast(2))
        #expect(pon.cpes == .exactly(3))
        #expect(pon.short == "2+ customers")
        let leg = provider.network.impact(of: Provider.leg("1"))
        #expect(leg.customers == .unknown)
        #expect(leg.short == "1 bond")
    }

    @Test("what was never read is not none")
    func neverRead() {
        let feeds =
            Provider().feeds.filter { $0.resource.kind != .cpe } + [Feed(Made.cpe, Made.access, nil, .asking)]
        let impact = Network(feeds).impact(of: Provider.pon)
        #expect(impact.cpes == .unknown)
        #expect(impact.customers == .unknown)
        #expect(impact.short == "?")
    }

    @Test("a bond of which a leg is not known does not say how many it has left")
    func unknownLegs() {
        let legs = Made.table(
            Made.leg, Made.bonding, [("1", [.device: .ref(Provider.bond("1")), "oper": "up"])])
        let feeds = Provider().feeds.filter { $0.resource.kind != .leg } + [Feed(legs, .partial)]
        let impact = Network(feeds).impact(of: Provider.leg("1"))
        #expect(impact.nodes.first?.bond?.words == "legs not known")
        #expect(impact.customers == .unknown)
        #expect(impact.bonds == .atLeast(1))
    }

    @Test("what nothing hangs on is none only where that is known")
    func none() {
        let bill = Made.ref(Made.nms, .bill, "1")
        #expect(short(bill) == "none")
        #expect(short(Made.ref(Made.nms, .device, "99")) == "?")
    }

    @Test("a guess hangs nothing on anything")
    func guesses() {
        let tables = [
            Made.table(Made.port, Made.nms, [("1", ["alias": "to {CCT-3622}"])]),
            Made.table(
                Made.leg, Made.bonding,
                [("1", ["circuit_id": "CCT-3622", .device: .ref(Provider.bond("1"))])]),
        ]
        #expect(Network(Made.feeds(tables)).impact(of: Provider.port).nodes.isEmpty)
    }

    @Test("the tree has each node under what it hangs on")
    func tree() {
        let nodes = Provider().network.impact(of: Provider.olt).nodes
        #expect(nodes.first?.depth == 1)
        for (before, node) in zip(nodes, nodes.dropFirst()) { #expect(node.depth <= before.depth + 1) }
    }
}
