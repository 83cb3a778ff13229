@testable import Dashboard
import Domain
import Testing

@testable import Simulator
@testable import nocturne

@Suite("Searches of servers from the palette", .timeLimit(.minutes(15)))
struct SearchTests {
    @Test("a MAC typed into the palette is searched at the server, and its device opened")
    func mac() async throws {
        try await withApplication { app, _ in
            await app.waitUntilIdle()
            app.press("2")
            await app.waitUntilIdle()
            let core = try #require(app.state.backends.first { $0.name == "core" })
            let ports = try #require(core.tables[.port])
            let row = try #require(ports.refs.indices.first { ports.text($0, "mac").count == 12 })
            guard case .ref(let device, _) = ports.value(row, .device) else { return }
            app.press(":")
            let mac = ports.text(row, "mac")
            app.type(mac)
            // The port itself is among the rows that are here; one entry has all servers search.
            app.expect(shows: "Search ")
            let entries = app.state.paletteEntries(mac)
            let place = entries.firstIndex { if case .search = $0.action { true } else { false } }
            // The one row that is here stands before it.
            for _ in 0...(try #require(place)) { app.press("Down") }
            app.press("Enter")
            await app.until(shows: "found")
            app.expect(shows: app.text(device, .name))
            app.press("Enter")
            await app.waitUntilIdle()
            #expect(app.state.details.count == 1)
            #expect(app.state.place.pane == .devices)
        }
    }
}
