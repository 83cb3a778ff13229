import Dashboard
import Domain
import Foundation
import History
import Testing

@testable import Simulator

@Suite("What changed is recorded beside the dashboard", .timeLimit(.minutes(15)))
struct RecordingTests {
    private func store(_ directory: TemporaryDirectory, _ name: String = "history.sqlite") -> SQLiteHistory {
        SQLiteHistory(path: "\(directory.path)/\(name)") { Timestamp(1_800_000_000) }
    }

    private func all(_ store: SQLiteHistory) throws -> [StateChange] {
        try store.recall(HistoryQuery(since: Timestamp(0), limit: 10_000)).changes
    }

    @Test("an acknowledgement is in the history with its note; what was there at the start is not")
    func acknowledgement() async throws {
        let directory = try TemporaryDirectory()
        let store = store(directory)
        try await withApplication(history: store) { app, _ in
            await app.waitUntilIdle()
            #expect(try all(store).isEmpty)
            #expect(try store.facts().entities > 10)
            let alert = try await app.acknowledge(commenting: "splice team is on the way")
            let entity = EntityName(alert, backend: "core")
            let told = try all(store).filter { $0.entity == entity }
            let change = try #require(told.first)
            #expect(told.count == 1)
            #expect(change.before == "open" && change.after == "acknowledged")
            #expect(change.note.hasSuffix("splice team is on the way"))
            #expect(!change.device.isEmpty && !change.site.isEmpty)
            #expect(change.lastSeenBefore.map { $0 < change.seenAt } == true)
        }
    }

    @Test("a second dashboard on the same file tells what changed while none ran, once")
    func nextDay() async throws {
        let directory = try TemporaryDirectory()
        let first = store(directory)
        try await withApplication(history: first) { app, _ in await app.waitUntilIdle() }
        first.close()
        let later = Provider()
        for _ in 0..<60 { later.world.advance(by: 60) }
        let second = store(directory)
        try await withApplication(provider: later, history: second) { app, _ in
            await app.waitUntilIdle()
            // What is gone is believed when a second answer says so.
            app.press("r")
            await app.waitUntilIdle()
            let told = try all(second)
            #expect(!told.isEmpty)
            #expect(Set(told.map { "\($0.entity) \($0.place)" }).count == told.count)
            for change in told {
                #expect(change.lastSeenBefore.map { $0 < change.seenAt } == true, "\(change)")
            }
            let count = told.count
            app.press("r")
            await app.waitUntilIdle()
            #expect(try all(second).count == count)
        }
    }

    @Test("what was asked of it last is written before the process ends")
    func end() async throws {
        let directory = try TemporaryDirectory()
        let store = store(directory)
        try await withApplication(history: store) { app, _ in
            await app.waitUntilIdle()
            app.endHistory(.setLooked(app.clock.wall))
            let found = try store.recall(HistoryQuery(since: nil))
            #expect(found.since == app.clock.wall)
        }
    }

    @Test("a history that can't be opened is said once in words, and the dashboard goes on")
    func blocked() async throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path + "/history.sqlite", withIntermediateDirectories: false)
        try await withApplication(history: store(directory)) { app, _ in
            await app.waitUntilIdle()
            app.expect(shows: "no history is recorded")
            app.pass(60)
            await app.waitUntilIdle()
            app.press("3")
            #expect(app.alerts(of: "core").count > 1)
            #expect(!app.picture.contains("no history is recorded"))
        }
    }
}
