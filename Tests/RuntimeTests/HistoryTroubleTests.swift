import Dashboard
import Domain
import Foundation
import Synchronization
import Testing

@testable import History
@testable import Runtime

@Suite("A history that hangs or fails")
struct HistoryTroubleTests {
    private final class SetClock: Clock {
        let seconds = Mutex<Int64>(2_000)
        var now: Instant { Instant(seconds: 1) }
        var wall: Timestamp { Timestamp(seconds.withLock { $0 }) }
        var zone: Int { 0 }
    }

    private static let full = HistoryError(.full, "the disk is full")
    private static let busy = HistoryError(.busy, "another process writes")

    private func change(_ after: String, at seen: Int64) -> StateChange {
        StateChange(
            EntityName(backend: "core", kind: "backend", id: "core"), name: "core", before: nil, after: after,
            seenAt: Timestamp(seen))
    }

    private func reading(
        _ table: Table, backend: String = "core", isComplete: Bool = true, from start: Int64, to end: Int64
    ) -> HistoryKeeper.Task {
        .take(
            TableReading(
                backend: backend, table: table, isComplete: isComplete, startedAt: Timestamp(start),
                seenAt: Timestamp(end)))
    }

    /// What a keeper posts, in short.
    private func posts(_ keeper: HistoryKeeper) -> [String] {
        var posts: [String] = []
        while keeper.begin() {
            keeper.work { event in
                switch event {
                case .recorded(let changes): posts.append("recorded \(changes.map(\.after))")
                case .recalled(.sinceLooked, .success(let found)):
                    posts.append(found.begins.map { "known from \($0.seconds)" } ?? "known")
                case .recalled(.handoff, .success(let found)): posts.append(found.isCut ? "cut" : "whole")
                case .recalled(.sinceLooked, .failure): posts.append("not known")
                case .noticed(_, let words): posts.append(words)
                default: posts.append("?")
                }
            }
        }
        return posts
    }

    @Test("of each list one reading waits at most, and a partial one does not replace a whole one")
    func bounded() {
        let gate = StoreOfTests.Gate()
        let store = StoreOfTests(gate: gate)
        let keeper = HistoryKeeper(store, clock: SetClock())
        keeper.add(reading(DeviceList.table([1]), from: 100, to: 101))
        #expect(keeper.begin())
        #expect(OwnThread.start { keeper.work { _ in } })
        gate.waitUntilReached()
        for round: Int64 in 0..<200 {
            let start = 200 + round * 10
            keeper.add(reading(DeviceList.table([1, round]), from: start, to: start + 5))
            keeper.add(reading(DeviceList.table([1]), backend: "edge", from: start, to: start + 5))
        }
        #expect(keeper.waiting == 2)
        for round: Int64 in 0..<200 {
            let start = 3_000 + round * 10
            keeper.add(
                reading(
                    DeviceList.table([1], status: "down"), isComplete: false, from: start, to: start + 5))
        }
        #expect(keeper.waiting == 3)
        gate.letAllPass()
        while !keeper.isIdle { sched_yield() }
        let core = store.asked.readings.filter { $0.list.backend == "core" }
        #expect(core.map(\.isComplete) == [true, true, false])
        #expect(core.map(\.startedAt.seconds) == [100, 200, 3_000])
        #expect(core.map(\.seenAt.seconds) == [101, 2_195, 4_995])
    }

    @Test("what no list shows is written when it can be, before anything else", arguments: [full, busy])
    func unwritten(failure: HistoryError) {
        let store = StoreOfTests()
        let keeper = HistoryKeeper(store, clock: SetClock())
        store.failure.withLock { $0 = failure }
        keeper.add(.record([change("lost", at: 100)]))
        keeper.add(.record([change("fresh", at: 110)]))
        _ = posts(keeper)
        #expect(store.asked.recorded.isEmpty)
        store.failure.withLock { $0 = nil }
        keeper.add(.record([change("lost", at: 120)]))
        // Who was told that nothing is recorded is told that it is again.
        let again = failure == Self.full ? ["what changes is recorded again"] : []
        #expect(posts(keeper) == again + ["recorded [\"lost\", \"fresh\", \"lost\"]"])
        keeper.add(.setLooked(Timestamp(200)))
        #expect(posts(keeper).isEmpty)
        #expect(store.asked.recorded.map(\.seenAt.seconds) == [100, 110, 120])
    }

