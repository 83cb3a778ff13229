import Canvas
import CurlTransport
import Domain
import Glibc
import Runtime
import Testing
import Wallboard

@testable import Dashboard
@testable import Simulator
@testable import nocturne

@Suite("A wallboard that runs for months", .timeLimit(.minutes(15)))
struct WallboardRunTests {
    private static let pages = [WallboardPage(.overview), WallboardPage(.map), WallboardPage(.pane(.alerts))]

    private func withWall(
        isLocked: Bool = false, size: Size = Size(120, 40), provider: Provider = Provider(),
        _ story: (Application, Provider) async throws -> Void
    ) async throws {
        let profile = WallboardProfile(name: "wall", pages: Self.pages, isLocked: isLocked)
        try await withApplication(size: size, provider: provider, wallboard: profile) { app, provider in
            await app.waitUntilIdle()
            try await story(app, provider)
        }
    }

    private func page(_ app: Application) -> WallboardPage.View? { app.board?.page?.page.view }

    @Test("SIGUSR1 turns the page, SIGTERM and SIGHUP end it")
    func signals() async throws {
        try await withWall { app, _ in
            #expect(page(app) == .overview)
            app.receive(SIGUSR1)
            #expect(page(app) == .map)
            app.receive(SIGUSR1)
            app.receive(SIGUSR1)
            #expect(page(app) == .overview)
            app.receive(SIGTERM)
            #expect(app.end == .signal(SIGTERM))
        }
    }

    @Test("locked, no key and no signal but SIGTERM and SIGHUP does anything", arguments: [SIGTERM, SIGHUP])
    func locked(ending: Int32) async throws {
        try await withWall(isLocked: true) { app, _ in
            let before = page(app)
            for key in ["n", "Space", "q", "q", "ctrl-c"] { app.press(key) }
            for signal in [SIGINT, SIGQUIT, SIGTSTP] { app.receive(signal) }
            #expect(app.end == nil && page(app) == before)
            #expect(!app.terminal.record.isSuspended)
            app.receive(SIGUSR1)
            #expect(page(app) != before)
            app.receive(ending)
            #expect(app.end == .signal(ending))
        }
    }

    @Test("a terminal that is gone ends it, locked or not", arguments: [false, true])
    func gone(isLocked: Bool) async throws {
        try await withWall(isLocked: isLocked) { app, _ in
            app.terminal.feed([.end])
            app.turn()
            #expect(app.end == .terminalGone)
        }
    }

    @Test("servers that can't be reached at the start are shown as such, and as well once they can")
    func unreachable() async throws {
        let provider = Provider()
        try await withWall(provider: provider) { app, provider in
            // The first answers were already taken: the second start is from nothing.
            provider.core.setFaults([Fault(.status(503))])
            provider.edge.setFaults([Fault(.status(503))])
            let cold = try Application(
                provider.plans, clock: SteppedClock(at: Timestamp(Int64(provider.world.now))),
                directory: TemporaryDirectory(), size: Size(120, 40), wallboard: .standard)
            await cold.waitUntilIdle()
            #expect(cold.state.backends.allSatisfy { $0.info == nil && $0.probe.error != nil })
            cold.expect(shows: "NOT ALL IS KNOWN")
            cold.expect(hides: "quiet for")
            #expect(!Self.saysZero(cold))
            for server in [provider.core, provider.edge] { server.setFaults([]) }
            for _ in 0..<40 {
                cold.pass(10)
                await cold.waitUntilIdle()
            }
            cold.expect(hides: "NOT ALL IS KNOWN")
            await cold.network.curl.stop()
        }
    }

    private static func numbers(_ app: Application) -> [String] {
        app.board?.headline(app.state).numbers.map(\.digits) ?? []
    }

    /// Whether any number of the headline claims to be a known zero.
    private static func saysZero(_ app: Application) -> Bool {
        app.board?.watch.quietSince != nil || numbers(app).contains("0")
    }

    @Test("without any server left it says so, keeps no zero and no quiet, and mends by itself")
    func allLost() async throws {
        try await withWall { app, provider in
            app.expect(hides: "NOT ALL IS KNOWN")
            for server in [provider.core, provider.edge] { server.setFaults([Fault(.status(500))]) }
            for _ in 0..<120 {
                provider.world.advance(by: 10)
                app.pass(10)
                await app.waitUntilIdle()
            }
            app.expect(shows: "NOT ALL IS KNOWN")
            app.expect(hides: "quiet for")
            #expect(!Self.saysZero(app), "\(Self.numbers(app))")
            for server in [provider.core, provider.edge] { server.setFaults([]) }
            for _ in 0..<40 {
                provider.world.advance(by: 10)
                app.pass(10)
                await app.waitUntilIdle()
            }
            app.expect(hides: "NOT ALL IS KNOWN")
        }
    }

    @Test("any size the terminal can have, in any order")
    func sizes() async throws {
        try await withWall { app, _ in
            for (width, height) in [
                (20, 5), (80, 24), (1, 1), (500, 200), (200, 60), (7, 3), (500, 5), (20, 200), (240, 67),
            ] {
                app.resize(to: width, height)
                for _ in Self.pages {
                    app.receive(SIGUSR1)
                    let frame = try #require(app.terminal.record.frame)
                    #expect(frame.size == Size(width, height))
                    #expect(app.screen.count <= height)
                }
                app.pass(1)
            }
        }
    }

    @Test(
        "a wall clock that is set forth or back moves no age, and pages go on turning",
        arguments: [86_400, -86_400])
    func wallClock(step: Int) async throws {
        try await withWall { app, _ in
            app.clock.setWall(by: step)
            app.turn()
            await app.waitUntilIdle()
            app.expect(hides: "NOT ALL IS KNOWN")
            let freshness = app.state.backends.map {
                $0.worst(of: app.state.kindsInUse, now: app.state.now).freshness
            }
            #expect(freshness.allSatisfy { $0 < .stale }, "\(freshness)")
            let before = page(app)
            app.pass(21)
            #expect(page(app) != before)
        }
    }

    @Test("after a suspend everything is old at once, one page is turned, and all is asked again")
    func suspend() async throws {
        try await withWall { app, provider in
            provider.core.forgetArrivals()
            let before = app.board?.index
            app.clock.advance(by: 7_200)
            provider.world.advance(by: 7_200)
            app.turn()
            #expect(app.board?.index == before.map { ($0 + 1) % Self.pages.count })
            #expect(
                app.state.backends.allSatisfy {
                    $0.worst(of: app.state.kindsInUse, now: app.state.now).freshness >= .stale
                })
            #expect(app.board?.watch.quietSince == nil)
            await app.waitUntilIdle()
            #expect(!provider.core.arrivals().isEmpty)
            app.expect(hides: "NOT ALL IS KNOWN")
        }
    }
}
