import Canvas
import Domain
import Testing

@testable import Dashboard
@testable import Simulator
@testable import nocturne
import Runtime
import AdapterKit

@Suite("A poller that died", .timeLimit(.minutes(15)))
struct DeadPollerTests {
    /// The servers go on answering, and look at nothing for six hours.
    private static let night = 6 * 3_600

    @Test("the dashboard says how many devices nobody looked at, and counts nothing as certain")
    func dashboard() async throws {
        try await withApplication(size: Size(200, 40)) { app, _ in
            await app.waitUntilIdle()
            app.expect(hides: "poller")
            app.clock.advance(by: Self.night)
            app.turn()
            await app.waitUntilIdle()
            app.expect(shows: "core ◕ poller 6h")
            app.expect(shows: "devices not polled for 6h")
            app.expect(hides: "✓ 0")
            app.press("1")
            await app.waitUntilIdle()
            app.press("/")
            app.type("polled>15m is:up")
            app.press("Enter")
            await app.waitUntilIdle()
            let late = app.state.backends.compactMap { $0.latePolls(app.state.now)?.count }.reduce(0, +)
            #expect(late > 0 && app.rows.count >= late)
        }
    }

    @Test("get says it, and a severity is none that scripts may rely on")
    func get() async throws {
        let provider = Provider()
        try await provider.start()
        let line = try Line(provider.plans, isReadOnly: true, at: Timestamp(Int64(provider.world.now)))
        let fine = await FetchedRows.gather("alerts", from: line.network, timeout: 60, judgesPolls: true)
        #expect(fine.remarks == [])
        line.clock.advance(by: Self.night)
        for resource in ["alerts", "devices"] {
            let harvest = await FetchedRows.gather(
                resource, from: line.network, timeout: 60, judgesPolls: true)
            #expect(harvest.failures == [])
            #expect(
                harvest.remarks.contains { $0.hasPrefix("core: ") && $0.hasSuffix("not polled for 6h") },
                "\(resource)")
        }
        #expect(await FetchedRows.gather("alerts", from: line.network, timeout: 60).remarks == [])
        await provider.stop()
    }

    @Test("check warns of it")
    func check() async throws {
        let provider = Provider()
        try await provider.start()
        let line = try Line(provider.plans, isReadOnly: true, at: Timestamp(Int64(provider.world.now)))
        let connection = line.network.connections[0]
        let info = try await connection.adapter.check()
        let tables = try await Polls.devices(of: connection.adapter, connection.settings.id)
        for (seconds, verdict) in [(0, "fine"), (Self.night, "warning")] {
            line.clock.advance(by: seconds)
            var check = BackendCheck(line.network.plans[0])
            check.take(devices: .success(tables), info, nil, now: line.clock.wall)
            let found = check.findings.first { $0.subject == "polling" }
            #expect(found?.verdict.rawValue == verdict)
            #expect(found?.words.contains("not polled for 6h") == (seconds > 0))
        }
        await provider.stop()
    }
}
