import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Links
import Testing

@Suite("What several servers say, on one screen")
struct LinkingTests {
    private static let one = BackendID(0), two = BackendID(1)
    private static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Name", .text, links: .hostName),
            Field("serial", "Serial", .text, links: .serial), Field(.location, "Site", .word),
        ], interval: 60, feedsCounts: true, order: [SortKey(.status)])
    private static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity), Field(.state, "State", .state),
            Field(.name, "Alert", .text),
            Field(.device, "Device", .ref(.device), dependence: .ofRow), Field(.since, "Age", .time),
        ], interval: 20, feedsCounts: true)
    private static let acknowledge = CommandDescriptor(
        "acknowledge", title: "Acknowledge", targets: [.alert], tier: .harmless,
        effect: "Nobody is notified any more.")

    private func device(_ backend: BackendID, _ id: Int64) -> EntityRef {
        EntityRef(backend, .device, id: id)
    }
    private func alert(_ backend: BackendID, _ id: Int64) -> EntityRef { EntityRef(backend, .alert, id: id) }

    private func devices(_ backend: BackendID, _ rows: [(String, String, String)]) -> Table {
        var builder = TableBuilder(Self.device, backend)
        for (place, row) in rows.enumerated() {
            builder.begin(device(backend, Int64(place + 1)))
            builder.set(0, text: row.0)
            builder.set(1, text: row.1)
            builder.set(2, text: row.2)
        }
        return builder.finish()
    }

    /// One alert each: id, name, the device it is about.
    private func alerts(_ backend: BackendID, _ rows: [(Int64, String, Int64)]) -> Table {
        var builder = TableBuilder(Self.alert, backend)
        for row in rows {
            builder.begin(alert(backend, row.0))
            builder.set(0, text: "critical")
            builder.set(1, text: "open")
            builder.set(2, text: row.1)
            builder.set(3, ref: device(backend, row.2), name: "device \(row.2)")
            builder.set(4, time: Timestamp(World.wall.seconds - 60))
        }
        return builder.finish()
    }

    private func desk(
        linksServers: Bool = true, keepsHistory: Bool = false, commands: [CommandDescriptor] = [],
        on some: [BackendID] = [one, two]
    ) -> Desk {
        let backends = [(Self.one, "core"), (Self.two, "access")].map { id, name in
            BackendState(
                id: id, name: name, title: "Server", address: "https://\(name)", mode: .normal,
                resources: [Self.alert, Self.device], commands: some.contains(id) ? commands : [],
                now: World.start)
        }
        var desk = Desk(
            State(
                size: Size(120, 30), now: World.start, wall: World.wall, zone: 0, backends: backends,
                keymap: DefaultKeys.keymap, themes: [], linksServers: linksServers, stormThreshold: 5,
                keepsHistory: keepsHistory))
        desk.tick(0)
        for id in [Self.one, Self.two] { desk.probe(id) }
        return desk
    }

    /// Lets a table arrive, and what is linked with it.
    private func arrive(_ table: Table, on desk: inout Desk, _ earlier: inout Linked?) {
        let effects = desk.send(
            .refreshed(
                table.backend, table.resource.kind,
                .success(Refreshed(table: table, completeness: .complete, seconds: 0.1))))
        link(effects, on: &desk, &earlier)
    }

    /// Does what is to be done off the main thread.
    private func link(_ effects: [Effect], on desk: inout Desk, _ earlier: inout Linked?) {
        var waiting = effects
        while let effect = waiting.popLast() {
            guard case .link(let question, let request) = effect else { continue }
            let found = Linked(request, after: earlier)
            earlier = found
            waiting += desk.send(.linked(question: question, found))
        }
    }

    private func filled(commands: [CommandDescriptor] = [], on some: [BackendID] = [one, two]) -> Desk {
        var desk = desk(commands: commands, on: some)
        var earlier: Linked?
        let tables = [
            devices(
                Self.one,
                [("up", "sw1.example.net", "FDO2233X0AB"), ("up", "sw2.example.net", "FDO2417K1QZ")]),
            devices(Self.two, [("down", "sw1", "FDO2233X0AB"), ("up", "sw9", "FDO1932P0RT")]),
            alerts(Self.one, [(7, "High load", 2)]),
            alerts(Self.two, [(3, "host down", 1), (4, "PPPoE session", 1)]),
        ]
        for table in tables { arrive(table, on: &desk, &earlier) }
        return desk
    }

    @Test("a device that two servers see is one row, the worse one, with both names; = shows both")
    func one() throws {
        var desk = filled()
        desk.press("1")
        #expect(desk.state.pane.arrangement.count == 3)
        #expect(desk.state.pane.cursor == device(Self.two, 1))
        #expect(desk.lines.contains { $0.contains("sw1") && $0.contains("access+core") }, "\(desk.lines)")
        #expect(desk.state.counts.devicesDown == 1 && desk.state.counts.devicesUp == 2)
        desk.press("=")
        #expect(desk.state.pane.arrangement.count == 4)
        #expect(!desk.lines.contains { $0.contains("access+core") })
        desk.press("=")
        #expect(desk.state.pane.arrangement.count == 3)
    }

    @Test("the detail says what it is linked with, where, and why; Enter goes there")
    func detail() {
        var desk = filled()
        desk.press("1", "Enter")
        #expect(desk.lines.contains { $0.contains("the same on core") }, "\(desk.lines)")
        #expect(desk.lines.contains { $0.contains("(up, short host name sw1, serial number FDO2233X0AB)") })
        #expect(desk.lines.contains { $0.contains("Linked") })
    }

    @Test("a timeline takes in what is linked for certain, and no guess")
    func timeline() {
        for (serial, linked) in [("FDO2233X0AB", 1), ("", 0)] {
            var desk = desk(keepsHistory: true)
            var earlier: Linked?
            arrive(devices(Self.one, [("up", "sw1.example.net", serial)]), on: &desk, &earlier)
            arrive(devices(Self.two, [("down", "sw1", serial)]), on: &desk, &earlier)
            #expect(desk.state.linking.network.links(of: device(Self.one, 1)).count == 1)
            desk.press("1")
            let subjects = (desk.press("t") + desk.press("Tab")).compactMap { effect in
                if case .recall(let query, .timeline) = effect { query.subject } else { nil }
            }
            let names = subjects.compactMap { subject -> [EntityName]? in
                if case .entities(let names) = subject { names } else { nil }
            }
            #expect(names.map(\.count) == [1 + linked], "\(subjects)")
        }
    }

    @Test("a timeline of a device asks each server that certainly has it for its log, and no other")
    func logs() {
        for (serial, asked) in [("FDO2233X0AB", [Self.one, Self.two]), ("", [Self.one])] {
            var desk = desk(keepsHistory: true)
            let info = ServerInfo(product: "Server", clock: ServerClock(offset: 0, isCertain: true))
            let probe = Probe(
                info: info, resources: [Self.alert, Self.device], commands: [], loggedKinds: [.device])
            for id in [Self.one, Self.two] { desk.send(.probed(id, .success(probe))) }
            var earlier: Linked?
            arrive(devices(Self.one, [("up", "sw1.example.net", serial)]), on: &desk, &earlier)
            arrive(devices(Self.two, [("down", "sw1", serial)]), on: &desk, &earlier)
            desk.press("1")
            // One row stands for both where they are one thing.
            if asked.count == 1 { desk.go(to: device(Self.one, 1)) }
            func backends(_ effects: [Effect]) -> [BackendID] {
                effects.compactMap { effect -> BackendID? in
                    if case .readLog(let entity, _) = effect { entity.backend } else { nil }
                }.sorted()
            }
            #expect(backends(desk.press("t")) == asked)
            // The device alone and what is linked with it are the same, and read already.
            #expect(backends(desk.press("Tab")).isEmpty)
        }
    }

    @Test("servers that say otherwise for longer than they take to notice are in conflict")
    func conflict() throws {
        var desk = desk()
        var earlier: Linked?
        for _ in 0..<3 {
            arrive(devices(Self.one, [("up", "sw1.example.net", "FDO2233X0AB")]), on: &desk, &earlier)
            arrive(devices(Self.two, [("down", "sw1", "FDO2233X0AB")]), on: &desk, &earlier)
            link(desk.tick(61), on: &desk, &earlier)
        }
        arrive(devices(Self.one, [("up", "sw1.example.net", "FDO2233X0AB")]), on: &desk, &earlier)
        arrive(devices(Self.two, [("down", "sw1", "FDO2233X0AB")]), on: &desk, &earlier)
        desk.press("1")
        #expect(desk.lines.contains { $0.contains("≠ down") }, "\(desk.lines)")
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("core says up, access says down") }, "\(desk.lines)")
    }

    @Test("acknowledging a folded root is for the whole outage; unfolded, for the row")
    func outage() throws {
        var desk = filled(commands: [Self.acknowledge])
        desk.press("3")
        let root = alert(Self.two, 3)
        #expect(desk.state.pane.arrangement.parent(of: alert(Self.two, 4)) == root)
        desk.press("g")
        while desk.state.pane.cursor != root { desk.press("j") }
        desk.press("a")
        let session = try #require(desk.state.sessions.values.first)
        #expect(session.parts.flatMap(\.command.targets) == [root, alert(Self.two, 4)])
        #expect(desk.lines.contains { $0.contains("The whole outage") })
        desk.press("Esc", "-", "a")
        let alone = try #require(desk.state.sessions.values.first)
        #expect(alone.parts.flatMap(\.command.targets) == [root])
        #expect(!desk.lines.contains { $0.contains("The whole outage") })
    }

    @Test("the impact of a device lists what hangs on it, and closes by its own key")
    func impact() {
        var desk = filled()
        desk.press("1", "i")
        #expect(desk.lines.contains { $0.contains("impact › sw1") }, "\(desk.lines)")
        #expect(desk.lines.contains { $0.contains("other alert") || $0.contains("PPPoE") }, "\(desk.lines)")
        desk.press("i")
        #expect(desk.state.layers.isEmpty)
    }

    @Test("many new alerts group the alerts until it is calm again; what somebody grouped stays")
    func storm() {
        var desk = filled()
        var earlier: Linked? = Linked(LinkRequest([]), after: nil)
        arrive(alerts(Self.one, [(7, "High load", 2)]), on: &desk, &earlier)
        desk.press("3")
        #expect(desk.state.pane.grouping == nil)
        arrive(alerts(Self.one, (20..<27).map { ($0, "Port down \($0)", 2) }), on: &desk, &earlier)
        #expect(desk.state.pane.grouping == .device)
        #expect(desk.lines.contains { $0.contains("STORM 7 new") }, "\(desk.lines)")
        link(desk.tick(61), on: &desk, &earlier)
        arrive(alerts(Self.one, (20..<28).map { ($0, "Port down \($0)", 2) }), on: &desk, &earlier)
        #expect(desk.state.pane.grouping == nil)
        #expect(!desk.lines.contains { $0.contains("STORM") })
    }

    @Test(
        "of a server that says nothing any more, a state is what was read last, and numbers are no longer exact"
    )
    func dead() throws {
        var desk = filled()
        desk.press("1", "Enter")
        #expect(desk.lines.contains { $0.contains("(up, short host name") })
        desk.press("Esc", "=", "i")
        // Nothing is heard for an hour: the rows are too old by time alone, and that is asked for once.
        let asked = desk.tick(3_600).filter { if case .link = $0 { true } else { false } }
        #expect(asked.count == 1)
        let again = desk.tick(1).filter { if case .link = $0 { true } else { false } }
        #expect(again.isEmpty)
        desk.press("Esc", "Enter")
        #expect(!desk.lines.contains { $0.contains("(up, short host name") }, "\(desk.lines)")
        #expect(desk.lines.contains { $0.contains("when last read") }, "\(desk.lines)")
    }

    @Test("a command that hurts on any server is for the row alone, folded or not")
    func hurting() throws {
        var desk = filled(commands: [
            CommandDescriptor(
                "acknowledge", title: "Acknowledge", targets: [.alert], tier: .touchesService, effect: "…")
        ])
        desk.press("3", "g")
        while desk.state.pane.cursor != alert(Self.two, 3) { desk.press("j") }
        desk.press("a")
        let session = try #require(desk.state.sessions.values.first)
        #expect(session.parts.flatMap(\.command.targets) == [alert(Self.two, 3)])
    }

    private static let rediscover = CommandDescriptor(
        "rediscover", title: "Rediscover", targets: [.device], tier: .harmless,
        effect: "It is looked at again.")

    @Test("a command that several servers offer for a thing asks which; the row's own server stands first")
    func asks() throws {
        var desk = filled(commands: [Self.rediscover])
        desk.press("1", ".")
        while !desk.lines.contains(where: { $0.contains("Rediscover") }) { desk.press("j") }
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("Rediscover: on which server?") }, "\(desk.lines)")
        #expect(desk.lines.contains { $0.contains("core") && $0.contains("says up") }, "\(desk.lines)")
        desk.press("j", "Enter")
        let session = try #require(desk.state.sessions.values.first)
        #expect(session.parts.flatMap(\.command.targets) == [device(Self.one, 1)])
        desk.press("Esc")
        // Shown apart, or seen by one server only, a row is what its server says.
        desk.press("=", "g", ".", "Enter")
        #expect(desk.state.sessions.values.first?.parts.count == 1, "\(desk.lines)")
    }

    @Test(
        "a command that only another server offers for the thing is offered there, with the reason, and not taken"
    )
    func elsewhere() throws {
        var desk = filled(commands: [Self.rediscover], on: [Self.one])
        desk.press("1")
        #expect(desk.state.pane.cursor == device(Self.two, 1))
        _ = desk.state.begin("rediscover")
        #expect(desk.state.sessions.isEmpty)
        #expect(desk.lines.contains { $0.contains("access does not offer rediscover") }, "\(desk.lines)")
        desk.press("Enter")
        #expect(desk.state.sessions.values.first?.parts.flatMap(\.command.targets) == [device(Self.one, 1)])
    }

    @Test("the detail has what each server says of the thing, once where they agree")
    func sideBySide() {
        var desk = filled()
        desk.press("1", "Enter")
        #expect(desk.lines.contains { $0.contains("What access and core say") }, "\(desk.lines)")
        #expect(
            desk.lines.contains { $0.contains("access: down") && $0.contains("core: up") }, "\(desk.lines)")
    }

    @Test("what a silent server said last agrees with nothing, and says that it is old")
    func oldSide() {
        var desk = filled()
        desk.press("1")
        desk.tick(3_600)
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("access: down when last read") }, "\(desk.lines)")
    }

    @Test("where nothing is linked, nothing is asked and every row is shown")
    func off() {
        var desk = desk(linksServers: false)
        var earlier: Linked?
        arrive(devices(Self.one, [("up", "sw1.example.net", "FDO2233X0AB")]), on: &desk, &earlier)
        #expect(earlier == nil)
        desk.press("1", "i")
        #expect(desk.message.contains("not linked yet"))
        desk.press("=")
        #expect(desk.message.contains("seen by several servers"))
    }
}
