import Canvas
import Dashboard
import Domain
import RawServer
import Synchronization
import Testing

@testable import Simulator
@testable import nocturne

/// A LibreNMS that can be made to give no alerts, as one whose database lost them.
private final class HushedServer: Sendable {
    let raw: RawServer
    private let isHushed: Silence

    private final class Silence: Sendable {
        let value = Mutex(false)
    }

    init(_ world: World) throws {
        let api = Simulator.LibreNMS(
            .modern, world: world, territory: .everywhere, tokens: Provider.tokens, zone: 0)
        let silence = Silence()
        isHushed = silence
        raw = try RawServer(answering: { request, connection in
            var headers: [String: String] = [:]
            for (name, value) in request.headers { headers[name] = value }
            if silence.value.withLock({ $0 }), request.target.hasPrefix("/api/v0/alerts") {
                let none = #"{"status":"ok","message":"","count":0,"alerts":[]}"#
                return connection.answer(200, [("Content-Type", "application/json")], none)
            }
            let reply = api.answer(
                Simulator.Request(
                    method: request.method, target: request.target, headers: headers, body: request.body))
            connection.answer(reply.status, reply.headers.map { ($0.name, $0.value) }, body: reply.body)
        })
    }

    func hush(_ isHushed: Bool) { self.isHushed.value.withLock { $0 = isHushed } }
}

@Suite("A list that had rows and is empty", .timeLimit(.minutes(15)))
struct EmptyTests {
    private func story(_ tell: (Application, HushedServer) async throws -> Void) async throws {
        let world = World(scale: 600, withOddities: false)
        let server = try HushedServer(world)
        let rule = AlarmRule(events: [.cleared, .new], rings: true)
        try await withApplication(
            size: Size(160, 40), alarms: [rule], adjust: { $0 = [BackendPlan("core", at: server.raw.url)] }
        ) { app, _ in
            await app.waitUntilIdle()
            try await tell(app, server)
        }
    }

    private func rings(_ app: Application) -> Bool { app.terminal.record.emitted.contains(7) }

    @Test("is not believed at once: nothing is cleared, nobody is called, and nothing is green")
    func doubt() async throws {
        try await story { app, server in
            let known = app.alerts(of: "core").count
            #expect(known > 0)
            server.hush(true)
            app.pass(20)
            await app.waitUntilIdle()
            #expect(app.alerts(of: "core").count == known)
            #expect(app.picture.contains("+? critical") || app.picture.contains("? critical"))
            app.expect(hides: "✓ 0 critical")
            app.press("3")
            app.expect(shows: "the server gave no alerts any more")
            #expect(!rings(app))
            // It was a hiccup: all is as it was, and nobody was called.
            server.hush(false)
            app.pass(5)
            await app.waitUntilIdle()
            #expect(app.alerts(of: "core").count == known)
            app.expect(hides: "any more")
            #expect(!rings(app))
        }
    }

    @Test("is believed when a second reading, which comes soon, says the same")
    func confirmed() async throws {
        try await story { app, server in
            server.hush(true)
            app.pass(20)
            await app.waitUntilIdle()
            app.pass(5)
            await app.waitUntilIdle()
            #expect(app.alerts(of: "core") == [])
            app.expect(shows: "✓ 0 critical")
            #expect(rings(app))
        }
    }
}
