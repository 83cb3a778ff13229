import ArgumentParser
import Audit
import Configuration
import Domain
import Runtime
import Team

/// Prints the record of commands.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Print the commands that were sent and their results, newest first.")

    @Option(help: ArgumentHelp("The configuration file.", valueName: "file")) var config: String?
    @Option(help: ArgumentHelp("Print at most this many.", valueName: "records")) var limit = 50
    @Flag(help: "Only commands whose outcome is unknown.") var unknown = false

    @Flag(help: "Of the whole team, from the store that [team] names.") var team = false
    @Flag(help: "Only commands of this account.") var mine = false

    mutating func run() throws {
        let clock = SystemClock()
        let log = try Setup.auditLog(config: config, clock)
        let (isUnknown, isMine) = (unknown, mine)
        func isWanted(_ entry: AuditEntry) -> Bool {
            (!isUnknown || entry.isUnknown) && (!isMine || entry.user == log.user)
        }
        // What narrows the team's is known here alone.
        let own = isUnknown || isMine ? 10_000 : max(1, limit)
        var entries: [AuditEntry]
        do throws(AuditError) {
            entries = try log.entries(limit: max(1, limit), where: isWanted)
        } catch {
            throw Failure(.usage, error.words)
        }
        if team {
            let shared = try shared(SharedCommands(limit: own))
            entries = Array(
                AuditLog.merged(entries, log.entries(of: shared)).filter(isWanted).prefix(max(1, limit)))
        }
        if entries.isEmpty {
            let kind = (isMine ? " of yours" : "") + (isUnknown ? " with an unknown outcome" : "")
            let place = team ? "the team's record and \(log.path)" : log.path
            Console.complain("no commands\(kind) recorded in \(place)")
        }
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

    /// The lines of the team's record; what of the local log it lacks is delivered before.
    private func shared(_ wanted: SharedCommands) throws -> [SharedLine] {
        let directories = Directories(environment: Setup.environment)
        let path = config ?? directories.configurationFile
        let settings = Settings.read(path, adapters: AdapterRegistry.all, directories: directories).settings
        guard let team = settings.team else { throw Failure(.usage, "\(path) has no [team]: docs/team.md") }
        let ledger: TeamLedger
        do {
            let store = try TeamSettings(team, withheld: SecretResolver.variables(of: settings))
            let servers = settings.backends.compactMap { backend in
                AdapterRegistry.descriptor(backend.kind, backend.adapter).map {
                    (backend.name, backend.endpoint.teamServer($0))
                }
            }
            ledger = TeamLedger(
                store, settings, directories,
                servers: Dictionary(servers, uniquingKeysWith: { first, _ in first }))
        } catch { throw Failure(.usage, error.words) }
        ledger.start()
        defer { ledger.close() }
        let answer = wait(for: {
            _ = await ledger.settle(within: 5)
            return await TeamRecord(ledger: ledger).read(wanted, within: 5)
        })
        do { return try answer.get() } catch {
            throw Failure(.backendFailed, "the team's record was not read: \(error.words)")
        }
    }
}
