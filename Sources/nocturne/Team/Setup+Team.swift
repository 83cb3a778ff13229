import AdapterKit
import Audit
import Configuration
import Dashboard
import Domain
import Runtime
import Synchronization
import Team

extension TeamAccount {
    /// Who reads at a backend: a user where it has one, else whose token it is.
    convenience init(_ plan: BackendPlan) {
        let isToken = plan.descriptor.authentication == .token
        self.init(user: plan.user, token: isToken ? plan.secret : nil, headers: plan.headers)
    }
}

extension TeamStanding {
    init(_ state: TeamState) {
        switch state {
        case .joining: self = .joining
        case .joined(let shares): self = shares ? .joined : .listening
        case .alone(let words): self = .alone(words)
        }
    }
}

extension Setup {
    /// The store of the team as the configuration says; nil where it has none.
    ///
    /// Its password is fetched when it is asked for first.
    ///
    /// A failure is why the password is unavailable.
    func teamSettings() -> Result<TeamSettings, SecretError>? {
        guard let team = settings.team, !isDemo else { return nil }
        return teamSource.settings { () throws(SecretError) in
            try TeamSettings(team, withheld: withheld)
        }
    }

    /// Makes what a team shares, and tells the main thread how it stands to it.
    func team(
        _ inbox: Inbox, _ found: Result<TeamSettings, SecretError>?
    ) -> (([TeamAccount]) -> TeamStore)? {
        let settings: TeamSettings
        switch found {
        case .success(let found): settings = found
        case .failure(let error):
            inbox.post(.teamed(.alone(error.words)))
            return nil
        case nil: return nil
        }
        let servers = plans.map(\.name)
        return { accounts in
            TeamStore(
                settings, member: .current(servers: servers), accounts: accounts,
                report: Self.report(to: inbox))
        }
    }

    /// Makes the team's store for a command that goes on reading; says on standard error why there is none.
    func sharedReads() -> (([TeamAccount]) -> TeamStore)? {
        switch teamSettings() {
        case nil: return nil
        case .failure(let error):
            Console.complain("nothing is shared with the team: \(error.words)")
            return nil
        case .success(let settings):
            let member = TeamMember.current(servers: plans.map(\.name))
            return { TeamStore(settings, member: member, accounts: $0) { _ in } }
        }
    }

    /// Which backends are asked by each screen for itself, and why.
    var teamNotices: [String] {
        guard settings.team != nil, !isDemo else { return [] }
        let hasHistory = settings.team?.sharesHistory == true && settings.history != nil
        let without = hasHistory ? " and has no history" : ""
        return plans.filter { !TeamAccount($0).isShareable }.map {
            "\($0.name): use a token of 20 characters or more; with a shorter one it is not shared\(without)"
        }
    }

    /// Hands what a store reports to the main thread.
    static func report(to inbox: Inbox) -> @Sendable (TeamNews) -> Void {
        { news in
            switch news {
            case .state(let state): inbox.post(.teamed(TeamStanding(state)))
            case .renewed(let backend, let list):
                inbox.post(.renewed(BackendID(backend), ResourceKind(rawValue: list)))
            }
        }
    }
}

/// Where a team's store is, found once: what fetches its password may ask the operator something.
final class TeamSource: Sendable {
    private let found = Mutex<Result<TeamSettings, SecretError>?>(nil)

    func settings(_ find: () throws(SecretError) -> TeamSettings) -> Result<TeamSettings, SecretError> {
        if let found = found.withLock({ $0 }) { return found }
        let result: Result<TeamSettings, SecretError>
        do throws(SecretError) { result = .success(try find()) } catch { result = .failure(error) }
        found.withLock { $0 = result }
        return result
    }
}

extension TeamMember {
    /// This process.
    static func current(servers: [String]) -> TeamMember {
        let who = AuditIdentity.current(connection: nil)
        return TeamMember(name: "\(who.user)@\(who.host)", version: Nocturne.version, servers: servers)
    }
}

extension TeamSettings {
    /// A store as a configuration names it; its password is fetched now.
    init(_ team: TeamConfiguration, withheld: [String]) throws(SecretError) {
        let secrets = SecretResolver(environment: Setup.environment, withheld: withheld)
        self.init(
            url: team.url,
            password: try team.password.map { source throws(SecretError) in
                try secrets.resolve(source, as: .password)
            })
    }
}
