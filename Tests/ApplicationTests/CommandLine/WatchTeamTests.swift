import AdapterKit
import CurlTransport
import JSON
import RawServer
import RealServer
import Team
import Testing

@testable import nocturne

@Suite(
    "watch, with a team", .timeLimit(.minutes(15)),
    .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed: apt-get install postgresql"))
struct WatchTeamTests {
    @Test("a second watch takes what the first has read, and a look after that the server's own answer")
    func shared() async throws {
        let postgres = try Postgres()
        _ = try TeamAdministration(TeamSettings(url: postgres.url(as: "postgres"))).migrate()
        try postgres.sql("CREATE ROLE noc LOGIN IN ROLE nocturne_screens")
        let server = try TideServer()
        func reads() -> Int { server.raw.requests.count { $0.target.split(separator: "/").count == 2 } }
        func network() throws -> Network {
            let settings = TeamSettings(url: postgres.url(as: "noc"))
            let member = TeamMember(name: "op@host", version: "0", servers: ["sea"])
            return try Network([.sea(server)], isReadOnly: true, log: nil) { accounts in
                TeamStore(settings, member: member, accounts: accounts) { _ in }
            }
        }
        func present(_ network: Network) async -> Int {
            let watcher = Watcher(network: network, resources: ["tides"], tellsPresent: true)
            let told = Lines()
            _ = await watcher.follow(count: 1, timeout: nil) { told.append($0.line.text) }
            return told.all.count
        }
        let (first, second) = (try network(), try network())
        for one in [first, second] { one.team?.start() }
        #expect(await present(first) == 1)
        let alone = reads()
        while first.team?.tally.fetched != alone { await Task.yield() }
        #expect(await present(second) == 1)
        #expect(reads() == alone && second.team?.tally.taken == alone)
        // The same once more is no news to it.
        #expect(await present(second) == 1)
        #expect(reads() == 2 * alone)
        for one in [first, second] {
            one.team?.close()
            await one.curl.stop()
        }
    }
}
