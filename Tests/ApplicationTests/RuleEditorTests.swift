import AdapterKit
import Audit
import Canvas
import Dashboard
import Domain
import HTTP
import RawServer
import Runtime
import Testing

@testable import Simulator
@testable import nocturne

@Suite("Editing alert rules, from the key to the server and back", .timeLimit(.minutes(15)))
struct RuleEditorTests {
    /// The servers of the provider: the new one, and the one of 2016.
    static let servers = ["core", "edge"]

    private static func rule(_ app: Application, _ id: Int = 3, on server: String = "core") throws
        -> EntityRef
    {
        let backend = try #require(app.state.backends.first { $0.name == server })
        return EntityRef(backend.id, .rule, id: String(id))
    }

    /// Opens the form of a rule and makes its severity another.
    private func change(_ app: Application, _ rule: EntityRef) async {
        app.press("6")
        app.select(rule)
        app.press("e")
        await app.waitUntilIdle()
        app.expect(shows: "critical")
        app.press("Tab")
        for _ in 0..<4 where app.state.sessions.values.first?.form.answers[1].value != "warning" {
            app.press("Space")
        }
        app.press("Enter")
        await app.waitUntilIdle()
    }

    @Test("a rule is edited after its diff, and put back from the audit log", arguments: servers)
    func editing(server: String) async throws {
        try await withApplication(size: Size(120, 40)) { app, provider in
            await app.waitUntilIdle()
            let rule = try Self.rule(app, on: server)
            await change(app, rule)
            app.expect(shows: "- critical")
            app.expect(shows: "+ warning")
            #expect(provider.commands.isEmpty)
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands == ["PUT /api/v0/rules"])
            app.expectGoodNews()
            #expect(app.text(rule, .severity) == "warning")

            app.press("L")
            await app.waitUntilIdle()
            app.press("u")
            await app.waitUntilIdle()
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "+ critical")
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands.count == 2)
            #expect(app.text(rule, .severity) == "critical")
        }
    }

    @Test("a deleted rule comes back from the audit log with all that it was", arguments: servers)
    func undeleting(server: String) async throws {
        try await withApplication(size: Size(120, 40)) { app, provider in
            await app.waitUntilIdle()
            let rule = try Self.rule(app, on: server)
            let expression = app.text(rule, .expression)
            app.press("6")
            app.select(rule)
            app.press("K")
            await app.waitUntilIdle()
            app.expect(shows: "Delete the rule BGP Session down")
            app.pass(1)
            app.type("BGP Session down")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expectGoodNews()
            #expect(app.state.find(rule) == nil)

            app.press("L")
            await app.waitUntilIdle()
            app.press("u", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "Add the rule BGP Session down")
            #expect(provider.commands == ["DELETE /api/v0/rules/3"])
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands == ["DELETE /api/v0/rules/3", "POST /api/v0/rules"])
            app.expectGoodNews()
            let made = app.rows.filter {
                $0.backend == rule.backend && app.text($0, .name) == "BGP Session down"
            }
            #expect(made.count == 1)
            let new = try #require(made.first)
            #expect(new != rule)
            #expect(app.text(new, .severity) == "critical")
            #expect(app.text(new, .expression) == expression)
            let scope = app.state.find(new).map { $0.table.text($0.row, "scope") }
            #expect(scope == (server == "core" ? "groups 1" : "all"))
        }
    }

    @Test("while somebody else changes it, both versions are shown and nothing is sent", arguments: servers)
    func conflict(server: String) async throws {
        try await withApplication(size: Size(120, 40)) { app, provider in
            await app.waitUntilIdle()
            let rule = try Self.rule(app, on: server)
            app.press("6")
            app.select(rule)
            app.press("e")
            await app.waitUntilIdle()
            app.type(", mine")
            let theirs = try await app.network.connections[Int(rule.backend.index)].adapter.prepare(
                Command("edit-rule", [rule], [.severity: .text("warning")]))
            let isNew = server == "core"
            let api = Simulator.LibreNMS(
                isNew ? .modern : .release2016, world: provider.world, territory: isNew ? .core : .edge,
                tokens: Provider.tokens, zone: 0)
            let step = try #require(theirs.steps.first?.request)
            let reply = api.answer(
                Simulator.Request(
                    method: "PUT", target: "/api/v0/rules",
                    headers: [
                        "x-auth-token": Provider.tokens.admin, "content-type": "application/json",
                    ], body: step.body ?? []))
            #expect(reply.status == 200)
            app.press("Enter")
            await app.waitUntilIdle()
            app.pass(1)
            app.expect(shows: "server  warning")
            app.expect(shows: ", mine")
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
            #expect(try app.audit.entries().isEmpty)
            // Back to the form, and this time nobody was faster.
            app.press("Enter", "Enter")
            await app.waitUntilIdle()
            app.expect(hides: "- critical")
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands == ["PUT /api/v0/rules"])
            #expect(app.text(rule, .severity) == "warning")
            #expect(app.text(rule, .name).hasSuffix(", mine"))
        }
    }

    @Test(
        "a connection that dies after PUT leaves it unknown, and the check tells the truth",
        arguments: [true, false])
    func lost(happened: Bool) async throws {
        let server = try FragileServer(takesCommands: happened)
        try await withApplication(
            size: Size(160, 30), adjust: { $0 = [BackendPlan("core", at: server.raw.url)] }
        ) { app, _ in
            await app.waitUntilIdle()
            await change(app, try Self.rule(app))
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            app.expect(shows: "? unknown")
            app.expect(shows: "c check")
            server.heal()
            app.pass(1)
            app.press("c")
            await app.waitUntilIdle()
            #expect(server.commands == ["PUT /api/v0/rules"])
            if happened {
                app.expectGoodNews()
            } else {
                app.expect(shows: "severity is critical")
            }
        }
    }

    @Test("what happened on a connection that died is found out at either server", arguments: servers)
    func lostAnswer(server: String) async throws {
        try await withApplication(size: Size(160, 40)) { app, provider in
            await app.waitUntilIdle()
            let rule = try Self.rule(app, on: server)
            await change(app, rule)
            let simulator = server == "core" ? provider.core : provider.edge
            simulator.setFaults([Fault(.dropped, at: "/api/v0/rules")])
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            app.expect(shows: "? unknown")
            simulator.setFaults([])
            app.pass(1)
            app.press("c")
            await app.waitUntilIdle()
            app.expectGoodNews()
            #expect(provider.commands == ["PUT /api/v0/rules"])
            #expect(app.text(rule, .severity) == "warning")
        }
    }

    @Test("the operator's own editor gets the form and gives it back; its file is gone then")
    func editor() async throws {
        let script = "grep -q HOME= /proc/self/environ && exit 3; sed -i s/critical/warning/"
        try await withApplication(editor: script) { app, _ in
            await app.waitUntilIdle()
            app.press("6")
            app.select(try Self.rule(app))
            app.press("e")
            await app.waitUntilIdle()
            app.press("F4")
            await app.until("the editor has ended") { $0.state.sessions.values.first?.stage == .form }
            let form = try #require(app.state.sessions.values.first?.form)
            #expect(form.answers.filter(\.isChanged).map(\.field.key) == [.severity])
            #expect(form.arguments[.severity] == .text("warning"))
            #expect(app.directory.files(in: "run") == [])
        }
    }

    @Test(
        "an editor that fails, is not there, or writes nonsense loses nothing",
        arguments: [
            ("false", "the editor ended with 1"), ("no-such-editor", "can't be found; set EDITOR"),
            ("sed -i s/critical/mild/", "severity is one of"),
        ])
    func trouble(editor: String, words: String) async throws {
        try await withApplication(size: Size(140, 40), editor: editor) { app, _ in
            await app.waitUntilIdle()
            app.press("6")
            app.select(try Self.rule(app))
            app.press("e")
            await app.waitUntilIdle()
            app.type("!")
            app.press("F4")
            await app.until("the editor has ended") { $0.state.sessions.values.first?.stage == .form }
            app.expect(shows: words)
            let form = try #require(app.state.sessions.values.first?.form)
            #expect(form.answers.filter(\.isChanged).map(\.field.key) == [.name])
            #expect(app.directory.files(in: "run") == [])
        }
    }

    @Test("a rule is switched off and on from the palette, and nothing else is sent", arguments: servers)
    func switching(server: String) async throws {
        try await withApplication { app, provider in
            await app.waitUntilIdle()
            let rule = try Self.rule(app, 2, on: server)
            app.press("6")
            app.select(rule)
            app.press(":")
            app.type("disable rule")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "Disable")
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands == ["PUT /api/v0/rules"])
            app.expect(shows: "the rule is disabled, all of it as wanted")
            app.expectGoodNews()
        }
    }
}
