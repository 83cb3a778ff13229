import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Web addresses")
struct AddressTests {
    private static let address = "https://core.example.net/device/device=2/"

    @Test("o asks for the page of the row with what the row holds, and shows and copies it")
    func open() throws {
        var desk = Desk.ready()
        desk.press("1")
        desk.go(to: World.device(World.core, 2))
        let table = try #require(desk.state.find(World.device(World.core, 2))?.table)
        #expect(desk.press("o") == [.address(World.device(World.core, 2), table, .open)])
        let effects = desk.send(.addressed(World.device(World.core, 2), .open, .success(Self.address)))
        #expect(effects == [.copy(Clipping(Self.address, .text(Self.address), needsFile: true))])
        #expect(desk.lines.contains { $0.contains(Self.address) })
        try Golden.check(desk.state, "address")
        desk.press("Enter")
        #expect(desk.state.layers.isEmpty)
    }

    @Test("it is opened only where a browser is configured")
    func browser() {
        var desk = Desk(World.state(opensAddresses: true))
        let effects = desk.send(.addressed(World.device(World.core, 2), .open, .success(Self.address)))
        #expect(effects.last == .browse(Self.address))
        let copied = desk.send(.addressed(World.device(World.core, 2), .copy, .success(Self.address)))
        #expect(copied.count == 1 && !copied.contains(.browse(Self.address)))
    }

    @Test("on a narrow screen an address is whole, over several lines")
    func narrow() {
        var desk = Desk(World.state(size: Size(30, 12)))
        desk.send(.addressed(World.device(World.core, 2), .open, .success(Self.address)))
        let text = desk.lines.joined().filter { !" │".contains($0) }
        #expect(text.contains(Self.address))
    }

    @Test("where no page is known, the key says so and asks nothing")
    func unknown() {
        var desk = Desk.ready()
        desk.press("5")
        #expect(desk.press("o") == [])
        #expect(desk.message.contains("Bonding") && desk.message.contains("not known"))
        desk.press("1")
        desk.send(
            .addressed(
                World.device(World.core, 2), .open, .failure(BackendError(.unsupported, "no web address"))))
        #expect(desk.message == "no web address" && desk.state.layers.isEmpty)
    }

    @Test("the menu of y offers the address where there is one")
    func menu() {
        var desk = Desk.ready()
        desk.press("1")
        desk.go(to: World.device(World.core, 2))
        desk.press("y", "j", "j", "j")
        let effects = desk.press("Enter")
        guard case .address(World.device(World.core, 2), _, .copy)? = effects.first else {
            Issue.record("\(effects)")
            return
        }
    }
}
