import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Schedule")
struct ScheduleTests {
    private func kinds(_ effects: [Effect], _ id: BackendID) -> [ResourceKind] {
        effects.compactMap { effect in
            if case .refresh(id, let kind, _) = effect { kind } else { nil }
        }
    }

    private func dueIn(_ desk: Desk, _ id: BackendID, _ kind: ResourceKind) -> Double {
        (desk.state.backends[Int(id.index)].health[kind]?.dueAt ?? World.start) - desk.state.now
    }

    @Test("every backend is probed first, once")
    func probes() {
        var desk = Desk()
        #expect(desk.tick(0) == World.all.map { Effect.probe($0) })
        #expect(desk.tick(5) == [])
    }

    @Test(
        "what says that something is wrong is read first, whatever is on the screen, and nothing twice at once"
    )
    func order() {
        var desk = Desk()
        desk.tick(0)
        #expect(kinds(desk.probe(World.core), World.core) == [.alert, .device, .port])
        var ports = Desk()
        ports.press("2")
        ports.tick(0)
        #expect(kinds(ports.probe(World.core), World.core) == [.alert, .device, .port])
        #expect(Set(kinds(ports.tick(0), World.core)).isEmpty)
        #expect(desk.tick(100) == [])
    }

    @Test("a resource is read again when its interval is over")
    func interval() {
        var desk = Desk.ready()
        #expect(desk.tick(19.9) == [])
        let due = desk.tick(0.2)
        #expect(kinds(due, World.core) == [.alert])
        #expect(kinds(due, World.bonds) == [.alert])
        desk.answer(due)
        #expect(kinds(desk.tick(10), World.bonds) == ["bond"])
    }

    @Test("an interval is never below ten times what the last refresh took, and recovers")
    func slow() {
        var desk = Desk.ready()
        let table = World.alerts(World.core, World.coreAlerts)
        desk.press("r")
        desk.refreshed(World.core, .alert, table, seconds: 12)
        #expect(dueIn(desk, World.core, .alert) == 120)
        #expect(desk.state.backends[0].interval(of: Offer.alert) == 120)
        desk.tick(120)
        desk.refreshed(World.core, .alert, table, seconds: 0.5)
        #expect(dueIn(desk, World.core, .alert) == 20)
    }

    @Test("failures back off with jitter, capped at five minutes")
    func backOff() {
        var desk = Desk.ready()
        var seen: Set<Double> = []
        for failures in 1...12 {
            desk.tick(400)
            desk.failed(World.core, .alert)
            let wait = dueIn(desk, World.core, .alert)
            let middle = 2.5 * Double(1 << min(failures, 8))
            #expect((min(300, 0.8 * middle)...min(300, 1.2 * middle)).contains(wait), "failure \(failures)")
            seen.insert(wait)
        }
        #expect(seen.count > 4)
        desk.tick(400)
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        desk.tick(20)
        desk.failed(World.core, .alert)
        #expect(dueIn(desk, World.core, .alert) <= 6)
    }

    @Test("Retry-After is obeyed, and one that makes no sense does no harm")
    func retryAfter() {
        var desk = Desk.ready()
        for (wait, expected) in [(47.0, 47.0), (0, 1), (1e30, 86_400), (-5, 1), (.infinity, 86_400)] {
            desk.failed(World.core, .alert, .server, retryAfter: wait)
            #expect(dueIn(desk, World.core, .alert) == expected)
        }
        desk.failed(World.core, .alert, .server, retryAfter: .nan)
        #expect(dueIn(desk, World.core, .alert) <= 300)
    }

    @Test("after a refused login nothing is tried for ten minutes")
    func refused() {
        var desk = Desk.ready()
        desk.tick(20)
        desk.failed(World.core, .alert, .refused, retryAfter: 3)
        #expect(desk.state.backends[0].freshness(of: Offer.device, now: desk.state.now) == .refused)
        #expect(kinds(desk.tick(598), World.core) == [])
        desk.press("1", "3", "2")
        #expect(desk.press("1", "Enter").allSatisfy { $0 != .detail(World.device(World.core, 3)) })
        desk.press("Esc")
        #expect(desk.state.nextWake > desk.state.now)
        #expect(Set(kinds(desk.tick(2), World.core)) == [.alert, .device, .port])
    }

