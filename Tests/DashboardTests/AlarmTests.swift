import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Calling the operator")
struct AlarmTests {
    private static let bell = Effect.transmit(.bell)

    /// A desk where everything has answered.
    private func desk(_ rules: AlarmRule...) -> Desk {
        var desk = Desk(World.state(alarms: rules))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.fill()
        return desk
    }

    /// New alerts, as the runner finds them.
    private func transitions(_ ids: ClosedRange<Int64>, rules: Int = 1, severity: String = "critical")
        -> [Transition]
    {
        let rows = ids.map { id -> World.AlertRow in (id, severity, "open", 1, "gw\(id)", "Port down", "") }
        return Transition.all(
            from: World.alerts(World.core, []), to: World.alerts(World.core, rows),
            rules: Array(repeating: AlarmRule(), count: rules),
            context: FilterContext(now: World.wall, backends: ["core"]))
    }

    private func answer(_ desk: inout Desk, _ transitions: [Transition]) -> [Effect] {
        let table = desk.state.backends[Int(World.core.index)].tables[.alert] ?? World.alerts(World.core, [])
        let refreshed = Refreshed(
            table: table, completeness: .complete, seconds: 0.1, transitions: transitions)
        return desk.send(.refreshed(World.core, .alert, .success(refreshed))).filter {
            switch $0 {
            case .transmit, .runHook: true
            default: false
            }
        }
    }

    private func bodies(_ effects: [Effect]) -> [String] {
        effects.compactMap { if case .transmit(.notification(_, let body, _)) = $0 { body } else { nil } }
    }

    @Test("the first answers ring no bell, a new alert does, and without a rule nothing does")
    func bell() {
        var desk = desk(AlarmRule(rings: true))
        #expect(answer(&desk, []) == [])
        #expect(answer(&desk, transitions(1...1)) == [Self.bell])
        var silent = self.desk()
        #expect(answer(&silent, transitions(1...1)) == [])
    }

    @Test("much at once rings once, and is told in one notification with the worst")
    func burst() {
        var desk = desk(AlarmRule(rings: true, notification: .osc9), AlarmRule(rings: true))
        let some = transitions(1...3, rules: 2)
        let effects = answer(&desk, some)
        #expect(effects.count { $0 == Self.bell } == 1)
        #expect(
            bodies(effects) == [
                "critical: gw1: Port down (core)", "critical: gw2: Port down (core)",
                "critical: gw3: Port down (core)",
            ])
        let more = answer(
            &desk, transitions(4...9, rules: 2, severity: "warning") + transitions(10...10, rules: 2))
        #expect(bodies(more) == ["7 changes, the worst: critical: gw10: Port down (core)"])
    }

    @Test("a storm rings once as it begins, and then no more until it is over")
    func storm() {
        var desk = desk(AlarmRule(rings: true, notification: .osc9))
        _ = answer(&desk, transitions(1...15))
        desk.tick(20)
        let begun = answer(&desk, transitions(16...30))
        #expect(begun.contains(Self.bell) && bodies(begun).count == 1)
        desk.tick(20)
        #expect(answer(&desk, transitions(31...45)) == [])
        desk.tick(61)
        #expect(answer(&desk, transitions(46...46)).contains(Self.bell))
    }

    @Test("what changes all the time is silent until it was calm, which is said once")
    func damping() {
        var desk = desk(AlarmRule(rings: true, damping: (2, 600)))
        #expect(answer(&desk, transitions(1...1)) == [Self.bell])
        desk.tick(60)
        #expect(answer(&desk, transitions(1...1)) == [Self.bell])
        desk.tick(60)
        #expect(answer(&desk, transitions(1...1)) == [])
        #expect(desk.message == "gw1: Port down changes all the time: silent until it is calm for 10m")
        // It goes on, a little less than its window apart: it is not calm, and nothing is said again.
        for _ in 0..<3 {
            desk.tick(590)
            desk.press("j")
            #expect(answer(&desk, transitions(1...1)) == [])
            #expect(!desk.message.contains("all the time"))
        }
        // Others are heard meanwhile.
        #expect(answer(&desk, transitions(2...2)) == [Self.bell])
        desk.tick(601)
        #expect(answer(&desk, transitions(1...1)) == [Self.bell])
    }

    @Test("in quiet hours by the clock nothing is done, and afterwards it is not made up for")
    func quiet() {
        // The clock of the fixture says 03:14.
        var desk = desk(
            AlarmRule(rings: true, command: ["page"], quiet: HoursOfDay(from: 22 * 60, to: 6 * 60)),
            AlarmRule(rings: true, quiet: HoursOfDay(from: 8 * 60, to: 9 * 60)))
        let both = transitions(1...1, rules: 2)
        #expect(answer(&desk, both) == [Self.bell])
        desk.tick(3 * 3_600)
        for id in World.all { desk.refreshed(id, .alert, World.alerts(id, [])) }
        let later = answer(&desk, transitions(2...2, rules: 2))
        #expect(later.contains(.runHook(["page"], transitions(2...2, rules: 2)[0])))
        #expect(later.count { if case .runHook = $0 { true } else { false } } == 1)
    }

    @Test("only what a rule asks for is told")
    func events() {
        var desk = desk(AlarmRule(events: [.cleared], rings: true))
        #expect(answer(&desk, transitions(1...1)) == [])
        var unheard = transitions(2...2)
        unheard[0].event = .cleared
        unheard[0].rules = []
        #expect(answer(&desk, unheard) == [])
    }

    @Test("a backend that is lost and back is told once each")
    func backends() {
        var desk = desk(AlarmRule(events: [.lost, .back], rings: true, notification: .osc9))
        var told: [String] = []
        func wait(_ seconds: Int) {
            for _ in 0..<(seconds / 10) {
                told += bodies(desk.tick(10))
                for id in World.all where id != World.core {
                    for resource in desk.state.backends[Int(id.index)].resources
                    where resource.tally == .alerts {
                        if let table = desk.state.backends[Int(id.index)].tables[resource.kind] {
                            told += bodies(desk.refreshed(id, resource.kind, table))
                        }
                    }
                }
            }
        }
        wait(400)
        #expect(told == ["core is lost: its alerts are not known any more"])
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        wait(20)
        #expect(told.dropFirst() == ["core is back"])
    }

    @Test("after a suspend no backend is lost, however old everything is")
    func suspended() {
        var desk = desk(AlarmRule(rings: true))
        #expect(!desk.tick(8 * 3_600).contains(Self.bell))
        #expect(!desk.tick(10).contains(Self.bell))
        for id in World.all { desk.refreshed(id, .alert, World.alerts(id, [])) }
        #expect(!desk.tick(55).contains(Self.bell))
    }

    @Test("a program that fails is told once, and again after it worked")
    func hooks() {
        var desk = desk(AlarmRule(command: ["page"]))
        desk.send(.hookEnded("page", problem: "page ended with 1 for: gw1"))
        #expect(desk.message == "page ended with 1 for: gw1")
        desk.press("j")
        desk.send(.hookEnded("page", problem: "page ended with 1 for: gw2"))
        #expect(desk.message == "")
        desk.send(.hookEnded("page", problem: nil))
        desk.send(.hookEnded("page", problem: "page ended with 1 for: gw3"))
        #expect(desk.message == "page ended with 1 for: gw3")
    }
}
