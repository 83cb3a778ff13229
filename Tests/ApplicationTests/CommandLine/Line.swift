import Audit
import Configuration
import CurlTransport
import Dashboard
import Domain
import Foundation
import Runtime

@testable import nocturne

/// Commands as the command line carries them out, without the process around it.
final class Line {
    let network: Network
    let audit: AuditLog
    let clock: SteppedClock
    let directory: TemporaryDirectory
    let log = Lines()
    var secret: String?

    init(_ plans: [BackendPlan], isReadOnly: Bool = false, at start: Timestamp = Timestamp(1_790_000_000))
        throws
    {
        let clock = SteppedClock(at: start)
        let directory = try TemporaryDirectory()
        let log = log
        self.clock = clock
        self.directory = directory
        network = try Network(plans, isReadOnly: isReadOnly, log: { log.append($0) }, clock: clock)
        audit = AuditLog(
            path: "\(directory.path)/audit.jsonl",
            identity: AuditIdentity(user: "jk", host: "noc1", client: nil, process: getpid()),
            now: { clock.wall })
    }

    /// What is on disk of the audit log.
    var record: String { directory.text(of: "audit.jsonl") }

    /// Runs one command as a process of its own would.
    func run(
        _ kind: CommandKind, _ words: [String], kindOfTarget: String? = nil, yes: Bool = false,
        confirm: [String] = [], again: [String] = [], dryRun: Bool = false, format: ListFormat = .text
    ) async -> Ending {
        let secret = secret
        let acting = Acting(
            network: network,
            executor: CommandExecutor(connections: network.connections, audit: audit, clock: clock) {
                _, _, _ in
            },
            secrets: SecretResolver(environment: ["PIN": "4711-0815"], withheld: []),
            readSecret: { secret })
        let order = Acting.Order(
            kind: kind, words: words, targetKind: kindOfTarget, yes: yes, confirmed: confirm, again: again,
            isDryRun: dryRun)
        switch await acting.report(order, timeout: 60, format) {
        case .success(let report):
            return Ending(code: report.code, output: report.output, complaint: report.complaint ?? "")
        case .failure(let failure):
            return Ending(code: failure.code, output: "", complaint: failure.words)
        }
    }

    struct Ending {
        let code: ExitCodes
        let output: String
        let complaint: String

        /// All that is printed anywhere.
        var text: String { output + complaint }
        /// The output as a list of objects.
        var rows: [[String: Any]] {
            (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [[String: Any]] ?? []
        }
    }
}

/// Runs a story on a command line and ends its network afterwards.
func withLine(
    _ plans: [BackendPlan], isReadOnly: Bool = false, at start: Timestamp = Timestamp(1_790_000_000),
    _ story: (Line) async throws -> Void
) async throws {
    let line = try Line(plans, isReadOnly: isReadOnly, at: start)
    let result: Result<Void, any Error>
    do { result = .success(try await story(line)) } catch { result = .failure(error) }
    await line.network.curl.stop()
    try result.get()
}
