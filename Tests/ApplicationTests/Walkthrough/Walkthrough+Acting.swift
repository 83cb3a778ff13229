import Canvas
import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

/// Doing something about it, and being kept from doing it to the wrong one.
extension Walkthrough {
    @Test("all filtered alerts of one device are acknowledged by one form, and no other alert is")
    func oneDevice() async throws {
        try await Self.story { app, provider in
            let open = app.alerts(of: "core")
            let device = try #require(open.map { app.text($0, .device) }.first)
            Self.filter(app, "device=\(device) state=open @core")
            let wanted = app.rows
            #expect(wanted.allSatisfy { app.text($0, .device) == device } && !wanted.isEmpty)
            app.press("*", "a")
            app.type("power is out there")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(Set(Self.acknowledged(open, provider)) == Set(wanted))
            #expect(provider.commands.count == wanted.count)
            for alert in wanted {
                #expect(
                    provider.alert(alert, on: provider.core)?.note.hasSuffix("power is out there") == true)
            }
        }
    }

    @Test("restarting the wrong bond is impossible: Cancel has the focus, and only its whole name goes on")
    func wrongBond() async throws {
        try await Self.bondStory { app, bonds in
            let bond = try #require(app.rows.first { app.text($0, .status) == "up" })
            let other = try #require(app.rows.first { $0 != bond })
            app.select(bond)
            app.press(":")
            app.type("restart bond")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "[ Cancel ]")
            for typed in ["", "y", app.text(other, .name), String(app.text(bond, .name).dropLast())] {
                app.clock.advance(by: 1)
                app.press("ctrl-u")
                app.type(typed)
                app.press("Enter")
                await app.waitUntilIdle()
                app.expect(shows: "nothing was sent")
            }
            app.press("Esc")
            #expect(bonds.arrivals().filter(\.isCommand).map(\.line) == [])
            #expect(app.record.isEmpty)
        }
    }

    @Test("the alert cleared while its form was open: nothing is sent, and that is what is told")
    func cleared() async throws {
        try await Self.story { app, provider in
            let open = app.alerts(of: "core")
            let (alert, seconds) = try #require(provider.nextToClear(of: open, on: provider.core))
            app.select(alert)
            app.press("a")
            app.type("on it")
            provider.world.advance(by: seconds)
            app.pass(120)
            await app.waitUntilIdle()
            app.expect(shows: "on it")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "it has cleared since")
            #expect(provider.commands.isEmpty && app.record.isEmpty)
        }
    }

    @Test("keys typed ahead of a form are not typed into it, and confirm nothing")
    func typedAhead() async throws {
        try await Self.story { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.terminal.feed(["a", "x", "y"].map { .key(.character($0)) } + [.key(.named(.enter))])
            app.turn()
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
            let form = try #require(app.state.sessions.values.first?.form)
            #expect(form.answers.allSatisfy { $0.value != "xy" && $0.value != "x" })
        }
    }

    @Test("a paste outside a text field does nothing, and one with a line break in the note sends nothing")
    func pasted() async throws {
        try await Self.story { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.paste("aaa\nyyy\nQ")
            app.expect(shows: "a paste outside a text field is dropped")
            #expect(app.state.sessions.isEmpty && app.end == nil)
            app.press("a")
            app.paste("ticket 4711\nEnter\n")
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(provider.alert(alert, on: provider.core)?.note.hasSuffix("ticket 4711 Enter") == true)
        }
    }

    @Test("more than ten at once ask for y, which is not heard in the first moment")
    func many() async throws {
        try await Self.story(scale: 3_000) { app, provider in
            Self.filter(app, "state=open")
            app.press("*")
            try #require(app.state.pane.marks.count > 10)
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands.isEmpty)
            app.expect(shows: "[ Cancel ]")
            app.clock.advance(by: 1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(provider.commands.count > 10)
        }
    }

    @Test("what failed is tried again alone, and the others are not sent twice")
    func retried() async throws {
        try await Self.story { app, provider in
            let alerts = Array(app.alerts(of: "core").prefix(2))
            try #require(alerts.count == 2)
            for alert in alerts {
                app.select(alert)
                app.press("Space")
            }
            let path = "/api/v0/alerts/\(alerts[1].id)"
            provider.core.setFaults([Fault(.refusedToken, at: path, method: "PUT")])
            app.press("a", "Enter")
            await app.waitUntilIdle()
            app.expect(shows: "failed")
            provider.core.setFaults([])
            app.clock.advance(by: 1)
            app.press("t")
            await app.waitUntilIdle()
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(Self.acknowledged(alerts, provider) == alerts)
            #expect(provider.commands.count { $0.hasSuffix("/alerts/\(alerts[0].id)") } == 1)
        }
    }

    @Test("one note goes to the new server and to the old one, each in its own words")
    func twoServers() async throws {
        try await Self.story { app, provider in
            let alerts = try ["core", "edge"].map { try #require(app.alerts(of: $0).first) }
            for alert in alerts {
                app.select(alert)
                app.press("Space")
            }
            app.press("a")
            app.type("fibre cut at the river")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(Self.acknowledged(alerts, provider) == alerts)
            #expect(provider.core.arrivals().filter(\.isCommand).count == 1)
            #expect(provider.edge.arrivals().filter(\.isCommand).count == 1)
        }
    }

    @Test("an acknowledgement is taken back, and the alert is open again on the server")
    func takenBack() async throws {
        try await Self.story { app, provider in
            let alert = try #require(app.alerts(of: "core").first)
            app.select(alert)
            app.press("a", "Enter")
            await app.waitUntilIdle()
            #expect(Self.acknowledged([alert], provider) == [alert])
            app.select(alert)
            app.press("u", "Enter")
            await app.waitUntilIdle()
            #expect(provider.alert(alert, on: provider.core)?.isOpen == true)
            app.expectGoodNews()
        }
    }

    @Test("a rule that was deleted by mistake comes back from the audit log")
    func undone() async throws {
        try await Self.story(size: Size(120, 40)) { app, provider in
            app.press("6")
            let rule = try #require(
                app.rows.first { $0.backend == BackendID(0) && app.text($0, .name) == "BGP Session down" })
            app.select(rule)
            app.press("K")
            await app.waitUntilIdle()
            app.pass(1)
            app.type("BGP Session down")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(app.state.find(rule) == nil)
            app.press("L")
            await app.waitUntilIdle()
            app.press("u", "Enter")
            await app.waitUntilIdle()
            app.pass(1)
            app.press("y")
            await app.waitUntilIdle()
            #expect(
                app.rows.contains { app.text($0, .name) == "BGP Session down" && $0.backend == rule.backend })
            #expect(provider.commands.map { $0.prefix(4) } == ["DELE", "POST"])
        }
    }
}
