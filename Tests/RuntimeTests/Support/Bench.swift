import AdapterKit
import Audit
import Dashboard
import Domain
import Foundation
import HTTP
import Runtime
import Synchronization

/// An executor with several backends at one server, and what a team recorded, as a test makes it up.
final class Bench: Sendable {
    static let server = "bonding https://bonds.example.net:443/api"
    static let now = Timestamp(1_795_230_862)

    let executor: CommandExecutor
    let audit: AuditLog
    let team = MadeUpRecord()
    private let directory: URL

    /// Makes one.
    ///
    /// - Parameters:
    ///   - backends: the names of the backends.
    ///   - writable: which of them may send.
    init(_ backends: [String], writable: Set<String>) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let audit = AuditLog(
            path: directory.appending(path: "audit.jsonl").path,
            identity: AuditIdentity(
                user: "ana", host: "noc1", client: nil, process: ProcessInfo.processInfo.processIdentifier)
        ) { Self.now }
        self.audit = audit
        let connections = backends.enumerated().map { place, name in
            let settings = BackendSettings(
                id: BackendID(place), name: name,
                endpoint: Endpoint(
                    origin: Origin(scheme: "https", host: "bonds.example.net", port: 443), basePath: "/api"),
                secret: Secret("t"), now: { Self.now }, pause: { _ in })
            return Connection(
                settings: settings, title: "Test", adapter: PlainAdapter(guardWindow: 900),
                commander: writable.contains(name)
                    ? CountingTransport { _ in .success(Response(status: 500, headers: [], body: Body([]))) }
                    : nil, server: Self.server)
        }
        executor = CommandExecutor(
            connections: connections, audit: audit, clock: StoppedClock(), team: team
        ) { _, _, _ in }
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    /// What was done to the alert a short time ago, as whoever wants to do it again at a backend is told.
    func prepare(_ place: Int) async throws -> (repeats: [String], lastDone: String?) {
        let alert = EntityRef(BackendID(place), .alert, id: "7")
        let prepared = try await executor.prepare(1, BackendID(place), Command(.acknowledge, [alert])).get()
        return (prepared.repeats.map(\.words), prepared.lastDone)
    }

    /// Sends what was prepared.
    func perform(_ place: Int) async -> [Outcome] {
        await executor.perform(1, BackendID(place), as: .harmless)
    }
}

/// The record of a team as a test says it.
final class MadeUpRecord: SharedRecord {
    private let said = Mutex<Result<[SharedLine], SharedRecordAbsence>>(.success([]))

    /// Says something from now on.
    func say(_ reply: Result<[SharedLine], SharedRecordAbsence>) { said.withLock { $0 = reply } }

    func read(
        _ wanted: SharedCommands, within seconds: Double
    ) async -> Result<[SharedLine], SharedRecordAbsence> { said.withLock { $0 } }
}
