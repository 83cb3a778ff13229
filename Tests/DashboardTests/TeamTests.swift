import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("A team that shares what it reads")
struct TeamTests {
    private static func desk(_ standing: TeamStanding?) -> Desk {
        var desk = Desk.ready()
        if let standing { desk.send(.teamed(standing)) }
        return desk
    }

    private func shared(_ effects: [Effect], _ id: BackendID) -> [ResourceKind] {
        effects.compactMap { if case .share(id, let kind, _, _) = $0 { kind } else { nil } }
    }

    private func own(_ effects: [Effect], _ id: BackendID) -> [ResourceKind] {
        effects.compactMap { if case .refresh(id, let kind, _) = $0 { kind } else { nil } }
    }

    @Test("without one, every refresh goes to the server")
    func without() {
        var desk = Self.desk(nil)
        let due = desk.tick(20.1)
        #expect(own(due, World.core) == [.alert])
        #expect(shared(due, World.core).isEmpty)
    }

    @Test(
        "a refresh that is due may be shared within the interval; one that the operator wants goes to the server"
    )
    func pressed() {
        var desk = Self.desk(.joined)
        let due = desk.tick(20.1)
        #expect(shared(due, World.core) == [.alert])
        #expect(own(due, World.core).isEmpty)
        #expect(
            due.contains { if case .share(World.core, .alert, _, within: 20) = $0 { true } else { false } })
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        let wanted = desk.press("r")
        #expect(own(wanted, World.core).contains(.alert))
        #expect(shared(wanted, World.core).isEmpty)
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        // Wanted once, not for ever.
        #expect(shared(desk.tick(20.1), World.core) == [.alert])
    }

    @Test("rows that another read are as old as that reading, and due when their interval is over")
    func age() {
        var desk = Self.desk(.joined)
        desk.tick(20.1)
        let refreshed = Refreshed(
            table: World.alerts(World.core, World.coreAlerts), completeness: .complete, seconds: 0.1, age: 12)
        desk.send(.refreshed(World.core, .alert, .success(refreshed)))
        let health = desk.state.backends[0].health[.alert]
        #expect(health?.arrivedAt == desk.state.now + -12)
        #expect(health?.dueAt == desk.state.now + 8)
    }

    @Test("newer rows of another make a list due, unless it just came")
    func renewed() {
        var desk = Self.desk(.joined)
        desk.tick(20.1)
        desk.refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        #expect(shared(desk.send(.renewed(World.core, .alert)), World.core).isEmpty)
        desk.tick(5)
        #expect(shared(desk.send(.renewed(World.core, .alert)), World.core) == [.alert])
        #expect(shared(desk.send(.renewed(World.core, .alert)), World.core).isEmpty)
    }

    @Test("the header says in one word that a screen reads by itself, and the page of backends why")
    func alone() {
        var desk = Self.desk(.joined)
        #expect(!desk.header.contains("alone"))
        desk.send(.teamed(.alone("the database does not answer")))
        #expect(desk.header.contains("alone"))
        desk.press("!")
        #expect(desk.lines.joined(separator: "\n").contains("the database does not answer"))
        desk.send(.teamed(.joined))
        #expect(!desk.header.contains("alone"))
    }
}
