import Canvas
import Dashboard
import Domain
import HTTP
import Simulator
import Testing

@testable import nocturne

@Suite("A server in trouble", .timeLimit(.minutes(15)))
struct TroubleTests {
    private static let dimmed = Set(
        Role.allCases.flatMap { [Theme.style($0, .stale), Theme.style($0, .selectedStale)] })

    @Test(
        "its rows stay, dimmed, with their age and the reason; the other server and the keyboard don't notice",
        arguments: Trouble.allCases)
    func trouble(_ trouble: Trouble) async throws {
        // Long enough for any answer here, and waited for once only.
        try await withApplication(size: Size(160, 40), adjust: { $0[0].endpoint.limits.firstByte = 4 }) {
            app, provider in
            await app.waitUntilIdle()
            app.press("3")
            let rows = app.rows
            await trouble.begin(at: provider.core)

            app.pass(21)
            await app.until("the other server has answered again") { app in
                app.state.backends[1].health[.alert]?.arrivedAt == app.clock.now
            }
            app.expect(shows: "edge •")
            let before = app.state.pane.cursorRow
            app.press("j")
            #expect(app.state.pane.cursorRow == before + 1)
            #expect(app.rows == rows)

            app.pass(24)
            await app.waitUntilIdle()
            app.expect(shows: "\(trouble.word) 30s")
            #expect(app.rows == rows)
            Self.expectDimmed("core", on: app)
            Self.expectFresh("edge", on: app)
            app.press("!")
            app.expect(shows: trouble.words)
            #expect(!app.picture.contains("t0ken"))
            app.press("q")

            provider.core.setFaults([])
            let port = app.network.plans[0].endpoint.origin.port
            let revived = trouble == .refuses ? try await provider.revivedCore(at: port) : nil
            app.pass(trouble.rest)
            await app.waitUntilIdle()
            app.expect(shows: "core • 0s")
            Self.expectFresh("core", on: app)
            await revived?.stop()
        }
    }

    /// Whether all that a backend's rows show is drawn dimmed.
    private static func expectDimmed(
        _ backend: String, on app: Application, at place: SourceLocation = #_sourceLocation
    ) {
        let rows = styles(of: backend, app)
        if rows.isEmpty || !rows.allSatisfy({ $0.isSubset(of: dimmed) }) {
            app.fail("the rows of \(backend) are dimmed", place)
        }
    }

    private static func expectFresh(
        _ backend: String, on app: Application, at place: SourceLocation = #_sourceLocation
    ) {
        let rows = styles(of: backend, app)
        if rows.isEmpty || !rows.allSatisfy({ $0.isDisjoint(with: dimmed) }) {
            app.fail("the rows of \(backend) are not dimmed", place)
        }
    }

    /// The styles of what is written in each row of a backend.
    private static func styles(of backend: String, _ app: Application) -> [Set<StyleID>] {
        guard let frame = app.terminal.record.frame else { return [] }
        return app.screen.indices.dropFirst(2).filter { app.screen[$0].contains(" \(backend) ") }.map { y in
            Set(
                (0..<frame.size.width).map { frame[$0, y] }.filter { $0.glyph != 0x20 && $0.glyph != 0 }.map(
                    \.style))
        }
    }

    @Test("after a refused login nothing is asked for ten minutes, unless the operator wants it")
    func refusedLogin() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            provider.core.setFaults([Fault(.refusedToken)])
            app.pass(21)
            await app.waitUntilIdle()
            app.expect(shows: "refused")
            provider.core.forgetArrivals()
            for _ in 0..<9 {
                app.pass(65)
                await app.waitUntilIdle()
            }
            #expect(provider.core.arrivals().map(\.line) == [])
            provider.core.setFaults([])
            app.press("r")
            await app.waitUntilIdle()
            #expect(!provider.core.arrivals().isEmpty)
            app.expect(hides: "refused")
        }
    }

    @Test("a refused login is tried again by itself after ten minutes")
    func refusedLoginLater() async throws {
        try await withApplication { app, provider in
            provider.core.setFaults([Fault(.refusedToken)])
            await app.waitUntilIdle()
            #expect(provider.core.arrivals().count == 1)
            provider.core.setFaults([])
            app.pass(599)
            await app.waitUntilIdle()
            #expect(provider.core.arrivals().count == 1)
            app.pass(2)
            await app.waitUntilIdle()
            #expect(provider.core.arrivals().count > 1)
            app.press("3")
            #expect(!app.alerts(of: "core").isEmpty)
        }
    }

    @Test("a server that asks for patience is not asked before")
    func retryAfter() async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            provider.core.setFaults([Fault(.tooMany(retryAfter: 90), at: "/api/v0/alerts")])
            app.pass(21)
            await app.waitUntilIdle()
            provider.core.forgetArrivals()
            func asked() -> Int { provider.core.arrivals().count { $0.path == "/api/v0/alerts" } }
            for _ in 0..<8 {
                app.pass(11)
                await app.waitUntilIdle()
            }
            #expect(asked() == 0)
            app.pass(3)
            await app.waitUntilIdle()
            #expect(asked() == 1)
        }
    }

    @Test("a server that fails is asked less and less often, at least every five minutes")
    func backOff() async throws {
        try await withApplication(adjust: { $0.removeLast() }) { app, provider in
            await app.waitUntilIdle()
            provider.core.setFaults([Fault(.status(503), at: "/api/v0/alerts")])
            provider.core.forgetArrivals()
            var tries: [Int] = []
            var known = 0
            for second in 1...1_800 {
                app.pass(1)
                await app.waitUntilIdle()
                let asked = provider.core.arrivals().count { $0.path == "/api/v0/alerts" }
                if asked > known { tries.append(second) }
                known = asked
            }
            let gaps = zip(tries.dropFirst(), tries).map { $0 - $1 }
            #expect(gaps.count >= 7)
            for (longer, gap) in zip(gaps.dropFirst(), gaps) where gap < 200 { #expect(longer > gap) }
            #expect(gaps.max() ?? 0 <= 301)
            #expect(gaps.last ?? 0 >= 240)
        }
    }
}
