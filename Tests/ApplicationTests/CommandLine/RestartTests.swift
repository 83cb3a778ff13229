import Domain
import Simulator
import Testing

@testable import nocturne

@Suite("restart", .timeLimit(.minutes(15)))
struct RestartTests {
    @Test(
        "without --confirm, with a wrong name, with --yes, or as a dry run nothing arrives at the bonding server"
    )
    func unconfirmed() async throws {
        let world = World(scale: 300, startingAt: WorldClock.real.now(), withOddities: false)
        let fleet = SimulatedFleet(world: world, bonds: .v3)
        try await fleet.start()
        let result: Result<Void, any Error>
        do {
            let bonding = try #require(fleet.members.first { $0.kind == "bonding" })
            try await withLine([try #require(BackendPlan(bonding))]) { line in
                let harvest = await FetchedRows.gather("bonds", from: line.network, timeout: 60)
                let table = try #require(harvest.tables.first { $0.count > 0 })
                let name = table.name(0)
                for (confirm, yes) in [([], false), ([], true), (["nonsense"], true), ([name + " "], false)]
                    as [([String], Bool)]
                {
                    let ending = await line.run("restart-bond", [name], yes: yes, confirm: confirm)
                    #expect(ending.code == .refused, "\(ending.text)")
                    #expect(
                        ending.complaint.contains("not sent")
                            || ending.complaint.contains("nothing was sent"))
                }
                let dry = await line.run("restart-bond", [name], dryRun: true)
                #expect(dry.code == .fine && dry.output.contains("/restart/"), "\(dry.text)")
                #expect(dry.complaint.contains("--confirm"))
                #expect(line.record.isEmpty)
                let arrivals = bonding.server.arrivals()
                #expect(!arrivals.isEmpty)
                #expect(arrivals.filter { $0.isCommand && $0.target.contains("restart") }.map(\.line) == [])
            }
            result = .success(())
        } catch { result = .failure(error) }
        await fleet.stop()
        try result.get()
    }
}
