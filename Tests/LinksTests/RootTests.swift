import Domain
import Links
import Testing

@Suite("Causes across servers")
struct RootTests {
    private typealias Row = Made.Row

    private func alert(
        _ id: String, _ about: EntityRef, _ severity: String = "critical", since: Int64 = 1_000
    ) -> Row {
        let key: FieldKey = about.kind == .port ? "port" : about.kind == "pon" ? "pon" : .device
        return (id, [.severity: .text(severity), key: .ref(about), .since: .integer(since), .state: "open"])
    }

    private func roots(_ provider: Provider, _ alerts: [(BackendID, [Row])]) -> [String: String] {
        var provider = provider
        provider.alerts = alerts.map { Made.table(Made.alert, $0, $1) }
        return Dictionary(
            uniqueKeysWithValues: provider.network.roots.map {
                ("\($0.backend.index) \($0.id)", "\($1.backend.index) \($1.id)")
            })
    }

    @Test("a leg and its bond follow from the port that the leg runs over, and that from its device")
    func line() {
        var provider = Provider()
        provider.switchState = "down"
        provider.legStates = ["down", "up", "up", "up"]
        provider.bondStates[0] = "degraded"
        let found = roots(
            provider,
            [
                (Made.nms, [alert("1", Provider.device), alert("2", Provider.port, "warning")]),
                (Made.bonding, [alert("7", Provider.leg("1")), alert("8", Provider.bond("1"), "warning")]),
            ])
        #expect(found == ["0 2": "0 1", "2 7": "0 1", "2 8": "0 1"])
    }

    @Test("CPEs follow from their PON, and that from its OLT as another server sees it")
    func plant() {
        var provider = Provider()
        (provider.oltState, provider.ponState, provider.cpeState) = ("down", "down", "down")
        let found = roots(
            provider,
            [
                (Made.nms, [alert("1", Provider.nmsOLT, since: 900)]),
                (
                    Made.access,
                    [
                        alert("3", Provider.olt), alert("4", Provider.pon),
                        alert("5", Provider.cpe("1"), "warning"),
                    ]
                ),
            ])
        #expect(found == ["1 3": "0 1", "1 4": "0 1", "1 5": "0 1"])
    }

    @Test("the same outage on two servers is one, under the first")
    func same() {
        var provider = Provider()
        provider.oltState = "down"
        let found = roots(
            provider,
            [
                (Made.nms, [alert("1", Provider.nmsOLT)]),
                (Made.access, [alert("3", Provider.olt, since: 940)]),
            ])
        #expect(found == ["0 1": "1 3"])
    }

    @Test("bonds follow from their aggregator")
    func aggregator() {
        var provider = Provider()
        provider.bondStates = ["down", "down"]
        let aggregator = Made.table(Made.aggregator, Made.bonding, [("1", [.status: "down"])])
        provider.alerts = [
            Made.table(
                Made.alert, Made.bonding,
                [
                    alert("1", Provider.aggregator), alert("2", Provider.bond("1")),
                    alert("3", Provider.bond("2")),
                ])
        ]
        let feeds = provider.feeds.filter { $0.resource.kind != .aggregator } + [Feed(aggregator)]
        #expect(Set(Network(feeds).roots.values) == [Made.ref(Made.bonding, .alert, "1")])
        #expect(Network(feeds).roots.count == 2)
    }

    @Test("what a server calls the cause is one, and the chain goes on across servers")
    func named() {
        var provider = Provider()
        provider.portState = "down"
        provider.legStates[0] = "down"
        var leg = alert("7", Provider.bond("1"), "warning")
        leg.cells[.cause] = .ref(Made.ref(Made.bonding, .alert, "8"))
        let found = roots(
            provider,
            [
                (Made.nms, [alert("2", Provider.port)]),
                (Made.bonding, [leg, alert("8", Provider.bond("1"), "warning")]),
            ])
        #expect(found == ["2 7": "0 2", "2 8": "0 2"])
    }

    @Test("an alert of a device that is up is the cause of nothing")
    func up() {
        var provider = Provider()
        provider.legStates[0] = "down"
        let found = roots(
            provider,
            [(Made.nms, [alert("1", Provider.device)]), (Made.bonding, [alert("7", Provider.leg("1"))])])
        #expect(found.isEmpty)
    }

    @Test("what is older than an outage does not follow from it")
    func older() {
        var provider = Provider()
        provider.switchState = "down"
        let found = roots(
            provider,
            [(Made.nms, [alert("1", Provider.device, since: 9_000), alert("2", Provider.port, since: 100)])])
        #expect(found.isEmpty)
    }

    @Test("a bond whose legs went for two reasons follows from neither")
    func twoReasons() {
        var provider = Provider()
        provider.legStates = ["down", "down", "up", "up"]
        provider.bondStates[0] = "down"
        provider.portState = "down"
        let found = roots(
            provider,
            [
                (Made.nms, [alert("2", Provider.port)]),
                (
                    Made.bonding,
                    [
                        alert("7", Provider.leg("1")), alert("9", Provider.leg("2")),
                        alert("8", Provider.bond("1")),
                    ]
                ),
            ])
        #expect(found == ["2 7": "0 2"])
    }

    @Test("a guess folds nothing")
    func guess() {
        let tables = [
            Made.table(
                Made.port, Made.nms, [("1", ["oper": "down", "alias": "{CCT-3622}"])]),
            Made.table(Made.leg, Made.bonding, [("1", ["oper": "down", "circuit_id": "CCT-3622"])]),
            Made.table(Made.alert, Made.nms, [alert("1", Provider.port)]),
            Made.table(Made.alert, Made.bonding, [alert("7", Provider.leg("1"))]),
        ]
        #expect(Network(Made.feeds(tables)).roots.isEmpty)
    }

    @Test("alerts that name each other as their cause stay on their own")
    func circle() {
        var (one, other) = (alert("1", Provider.bond("1")), alert("2", Provider.bond("2")))
        one.cells[.cause] = .ref(Made.ref(Made.bonding, .alert, "2"))
        other.cells[.cause] = .ref(Made.ref(Made.bonding, .alert, "1"))
        #expect(roots(Provider(), [(Made.bonding, [one, other])]).isEmpty)
    }

    @Test("a dependency of the monitoring is a cause")
    func parent() {
        let rows: [Row] = [
            ("1", [.status: "down"]), ("2", [.status: "down", "parent": .ref(Provider.device)]),
        ]
        let tables = [
            Made.table(Made.device, Made.nms, rows),
            Made.table(Made.alert, Made.nms, [alert("1", Provider.device), alert("2", Provider.nmsOLT)]),
        ]
        #expect(
            Network(Made.feeds(tables)).roots == [
                Made.ref(Made.nms, .alert, "2"): Made.ref(Made.nms, .alert, "1")
            ])
    }

    @Test("a storm begins at its rate, and ends by itself at less than half of it")
    func storm() {
        var storm = Storm(threshold: 10, window: 60)
        let start = Instant(seconds: 100)
        let changes = [(9, 0.0), (1, 30), (5, 61), (0, 121)].map { new, after in
            storm.note(new, at: start + after) ? "\(storm.isOn)" : "-"
        }
        #expect(changes == ["-", "true", "-", "false"])
        #expect(storm.recent == 0)
    }
}
