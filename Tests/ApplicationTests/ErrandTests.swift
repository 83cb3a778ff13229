import Canvas
import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

/// What an engineer at night wants of the servers' APIs that no pane shows, without reading documentation: each with
/// the keys that it takes.
@Suite("Errands in the servers' APIs", .timeLimit(.minutes(15)))
struct ErrandTests {
    @Test("which IPv4 lease has this MAC: its row alone is left, with the address and the line")
    func lease() async throws {
        try await withAllKinds { app, _, _, _ in
            let fingers = Fingers(app)
            await fingers.open(path: "ipv4 lease")
            app.expect(shows: "IPv4 leases")
            let lease = try #require(app.rows.dropFirst(3).first)
            let mac = app.text(lease, "hwaddress")
            let before = fingers.count
            await fingers.press("/")
            await fingers.type("hwaddress:\(mac)")
            await fingers.press("Enter")
            #expect(app.rows == [lease], "\(app.picture)")
            app.expect(shows: app.text(lease, "address"))
            app.expect(shows: app.text(lease, "cpename"))
            // Without what is typed of the address itself.
            #expect(before <= 14 && fingers.count - mac.count <= 26, "\(fingers.count) keys")
        }
    }

    @Test("add a route to a bond: from its row to its routes, one POST, verified")
    func route() async throws {
        try await withAllKinds { app, _, bonds, _ in
            let fingers = Fingers(app)
            await fingers.press("5", "B")
            let bond = try #require(app.state.details.last?.entity)
            await fingers.find("routes of")
            await fingers.press("Enter", "E")
            await fingers.answer("network", "192.0.2.0/24")
            await fingers.answer("gateway", "10.0.0.1")
            await fingers.press("Enter")
            app.expect(shows: "\(bond.id)routes/")
            #expect(bonds.acts == [])
            app.pass(1)
            await fingers.press("y")
            #expect(bonds.acts == ["POST /api\(bond.id)routes/"])
            #expect(app.record.contains("\"verified\"") && app.record.contains("create-resource"))
            #expect(app.rows.contains { app.text($0, "network") == "192.0.2.0/24" }, "\(app.picture)")
            #expect(fingers.count <= 50, "\(fingers.count) keys")
        }
    }

    @Test("download the latest backup: a file, and a second one beside it the second time")
    func backup() async throws {
        try await withAllKinds { app, _, bonds, _ in
            let fingers = Fingers(app)
            await fingers.open(path: "latest")
            app.expect(shows: "w save the file")
            await fingers.press("w")
            app.expectGoodNews()
            #expect(fingers.count <= 12, "\(fingers.count) keys")
            let first = app.directory.files(in: "graphs")
            #expect(first.count == 1)
            let words = app.state.message?.words ?? ""
            #expect(first.allSatisfy { words.contains($0) }, "\(words)")
            await fingers.press("w")
            let both = app.directory.files(in: "graphs")
            #expect(both.count == 2 && Set(both).isSuperset(of: first))
            #expect(bonds.acts == [])
        }
    }

    @Test("put a member of a PBX's queue out of service: only the members are sent, and read back")
    func queue() async throws {
        try await withAllKinds { app, _, bonds, lines in
            let fingers = Fingers(app)
            await fingers.open(path: "queues")
            // The list of queues wants a PBX first: one is chosen, and leads on to its queues.
            await fingers.press("Enter")
            await fingers.find("queues")
            await fingers.press("Enter", "Enter", "e")
            let form = try #require(app.state.sessions.values.first?.form)
            let members = try #require(form.answers.first { $0.field.key == "members" })
            #expect(members.value.hasSuffix(#""paused":false}]"#), "\(members.value)")
            await fingers.go(to: "members")
            for _ in 0..<7 { await fingers.press("Backspace") }
            await fingers.type("true}]")
            await fingers.press("Enter")
            #expect(lines.acts == [])
            app.pass(1)
            await fingers.press("y")
            #expect(lines.acts.count == 1 && bonds.acts == [], "\(lines.acts) \(app.picture)")
            #expect(app.record.contains("\"verified\"") && app.record.contains("change-resource"))
            #expect(fingers.count <= 50, "\(fingers.count) keys")
        }
    }

    @Test("who changed a record: Krill's log says who and what; the API of bonds has no such log")
    func whoChanged() async throws {
        try await withAllKinds { app, _, _, _ in
            let fingers = Fingers(app)
            await fingers.open(path: "admin-logs")
            app.expect(shows: "Administration log")
            let columns = app.state.pane.visiblePane.columns.map(\.key)
            for column: FieldKey in ["user", "object", "change_message"] {
                #expect(columns.contains(column), "\(columns)")
            }
            #expect(fingers.count <= 14, "\(fingers.count) keys")
            let logs = app.state.backends.filter { $0.name == "bonds" }.flatMap { backend in
                (backend.tables[.collection]?.refs ?? []).filter { $0.id.contains("log") }
            }
            #expect(logs == [])
        }
    }
}
