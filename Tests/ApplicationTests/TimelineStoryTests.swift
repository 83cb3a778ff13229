import Canvas
import Dashboard
import Domain
import Foundation
import History
import Testing

@testable import Simulator

@Suite("Timelines with servers' logs, through the real loop", .timeLimit(.minutes(15)))
struct TimelineStoryTests {
    private func store(_ directory: TemporaryDirectory) -> SQLiteHistory {
        SQLiteHistory(path: "\(directory.path)/history.sqlite") { Timestamp(1_800_000_000) }
    }

    /// The logs that a server was asked for since the application runs, those of all its devices left out.
    private func logsAsked(_ server: SimulatedServer) -> [String] {
        server.arrivals().map(\.target).filter { $0.contains("/logs/eventlog/") }
    }

    @Test(
        "the log of an alert's device is read when its timeline opens or is refreshed, and at no other time")
    func alert() async throws {
        let directory = try TemporaryDirectory()
        try await withApplication(history: store(directory)) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            #expect(logsAsked(provider.core).isEmpty)
            app.press("t")
            await app.waitUntilIdle()
            app.expect(shows: "timeline ›")
            app.expect(shows: "» core  fired")
            #expect(logsAsked(provider.core).count == 1)
            for _ in 0..<10 {
                app.pass(60)
                await app.waitUntilIdle()
            }
            #expect(logsAsked(provider.core).count == 1)
            app.press("/")
            app.type("no such words")
            app.expect(hides: "» core")
            app.press("Esc", "r")
            await app.waitUntilIdle()
            #expect(logsAsked(provider.core).count == 2)
            app.expect(shows: "» core  fired")
            while !app.picture.contains("› everything") { app.press("Tab") }
            await app.waitUntilIdle()
            app.expect(shows: "logs of servers are read of one entity or device only")
            app.expect(hides: "» core")
            app.press("Esc")
            let old = try #require(app.alerts(of: "edge").first)
            app.select(old)
            app.press("t")
            await app.waitUntilIdle()
            app.expect(hides: "the log of")
            #expect(!provider.edge.arrivals().contains { $0.target.contains("/logs/") })
        }
    }

    @Test("a log that fails is one line, the rest is there, and r reads it once it can be read")
    func failure() async throws {
        let directory = try TemporaryDirectory()
        try await withApplication(size: Size(160, 40), history: store(directory)) { app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            provider.core.setFaults([Fault(.status(503), at: "/api/v0/logs/eventlog")])
            app.press("t")
            await app.waitUntilIdle()
            app.expect(shows: "its event log can't be read: the server failed (503)")
            app.expect(shows: "» core  fired")
            provider.core.setFaults([Fault(.badJSON, at: "/api/v0/logs")])
            app.press("r")
            await app.waitUntilIdle()
            app.expect(shows: "can't be read:")
            // What was read before stays.
            app.expect(shows: "» core  fired")
            provider.core.setFaults([])
            app.press("r")
            await app.waitUntilIdle()
            app.expect(hides: "can't be read")
        }
    }

    @Test("the states of a leg, and the events of a CPE, are in their timelines")
    func others() async throws {
        let directory = try TemporaryDirectory()
        try await withProviderOfAllKinds(size: Size(160, 40), history: store(directory)) {
            app, provider, bonds, lines in
            app.press("3")
            // The alert of its leg is folded under it.
            let bond = try #require(
                app.alerts(of: "bonds").first { $0.id.hasPrefix("bond-") && app.rows.contains($0) })
            app.select(bond)
            app.press("t")
            await app.waitUntilIdle()
            app.expect(shows: "» bonds  ")
            app.expect(shows: "down since then")
            #expect(bonds.arrivals().contains { $0.target.hasSuffix("/state_history/") })
            app.press("Esc")
            let line = try #require(
                app.state.backends.first { $0.name == "access" }?.tables[.alert]?.refs.first { alert in
                    guard
                        case .ref(let host, _)? = app.state.find(alert).map({
                            $0.table.value($0.row, .device)
                        })
                    else { return false }
                    return host.kind == .cpe && app.rows.contains(alert)
                })
            app.select(line)
            app.press("t")
            await app.waitUntilIdle()
            app.expect(shows: "» access  ")
            #expect(lines.arrivals().contains { $0.target.contains("/events/") })
            #expect(!lines.arrivals().contains { $0.target.contains("/info") })
        }
    }
}
