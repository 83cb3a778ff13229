import AdapterKit
import Audit
import Canvas
import Dashboard
import Domain
import Filter
import RawServer
import Testing

@testable import nocturne

@Suite("An adapter that nothing else knows", .timeLimit(.minutes(15)))
struct FourthAdapterTests {
    private func withTides(
        size: Size = Size(120, 30), isReadOnly: Bool = false,
        _ story: (Application, TideServer) async throws -> Void
    ) async throws {
        let server = try TideServer()
        var plan = BackendPlan("sea", at: server.raw.url, TideAdapter.descriptor)
        plan.secret = Secret(TideServer.token)
        try await withApplication(size: size, isReadOnly: isReadOnly, adjust: { $0.append(plan) }) { app, _ in
            await app.waitUntilIdle()
            try await story(app, server)
        }
    }

    /// Goes to the pane by its name in the palette.
    private func goToTides(_ app: Application) {
        app.press(":")
        app.type("tides")
        app.press("Enter")
    }

    @Test("has a tab, and a pane with its own columns, sorted as it wants")
    func pane() async throws {
        try await withTides(size: Size(160, 40)) { app, _ in
            app.expect(shows: "tides 3")
            goToTides(app)
            #expect(app.state.place.pane == "tides")
            for word in ["GAUGE", "LEVEL", "BARRIER", "BACKEND", "Harbour mouth", "312", "lowered", "sea"] {
                app.expect(shows: word)
            }
            #expect(app.rows.map(\.id) == ["g-1", "g-2", "g-3"])
            app.press("/")
            app.type("level>100 barrier")
            app.press("Esc")
            app.press("/")
            app.type("level>100 pier | lock")
            app.press("Enter")
            #expect(app.rows.map(\.id) == ["g-2"])
        }
    }

    @Test("keeps a row that one reading in parts missed, and none that two missed")
    func parts() async throws {
        try await withTides { app, server in
            goToTides(app)
            server.listInParts()
            let lock = try #require(server.gauges["g-2"])
            func readAgain() async {
                app.pass(61)
                await app.waitUntilIdle()
            }
            server.remove("g-2")
            await readAgain()
            #expect(app.rows.count == 3)
            server.putBack("g-2", lock)
            await readAgain()
            server.remove("g-2")
            await readAgain()
            #expect(app.rows.count == 3, "it was there in between")
            app.pass(31)
            await app.waitUntilIdle()
            #expect(app.rows.map(\.id) == ["g-1", "g-3"])
        }
    }

    @Test("has details, keys of the operator's own, help and the palette")
    func everywhere() async throws {
        try await withTides { app, _ in
            goToTides(app)
            app.press("Enter")
            await app.waitUntilIdle()
            for words in ["Water", "level above zero", "312"] { app.expect(shows: words) }
            app.press(":")
            app.type("raise")
            app.expect(shows: "Raise barrier")
            app.press("Esc", "Esc", "?")
            await app.until("help lists the key") { app in
                if app.picture.contains("Raise barrier") { return true }
                app.press("Down")
                return false
            }
            app.press("q", "3", "X")
            app.expect(shows: "core does not offer raise-barrier")
        }
    }

    @Test("has its equipment asked on a key, and no longer once the operator gives up")
    func live() async throws {
        try await withTides { app, _ in
            goToTides(app)
            app.press("x")
            await app.until(shows: "LIVE · Gauge itself")
            app.expect(shows: "3.5 %")
            app.press("Esc", "j", "x")
            await app.until(shows: "the gauge is being called")
            app.press("Esc")
            await app.waitUntilIdle()
            app.expect(shows: "given up before there was an answer")
        }
    }

