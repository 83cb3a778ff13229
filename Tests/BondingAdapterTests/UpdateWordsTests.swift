import AdapterKit
import Domain
import HTTP
import Testing

@testable import BondingAdapter

@Suite("Bonding: what outcomes say of configuration updates")
struct UpdateWordsTests {
    private static let path = "/v3/system/status/configupdates/"

    private func updates(_ failed: Int, _ pending: Int) -> String {
        #"{"count":\#(failed + pending),"failures":\#(failed * 9),"status":{"failed":\#(failed),"pending":\#(pending)}}"#
    }

    /// What an edit of a bond or a space ends with, whose server had some updates before and has others after.
    private func words(
        _ kind: CommandKind, before: String, after: String
    ) async throws -> String {
        let fake = FakeBonding()
        fake.setAggregators()
        fake[Self.path] = before
        fake["/v3/bonds/1/"] = FakeBonding.bond(1, legs: [(11, "up")], current: 1)
        fake["/v3/spaces/7/"] = #"{"id":7,"name":"Acme","key":"acme"}"#
        let server = fake.server()
        let isBond = kind == "edit-bond"
        let target = EntityRef(BackendID(0), isBond ? .bond : .customer, id: isBond ? "1" : "7")
        let plan = try await server.prepare(
            Command(kind, [target], [isBond ? "note" : "name": .text("moved")]))
        #expect(plan.steps.count == 1)
        fake["/v3/bonds/1/"] = FakeBonding.bond(1, legs: [(11, "up")], current: 1)
            .replacing(#""note":"""#, with: #""note":"moved""#)
        fake["/v3/spaces/7/"] = #"{"id":7,"name":"moved","key":"acme"}"#
        fake[Self.path] = after
        let answer = Response(status: 200, headers: [], body: Body(Array("{}".utf8)))
        let outcomes = await server.verify(plan, answers: [StepAnswer(target, .success(answer))])
        #expect(outcomes.map(\.state) == [.verified])
        return outcomes.first?.words ?? ""
    }

    @Test("updates that failed or waited before say nothing of this change")
    func others() async throws {
        for (failed, pending) in [(0, 0), (1, 0), (2, 7)] {
            let same = updates(failed, pending)
            let words = try await words("edit-bond", before: same, after: same)
            #expect(words == "the server has all of it as wanted")
        }
    }

    @Test("what failed or waits since it was sent may be this change")
    func since() async throws {
        let failed = try await words("edit-bond", before: updates(1, 0), after: updates(2, 0))
        #expect(failed.contains("one configuration update failed, which may be this one"))
        let waiting = try await words("edit-bond", before: updates(1, 0), after: updates(1, 1))
        #expect(waiting.contains("one more configuration update is on the way"))
    }

    @Test("a space is at no node, so that no update has to do with it")
    func space() async throws {
        let words = try await words("edit-space", before: updates(0, 0), after: updates(1, 3))
        #expect(!words.contains("update"))
    }
}
