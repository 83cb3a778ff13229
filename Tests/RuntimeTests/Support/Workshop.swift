import AdapterKit
import Audit
import Domain
import Foundation
import HTTP
import Runtime
import Synchronization

/// A executor with one backend, whose server is made of two closures, and a log of its own.
final class Workshop: Sendable {
    let executor: CommandExecutor
    let transport: CountingTransport
    let audit: AuditLog
    private let directory: URL

    static let backend = BackendID(0)
    static let alert = EntityRef(backend, .alert, id: "7")

    /// Makes a executor.
    ///
    /// - Parameter answer: what the server says to the n-th command that reaches it, counted from 1.
    init(
        renews: Bool = false,
        answering answer: @escaping @Sendable (Int) -> Result<Response, TransportError> = { _ in
            .success(Response(status: 200, headers: [], body: Body([])))
        }
    ) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "executor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let transport = CountingTransport(answer)
        let settings = BackendSettings(
            id: Self.backend, name: "core",
            endpoint: Endpoint(
                origin: Origin(scheme: "https", host: "nms.example.net", port: 443), basePath: "/api/v0"),
            secret: Secret("t"), now: { Timestamp(1_795_230_862) }, pause: { _ in })
        let audit = AuditLog(
            path: directory.appending(path: "audit.jsonl").path,
            identity: AuditIdentity(
                user: "ana", host: "noc1", client: nil, process: ProcessInfo.processInfo.processIdentifier)
        ) { Timestamp(1_795_230_862) }
        self.audit = audit
        self.transport = transport
        executor = CommandExecutor(
            connections: [
                Connection(
                    settings: settings, title: "Test", adapter: PlainAdapter(renews: renews),
                    commander: transport)
            ], audit: audit, clock: StoppedClock()
        ) { _, _, _ in }
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// Makes the log unusable, or usable again.
    func spoilLog(_ isSpoiled: Bool) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: isSpoiled ? 0o777 : 0o700], ofItemAtPath: directory.path)
    }
}

/// What commands leave by: it counts them and sends nothing.
final class CountingTransport: CommandTransport {
    private let log = Mutex<[String]>([])
    private let answer: @Sendable (Int) -> Result<Response, TransportError>

    init(_ answer: @escaping @Sendable (Int) -> Result<Response, TransportError>) { self.answer = answer }

    /// The receipts that were used, in order.
    var receipts: [String] { log.withLock { $0 } }

    func send(_ step: CommandStep, _ receipt: AuditReceipt) async throws(TransportError) -> Response {
        let number = log.withLock { log in
            log.append("\(receipt.record)/\(receipt.step)/\(receipt.attempt)")
            return log.count
        }
        // Whoever else wants to send the same gets the chance to.
        await Task.yield()
        return try answer(number).get()
    }
}

/// An adapter of a server that has one alert, and that believes whatever it is answered.
struct PlainAdapter: Adapter {
    var renews = false
    /// Seconds within which an acknowledgement is a repetition; nil for never.
    var guardWindow: Double?

    var resources: [ResourceDescriptor] { [] }
    var commands: [CommandDescriptor] {
        [
            CommandDescriptor(
                .acknowledge, title: "Acknowledge", targets: [.alert], tier: .harmless, effect: "x",
                guardWindow: guardWindow)
        ]
    }

    func check() async throws(BackendError) -> ServerInfo {
        ServerInfo(product: "Test", clock: ServerClock(offset: 0, isCertain: true))
    }

    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        .complete
    }

    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail { throw BackendError(.unsupported, "none") }

    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        Plan(
            command,
            steps: command.targets.map {
                Plan.Step(
                    $0, name: "alert \($0.id)", state: "open",
                    request: CommandStep(.put, "/alerts/{id}", ["id": $0.id]))
            }, summary: ["acknowledge"], tier: .harmless)
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        answers.map { answer in
            switch answer.result {
            case .success(let response) where response.isSuccess: Outcome(answer.entity, .verified, "done")
            case .success(let response): Outcome(answer.entity, .unknown, "status \(response.status)")
            case .failure(let error): Outcome(answer.entity, .unknown, "\(error)")
            }
        }
    }

    func credentials() async throws(BackendError) -> [Header] { [] }
    func renewCredentials() async throws(BackendError) -> Bool { renews }
}

struct StoppedClock: Clock {
    var now: Instant { Instant(seconds: 1_000) }
    var wall: Timestamp { Timestamp(1_795_230_862) }
    var zone: Int { 0 }
}
