import Domain
import Links
import Testing

@Suite("The impact of alerts as fields of their rows")
struct ImpactFieldTests {
    /// A switch on two servers with a CPE and its customer on it, and an alert of the first server about it.
    private func feeds(
        nms: String = "down", access: String = "down", fresh: [ResourceKind: Freshness] = [:],
        nmsDevices: Freshness = .fresh
    ) -> [Feed] {
        let device = Made.ref(Made.access, .device, "1")
        let customer = Made.ref(Made.access, .customer, "1")
        let tables = [
            Made.table(
                Made.device, Made.access, [("1", [.status: .text(access), "serial": "FDO2233X0AB"])]),
            Made.table(
                Made.cpe, Made.access, [("1", ["olt": .ref(device), .customer: .ref(customer)])]),
            Made.table(Made.customer, Made.access, [("1", [.name: "Acme"])]),
            Made.table(
                Made.alert, Made.nms,
                [
                    (
                        "1",
                        [
                            .severity: "critical", .state: "open",
                            .device: .ref(Made.ref(Made.nms, .device, "1")),
                        ]
                    )
                ]),
        ]
        let own = Made.table(
            Made.device, Made.nms, [("1", [.status: .text(nms), "serial": "FDO2233X0AB"])])
        return tables.map { Feed($0, fresh[$0.resource.kind] ?? .fresh) } + [Feed(own, nmsDevices)]
    }

    private func summary(_ feeds: [Feed]) throws -> String {
        let alerts = try #require(feeds.compactMap(\.table).first { $0.resource.kind == .alert })
        return Network(feeds).withImpact(alerts).text(0, .impact)
    }

    @Test("a switch that is down hits its customer, whichever server says so")
    func down() throws {
        #expect(try summary(feeds()) == "1 customer")
        #expect(try summary(feeds(nms: "up")) == "1 customer")
    }

    @Test("one that all servers say is up hits nobody; where one can't be believed, that is not known")
    func up() throws {
        #expect(try summary(feeds(nms: "up", access: "up")) == "")
        #expect(try summary(feeds(nms: "up", access: "up", nmsDevices: .stale)) == "1+ customers")
        #expect(try summary(feeds(nms: "", access: "up")) == "1 customer")
    }

    @Test("customers who are hit are at least so many where alerts may be missing")
    func toll() throws {
        func count(_ feeds: [Feed], misses: Bool) throws -> Links.Count? {
            let alerts = try #require(feeds.compactMap(\.table).first { $0.resource.kind == .alert })
            var toll = Toll()
            var known: [EntityRef: Impact] = [:]
            _ = Network(feeds).withImpact(alerts, toll: &toll, known: &known)
            if misses { toll.mayMissAlerts() }
            return toll.count
        }
        #expect(try count(feeds(), misses: false) == .exactly(1))
        #expect(try count(feeds(), misses: true) == .atLeast(1))
        #expect(try count(feeds(nms: "up", access: "up"), misses: true) == .unknown)
        #expect(try count(feeds(fresh: [.cpe: .stale]), misses: false) == .atLeast(1))
    }
}
