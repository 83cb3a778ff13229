import AdapterKit
import Audit
import Dashboard
import Domain
import Foundation
import HTTP
import RealServer
import Runtime
import Synchronization

@testable import Team
@testable import nocturne

/// An operator's screen as far as commands go: a log, what the team keeps, and one server that does what it is told.
final class Desk: Sendable {
    static let bond = EntityRef(BackendID(0), .bond, id: "7")
    static let server = "bonding https://bonds.example.net:443/api"

    let directory: URL
    let ledger: TeamLedger
    let audit: AuditLog
    let executor: CommandExecutor

    /// Makes one.
    ///
    /// - Parameters:
    ///   - directory: of another one, whose process has ended; nil for a new one.
    ///   - named: what this screen calls the server.
    init(
        _ url: String, user: String = "ana", host: String = "noc1", named name: String = "bonds",
        server: String = Desk.server, after directory: URL? = nil,
        complain: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.directory =
            directory ?? FileManager.default.temporaryDirectory.appending(path: "desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: self.directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let path = self.directory.appending(path: "audit.jsonl").path
        let ledger = TeamLedger(
            TeamSettings(url: url),
            member: TeamMember(name: "\(user)@\(host)", version: "0", servers: [name]),
            place: LedgerPlace(
                log: path, state: self.directory.path, user: user, host: host, servers: [name: server]),
            complain: complain)
        self.ledger = ledger
        audit = AuditLog(
            path: path,
            identity: AuditIdentity(
                user: user, host: host, client: nil, process: ProcessInfo.processInfo.processIdentifier),
            written: { ledger.written() }, now: { Timestamp(Int64(time(nil))) })
        let settings = BackendSettings(
            id: BackendID(0), name: name,
            endpoint: Endpoint(
                origin: Origin(scheme: "https", host: "bonds.example.net", port: 443), basePath: "/api"),
            secret: Secret("t"), now: { Timestamp(Int64(time(nil))) }, pause: { _ in })
        executor = CommandExecutor(
            connections: [
                Connection(
                    settings: settings, title: "Test", adapter: ObedientAdapter(),
                    commander: ObedientTransport(), server: server)
            ], audit: audit, clock: SystemClock(), team: TeamRecord(ledger: ledger)
        ) { _, _, _ in }
        ledger.start()
    }

    /// Restarts the bond, with a form that has a secret in it.
    func restart(_ session: Int = 1) async -> [Outcome] {
        await executor.perform(session, BackendID(0), as: .hurts)
    }

    /// Asks what must be known before.
    func prepare(_ session: Int = 1) async throws -> (lastDone: String?, repeats: [String]) {
        let command = Command(
            "restart-bond", [Self.bond], ["reason": .text("slow"), "passphrase": .text(Self.secret)])
        let prepared = try await executor.prepare(session, BackendID(0), command).get()
        return (prepared.lastDone, prepared.repeats.map(\.words))
    }

    static let secret = "pass-m4rker-of-a-form"

    /// Writes some commands into the log, as a process that knows no team does.
    func write(_ count: Int) throws {
        for _ in 0..<count {
            let admission = try audit.begin(
                AuditIntent(
                    backend: "bonds", command: Command("restart-bond", [Self.bond]),
                    preview: PlanPreview(
                        summary: [],
                        targets: [PlanPreview.Target(Self.bond, name: "Keller", words: "up")], requests: [],
                        tier: .hurts), form: []))
            _ = audit.finish(admission, [Outcome(Self.bond, .verified, "it is back")])
        }
    }
}

/// An adapter of a server with one bond that restarts when it is told to.
struct ObedientAdapter: Adapter {
    var resources: [ResourceDescriptor] { [] }
    var commands: [CommandDescriptor] {
        [
            CommandDescriptor(
                "restart-bond", title: "Restart", targets: [.bond], tier: .hurts, effect: "x",
                form: [
                    FormField("reason", "Reason", .line(required: false)),
                    FormField("passphrase", "Passphrase", .secret(required: true)),
                ], guardWindow: 900)
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
                    $0, name: "Keller", state: "up",
                    request: CommandStep(
                        .put, "/bonds/{id}", ["id": $0.id],
                        body: Array(#"{"passphrase":"\(command.arguments["passphrase"]?.text ?? "")"}"#.utf8),
                        shownBody: #"{"passphrase":"•••"}"#))
            }, summary: ["restart"], tier: .hurts)
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] { answers.map { Outcome($0.entity, .verified, "it is back") } }

    func credentials() async throws(BackendError) -> [Header] { [] }
    func renewCredentials() async throws(BackendError) -> Bool { false }
}

/// What commands leave by: nothing leaves.
struct ObedientTransport: CommandTransport {
    func send(_ step: CommandStep, _ receipt: AuditReceipt) async throws(TransportError) -> Response {
        Response(status: 200, headers: [], body: Body([]))
    }
}
