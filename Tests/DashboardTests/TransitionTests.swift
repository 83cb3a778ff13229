import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("What happened to alerts")
struct TransitionTests {
    private func found(
        _ old: [World.AlertRow], _ new: [World.AlertRow], _ rules: [AlarmRule] = [AlarmRule()]
    ) -> [Transition] {
        Transition.all(
            from: World.alerts(World.core, old), to: World.alerts(World.core, new), rules: rules,
            context: FilterContext(now: World.wall, backends: ["core"]))
    }

    private func row(_ id: Int64, _ severity: String, _ state: String) -> World.AlertRow {
        (id, severity, state, 4, "gw\(id)", "Port down", "")
    }

    private func events(_ old: [World.AlertRow], _ new: [World.AlertRow]) -> [Transition.Event] {
        found(old, new).map(\.event)
    }

    @Test("an alert is new when nobody took it and it was not open")
    func new() {
        #expect(events([], [row(1, "critical", "open")]) == [.new])
        #expect(events([row(1, "critical", "cleared")], [row(1, "critical", "open")]) == [.new])
        #expect(events([], [row(1, "critical", "acknowledged")]) == [])
        #expect(events([], [row(1, "critical", "cleared")]) == [])
        // Whether somebody took it is not known: it counts as one that waits.
        #expect(events([], [row(1, "critical", "unheard of")]) == [.new])
    }

    @Test(
        "an open alert is worse when its severity rises, or its server says so, whether somebody took it or not"
    )
    func worse() {
        #expect(events([row(1, "warning", "open")], [row(1, "critical", "open")]) == [.worse])
        #expect(events([row(1, "warning", "acknowledged")], [row(1, "critical", "acknowledged")]) == [.worse])
        #expect(events([row(1, "warning", "open")], [row(1, "warning", "worse")]) == [.worse])
        #expect(events([row(1, "warning", "worse")], [row(1, "warning", "worse")]) == [])
        #expect(events([row(1, "critical", "open")], [row(1, "warning", "open")]) == [])
        #expect(events([row(1, "critical", "open")], [row(1, "critical", "acknowledged")]) == [])
        #expect(events([row(1, "critical", "acknowledged")], [row(1, "critical", "open")]) == [])
    }

    @Test("an alert is over when it says so or is gone, once")
    func cleared() {
        #expect(events([row(1, "critical", "open")], [row(1, "critical", "cleared")]) == [.cleared])
        #expect(events([row(1, "critical", "open")], []) == [.cleared])
        #expect(events([row(1, "critical", "cleared")], []) == [])
    }

    @Test("a rule hears what its filter lets through, of what is gone as it was")
    func filters() throws {
        let vocabulary = FilterVocabulary([Offer.alert], backends: ["core", "edge"])
        let rules = try ["sev>=critical", "gw2", "@core", "@edge"].map { text in
            AlarmRule(filter: try #require(FilterExpression.parse(text, vocabulary).expression))
        }
        let found = found(
            [row(3, "critical", "open")], [row(1, "critical", "open"), row(2, "warning", "open")], rules)
        #expect(found.map(\.rules) == [[0, 2], [1, 2], [0, 2]])
        #expect(found.map(\.event) == [.new, .new, .cleared])
        #expect(found[0].name == "gw1: Port down" && found[0].severity == .critical)
        #expect(found[0].row.members.first == FlatRow.Member("backend", .text("core")))
    }

    @Test("the same table says nothing")
    func same() {
        let table = World.alerts(World.core, World.coreAlerts)
        let context = FilterContext(now: World.wall)
        #expect(Transition.all(from: table, to: table, rules: [AlarmRule()], context: context) == [])
        #expect(events(World.coreAlerts, World.coreAlerts) == [])
    }
}