    @Test("of what can't be written only the latest is kept")
    func mostUnwritten() {
        let store = StoreOfTests()
        let keeper = HistoryKeeper(store, clock: SetClock())
        store.failure.withLock { $0 = Self.full }
        for moment: Int64 in 0..<500 { keeper.add(.record([change("state \(moment)", at: moment)])) }
        _ = posts(keeper)
        store.failure.withLock { $0 = nil }
        keeper.add(reading(DeviceList.table([1]), from: 600, to: 601))
        _ = posts(keeper)
        #expect(
            store.asked.recorded.map(\.seenAt.seconds)
                == Array((500 - Int64(HistoryKeeper.mostUnwritten))..<500))
    }

    @Test(
        "once nothing can be written, what changed since the last look is not known, also when asked for then"
    )
    func gap() {
        let store = StoreOfTests()
        let keeper = HistoryKeeper(store, clock: SetClock())
        let asked = HistoryKeeper.Task.recall(HistoryQuery(since: nil), .sinceLooked)
        keeper.add(asked)
        #expect(posts(keeper) == ["known"])
        store.failure.withLock { $0 = Self.full }
        keeper.add(reading(DeviceList.table([1]), from: 100, to: 101))
        #expect(posts(keeper) == [Self.full.words, "not known"])
        keeper.add(reading(DeviceList.table([1]), from: 110, to: 111))
        #expect(posts(keeper).isEmpty)
        // The file can be read, and lacks what happened since.
        keeper.add(asked)
        #expect(posts(keeper) == ["not known"])
    }

    @Test("when it can be written again, all is known from then on, and a shift before it has a gap")
    func gapEnded() {
        let store = StoreOfTests()
        let clock = SetClock()
        let keeper = HistoryKeeper(store, clock: clock)
        let handoff = HistoryKeeper.Task.recall(HistoryQuery(since: Timestamp(50)), .handoff(question: 1))
        keeper.add(handoff)
        #expect(posts(keeper) == ["whole"])
        store.failure.withLock { $0 = Self.full }
        keeper.add(.record([change("lost", at: 100)]))
        keeper.add(handoff)
        #expect(posts(keeper) == [Self.full.words, "not known", "cut"])
        store.failure.withLock { $0 = nil }
        clock.seconds.withLock { $0 = 2_500 }
        keeper.add(.record([change("up", at: 120)]))
        keeper.add(.recall(HistoryQuery(since: Timestamp(50)), .sinceLooked))
        keeper.add(handoff)
        let posted = posts(keeper)
        #expect(posted.suffix(2) == ["known from 2500", "cut"], "\(posted)")
        keeper.add(.recall(HistoryQuery(since: Timestamp(2_600)), .sinceLooked))
        #expect(posts(keeper) == ["known"])
    }

    @Test("a process that waits for another one does not fail at once, but does when that never ends")
    func busyForLong() {
        let store = StoreOfTests()
        let clock = SetClock()
        let keeper = HistoryKeeper(store, clock: clock)
        store.failure.withLock { $0 = Self.busy }
        keeper.add(reading(DeviceList.table([1]), from: 100, to: 101))
        #expect(posts(keeper).isEmpty)
        clock.seconds.withLock { $0 += 61 }
        keeper.add(reading(DeviceList.table([1]), from: 161, to: 162))
        #expect(posts(keeper) == [Self.busy.words, "not known"])
    }
}
