import Audit
import Configuration
import Domain
import Team

/// The record of a team behind the protocol that commands know.
struct TeamRecord: SharedRecord {
    let ledger: TeamLedger

    func read(
        _ wanted: SharedCommands, within seconds: Double
    ) async -> Result<[SharedLine], SharedRecordAbsence> {
        var question = RecordQuestion(limit: wanted.limit, age: wanted.age)
        question.server = wanted.server
        question.command = wanted.command?.rawValue ?? ""
        question.targets = wanted.entities.map { ($0.kind.rawValue, $0.id) }
        question.id = wanted.record
        switch await ledger.read(question, within: seconds) {
        case .lines(let lines): return .success(lines.map { SharedLine($0.text, age: $0.age) })
        case .away(let words): return .failure(SharedRecordAbsence(words))
        }
    }
}

extension TeamLedger {
    /// What a team keeps, as a configuration names it.
    ///
    /// - Parameter servers: where each backend is, by its name.
    convenience init(
        _ team: TeamSettings, _ settings: Settings, _ directories: Directories, servers: [String: String]
    ) {
        let who = AuditIdentity.current(connection: nil)
        let place = LedgerPlace(
            log: Setup.auditFile(settings, directories, isDemo: false), state: directories.state,
            user: who.user, host: who.host, servers: servers)
        self.init(team, member: .current(servers: servers.keys.sorted()), place: place)
    }
}

extension TeamLedger {
    /// Ends it when what was written is delivered, or after a second: the next process delivers the rest.
    func finish() async {
        _ = await settle(within: 1)
        close()
    }
}

extension Setup {
    /// What the team keeps; nil without one, and where its password is unavailable.
    ///
    /// Nothing is connected yet.
    func ledger() -> TeamLedger? {
        guard let team = try? teamSettings() else { return nil }
        let servers = Dictionary(plans.map { ($0.name, $0.server) }, uniquingKeysWith: { first, _ in first })
        return TeamLedger(team, settings, directories, servers: servers)
    }
}
