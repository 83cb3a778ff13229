import Canvas
import Dashboard
import Domain
import Filter
import Foundation
import History
import Testing

@testable import Simulator

@Suite("What is measured is recorded beside the dashboard", .timeLimit(.minutes(15)))
struct SamplingTests {
    private func store(_ directory: TemporaryDirectory) -> SQLiteHistory {
        SQLiteHistory(path: "\(directory.path)/history.sqlite") { Timestamp(1_800_000_000) }
    }

    @Test("after a restart charts and trends begin with what was measured before")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        let first = store(directory)
        let provider = Provider()
        var port: EntityName?
        try await withApplication(provider: provider, history: first) { app, _ in
            await app.waitUntilIdle()
            app.press("2")
            await app.waitUntilIdle()
            for _ in 0..<4 {
                provider.world.advance(by: 300)
                app.pass(300)
                await app.waitUntilIdle()
            }
            let facts = try first.sampleFacts(isThorough: true)
            #expect(facts.entities > 10 && (facts.samples ?? 0) > 40 && facts.faults.isEmpty)
            port = try first.sampled(kind: .port).map(\.entity).first { entity in
                let found = try first.recall(
                    SampleQuery(entity, since: Timestamp(0), until: Timestamp(.max)))
                return (found.series.first?.samples.count ?? 0) > 3
            }
        }
        first.close()
        let name = try #require(port)
        let later = Provider()
        for _ in 0..<25 { later.world.advance(by: 60) }
        let second = store(directory)
        let before = try second.recall(
            SampleQuery(name, since: Timestamp(0), until: Timestamp(.max))
        ).series.first?.samples.count
        try await withApplication(size: Size(200, 60), provider: later, history: second) { app, _ in
            await app.waitUntilIdle()
            app.press("2")
            await app.waitUntilIdle()
            let entity = try #require(
                app.state.panes.lazy.flatMap(\.arrangement.tables).flatMap(\.refs).first {
                    $0.kind == .port && $0.id == name.id
                        && app.state.backend($0.backend)?.name == name.backend
                })
            // The first answer of this process is one value: the others were there before it.
            let book = try #require(app.state.backend(entity.backend)?.trends[.port])
            #expect(book.count > 3)
            app.expect(shows: "TREND")
            app.select(entity)
            app.press("Enter")
            await app.waitUntilIdle()
            app.press("v")
            await app.waitUntilIdle()
            app.expect(shows: "graphs · last 6 h")
            app.expect(shows: "6 h: ")
            app.expect(shows: "recorded since")
            app.press("-")
            await app.waitUntilIdle()
            app.expect(shows: "1 d: ")
            let after = try second.recall(
                SampleQuery(name, since: Timestamp(0), until: Timestamp(.max))
            ).series.first?.samples.count
            #expect((after ?? 0) >= (before ?? 0) && (before ?? 0) > 3)
        }
    }
}
