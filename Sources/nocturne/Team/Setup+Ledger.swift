import Audit
import Canvas
import Configuration
import Dashboard
import Domain
import Runtime
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
        case .lines(let lines):
            return .success(lines.map { SharedLine($0.text, age: $0.age, server: $0.server) })
        case .away(let words): return .failure(SharedRecordAbsence(words))
        }
    }
}

/// The claims of a team, between its servers' names and this screen's backends.
struct TeamClaimKeeper: ClaimKeeper {
    let ledger: TeamLedger
    /// Where each backend is, by its place.
    let servers: [String]

    func take(_ deeds: [ClaimDeed]) {
        ledger.take(
            deeds.compactMap { deed in
                switch deed {
                case .make(let row, let name, let note, let length):
                    guard servers.indices.contains(Int(row.backend.index)) else { return nil }
                    return .make(
                        id: TeamLedger.newClaimID(), server: servers[Int(row.backend.index)],
                        kind: row.kind.rawValue, entity: row.id, name: name, note: note, length: length)
                case .change(let id, let note, let length): return .change(id: id, note: note, length: length)
                case .end(let id): return .end(id: id)
                }
            })
    }
}

extension ClaimBook {
    /// The claims of a team that are about rows of some servers; each backend of the same server has them.
    init(_ known: TeamClaims, servers: [String], user: String, host: String) {
        let claims = known.claims.flatMap { claim in
            servers.indices.filter { servers[$0] == claim.server }.map { place in
                Claim(
                    id: claim.id,
                    entity: EntityRef(
                        BackendID(place), ResourceKind(rawValue: CleanText.oneLine(claim.kind)),
                        id: claim.entity),
                    name: CleanText.oneLine(claim.name), owner: CleanText.oneLine(claim.owner),
                    host: CleanText.oneLine(claim.host), note: CleanText.oneLine(claim.note),
                    madeAt: Instant(nanoseconds: claim.madeAt),
                    endsAt: claim.endsAt.map { Instant(nanoseconds: $0) },
                    isMine: claim.owner == user && claim.host == host, isShared: claim.isShared)
            }
        }
        self.init(
            claims: claims, problem: known.problem,
            refusal: known.mayClaim == false
                ? "the account of the team's store may only read: claims are seen here, and not made" : nil)
    }
}

extension TeamLedger {
    /// What a team keeps, as a configuration names it.
    ///
    /// - Parameter servers: where each backend is, by its name.
    convenience init(
        _ team: TeamSettings, _ settings: Settings, _ directories: Directories, servers: [String: String],
        report: @escaping @Sendable (TeamClaims) -> Void = { _ in },
        complain: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        let who = AuditIdentity.current(connection: nil)
        let place = LedgerPlace(
            log: Setup.auditFile(settings, directories, isDemo: false), state: directories.state,
            user: who.user, host: who.host, servers: servers)
        self.init(
            team, member: .current(servers: servers.keys.sorted()), place: place, report: report,
            complain: complain)
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
    ///
    /// - Parameters:
    ///   - report: hears which claims hold; called on any thread.
    ///   - complain: hears what the team does not get, in words; called on any thread.
    func ledger(
        report: @escaping @Sendable (ClaimBook) -> Void = { _ in },
        complain: @escaping @Sendable (String) -> Void = { _ in }
    ) -> TeamLedger? {
        guard case .success(let team) = teamSettings() else { return nil }
        let servers = Dictionary(plans.map { ($0.name, $0.server) }, uniquingKeysWith: { first, _ in first })
        let who = AuditIdentity.current(connection: nil)
        let places = plans.map(\.server)
        return TeamLedger(team, settings, directories, servers: servers) { known in
            report(ClaimBook(known, servers: places, user: who.user, host: who.host))
        } complain: {
            complain($0)
        }
    }
}
