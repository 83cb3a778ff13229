import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

extension Offer {
    static let sensor = ResourceDescriptor(
        "sensor", plural: "sensors", pane: "sensors",
        fields: [
            Field(.status, "STATUS", .severity, width: 4...11, priority: 0, decides: true),
            Field(.device, "DEVICE", .ref(.device), width: 12...30, priority: 0),
            Field(.name, "SENSOR", .text, width: 10...32, priority: 0),
            Field("class", "CLASS", .word, width: 5...12, priority: 2),
            Field("value", "VALUE", .number, width: 6...10, priority: 1),
            Field("unit", "UNIT", .word, width: 3...4, priority: 2),
            Field("limit_low", "LOW", .number, width: 5...8, priority: 3),
            Field("limit", "HIGH", .number, width: 5...8, priority: 3),
        ],
        interval: 120, order: [SortKey(.status, descending: true), SortKey(.device), SortKey(.name)],
        isOnDemand: true)

    static let event = ResourceDescriptor(
        "event", plural: "events", pane: "logs",
        fields: [
            Field("time", "AGE", .time, width: 5...8, priority: 0),
            Field("log", "LOG", .word, width: 5...6, priority: 4),
            Field("level", "LEVEL", .word, width: 4...8, priority: 1),
            Field(.device, "DEVICE", .ref(.device), width: 12...30, priority: 0),
            Field("source", "FROM", .word, width: 5...16, priority: 2),
            Field("message", "MESSAGE", .text, width: 20...120, priority: 0),
        ],
        interval: 10, nameField: "message", order: [SortKey("time", descending: true)], isOnDemand: true)
}

@Suite("What is read on demand")
struct OnDemandTests {
    private static let sizes = [Size(20, 5), Size(40, 10), Size(80, 24), Size(120, 30), Size(200, 60)]

    /// A desk whose first server has sensors and an event log.
    private static func desk(size: Size = Size(120, 30)) -> Desk {
        var desk = Desk.ready(size: size)
        let core = desk.state.backends[0]
        let probe = Probe(
            info: core.info ?? ServerInfo(product: "", clock: ServerClock(offset: 0, isCertain: true)),
            resources: core.resources + [Offer.sensor, Offer.event], commands: core.commands)
        desk.send(.probed(World.core, .success(probe)))
        return desk
    }

    private static func sensors() -> Table {
        var builder = TableBuilder(Offer.sensor, World.core)
        let rows: [(String, String, String, Double?, String, Double?, Double?)] = [
            ("critical", "mad1-core-rtr02", "CPU hot", 95.25, "°C", -10, 80),
            ("ok", "mad1-core-rtr02", "Chassis inlet", 21.5, "°C", -10, 60),
            ("unknown", "lon5-ups-003", "PSU", nil, "", nil, nil),
            ("no limits", "lon5-ups-003", "PSU 1 draw", 380, "W", nil, nil),
            ("warning", "mad1-agg-sw11", "SFP rx <1>", -24.5, "dBm", -25, 3),
        ]
        for (number, row) in rows.enumerated() {
            builder.begin(EntityRef(World.core, "sensor", id: "1/x/\(number)"))
            builder.set(0, text: row.0)
            builder.set(1, ref: EntityRef(World.core, .device, id: "1"), name: row.1)
            builder.set(2, text: row.2)
            builder.set(3, text: row.4 == "W" ? "power" : "temperature")
            builder.set(4, number: row.3)
            builder.set(5, text: row.4)
            builder.set(6, number: row.5)
            builder.set(7, number: row.6)
        }
        return builder.finish()
    }

    private static func events() -> Table {
        var builder = TableBuilder(Offer.event, World.core)
        for (number, words) in ["ifOperStatus: up -> down (Te0/1/3)", "BGP down", "ünïcode 日本"].enumerated() {
            builder.begin(EntityRef(World.core, "event", id: Int64(number)))
            builder.set(0, time: Timestamp(World.wall.seconds - Int64(number) * 61 - 4))
            builder.set(1, text: "event")
            builder.set(2, text: ["error", "warning", "info"][number])
            builder.set(3, ref: EntityRef(World.core, .device, id: "1"), name: "mad1-core-rtr02")
            builder.set(4, text: ["interface", "bgpPeer", "system"][number])
            builder.set(5, text: words)
        }
        return builder.finish()
    }

    private func asked(_ effects: [Effect], _ kind: ResourceKind) -> Bool {
        effects.contains { if case .refresh(World.core, kind, _) = $0 { true } else { false } }
    }

    private func go(_ desk: inout Desk, _ pane: String) -> [Effect] {
        desk.press(":")
        desk.type("go to \(pane)")
        return desk.press("Enter")
    }

    @Test("it is not asked for until it is on the screen, then at once, and rests again when it is left")
    func rests() {
        var desk = Self.desk()
        #expect(!asked(desk.tick(500), "sensor"))
        // Nothing that rests keeps the loop awake.
        desk.fill()
        #expect(desk.state.nextDue > desk.state.now)
        #expect(asked(go(&desk, "sensors"), "sensor"))
        desk.refreshed(World.core, "sensor", Self.sensors())
        #expect(asked(desk.tick(121), "sensor"))
        desk.refreshed(World.core, "sensor", Self.sensors())
        _ = go(&desk, "devices")
        #expect(!asked(desk.tick(1_000), "sensor"))
        #expect(asked(go(&desk, "sensors"), "sensor"))
    }

    @Test("at rest it makes no server look old, and the health says that it is read on demand")
    func health() {
        var desk = Self.desk()
        #expect(!desk.state.kindsInUse.contains("sensor"))
        desk.press("!")
        #expect(desk.lines.contains { $0.contains("sensors") && $0.contains("on demand") })
    }

    @Test("one of its entities, opened from somewhere else, does not ask for the list")
    func opened() {
        var desk = Self.desk()
        let sensor = EntityRef(World.core, "sensor", id: "1/x/0")
        let effects = desk.state.go(to: Place(pane: .devices, path: [sensor]))
        #expect(!asked(effects, "sensor"))
        #expect(!desk.state.kindsInUse.contains("sensor"))
    }

    @Test("what is counted is never left to rest")
    func counted() {
        let alerts = ResourceDescriptor(
            .alert, plural: "alerts", pane: .alerts, fields: [], interval: 20, isOnDemand: true)
        #expect(!alerts.isOnDemand)
    }

    @Test("sensors stand worst first, and what is not judged says so", arguments: sizes)
    func sensorPane(size: Size) throws {
        var desk = Self.desk(size: size)
        _ = go(&desk, "sensors")
        desk.refreshed(World.core, "sensor", Self.sensors())
        #expect(desk.shown.map(\.id).prefix(2) == ["1/x/0", "1/x/4"])
        try Golden.check(desk.state, "sensors")
    }

    @Test("the log stands newest first", arguments: sizes)
    func logPane(size: Size) throws {
        var desk = Self.desk(size: size)
        _ = go(&desk, "logs")
        desk.refreshed(World.core, "event", Self.events())
        #expect(desk.shown.map(\.id) == ["0", "1", "2"])
        try Golden.check(desk.state, "logs")
    }
}
