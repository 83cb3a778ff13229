import AdapterKit
import Domain
import HTTP
import Synchronization
import Testing

@Suite("Looking for evidence")
struct FollowingTests {
    private static let entities = ["1", "2"].map { EntityRef(BackendID(0), .alert, id: $0) }

    private final class Clock: Sendable {
        private let seconds = Mutex<Double>(0)
        var elapsed: Double { seconds.withLock { $0 } }
        func advance(by more: Double) { seconds.withLock { $0 += more } }
        var following: Following {
            Following(
                now: { [self] in Timestamp(1_000_000 + Int64(elapsed)) }, pause: { self.advance(by: $0) })
        }
    }

    private func plan(_ entities: [EntityRef] = entities, isSent: Bool = true) -> Plan {
        let steps = entities.map {
            Plan.Step($0, name: "alert \($0.id)", state: "open", request: CommandStep(.put, "/x"))
        }
        return Plan(
            Command(.acknowledge, entities), steps: isSent ? steps : [], summary: [], tier: .harmless)
    }

    @Test("an answer that was lost is looked for up to half a minute, and found when it takes effect")
    func slow() async {
        let clock = Clock()
        let told = Mutex<[String]>([])
        let outcomes = await clock.following.outcomes(
            of: plan([Self.entities[0]]), { _ in .lost("no answer") },
            reporting: { words in told.withLock { $0.append(words) } }
        ) { open in
            Dictionary(
                uniqueKeysWithValues: open.map { ($0, clock.elapsed < 12 ? .not("open") : .done("acked")) })
        }
        #expect(outcomes.map(\.state) == [.verified])
        #expect((12...30).contains(clock.elapsed))
        #expect(told.withLock { $0 }.first == "alert 1: no answer; so far open, looking again in 1 s")
    }

    @Test("it ends after half a minute, by the clock too where each look takes long")
    func bounded() async {
        for cost in [0.0, 20, 120] {
            let clock = Clock()
            let looks = Mutex(0)
            let outcomes = await clock.following.outcomes(
                of: plan(), { _ in .lost("no answer") }, reporting: { _ in }
            ) { open in
                looks.withLock { $0 += 1 }
                clock.advance(by: cost)
                return Dictionary(uniqueKeysWithValues: open.map { ($0, .not("open")) })
            }
            #expect(outcomes.map(\.state) == [.unknown, .unknown])
            #expect(looks.withLock { $0 } <= (cost == 0 ? 6 : 2))
        }
    }

    @Test("only what is open is looked at again, and what is settled is not asked for twice")
    func settled() async {
        let asked = Mutex<[[String]]>([])
        let outcomes = await Clock().following.outcomes(
            of: plan(), { $0 == Self.entities[0] ? .refused("no") : .lost("no answer") }, reporting: { _ in }
        ) { open in
            asked.withLock { $0.append(open.map(\.id)) }
            return Dictionary(uniqueKeysWithValues: open.map { ($0, .not("open")) })
        }
        #expect(outcomes.map(\.state) == [.failed, .unknown])
        #expect(asked.withLock { $0 }.first == ["1", "2"])
        #expect(asked.withLock { $0 }.dropFirst().allSatisfy { $0 == ["2"] })
    }

    @Test("what was never sent is not looked at, and what a dead process sent is looked at once")
    func once() async {
        let looks = Mutex(0)
        func look(_ plan: Plan, _ answer: CommandAnswer) async -> [Outcome.State] {
            looks.withLock { $0 = 0 }
            return await Clock().following.outcomes(of: plan, { _ in answer }, reporting: { _ in }) { open in
                looks.withLock { $0 += 1 }
                return Dictionary(uniqueKeysWithValues: open.map { ($0, .not("open")) })
            }.map(\.state)
        }
        #expect(await look(plan(), .notSent("read-only")) == [.failed, .failed])
        #expect(looks.withLock { $0 } == 0)
        #expect(await look(plan(isSent: false), .lost("no answer is known")) == [.unknown, .unknown])
        #expect(looks.withLock { $0 } == 1)
        #expect(await look(plan(), .done) == [.failed, .failed])
        #expect(looks.withLock { $0 } == 4)
    }

    @Test(
        "ten minutes after sending nothing is failed that is only as before, and another look tells no more")
    func late() async {
        for (evidence, isSettled, ending) in [
            (.not("open"), true, "open 10m later: not seen to take effect"),
            (.unseen("no trace"), true, "no trace"),
            (.pending("queued"), false, "queued"),
        ] as [(Evidence, Bool, String)] {
            let clock = Clock()
            var plan = plan([Self.entities[0]], isSent: false)
            plan.sentAt = Timestamp(1_000_000 - 600)
            let outcomes = await clock.following.outcomes(
                of: plan, { _ in .lost("no answer") }, reporting: { _ in }
            ) { open in Dictionary(uniqueKeysWithValues: open.map { ($0, evidence) }) }
            #expect(outcomes.map(\.state) == [.unknown])
            #expect(outcomes.first?.isSettled == isSettled)
            #expect(outcomes.first?.words.hasSuffix(ending) == true)
        }
    }

    @Test("a server in trouble is asked again, one that refuses is not")
    func unreadable() async {
        for (kind, expected) in [(BackendError.Kind.server, 6), (.timedOut, 6), (.refused, 1), (.gated, 1)] {
            let looks = Mutex(0)
            let outcomes = await Clock().following.outcomes(
                of: plan(), { _ in .lost("no answer") }, reporting: { _ in }
            ) { open in
                looks.withLock { $0 += 1 }
                return Dictionary(
                    uniqueKeysWithValues: open.map { ($0, .unreadable(BackendError(kind, "no"))) })
            }
            #expect(outcomes.map(\.state) == [.unknown, .unknown])
            #expect(looks.withLock { $0 } == expected, "\(kind)")
        }
    }
}