    @Test(
        "a page in place of an answer rests half a minute at first, each time twice as long, five minutes at most"
    )
    func pages() {
        var desk = Desk.ready()
        desk.tick(20)
        func page() -> Event {
            let error = BackendError(.refused, "a page answered in place of the API", isPage: true)
            return .refreshed(World.core, .alert, .failure(error))
        }
        for wait in [30.0, 60, 120, 240, 300, 300] {
            desk.send(page())
            // Another answer that was under way makes it no longer.
            desk.send(
                .refreshed(World.core, .device, .failure(BackendError(.refused, "login", isPage: true))))
            #expect(kinds(desk.tick(wait - 1), World.core) == [], "\(wait)")
            #expect(kinds(desk.tick(1), World.core).contains(.alert), "\(wait)")
        }
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        desk.tick(20)
        desk.send(page())
        #expect(kinds(desk.tick(30), World.core).contains(.alert), "after a good answer it begins again")
    }

    @Test("why a backend rests, and until when, stands in its pane, on the overview and in its health")
    func restWords() {
        var desk = Desk.ready(size: Size(200, 40))
        desk.tick(20)
        let words = "a page answered in place of the API (\"Login\"): check url"
        desk.send(.refreshed(World.core, .alert, .failure(BackendError(.refused, words, isPage: true))))
        desk.tick(6)
        #expect(desk.lines.contains { $0.contains("\(words); next try in 24s") })
        desk.press("3")
        #expect(desk.lines.contains { $0.contains("core: \(words); next try in 24s") })
        desk.press("!")
        #expect(desk.lines.contains { $0.contains("\(words); next try in 24s") })
    }

    @Test(
        "a page in place of the API is not called a refused login, and a refused login is",
        arguments: [true, false])
    func pageWords(isPage: Bool) {
        var desk = Desk.ready()
        desk.tick(20)
        desk.send(
            .refreshed(
                World.core, .alert, .failure(BackendError(.refused, "no", isPage: isPage))))
        desk.press("1", "3", "2", "1", "Enter")
        let text = desk.lines.joined(separator: "\n")
        #expect(text.contains("a page answered in place of the API") == isPage)
        #expect(text.contains("the login was refused") == !isPage)
    }

    @Test("what hangs is said in the health of backends before it fails")
    func hanging() {
        var desk = Desk(World.state(size: Size(160, 40)))
        desk.tick(0)
        desk.probe(World.core)
        desk.press("!")
        #expect(!desk.lines.contains { $0.contains("no answer for") })
        desk.tick(12)
        #expect(desk.lines.contains { $0.contains("alerts") && $0.contains("asking, no answer for 10s") })
        desk.press("j")
        #expect(desk.lines.contains { $0.contains("asking who it is, no answer for 10s") })
    }

    @Test("a list that had rows and came back empty is asked again at once, and not for ever")
    func emptied() {
        var desk = Desk.ready()
        let table = World.alerts(World.core, World.coreAlerts)
        desk.tick(21)
        let gone = Completeness.partial("the server gave no alerts any more")
        desk.refreshed(World.core, .alert, table, gone, doubts: table.count)
        #expect(dueIn(desk, World.core, .alert) == 5)
        #expect(desk.header.contains("2+? critical") || desk.header.contains("+?"))
        desk.tick(5)
        desk.refreshed(World.core, .alert, table, gone, doubts: table.count)
        #expect(dueIn(desk, World.core, .alert) == 20)
        desk.press("3")
        #expect(desk.lines.contains { $0.contains("the server gave no alerts any more") })
    }

    @Test("r tries a refused login again")
    func refusedUntilAsked() {
        var desk = Desk.ready()
        desk.tick(20)
        desk.failed(World.core, .alert, .refused)
        #expect(Set(kinds(desk.press("1", "r"), World.core)) == [.alert, .device, .port])
    }

    @Test("a refused probe waits for ten minutes too")
    func refusedProbe() {
        var desk = Desk()
        desk.tick(0)
        desk.send(.probed(World.core, .failure(BackendError(.refused, "wrong token"))))
        #expect(!desk.tick(599).contains(.probe(World.core)))
        #expect(desk.tick(1).contains(.probe(World.core)))
        desk.send(.probed(World.core, .failure(BackendError(.refused, "wrong token"))))
        #expect(desk.press("r").contains(.probe(World.core)))
    }

    @Test("what is hastened while it is being read is read once more afterwards")
    func hastened() {
        var desk = Desk.ready()
        let table = World.alerts(World.core, World.coreAlerts)
        desk.press("3")
        desk.tick(21)
        desk.tick(1)
        #expect(desk.press("r") == [])
        #expect(desk.message.hasPrefix("asking; still waiting for core"))
        #expect(kinds(desk.refreshed(World.core, .alert, table), World.core) == [.alert])
        #expect(desk.refreshed(World.core, .alert, table) == [])
        #expect(dueIn(desk, World.core, .alert) == 20)
    }

