import Configuration
import Domain
import Glibc
import History
import Runtime
import Team
import TeamHistory

extension Setup {
    /// Where changes of state are recorded; nil where the configuration wants none recorded.
    ///
    /// With a team that is the team's, and no other: else there were two truths.
    ///
    /// - Parameters:
    ///   - team: the store of the team; a failure is why it can't be used.
    ///   - use: whether it is recorded there, or only read.
    func history(
        _ clock: any Clock, team: Result<TeamSettings, SecretError>? = nil,
        use: PostgresHistory.Use = .records
    ) -> (any HistoryStore)? {
        guard let kept = settings.history else { return nil }
        if let team, settings.team?.sharesHistory == true {
            guard case .success(let store) = team else { return nil }
            return Self.teamHistory(store, plans, kept, clock, use)
        }
        let path = isDemo ? DemoHistory.path : directories.historyFile
        return path.map { Self.history($0, kept, clock) }
    }

    /// The history of changes at a path.
    static func history(
        _ path: String, _ kept: HistorySettings?, _ clock: any Clock, setsAside: Bool = true
    ) -> SQLiteHistory {
        let kept = kept ?? HistorySettings()
        return SQLiteHistory(
            path: path, retention: .init(days: kept.days, bytes: kept.bytes), setsAside: setsAside,
            now: { clock.wall })
    }

    /// Reads what was recorded, for a command without a screen; nil where nothing is kept, or nothing was yet.
    ///
    /// It neither makes nor moves a file, and never fails the command.
    func recollections(
        _ clock: any Clock
    ) -> (@Sendable (HistoryQuery) -> Result<Recollection, BackendError>)? {
        guard !isDemo, settings.history != nil else { return nil }
        let store: any HistoryStore
        if let team = settings.team, team.sharesHistory {
            do throws(SecretError) {
                let place = try TeamSettings(team, withheld: withheld)
                Self.complain(ofMissing: plans)
                store = Self.teamHistory(place, plans, settings.history, clock, .reads)
            } catch {
                let words = error.words
                return { _ in .failure(BackendError(.missing, words)) }
            }
        } else {
            guard access(directories.historyFile, F_OK) == 0 else { return nil }
            store = Self.history(directories.historyFile, settings.history, clock, setsAside: false)
        }
        return { query in
            do throws(HistoryError) {
                return .success(try store.recall(query))
            } catch {
                return .failure(BackendError(.missing, error.words))
            }
        }
    }

    /// The history of a team, of some backends.
    private static func teamHistory(
        _ team: TeamSettings, _ plans: [BackendPlan], _ kept: HistorySettings?, _ clock: any Clock,
        _ use: PostgresHistory.Use, patience: Double = 2
    ) -> PostgresHistory {
        let kept = kept ?? HistorySettings()
        return PostgresHistory(
            team,
            sources: plans.map {
                TeamHistorySource(
                    backend: $0.name, endpoint: $0.endpoint, descriptor: $0.descriptor,
                    account: TeamAccount($0))
            }, name: TeamMember.current(servers: []).name,
            retention: .init(days: kept.days, bytes: kept.bytes), use: use, patience: patience,
            now: { clock.wall })
    }

    /// Says of which backends nothing can be found.
    private static func complain(ofMissing plans: [BackendPlan]) {
        for plan in plans where !TeamAccount(plan).isShareable {
            Console.complain(
                "\(plan.name) is not in the team's history: use a token of 20 characters or more")
        }
    }

    /// The history of the team that a configuration names, for a command without a screen; nil where each keeps its own.
    static func teamHistory(_ settings: Settings, _ clock: any Clock) throws -> PostgresHistory? {
        guard let team = settings.team, team.sharesHistory, settings.history != nil else { return nil }
        let withheld = SecretResolver.variables(of: settings)
        do throws(SecretError) {
            let place = try TeamSettings(team, withheld: withheld)
            let secrets = SecretResolver(environment: environment, withheld: withheld)
            let plans = settings.backends.compactMap { BackendPlan($0, secrets) }
            complain(ofMissing: plans)
            return teamHistory(place, plans, settings.history, clock, .records, patience: 30)
        } catch { throw Failure(.usage, error.words) }
    }
}
