import AdapterKit
import Domain
import HTTP
import Testing

@testable import BondingAdapter

@Suite("Bonding: restarting a bond")
struct RestartTests {
    private let bond = EntityRef(BackendID(0), .bond, id: "2")

    private func fake() -> FakeBonding {
        let fake = FakeBonding()
        fake.setAggregators()
        set(fake, "up")
        fake["/v3/bonds/"] = "[\(fake["/v3/bonds/2/"] ?? "")]"
        return fake
    }

    /// Puts the bond's two legs into a state.
    private func set(_ fake: FakeBonding, _ state: String) {
        fake["/v3/bonds/2/"] = FakeBonding.bond(2, legs: [(21, state), (22, state)], current: 2)
        fake["/v3/bonds/2/legs/"] =
            #"[{"id":21,"state":"\#(state)","type":"dhcp","interface":"eth0"},"#
            + #"{"id":22,"state":"\#(state)","type":"pppoe","interface":"eth1"}]"#
    }

    private func answered(_ status: Int, _ body: String = "") -> [StepAnswer] {
        [StepAnswer(bond, .success(Response(status: status, headers: [], body: Body(Array(body.utf8)))))]
    }

    @Test("the plan names bond, space, legs and aggregator, and sends one POST")
    func plan() async throws {
        let plan = try await fake().server().prepare(Command(.restartBond, [bond]))
        #expect(plan.steps.map { $0.request.target } == ["/v3/bonds/2/restart/"])
        #expect(plan.steps.map { $0.request.method } == [.post])
        #expect(plan.steps[0].request.body == nil)
        let words = (plan.summary + plan.steps.map(\.state)).joined(separator: " ")
        for part in ["site-2", "Acme", "eth0 (DHCP) up", "eth1 (PPPoE) up", "failed over to agg-b"] {
            #expect(words.contains(part), "\(part)")
        }
        #expect(plan.tier == .hurts)
        #expect(!plan.warnings.isEmpty)
    }

    @Test("that it went down and came back is evidence")
    func seen() async throws {
        let fake = fake()
        let looks = Counter()
        let server = fake.server { [self] fake in
            let number = looks.next()
            set(fake, number < 2 ? "up" : number < 4 ? "down" : "up")
        }
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        let told = Told()
        let outcomes = await server.verify(plan, answers: answered(200)) { told.add($0) }
        #expect(outcomes.map(\.state) == [.verified])
        #expect(looks.count == 4)
        #expect(told.all.contains { $0.contains("0 of 2 legs up") })
    }

    @Test(
        "a server that fails, or a proxy that gives up, leaves open what became of it",
        arguments: [500, 502, 504])
    func open(status: Int) async throws {
        let server = fake().server()
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        let outcomes = await server.verify(plan, answers: answered(status)) { _ in }
        #expect(outcomes.map(\.state) == [.unknown], "\(outcomes)")
        #expect(outcomes[0].words.contains("(\(status))"))
    }

    @Test("a refusal is a failure, said at once", arguments: [400, 403, 404, 429, 501])
    func refusal(status: Int) async throws {
        let server = fake().server()
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        let outcomes = await server.verify(plan, answers: answered(status, #"{"detail":"no"}"#)) { _ in }
        #expect(outcomes.map(\.state) == [.failed], "\(outcomes)")
    }

    @Test("a page or a silence that comes with a refusal is not the server's, and proves nothing")
    func foreign() async throws {
        let server = fake().server()
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        for (status, body) in [(403, "<html>blocked</html>"), (404, ""), (429, "slow down"), (302, "")] {
            let outcomes = await server.verify(plan, answers: answered(status, body)) { _ in }
            #expect(outcomes.map(\.state) == [.unknown], "\(outcomes)")
        }
        // Who has to say first who he is was not let in, whoever says so.
        #expect(
            await server.verify(plan, answers: answered(401, "<html>")) { _ in }.map(\.state) == [.failed])
    }

    @Test("a login page with 200 is no yes; an action answered with nothing is one")
    func page() async throws {
        let server = fake().server()
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        let page = await server.verify(plan, answers: answered(200, "<html>Login</html>")) { _ in }
        #expect(page.map(\.state) == [.unknown], "\(page)")
        #expect(await server.verify(plan, answers: answered(200)) { _ in }.map(\.state) == [.accepted])
    }

    @Test("an answer that was lost is verified by the history alone")
    func history() async throws {
        let fake = fake()
        let clock = HandClock()
        let server = fake.server(clock)
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        clock.advance(by: 40)
        fake["/v3/bonds/2/legs/21/state_history/"] =
            #"[{"state":"down","start":\#(clock.now.seconds - 3),"end":\#(clock.now.seconds - 1)},"#
            + #"{"state":"up","start":\#(clock.now.seconds - 1),"end":null}]"#
        let lost = [StepAnswer(bond, .failure(.outcomeUnknown(reason: "closed")))]
        let outcomes = await server.verify(plan, answers: lost)
        #expect(outcomes.map(\.state) == [.verified])
    }

    @Test("a history from before the sending proves nothing: accepted, or unknown where no answer came")
    func unseen() async throws {
        let fake = fake()
        let clock = HandClock()
        fake["/v3/bonds/2/legs/21/state_history/"] =
            #"[{"state":"up","start":\#(clock.now.seconds - 600),"end":null}]"#
        let server = fake.server(clock)
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        let accepted = await server.verify(plan, answers: answered(202))
        #expect(accepted.map(\.state) == [.accepted])
        #expect(accepted[0].words.contains("restart not observed"))
        let lost = await server.verify(
            plan, answers: [StepAnswer(bond, .failure(.outcomeUnknown(reason: "closed")))])
        #expect(lost.map(\.state) == [.unknown])
        let looks = fake.asked.count { $0 == "GET /v3/bonds/2/" }
        #expect(looks <= 2 + 2 * 31)
    }

    @Test("a refusal is told in the server's words and not waited for")
    func refused() async throws {
        let fake = fake()
        let looks = Counter()
        let server = fake.server { _ in _ = looks.next() }
        let plan = try await server.prepare(Command(.restartBond, [bond]))
        let outcomes = await server.verify(
            plan, answers: answered(400, #"{"detail":"A tuning of this bond is running."}"#))
        #expect(outcomes.map(\.state) == [.failed])
        #expect(outcomes[0].words.contains("A tuning of this bond is running."))
        #expect(looks.count == 0)
    }

    @Test("an account that may only look is told so before anything is sent")
    func viewer() async throws {
        let fake = fake()
        fake.setOptions("GET, POST, PATCH, OPTIONS", #"{"name":"Bond Restart"}"#)
        do {
            _ = try await fake.server().prepare(Command(.restartBond, [bond]))
            Issue.record("a viewer has a plan")
        } catch {
            #expect(error.kind == .forbidden)
            #expect(error.words.contains("may only look"))
        }
    }

    @Test("a server without OPTIONS leaves it to the answer")
    func withoutOptions() async throws {
        let fake = fake()
        fake.setOptions(nil)
        let plan = try await fake.server().prepare(Command(.restartBond, [bond]))
        #expect(plan.steps.count == 1)
    }
}
