import AdapterKit
import Domain
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: tunings")
struct TuningTests {
    @Test("a tuning of a bond is cancelled, that of a leg is accepted and declined")
    func acts() async throws {
        try await withLiveServer { live in
            let bonds = try await live.server.table(.bond)
            let up = bonds.refs.indices.filter { bonds.text($0, .status) == "up" }.map { bonds.refs[$0] }
            let bond = try #require(up.first)
            #expect(await live.sendOnly(try await live.server.prepare(Command("tune-bond", [bond]))) == [201])
            let running = try await live.server.prepare(Command("tune-bond", [bond]))
            #expect(running.steps.isEmpty)
            #expect(running.excluded[0].words.contains("already"))
            let tuning = try #require(try await live.link(.tuning, in: bond))
            #expect(try await live.run("cancel-tuning", [tuning]).map(\.state) == [.verified])
            var acts: [CommandKind] = ["accept-tuning", "decline-tuning"]
            for bond in up.dropFirst() where !acts.isEmpty {
                let legs = try await live.server.table(.leg, scope: .only([bond]))
                for row in legs.refs.indices where legs.text(row, "oper") == "up" && !acts.isEmpty {
                    let leg = legs.refs[row]
                    guard let plan = try? await live.server.prepare(Command("tune-leg", [leg])),
                        !plan.steps.isEmpty
                    else { continue }
                    guard await live.perform(plan)[0].words.contains("it recommends leg") else { continue }
                    let found = try #require(try await live.link(.tuning, in: leg))
                    let act = acts.removeFirst()
                    let outcomes = try await live.run(act, [found])
                    #expect(outcomes.map(\.state) == [.verified], "\(outcomes.map(\.words))")
                    #expect(
                        live.commands.last?.hasSuffix(act == "accept-tuning" ? "/accept/" : "/decline/")
                            == true)
                }
            }
            #expect(acts.isEmpty)
        }
    }
}
