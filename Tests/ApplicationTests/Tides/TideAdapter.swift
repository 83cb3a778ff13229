import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization

/// An adapter that exists in these tests alone: a resource, a pane and a command that nothing else knows.
struct TideAdapter: Adapter {
    static let descriptor = AdapterDescriptor(
        kind: "tides", title: "Tides", basePath: "", authentication: .token,
        reads: [
            ReadDeclaration("/about"), ReadDeclaration("/about/gauges"),
            ReadDeclaration("/about/gauges/{id}"),
        ],
        make: { TideAdapter(settings: $0, transport: $1) })

    private static let gauge = ResourceDescriptor(
        "gauge", plural: "gauges", pane: "tides",
        fields: [
            Field(.name, "Gauge", .text, width: 10...30, priority: 0),
            Field("level", "Level", .integer, width: 5...8, priority: 1),
            Field(.state, "Barrier", .state, width: 6...10, priority: 1),
        ], interval: 60, order: [SortKey("level", descending: true)])

    /// It calls itself harmless; what nobody knows is not.
    private static let raise = CommandDescriptor(
        "raise-barrier", title: "Raise barrier", targets: ["gauge"], tier: .harmless,
        effect: "Ships can neither enter nor leave.",
        form: [
            FormField("reason", "Reason", .line(required: true)),
            FormField("pin", "Pin", .secret(required: true)),
        ], guardWindow: 600, watch: .init(every: 2, for: 10))

    let settings: BackendSettings
    let transport: any ReadTransport

    init(settings: BackendSettings, transport: any ReadTransport) {
        self.settings = settings
        self.transport = transport
    }

    var resources: [ResourceDescriptor] { [Self.gauge] }
    var commands: [CommandDescriptor] { [Self.raise] }

    /// How often new credentials were made.
    private let renewals = Counter()

    func credentials() async throws(BackendError) -> [Header] {
        [Header("Authorization", "Bearer \(settings.secret.exposed)\(renewals.value == 0 ? "" : "-new")")]
    }

    func renewCredentials() async throws(BackendError) -> Bool {
        renewals.add()
        return true
    }

    /// A number that several tasks may count up.
    private final class Counter: Sendable {
        private let number = Mutex(0)
        var value: Int { number.withLock { $0 } }
        func add() { number.withLock { $0 += 1 } }
    }

    private func read(_ path: PathTemplate, _ parameters: [String: String] = [:]) async throws(BackendError)
        -> JSONValue
    {
        let headers = try await credentials()
        let response: Response
        do throws(TransportError) {
            response = try await transport.read(ReadRequest(path, parameters, headers: headers))
        } catch {
            throw BackendError(error)
        }
        guard response.isSuccess else { throw BackendError(.missing, "the tides answer \(response.status)") }
        return try response.json()
    }

    func check() async throws(BackendError) -> ServerInfo {
        let about = try await read("/about")
        return ServerInfo(
            product: about["product"]?.string ?? "Tides", clock: ServerClock(offset: 0, isCertain: true))
    }

    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        var builder = TableBuilder(Self.gauge, settings.id)
        let root = try await read("/about/gauges")
        guard let list = root.array ?? root["parts"]?.array else {
            throw BackendError(.invalid, "the tides give no list")
        }
        for row in list where query.scope.includes(row["id"]?.string ?? "") {
            builder.begin(EntityRef(settings.id, "gauge", id: row["id"]?.string ?? ""))
            builder.set(0, text: row["name"]?.string ?? "")
            builder.set(1, integer: row["level"]?.int64)
            builder.set(2, text: row["barrier"]?.string ?? "")
        }
        let whole: Coverage = root["parts"] == nil ? .everything : .slice
        sink.add(builder.finish(), covering: query.scope == .everything ? whole : .page)
        return .complete
    }

    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        let row = try await read("/about/gauges/{id}", ["id": entity.id])
        return Detail(
            entity, title: row["name"]?.string ?? "",
            sections: [
                Detail.Section(
                    "Water",
                    [
                        Detail.Line("level above zero", .integer(row["level"]?.int64 ?? 0), .integer),
                        Detail.Line("barrier", .text(row["barrier"]?.string ?? ""), .state),
                    ])
            ])
    }

    var liveKinds: [ResourceKind: String] { ["gauge": "calls the gauge by radio"] }

    /// The first gauge answers; the others never do.
    func live(
        _ entity: EntityRef, reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> [Detail.Section] {
        reporting("the gauge is being called")
        guard entity.id != "g-1" else {
            return [Detail.Section("Gauge itself", [Detail.Line("salt", .number(3.5), .percent)])]
        }
        let (silence, line) = AsyncStream.makeStream(of: Int.self)
        for await _ in silence {}
        line.finish()
        throw BackendError(.timedOut, "nobody waits any more")
    }

    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command, steps: [], summary: ["The barrier goes up."], tier: .harmless)
        guard case .text(let reason) = command.arguments["reason"],
            case .text(let pin) = command.arguments["pin"]
        else { throw BackendError(.invalid, "a reason and a pin are needed") }
        for target in command.targets {
            let row = try await read("/about/gauges/{id}", ["id": target.id])
            let name = row["name"]?.string ?? ""
            let state = row["barrier"]?.string ?? ""
            if state == "raised" {
                plan.excluded.append(PlanPreview.Target(target, name: name, words: "it is up already"))
                continue
            }
            plan.steps.append(
                Plan.Step(
                    target, name: name, state: state,
                    request: CommandStep(
                        .post, "/about/gauges/{id}/barrier", ["id": target.id],
                        body: Array("{\"reason\": \"\(reason)\", \"pin\": \"\(pin)\"}".utf8),
                        shownBody: "{\"reason\": \"\(reason)\", \"pin\": \"•••\"}")))
        }
        return plan
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        var outcomes: [Outcome] = []
        for target in plan.command.targets {
            do throws(BackendError) {
                let row = try await read("/about/gauges/{id}", ["id": target.id])
                let isUp = row["barrier"]?.string == "raised"
                outcomes.append(
                    Outcome(
                        target, isUp ? .verified : .failed, isUp ? "the barrier is up" : "it is still down"))
            } catch {
                outcomes.append(Outcome(target, .unknown, error.words))
            }
        }
        return outcomes
    }
}

extension Query.Scope {
    fileprivate func includes(_ id: String) -> Bool {
        switch self {
        case .everything, .changes: true
        case .only(let entities): entities.contains { $0.id == id }
        }
    }
}
