import ArgumentParser
import Audit
import Domain
import Runtime

/// Prints the record of commands.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Print the commands that were sent and their results, newest first.")

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file")) var config: String?
    @Option(help: ArgumentHelp("Print at most this many.", valueName: "records")) var limit = 50
    @Flag(help: "Only commands whose outcome is unknown.") var unknown = false

    mutating func run() throws {
        let clock = SystemClock()
        let log = try Setup.auditLog(config: config, clock)
        let wanted = unknown
        let entries: [AuditEntry]
        do throws(AuditError) {
            entries = try log.entries(limit: max(1, limit), where: { !wanted || $0.isUnknown })
        } catch {
            throw Failure(.usage, error.words)
        }
        if entries.isEmpty { Console.complain("no commands recorded in \(log.path)") }
        for entry in entries {
            let time = CivilTime.fields(entry.time, offset: clock.zone).text
            let client = entry.client.map { " from \($0)" } ?? ""
            Console.say(
                "\(time)  \(entry.command) on \(entry.backend)  by \(entry.user)@\(entry.host)\(client)  \(entry.id)"
            )
            for target in entry.targets {
                let outcome = target.outcome?.rawValue ?? "under way"
                Console.say("    \(target.kind) \(target.id) \(target.name): \(outcome). \(target.words)")
            }
            for request in entry.requests {
                Console.say("    \(request.method) \(request.url)\(request.body.map { " \($0)" } ?? "")")
            }
        }
    }
}
