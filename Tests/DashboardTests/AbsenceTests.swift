import Canvas
@testable import Dashboard
import Domain
import Testing

/// A field that decides, of which rows do not say what it should.
struct Silence: Sendable, CustomTestStringConvertible {
    let backend: BackendID
    let kind: ResourceKind
    let field: FieldKey
    /// What stands there instead: nothing, or a word that nobody knows.
    let word: String
    /// In how many rows.
    let rows: Int
    /// The number of the wallboard that it decides.
    let number: String

    var testDescription: String {
        "\(field) of \(rows) \(kind), \(word.isEmpty ? "left out" : word)"
    }

    static let all: [Silence] = ["", "unknown", "bewildered"].flatMap { word in
        [1, 2].flatMap { rows in
            [
                Silence(World.core, .device, .status, word, rows, "devices down"),
                Silence(World.core, .alert, .severity, word, rows, "critical"),
                Silence(World.core, .alert, .severity, word, rows, "warning"),
                Silence(World.core, .alert, .state, word, rows, "critical"),
                Silence(World.bonds, "bond", .status, word, rows, "bonds degraded"),
            ]
        }
    }

    private init(
        _ backend: BackendID, _ kind: ResourceKind, _ field: FieldKey, _ word: String, _ rows: Int,
        _ number: String
    ) {
        self.backend = backend
        self.kind = kind
        self.field = field
        self.word = word
        self.rows = rows
        self.number = number
    }

    /// Two rows that are fine, or a critical alert each, of which some do not say this field.
    func table(_ resource: ResourceDescriptor) -> Table {
        var builder = TableBuilder(resource, backend)
        for row in 0..<2 {
            builder.begin(EntityRef(backend, kind, id: Int64(row + 1)))
            for (place, other) in resource.fields.enumerated() {
                let text: String? =
                    switch other.key {
                    case field where row < rows: word.isEmpty ? nil : word
                    case .severity: "critical"
                    case .state: "acknowledged"
                    case .status: "up"
                    case .name: "row \(row)"
                    default: nil
                    }
                if let text { builder.set(place, text: text) }
            }
        }
        return builder.finish()
    }
}

@Suite("What rows do not say is not counted as fine")
struct AbsenceTests {
    @Test(
        "a number whose rows do not say what decides it has a question mark, and nothing is quiet",
        arguments: Silence.all)
    func silence(_ silence: Silence) throws {
        var desk = Desk.quietWall()
        let place = Int(silence.backend.index)
        let resource = try #require(desk.state.backends[place].resource(silence.kind))
        let table = silence.table(resource)
        // As the adapters' rows are judged, and as if nobody had judged them.
        for completeness in [Completeness.partial("not all is known"), .complete] {
            desk.refreshed(silence.backend, silence.kind, table, completeness)
            desk.tick(1)
            let number = try #require(Headline(desk.state).numbers.first { $0.word == silence.number })
            if silence.field == .state {
                // Whether somebody took it is not known: it counts, and waits for somebody.
                #expect(number.count.value == 2)
                #expect(desk.state.counts.criticalUnhandled == silence.rows)
            } else {
                #expect(number.count.isComplete == false)
                #expect(number.digits.hasSuffix("?"))
            }
            #expect(number.sign.role != .severityOk)
            #expect(!desk.text.contains("quiet"))
        }
    }

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
