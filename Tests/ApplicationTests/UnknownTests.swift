import AdapterKit
import Audit
import Canvas
import Dashboard
import Domain
import RawServer
import Runtime
import Testing

@testable import nocturne

@Suite("A command whose answer never comes", .timeLimit(.minutes(15)))
struct UnknownTests {
    @Test(
        "arrives once, ends as unknown with the offer to check, and the check tells the truth",
        arguments: [true, false])
    func lost(happened: Bool) async throws {
        let server = try FragileServer(takesCommands: happened)
        try await withApplication(
            size: Size(160, 30), adjust: { $0 = [BackendPlan("core", at: server.raw.url)] }
        ) { app, _ in
            await app.waitUntilIdle()
            app.press("3")
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("a")
            app.type("is anybody there")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "unknown")
            app.expect(shows: "c check")
            #expect(server.commands == ["PUT /api/v0/alerts/\(alert.id)"])
            // It did not come on a connection that had been used, so nobody could take it for a broken old one.
            #expect(server.connections.commands.isDisjoint(with: server.connections.reads))
            #expect(server.connections.reads.count < server.raw.requests.count - 1)
            #expect(try app.audit.entries().first?.isUnknown == true)

            for _ in 0..<5 {
                app.pass(120)
                await app.waitUntilIdle()
            }
            #expect(server.commands.count == 1)
            app.press("c")
            await app.waitUntilIdle()
            app.expect(shows: "unknown")

            server.heal()
            app.pass(1)
            app.press("c")
            await app.waitUntilIdle()
            #expect(server.isAcknowledged(alert) == happened)
            // Ten minutes later hardly anything goes on with it any more; that it failed is not known all the same.
            app.expect(shows: happened ? "acknowledged" : "the alert is still open 10m later")
            let entry = try #require(try app.audit.entries().first)
            #expect(entry.targets.first?.outcome == (happened ? .verified : .unknown))
            #expect(happened || entry.targets.first?.words.hasSuffix("not seen to take effect") == true)
            #expect(!entry.isOpen)
            #expect(server.commands.count == 1)
        }
    }

    @Test("is told at the next start, once, with how to look into it")
    func nextStart() async throws {
        let directory = try TemporaryDirectory()
        let path = "\(directory.path)/audit.jsonl"
        try await withApplication(size: Size(200, 40), auditPath: path) { app, _ in
            await app.waitUntilIdle()
            app.expect(hides: "no known outcome")
            let alert = try #require(app.alerts(of: "core").first)
            for (user, process) in [("jk", Int32.max), ("somebody-else", .max)] {
                let dead = AuditLog(
                    path: path,
                    identity: AuditIdentity(user: user, host: "noc1", client: nil, process: process),
                    now: { [clock = app.clock] in clock.wall })
                let plan = try await app.network.connections[0].adapter.prepare(
                    Command(.acknowledge, [alert]))
                _ = try dead.begin(
                    AuditIntent(
                        backend: "core", command: plan.command,
                        preview: plan.preview(at: app.network.plans[0].endpoint), form: []))
            }
        }
        try await withApplication(size: Size(200, 40), auditPath: path) { app, _ in
            await app.waitUntilIdle()
            app.expect(shows: "1 command of yours has no known outcome")
            app.expect(shows: "? 1 outcome")
            app.press("L")
            await app.waitUntilIdle()
            app.expect(shows: "outcome not known")
            app.expect(shows: "acknowledge on core")
        }
    }

    @Test(
        "is unknown in the log after a crash, and the check there tells the truth", arguments: [true, false])
    func crashed(happened: Bool) async throws {
        try await withApplication(size: Size(160, 30)) { app, provider in
            await app.waitUntilIdle()
            let alert = try #require(app.alerts(of: "core").first)
            // What a process that died between the two records leaves behind; no process has this number.
            let dead = AuditLog(
                path: app.audit.path,
                identity: AuditIdentity(user: "jk", host: "noc1", client: nil, process: .max),
                now: { [clock = app.clock] in clock.wall })
            let plan = try await app.network.connections[0].adapter.prepare(Command(.acknowledge, [alert]))
            _ = try dead.begin(
                AuditIntent(
                    backend: "core", command: plan.command,
                    preview: plan.preview(at: app.network.plans[0].endpoint), form: []))
            if happened {
                provider.acknowledge(alert, on: provider.core, note: "sent by the one that crashed")
            }

            app.press("L")
            await app.waitUntilIdle()
            app.expect(shows: "? unknown")
            app.expect(shows: "acknowledge on core")
            app.press("Enter")
            app.expect(shows: "whether it was sent is not known")
            if !happened {
                // Right after it was recorded it may still come.
                app.press("c")
                await app.waitUntilIdle()
                app.expect(shows: "? unknown")
                app.pass(600)
                await app.waitUntilIdle()
            }
            app.press("c")
            await app.waitUntilIdle()
            app.expect(shows: happened ? "acknowledged" : "the alert is still open 10m later")
            let entry = try #require(try app.audit.entries().first)
            #expect(!entry.isOpen && entry.isUnknown == !happened)
            #expect(entry.targets.map(\.outcome) == [happened ? .verified : .unknown])
            app.expect(shows: happened ? "verified" : "it was not seen to take effect")
            app.expect(hides: "what became of it is not known")
            app.press("Esc")
            app.expect(hides: "? unknown")
            app.expect(hides: "? 1 outcome")
            if !happened { app.expect(shows: "? not seen") }
            #expect(provider.commands.isEmpty)
        }
    }
}
