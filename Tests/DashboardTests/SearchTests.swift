import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Searches of servers")
struct SearchTests {
    private func offered(_ desk: Desk, _ text: String) -> [String] {
        desk.state.paletteEntries(text).compactMap {
            if case .search = $0.action { $0.title } else { nil }
        }
    }

    @Test(
        "what looks like an address is offered to the servers that search by one",
        arguments: [
            "00:1b:21:3c:4d:5e", "001B.213C.4D5E", "00-1b-21-3c-4d-5e", "001b213c4d5e", "192.0.2.1", "::1",
            "2001:db8::1", "2001:0db8:0000:0000:0000:0000:0000:0001",
        ])
    func addresses(_ text: String) {
        #expect(offered(Desk.ready(), text).contains("Search core for \(text)"))
    }

    @Test(
        "other words are no addresses",
        arguments: ["dead", "192.0.2", "192.0.2.256", "ack", "", "core:1:2", "Te0/1:2", "12:34", "1.2.3.4.5"])
    func words(_ text: String) {
        let searches = Desk.ready().state.paletteEntries(text).compactMap {
            if case .search(let searches) = $0.action { searches } else { nil }
        }
        #expect(!searches.joined().contains { $0.kind == .device })
    }

    @Test("words are offered to the servers that search by words, behind what can be done here")
    func others() {
        let desk = Desk.ready()
        #expect(offered(desk, "K-10077 zzz") == ["Search core for K-10077 zzz"])
        #expect(desk.state.paletteEntries("theme").first?.action == .own(.themes))
        #expect(offered(desk, "x").isEmpty, "too short to mean anything")
    }

    @Test("Enter asks the server, what it finds is listed, and Enter opens it")
    func searching() throws {
        var desk = Desk.ready(size: Size(80, 24))
        desk.press(":")
        desk.type("192.0.2.1")
        let search = Search(World.core, .device, "192.0.2.1")
        // The first entry asks everywhere.
        desk.press("Down")
        let others = Search(World.core, .port, "192.0.2.1")
        #expect(desk.press("Enter") == [.search(search), .search(others)])
        #expect(desk.lines.contains { $0.contains("192.0.2.1") && $0.contains("on core") })
        #expect(desk.lines.contains { $0.contains("asking") })
        // What another search found is not this one's.
        desk.send(.searched(Search(World.core, .device, "::1"), .success(.empty(Offer.device, World.core))))
        #expect(desk.lines.contains { $0.contains("asking") })
        let found = World.devices(World.core) { $0.hasPrefix("mad1") }
        desk.send(.searched(search, .success(found)))
        #expect(desk.lines.contains { $0.contains("mad1-agg-sw11") && $0.contains("down") })
        try Golden.check(desk.state, "search")
        desk.press("j")
        let effects = desk.press("Enter")
        #expect(effects.contains(.detail(found.refs[1])))
        #expect(desk.state.place.pane == .devices && desk.state.place.path == [found.refs[1]])
    }

    @Test("what can't be asked is said, and nothing found is not an error")
    func failing() {
        var desk = Desk.ready(size: Size(80, 24))
        desk.press(":")
        desk.type("::1")
        desk.press("Down", "Enter")
        let search = Search(World.core, .device, "::1")
        desk.send(.searched(search, .failure(BackendError(.server, "the server failed (500)"))))
        #expect(desk.lines.contains { $0.contains("the server failed (500)") })
        let others = Search(World.core, .port, "::1")
        #expect(desk.press("r") == [.search(search), .search(others)])
        desk.send(.searched(others, .success(.empty(Offer.port, World.core))))
        desk.send(.searched(search, .success(.empty(Offer.device, World.core))))
        #expect(desk.lines.contains { $0.contains("nothing found") })
        #expect(desk.press("Enter").isEmpty)
        desk.press("Esc")
        #expect(desk.state.layers.isEmpty)
    }
}
