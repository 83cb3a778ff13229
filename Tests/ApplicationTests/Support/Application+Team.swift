import Dashboard
import Domain
import Runtime
import Team

@testable import nocturne

extension Application {
    /// The store of a team, told to the loop as the program does.
    static func store(_ url: String, _ inbox: Inbox) -> ([TeamAccount]) -> TeamStore {
        { accounts in
            TeamStore(
                TeamSettings(url: url), member: TeamMember(name: "jk@noc1", version: "0", servers: []),
                accounts: accounts, report: Setup.report(to: inbox))
        }
    }
}
