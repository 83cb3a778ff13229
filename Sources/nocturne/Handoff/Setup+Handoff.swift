import Audit
import Configuration
import Dashboard
import Domain
import Runtime
import Synchronization
import Team

extension Setup {
    /// Seconds that the team's store may take.
    private static let patience = 5.0
    /// So many commands of the team are read at most.
    private static let mostCommands = 5_000

    /// What was done and who has what: of this computer, and of the team where there is one.
    ///
    /// - Returns: and why it may not be all.
    func handedOver(
        since earliest: Timestamp, _ clock: any Clock
    ) async -> (commands: Result<[AuditRow], BackendError>, claims: [HandedClaim], remarks: [String]) {
        let log = auditLog(clock)
        var entries: [AuditEntry]
        do throws(AuditError) {
            entries = try log.entries(since: earliest)
        } catch {
            return (.failure(BackendError(.invalid, error.words)), [], [])
        }
        let known = KnownClaims()
        var remarks: [String] = []
        var claims: [HandedClaim] = []
        if settings.team != nil, !isDemo {
            guard let ledger = ledger(report: { known.take($0) }) else {
                remarks.append(
                    "the password of the team's store is unavailable: commands of others and claims are missing"
                )
                return (.success(entries.map { AuditRow($0, backend: nil) }), [], remarks)
            }
            ledger.start()
            defer { ledger.close() }
            var wanted = SharedCommands(limit: Self.mostCommands)
            wanted.age = Double(max(0, clock.wall.seconds - earliest.seconds))
            switch await TeamRecord(ledger: ledger).read(wanted, within: Self.patience) {
            case .success(let lines):
                let here = plans.map { ($0.name, $0.server) }
                entries = AuditLog.merged(
                    entries.map { $0.named(by: here, isShared: false) },
                    log.entries(of: lines).map { $0.named(by: here, isShared: true) })
            case .failure(let absence):
                remarks.append(
                    "commands of others are missing: the team's record was not read: \(absence.words)")
            }
            // The record was answered behind the claims of the same connection.
            let last = known.book
            if let problem = last?.problem {
                remarks.append("who has what may be missing or over: \(problem)")
            }
            let names = plans.map(\.name)
            claims = (last?.claims ?? []).map {
                HandedClaim(
                    $0, backend: names[Int($0.entity.backend.index)], now: clock.now, wall: clock.wall)
            }
        }
        return (.success(entries.map { AuditRow($0, backend: nil) }), claims, remarks)
    }
}

/// The claims that a ledger reported last.
private final class KnownClaims: Sendable {
    private let known = Mutex<ClaimBook?>(nil)

    var book: ClaimBook? { known.withLock { $0 } }

    func take(_ book: ClaimBook) { known.withLock { $0 = book } }
}