    @Test("a list that missed rows which may only have moved is read again soon, and never in a hurry")
    func doubts() {
        var desk = Desk.ready()
        let ports = World.ports(World.core)
        desk.tick(301)
        desk.refreshed(World.core, .port, ports, doubts: 1)
        #expect(dueIn(desk, World.core, .port) == 30)
        desk.tick(31)
        desk.refreshed(World.core, .port, ports, seconds: 8, doubts: 1)
        #expect(dueIn(desk, World.core, .port) == 80)
        desk.tick(81)
        desk.refreshed(World.core, .port, ports)
        #expect(dueIn(desk, World.core, .port) == 300)
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts), doubts: 1)
        #expect(dueIn(desk, World.core, .alert) == 20)
    }

    @Test("one backend that hangs keeps no other waiting")
    func independent() {
        var desk = Desk.ready()
        desk.tick(21)
        desk.refreshed(World.edge, .alert, World.alerts(World.edge, World.edgeAlerts))
        #expect(kinds(desk.tick(21), World.edge) == [.alert])
    }

    @Test("the loop sleeps until something is due, and never spins")
    func wake() {
        var desk = Desk.ready()
        #expect(desk.state.nextWake > desk.state.now)
        desk.tick(19.75)
        #expect(abs((desk.state.nextWake - desk.state.now) - 0.25) < 0.001)
        desk.tick(400.1)
        #expect(desk.state.nextWake - desk.state.now > 0.1, "all is asked, nothing is due")
    }

    @Test("a resource that the probe does not find is forgotten")
    func probeFindsLess() {
        var desk = Desk()
        desk.tick(0)
        desk.probe(World.core)
        desk.refreshed(World.core, .port, World.ports(World.core))
        let info = ServerInfo(product: "LibreNMS 2016", clock: ServerClock(offset: 0, isCertain: true))
        desk.send(.probed(World.core, .success(Probe(info: info, resources: [Offer.alert], commands: []))))
        #expect(Set(desk.state.backends[0].health.keys) == [.alert])
        desk.press("2")
        #expect(desk.shown == [])
        #expect(desk.tick(400).allSatisfy { $0 != .refresh(World.core, .port, focus: []) })
        #expect(desk.state.nextWake > desk.state.now)
    }

    @Test("a clock that lists find out later than the probe is the server's from then on")
    func clockFromLists() {
        var desk = Desk.ready()
        #expect(desk.state.backend(World.edge)?.info?.clock.isCertain == false)
        desk.refreshed(World.edge, .device, World.devices(World.edge) { _ in true })
        #expect(desk.state.backend(World.edge)?.info?.clock.isCertain == false)
        let clock = ServerClock(offset: 3_600, isCertain: true)
        let refreshed = Refreshed(
            table: World.devices(World.edge, { _ in true }), completeness: .complete, seconds: 0.1,
            clock: clock)
        desk.send(.refreshed(World.edge, .device, .success(refreshed)))
        #expect(desk.state.backend(World.edge)?.info?.clock == clock)
    }

    @Test("where each device costs a request, what is on the screen and in alerts goes first")
    func focus() throws {
        var desk = Desk.ready()
        desk.press("1")
        let due = desk.tick(301)
        let focus = due.compactMap { effect in
            if case .refresh(World.core, .port, let focus) = effect { focus } else { nil }
        }.first
        #expect(try #require(focus).contains(World.device(World.core, 3)))
        #expect(try #require(focus).allSatisfy { $0.backend == World.core && $0.kind == .device })
    }

    @Test("what is in alerts goes first, whatever kind of resource the alerts are of")
    func focusOfAnyAlert() throws {
        let problem = ResourceDescriptor(
            "problem", plural: "problems", pane: .alerts, fields: Offer.alert.fields, interval: 20,
            nameField: .rule, tally: .alerts)
        var builder = TableBuilder(problem, World.core)
        builder.begin(EntityRef(World.core, "problem", id: "7"))
        builder.set(0, text: "critical")
        builder.set(1, text: "open")
        builder.set(3, ref: World.device(World.core, 4_711), name: "far away")
        var desk = Desk()
        desk.tick(0)
        let info = ServerInfo(product: "of its own", clock: ServerClock(offset: 0, isCertain: true))
        desk.send(
            .probed(
                World.core,
                .success(Probe(info: info, resources: [problem, Offer.port], commands: []))))
        desk.refreshed(World.core, "problem", builder.finish())
        desk.refreshed(World.core, .port, World.ports(World.core))
        let focus = desk.tick(301).compactMap { effect in
            if case .refresh(World.core, .port, let focus) = effect { focus } else { nil }
        }.first
        #expect(try #require(focus).contains(World.device(World.core, 4_711)))
    }
}
