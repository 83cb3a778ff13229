import Canvas
import Domain
import Testing

@testable import Dashboard
@testable import DashboardSupport

@Suite("Tabs")
struct TabTests {
    private static let service = ResourceDescriptor(
        "service", plural: "services", pane: "services",
        fields: [Field(.name, "NAME", .text, width: 5...20, priority: 0)], interval: 60,
        order: [SortKey(.name)])
    private static let bill = ResourceDescriptor(
        "bill", plural: "bills", pane: "bills",
        fields: [Field(.name, "NAME", .text, width: 5...20, priority: 0)], interval: 60,
        order: [SortKey(.name)])

    /// A desk of a server of today with thousands of ports and sensors.
    private static func desk(width: Int) -> Desk {
        var desk = Desk.ready(size: Size(width, 30))
        let core = desk.state.backends[0]
        let probe = Probe(
            info: core.info ?? ServerInfo(product: "", clock: ServerClock(offset: 0, isCertain: true)),
            resources: core.resources + [bill, Offer.sensor, service, Offer.event], commands: core.commands)
        desk.send(.probed(World.core, .success(probe)))
        for (resource, count) in [
            (Offer.device, 328), (Offer.port, 8_140), (bill, 9), (Offer.sensor, 3_210), (service, 12),
            (Offer.event, 50),
        ] {
            var builder = TableBuilder(resource, World.core)
            for number in 0..<count { builder.begin(EntityRef(World.core, resource.kind, id: Int64(number))) }
            desk.refreshed(World.core, resource.kind, builder.finish())
        }
        desk.refreshed(World.edge, .device, .empty(Offer.device, World.edge))
        return desk
    }

    private static func go(_ desk: inout Desk, _ pane: PaneName) {
        for _ in desk.state.panes where desk.state.place.pane != pane { desk.press("Tab") }
        #expect(desk.state.place.pane == pane)
    }

    private static func count(_ desk: Desk, _ pane: PaneName) -> String {
        desk.state.panes.first { $0.pane.name == pane }.map { desk.state.rowCount($0.pane).text } ?? ""
    }

    @Test(
        "the counts of devices, of alerts and of what is open stay at every usual width",
        arguments: [80, 120, 200])
    func firm(width: Int) {
        var desk = Self.desk(width: width)
        for pane in desk.state.panes.map(\.pane.name) {
            Self.go(&desk, pane)
            let line = desk.lines[1]
            #expect(line.contains("1 devices \(Self.count(desk, .devices))"), "\(pane)")
            #expect(line.contains("3 alerts 9"), "\(pane)")
            let count = Self.count(desk, pane)
            let isCounted = pane != .overview && count.contains { "123456789".contains($0) }
            #expect(line.contains(isCounted ? "\(pane) \(count)" : pane.rawValue))
            #expect(CharacterWidth.of(line) <= width)
        }
    }

    @Test(
        "the names of tabs further away give way first, then tabs without a key, then counts of what is not wrong"
    )
    func order() {
        var desk = Self.desk(width: 200)
        desk.press("3")
        #expect(
            desk.lines[1].contains(
                "6 rules  7 customers 6  sensors 3,210  services 12  logs 50"))
        desk.send(.resized(Size(120, 30)))
        let line = desk.lines[1]
        #expect(line.contains("1 devices 328  2 ports 8,140  3 alerts 9  4 bills 9  5 bonds 3"))
        #expect(line.contains("7 cust. 6") || line.contains("7 customers 6"))
        desk.send(.resized(Size(80, 30)))
        #expect(desk.lines[1].contains("3 alerts 9"))
        #expect(desk.lines[1].contains("5 bonds 3"))
        #expect(desk.lines[1].trimmed.hasSuffix("›"))
    }

    @Test("a click on the sign for tabs that are left out goes to the nearest of them")
    func signs() throws {
        var desk = Self.desk(width: 80)
        desk.press("3")
        let tabs = TabLine(state: desk.state).tabs
        let sign = try #require(tabs.last)
        #expect(sign.text.contains("›"))
        let before = tabs[tabs.count - 2].pane
        let names = desk.state.panes.map(\.pane.name)
        #expect(names.firstIndex(of: sign.pane) == names.firstIndex(of: before).map { $0 + 1 })
        #expect(TabLine(state: desk.state).pane(at: sign.x + 1) == sign.pane)
    }

    @Test("on the smallest screens what is open has its tab", arguments: [9, 20, 40])
    func small(width: Int) {
        var desk = Self.desk(width: width)
        for pane in desk.state.panes.map(\.pane.name) {
            Self.go(&desk, pane)
            let tabs = TabLine(state: desk.state).tabs
            #expect(tabs.count { $0.isOpen } == 1)
            #expect(tabs.first { $0.isOpen }?.pane == pane)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