    @Test("asks for the name before a command that nobody knows, and keeps its secrets")
    func command() async throws {
        try await withTides { app, server in
            goToTides(app)
            app.press("X")
            app.expect(shows: "Reason:")
            app.press("Enter")
            app.expect(shows: "Reason is missing")
            app.type("storm tide")
            app.press("Tab")
            app.type("4711-0815")
            app.expect(hides: "4711")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "Ships can neither enter nor leave.")
            app.expect(shows: "Type Harbour mouth")
            app.pass(1)
            app.press("Enter")
            app.type("Harbour")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(server.commands.isEmpty)
            app.type(" mouth")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(
                server.commands == [
                    "POST /about/gauges/g-1/barrier {\"reason\": \"storm tide\", \"pin\": \"4711-0815\"}"
                ])
            #expect(server.gauges["g-1"]?.barrier == "raised")
            app.expectGoodNews()
            app.expect(shows: "the barrier is up")
            let gauge = try #require(app.rows.first)
            #expect(app.text(gauge, .state) == "raised")
            app.press("L")
            await app.waitUntilIdle()
            app.expect(shows: "raise-barrier on sea")
            app.press("Enter")
            app.expect(shows: "reason: storm tide")
            for text in [app.record, app.picture] + app.log.all {
                #expect(!text.contains("4711") && !text.contains("t0ken"))
            }
        }
    }

    /// Fills in the form for the gauge that a key goes to, up to the question.
    private func ask(_ app: Application, _ key: String) async {
        app.press(key, "X")
        app.type("storm")
        app.press("Tab")
        app.type("1")
        app.press("Enter")
        await app.waitUntilIdle()
    }

    /// Asks for the barrier at the mouth of the harbour to be raised, up to the typed name.
    private func raise(_ app: Application) async {
        await ask(app, "g")
        app.pass(1)
        app.type("Harbour mouth")
        app.press("Enter")
        await app.waitUntilIdle()
    }

    @Test("asks a second time, naming the first, when the same was done a short time ago")
    func guarded() async throws {
        try await withTides { app, server in
            goToTides(app)
            await raise(app)
            #expect(server.commands.count == 1)
            server.lower("g-1")
            app.pass(300)
            await app.waitUntilIdle()
            await raise(app)
            app.expect(shows: "Harbour mouth: done 5m ago by jk@noc1, verified")
            #expect(server.commands.count == 1)
            app.pass(1)
            app.press("Enter")
            #expect(server.commands.count == 1 && app.state.layers.isEmpty)
            await raise(app)
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(server.commands.count == 2)
            server.lower("g-1")
            app.pass(700)
            await app.waitUntilIdle()
            await raise(app)
            #expect(server.commands.count == 3)
        }
    }

    @Test("sends nothing when somebody else did the same while the question was open")
    func overtaken() async throws {
        try await withTides { app, server in
            goToTides(app)
            await ask(app, "g")
            let gauge = try #require(app.rows.first)
            let intent = AuditIntent(
                backend: "sea", command: Command("raise-barrier", [gauge]),
                preview: PlanPreview(
                    summary: [], targets: [.init(gauge, name: "Harbour mouth", words: "")], requests: [],
                    tier: .hurts), form: [])
            _ = try app.audit.begin(intent)
            app.pass(1)
            app.type("Harbour mouth")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(server.commands.isEmpty)
            app.expect(shows: "after you were asked")
        }
    }

    @Test("is sent once more with new credentials when the server did not know who asks")
    func renewed() async throws {
        try await withTides { app, server in
            goToTides(app)
            server.expireToken()
            await raise(app)
            #expect(server.commands.count == 2)
            #expect(server.gauges["g-1"]?.barrier == "raised")
            app.expectGoodNews()
            #expect(app.record.contains("\"record\":\"again\""))
        }
    }

    @Test("is looked at closely after a command, and no longer than it says")
    func watched() async throws {
        try await withTides { app, server in
            goToTides(app)
            await raise(app)
            let gauge = try #require(app.rows.first)
            #expect(app.text(gauge, .state) == "raised")
            server.lower("g-1")
            app.pass(2)
            await app.waitUntilIdle()
            #expect(app.text(gauge, .state) == "lowered")
            app.pass(9)
            await app.waitUntilIdle()
            let count = server.raw.requests.count { $0.target == "/about/gauges" }
            app.pass(2)
            await app.waitUntilIdle()
            #expect(server.raw.requests.count { $0.target == "/about/gauges" } == count)
        }
    }

    @Test("sends nothing for what needs nothing, and tells why")
    func excluded() async throws {
        try await withTides { app, server in
            goToTides(app)
            await ask(app, "G")
            app.expect(shows: "it is up already")
            #expect(server.commands.isEmpty)
        }
    }

    @Test("is read-only like every other")
    func readOnly() async throws {
        try await withTides(isReadOnly: true) { app, server in
            goToTides(app)
            app.press("X")
            app.expect(shows: "read-only")
            #expect(server.commands.isEmpty && app.state.layers.isEmpty)
        }
    }

    @Test(
        "is harvested and listed by get, by its plural and its pane", arguments: ["gauges", "gauge", "tides"])
    func get(word: String) async throws {
        try await withTides { app, _ in
            let harvest = await FetchedRows.gather(word, from: app.network, timeout: 30)
            #expect(harvest.failures == [])
            #expect(harvest.known.contains("gauges"))
            #expect(harvest.tables.map(\.resource.plural) == ["gauges"])
            let request = Arrangement.Request(
                tables: harvest.tables, filter: .everything, order: [SortKey("level")],
                context: FilterContext(now: app.clock.wall, backends: ["core", "edge", "sea"]))
            let arrangement = try #require(Arrangement.make(request))
            let listing = try Listing(
                arrangement, columns: "level,name", network: app.network, fetchedAt: harvest.fetchedAt)
            #expect(listing.fields.map(\.key) == ["level", "name"])
            #expect((0..<3).map { listing.arrangement.entity($0).id } == ["g-3", "g-2", "g-1"])
            #expect(listing.backend(listing.arrangement.table(0)) == "sea")
        }
    }
}
