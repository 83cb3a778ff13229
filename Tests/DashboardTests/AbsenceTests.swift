import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("What rows do not say is not counted as fine")
struct AbsenceTests {
    @Test("the overview and the header say the same", arguments: Silence.all)
    func overview(_ silence: Silence) throws {
        var desk = Desk.ready()
        for id in World.all { desk.refreshed(id, .alert, .empty(Offer.alert, id)) }
        for id in [World.core, World.edge] { desk.refreshed(id, .device, World.healthyDevices(id)) }
        desk.refreshed(World.bonds, "bond", World.bondTable(["up", "up"]))
        #expect(desk.lines.contains { $0.contains("✓ 0 devices down") })
        let place = Int(silence.backend.index)
        let resource = try #require(desk.state.backends[place].resource(silence.kind))
        desk.refreshed(silence.backend, silence.kind, silence.table(resource))
        let lines = desk.lines
        switch silence.number {
        case "devices down":
            #expect(
                lines.contains { $0.contains("▼ ? devices down") && $0.contains("\(silence.rows) unknown") })
        case "bonds degraded":
            #expect(
                lines.contains { $0.contains("◐ ? bonds degraded") && $0.contains("\(silence.rows) unknown") }
            )
        default:
            #expect(!desk.header.contains("✓ 0 critical"))
            #expect(silence.field == .state || desk.header.contains("?"))
        }
    }

    @Test("devices that are known are counted without a question mark beside one that is not")
    func known() {
        let desk = Desk.ready()
        #expect(desk.lines.contains { $0.contains("▼ 1+? devices down") })
        #expect(
            desk.lines.contains {
                $0.contains("7 up, 1 unknown ") || $0.contains("7 up, 1 unknown, 1 ignored, 1 disabled")
            })
    }

    @Test("an alert that follows from a warning and does not say how severe it is counts for itself")
    func unknownBelowWarning() {
        let resource = ResourceDescriptor(
            .alert, plural: "alerts", pane: .alerts,
            fields: Offer.alert.fields + [Field(.cause, "CAUSE", .ref(.alert))],
            interval: 20, feedsCounts: true, nameField: .rule)
        func counts(_ cause: String) -> Counts {
            var builder = TableBuilder(resource, World.core)
            builder.begin(World.alert(World.core, 1))
            builder.set(0, text: cause)
            builder.set(1, text: "open")
            builder.begin(World.alert(World.core, 2))
            builder.set(1, text: "open")
            builder.set(resource.fields.count - 1, ref: World.alert(World.core, 1), name: "cause")
            var desk = Desk.ready()
            desk.refreshed(World.core, .alert, builder.finish())
            return desk.state.counts
        }
        #expect(counts("warning").unknownSeverity == 1)
        #expect(counts("critical").unknownSeverity == 0)
    }
}
