import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

/// What is looked for at night, each with the keys that it takes beside what is typed: they may only become fewer.
@Suite("Finding, with the keys counted", .timeLimit(.minutes(15)))
struct FindingTests {
    @Test("ports over 80 %: three keys and the text, by the short name of the busier direction")
    func busyPorts() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("2")
            await app.waitUntilIdle()
            let busy = app.rows.filter { entity in
                guard let (table, row) = app.state.find(entity) else { return false }
                return ["in_percent", "out_percent"].contains { (key: FieldKey) in
                    if case .number(let percent) = table.value(row, key) { percent > 40 } else { false }
                }
            }
            app.press("/")
            app.type("util>40")
            app.expect(shows: "match")
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(Set(app.rows) == Set(busy))
        }
    }

    @Test("most errors: three keys and a few letters, the most first, and their column is on the screen")
    func mostErrors() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("2", "s")
            app.type("err")
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: "ERR/S")
            let errors = app.rows.compactMap { entity -> Double? in
                guard let (table, row) = app.state.find(entity) else { return nil }
                if case .number(let number) = table.value(row, "errors_per_s") { return number }
                return nil
            }
            #expect(errors.count > 1 && errors == errors.sorted(by: >))
        }
    }

    @Test("find a MAC: two keys and the text, from any pane, asked of every server and looked up in all rows")
    func mac() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("2")
            await app.waitUntilIdle()
            let core = try #require(app.state.backends.first { $0.name == "core" })
            let ports = try #require(core.tables[.port])
            let row = try #require(ports.refs.indices.first { ports.text($0, "mac").count == 12 })
            app.press("3", ":")
            app.type(ports.text(row, "mac"))
            app.press("Enter")
            await app.waitUntilIdle()
            app.expect(shows: ports.name(row))
        }
    }

    @Test("a device of any server is opened by its name: two keys and the text")
    func device() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("1")
            await app.waitUntilIdle()
            let wanted = try #require(app.rows.last)
            let name = app.text(wanted, .name)
            app.press("0", ":")
            app.type(name)
            await app.waitUntilIdle()
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(app.state.details.count == 1)
            #expect(app.state.details.last.map { app.text($0.entity, .name) } == name)
        }
    }

    @Test("what a sign means: one key and a word")
    func sign() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("3", "?")
            app.type("signs")
            app.expect(shows: "marked")
            app.press("Esc", "Esc")
        }
    }
}
