import Dashboard
import Domain
import Foundation
import History
import Synchronization
import Testing

@testable import Runtime

@Suite("What is asked of the history")
struct HistoryKeeperTests {
    private struct FixedClock: Clock {
        var now: Instant { Instant(seconds: 1) }
        var wall: Timestamp { Timestamp(2_000) }
        var zone: Int { 0 }
    }

    private func path() -> String {
        FileManager.default.temporaryDirectory.appending(
            path: "nocturne-keeper-\(UUID().uuidString.prefix(8))"
        ).path
    }

    private func change(_ after: String, at seen: Int64) -> StateChange {
        StateChange(
            EntityName(backend: "core", kind: "backend", id: "core"), name: "core", before: nil, after: after,
            seenAt: Timestamp(seen))
    }

    /// What a keeper posts, in order and in short.
    private func posts(_ keeper: HistoryKeeper) -> [String] {
        var posts: [String] = []
        while keeper.begin() {
            keeper.work { event in
                switch event {
                case .recorded(let changes): posts.append("recorded \(changes.map(\.after))")
                case .recalled(.sinceLooked, .success(let found)):
                    posts.append("since \(found.since?.seconds ?? -1): \(found.changes.map(\.after))")
                case .recalled(.sinceLooked, .failure): posts.append("since not known")
                case .recalled(_, .failure): posts.append("not recalled")
                case .noticed(.bad, _): posts.append("noticed")
                default: posts.append("?")
                }
            }
        }
        return posts
    }

    private func reading(_ state: String, isTaken: Bool = false) -> TableReading {
        var reading = TableReading(
            backend: "core", table: DeviceList.table([1], status: state), isComplete: true,
            startedAt: Timestamp(1_900), seenAt: Timestamp(1_901))
        reading.isTaken = isTaken
        return reading
    }

    @Test("what others of a team recorded is told with the next thing that is done, once")
    func news() {
        let store = StoreOfTests(isShared: true)
        let keeper = HistoryKeeper(store, clock: FixedClock())
        keeper.add(.take(reading("up", isTaken: true)))
        store.others.withLock { $0 = [change("lost", at: 1_000)] }
        #expect(posts(keeper) == ["recorded [\"lost\"]"])
        keeper.add(.setLooked(Timestamp(1_950)))
        #expect(posts(keeper).isEmpty)
    }

    @Test("a reading that was taken is left to its reader in a team's history alone")
    func taken() {
        for isShared in [true, false] {
            let store = StoreOfTests(isShared: isShared)
            let keeper = HistoryKeeper(store, clock: FixedClock())
            keeper.add(.take(reading("up", isTaken: true)))
            _ = posts(keeper)
            #expect(store.asked.readings.map(\.isTaken) == [isShared])
        }
    }

    @Test("a team's history that is reached again is known again, also where nothing is to be recorded here")
    func reached() {
        let store = StoreOfTests(isShared: true)
        let keeper = HistoryKeeper(store, clock: FixedClock())
        store.failure.withLock { $0 = HistoryError(.unavailable, "away") }
        keeper.add(.take(reading("up")))
        keeper.add(.recall(HistoryQuery(since: nil), .sinceLooked))
        #expect(posts(keeper) == ["noticed", "since not known", "since not known"])
        store.failure.withLock { $0 = nil }
        keeper.add(.take(reading("up")))
        keeper.add(.recall(HistoryQuery(since: nil), .sinceLooked))
        #expect(posts(keeper).last?.hasPrefix("since -1") == true)
        store.failure.withLock { $0 = HistoryError(.unavailable, "away") }
        keeper.add(.take(reading("down")))
        #expect(posts(keeper).first == "noticed")
    }

    @Test("is done in the order in which it is asked")
    func order() throws {
        let path = path()
        defer { for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) } }
        let keeper = HistoryKeeper(SQLiteHistory(path: path) { Timestamp(2_000) }, clock: FixedClock())
        let asked = HistoryKeeper.Task.recall(HistoryQuery(since: nil), .sinceLooked)
        for task in [
            asked, .setLooked(Timestamp(100)), .record([change("lost", at: 110)]), asked,
            .record([change("lost", at: 120)]), .record([change("fresh", at: 130)]),
            .setLooked(Timestamp(125)),
            asked,
        ] { keeper.add(task) }
        #expect(
            posts(keeper) == [
                "since -1: []", "recorded [\"lost\"]", "since 100: [\"lost\"]", "recorded [\"fresh\"]",
                "since 125: [\"fresh\"]",
            ])
        #expect(!keeper.begin())
    }

    @Test("and where it can't be done, that is said once, and every question has an answer")
    func failure() throws {
        let path = path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let keeper = HistoryKeeper(SQLiteHistory(path: path) { Timestamp(2_000) }, clock: FixedClock())
        for task in [
            HistoryKeeper.Task.record([change("lost", at: 110)]), .record([change("fresh", at: 120)]),
            .recall(HistoryQuery(since: Timestamp(0)), .handoff(question: 1)), .setLooked(Timestamp(100)),
        ] { keeper.add(task) }
        // One is for the screen, whose numbers are not right from then on; the other answers the handoff.
        #expect(posts(keeper) == ["noticed", "since not known", "not recalled"])
    }
}
