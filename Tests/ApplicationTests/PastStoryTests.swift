import Dashboard
import Domain
import Foundation
import History
import Testing

@testable import Simulator

@Suite("Earlier moments through the real loop", .timeLimit(.minutes(15)))
struct PastStoryTests {
    @Test(
        "an alert is shown open as it was before it was acknowledged, while servers are asked on, for reading alone"
    )
    func acknowledged() async throws {
        let directory = try TemporaryDirectory()
        let store = SQLiteHistory(path: "\(directory.path)/history.sqlite") { Timestamp(1_800_000_000) }
        try await withApplication(history: store) { app, _ in
            await app.waitUntilIdle()
            let alert = try await app.acknowledge(commenting: "splice team is on the way")
            func word(_ state: State?) -> String? {
                state?.find(alert).map { table, row in table.text(row, .state) }
            }
            #expect(word(app.state) == "acknowledged")
            app.press("{")
            await app.waitUntilIdle()
            // The acknowledgement may not be the last thing that changed.
            for _ in 0..<50 where word(app.state.past.first) == "acknowledged" {
                app.press("{")
                await app.waitUntilIdle()
            }
            #expect(app.picture.contains("PAST"))
            #expect(word(app.state.past.first) == "open")
            #expect(word(app.state) == "acknowledged")
            app.press("a")
            #expect(app.picture.contains("this is the past"))
            app.pass(120)
            await app.waitUntilIdle()
            #expect(word(app.state.past.first) == "open")
            app.press("Esc")
            #expect(!app.picture.contains("PAST"))
            #expect(word(app.state) == "acknowledged")
        }
    }
}
