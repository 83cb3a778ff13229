import Domain
import Links
import Testing

@Suite("What an update leaves as it was found")
struct FindingsTests {
    private static let device = Made.device.adding([Field("in_bps", "In", .rate)])

    private func network(
        after earlier: Network = .empty, status: String = "up", traffic: Int64 = 1, name: String = "mad1",
        severity: String = "critical", rows: [String] = ["1"], freshness: Freshness = .fresh
    ) -> Network {
        let devices = Made.table(
            Self.device, Made.nms,
            rows.map { ($0, [.status: .text(status), .name: .text(name), "in_bps": .integer(traffic)]) })
        let alerts = Made.table(
            Made.alert, Made.nms,
            [("5", [.severity: .text(severity), .device: .ref(devices.refs[0]), .state: "open"])])
        let others = Made.table(Made.device, Made.access, [("9", [.status: "up", .name: "mad1"])])
        return earlier.updated([Feed(devices, freshness), Feed(alerts), Feed(others)])
    }

    @Test("other traffic leaves roots and impacts as they are, and is what the rows say now")
    func traffic() {
        let before = network()
        let after = network(after: before, traffic: 2)
        #expect(after.findings == before.findings)
        #expect(after.index.tables[0].integer(0, "in_bps") == 2)
        #expect(
            after.impact(of: after.index.tables[1].refs[0])
                == before.impact(of: before.index.tables[1].refs[0]))
    }

    @Test(
        "a state, a name, a severity, a row more or less, and what can't be believed any more are looked at again"
    )
    func told() {
        let before = network()
        #expect(network(after: before, status: "down").findings != before.findings)
        #expect(network(after: before, name: "mad2").findings != before.findings)
        #expect(network(after: before, severity: "warning").findings != before.findings)
        #expect(network(after: before, rows: ["1", "2"]).findings != before.findings)
        #expect(network(after: before, freshness: .stale).findings != before.findings)
        let more = network(rows: ["1", "2"])
        #expect(network(after: more).findings != more.findings)
    }

    @Test("the same key in another field may mean another thing: it is looked at again")
    func role() {
        let session = Made.session.adding([Field("local", "Local", .text, links: .address)])
        func network(_ peer: String, _ local: String, after earlier: Network = .empty) -> Network {
            let sessions = Made.table(
                session, Made.nms, [("1", [.name: "s", "peer": .text(peer), "local": .text(local)])])
            let others = Made.table(Made.device, Made.access, [("9", [.status: "up", "ip": "198.51.100.7"])])
            return earlier.updated([Feed(sessions), Feed(others)])
        }
        let before = network("198.51.100.7", "")
        #expect(network("", "198.51.100.7", after: before).findings != before.findings)
        #expect(network("198.51.100.7", "", after: before).findings == before.findings)
    }

    @Test("alerts, states and traffic leave what hangs on what; a name of a port, a row and a leg do not")
    func hanging() {
        let before = network()
        #expect(network(after: before, traffic: 2).hanging == before.hanging)
        #expect(network(after: before, status: "down").hanging == before.hanging)
        #expect(network(after: before, severity: "warning").hanging == before.hanging)
        #expect(network(after: before, freshness: .stale).hanging == before.hanging)
        #expect(network(after: before, name: "mad2").hanging != before.hanging)
        #expect(network(after: before, rows: ["1", "2"]).hanging != before.hanging)
        func ported(_ port: String, leg: String, after earlier: Network = .empty) -> Network {
            let device = Made.ref(Made.nms, .device, "1")
            let bond = Made.ref(Made.bonding, .bond, "1")
            return earlier.updated([
                Feed(Made.table(Made.port, Made.nms, [("1", [.name: .text(port), .device: .ref(device)])])),
                Feed(Made.table(Made.leg, Made.bonding, [("1", ["oper": .text(leg), .device: .ref(bond)])])),
            ])
        }
        let ports = ported("Gi0/1", leg: "up")
        #expect(ported("Gi0/1", leg: "up", after: ports).hanging == ports.hanging)
        #expect(ported("Gi0/2", leg: "up", after: ports).hanging != ports.hanging)
        #expect(ported("Gi0/1", leg: "down", after: ports).hanging != ports.hanging)
    }

    @Test("what an alert itself refers to is looked at again where it is about nothing else")
    func bare() {
        let alert = Made.alert.adding([Field("who", "Who", .ref(.customer), dependence: .ofReferred)])
        func network(_ customer: String, after earlier: Network = .empty) -> (network: Network, alerts: Table)
        {
            let customers = Made.table(
                Made.customer, Made.access, [("1", [.name: "a"]), ("2", [.name: "b"])])
            let who = Made.ref(Made.access, .customer, customer)
            let alerts = Made.table(alert, Made.access, [("5", [.state: "open", "who": .ref(who)])])
            return (earlier.updated([Feed(customers), Feed(alerts)]), alerts)
        }
        let before = network("1")
        let after = network("2", after: before.network)
        #expect(after.network.hanging == before.network.hanging)
        var (toll, known) = (Toll(), [EntityRef: Impact]())
        _ = before.network.withImpact(before.alerts, toll: &toll, known: &known)
        var renewed: [EntityRef: Impact] = [:]
        _ = after.network.withImpact(after.alerts, toll: &toll, known: &renewed, earlier: known)
        let entities = renewed.values.flatMap(\.nodes).map(\.entity)
        #expect(entities == [Made.ref(Made.access, .customer, "2")])
    }

    @Test("what was found before gives the same rows as looking at all again", arguments: 0..<30)
    func renewed(_ seed: Int) throws {
        var made = MadeUp(seed)
        let tables = made.tables()
        // Where the same hangs on the same, other alerts come; what of them is stale changes, too.
        var next = made.tables()
        for place in next.indices where tables[place].resource.kind != .alert { next[place] = tables[place] }
        let before = Network(Made.feeds(tables))
        let stale: Set<ResourceKind> = made.roll(2) == 0 ? [.cpe] : []
        let after = before.updated(Made.feeds(next, stale: stale))
        #expect(after.hanging == before.hanging)
        var (toll, known) = (Toll(), [EntityRef: Impact]())
        for table in tables { _ = before.withImpact(table, toll: &toll, known: &known) }
        var (renewedToll, renewed) = (Toll(), [EntityRef: Impact]())
        var (wholeToll, whole) = (Toll(), [EntityRef: Impact]())
        for table in next where table.resource.kind == .alert {
            let again = after.withImpact(table, toll: &renewedToll, known: &renewed, earlier: known)
            let made = after.withImpact(table, toll: &wholeToll, known: &whole)
            #expect(again.hasSameRows(as: made))
        }
        #expect(renewed == whole)
        #expect(renewedToll == wholeToll)
    }
}
