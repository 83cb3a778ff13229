import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Bonds")
struct BondTests {
    private func bonds(_ states: [String] = ["up", "degraded", "down"]) -> Desk {
        var desk = Desk.ready()
        desk.refreshed(World.bonds, .bond, World.bondTable(states))
        desk.press("5")
        return desk
    }

    private func now(_ desk: Desk) -> String {
        var desk = desk
        desk.press("0")
        return desk.lines.first { $0.contains("degraded ") } ?? ""
    }

    @Test("the worst bond stands first, with a sign per leg")
    func order() throws {
        let desk = bonds()
        #expect(desk.shown.map(\.id) == ["21", "20", "19"])
        let down = try #require(desk.lines.first { $0.contains("acme-hq") })
        #expect(down.contains("○·"))
        let degraded = try #require(desk.lines.first { $0.contains("globex-north") })
        #expect(degraded.contains("●○"))
        #expect(degraded.contains("yes"))
        #expect(try #require(desk.lines.first { $0.contains("initech") }).contains("●●"))
    }

    @Test("a pane that no backend feeds says so in one line")
    func nobody() {
        var desk = Desk.ready()
        desk.press("6")
        #expect(desk.lines.contains { $0.contains("no configured backend offers rules") })
        desk.press("4")
        #expect(desk.lines.contains { $0.contains("no configured backend offers bills") })
    }

    @Test("legs are filtered by a word of theirs and sorted by how many are not up")
    func legs() {
        var desk = bonds(["up", "degraded", "down", "strange"])
        desk.press("/")
        desk.type("legs=idle")
        #expect(desk.shown.map(\.id) == ["21"])
        desk.press("Esc", "/")
        desk.type("legs:down")
        #expect(Set(desk.shown.map(\.id)) == ["20", "21"])
        desk.press("Esc", "/")
        desk.type("legs>1")
        #expect(desk.pane.filterRemark != nil)
        desk.press("Esc")
        for _ in 0..<9 where desk.pane.order.first?.field != .legs { desk.press(">") }
        #expect(desk.shown.map(\.id) == ["21", "20", "22", "19"])
        desk.press("S")
        #expect(desk.shown.map(\.id) == ["19", "20", "22", "21"])
    }

    @Test("more legs than there is room for are counted, those that are down first")
    func manyLegs() {
        let signs = PartSigns("up up up up up up testing up up down unheard-of idle")
        #expect(signs.pieces(width: 12).map(\.text).joined() == "●●●●●●◐●●○?·")
        #expect(signs.pieces(width: 11).map(\.text).joined() == "1○ 1◐ 1? 8● 1·")
        #expect(PartSigns("").pieces(width: 3).isEmpty)
    }

    @Test("a detail says the words of the legs beside their signs")
    func detail() {
        var desk = bonds()
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("○·  down, idle") })
    }

    @Test("the overview counts bonds, and never a zero that may be false")
    func counts() {
        var desk = bonds(["up", "degraded", "down", "degraded"])
        #expect(now(desk).contains("▼ 2 bonds degraded"))
        #expect(now(desk).contains("1 down, 1 failed over"))
        desk.refreshed(World.bonds, .bond, World.bondTable(["up", "up"]))
        #expect(now(desk).contains("◐ 0 bonds degraded"), "one is still on the other aggregator")
        desk.refreshed(World.bonds, .bond, World.bondTable(["up"]))
        #expect(now(desk).contains("✓ 0 bonds degraded"))
        desk.refreshed(World.bonds, .bond, World.bondTable(["up", "down", "strange"]))
        #expect(now(desk).contains("▼ ? bonds degraded"), "nobody knows what strange is")
        #expect(now(desk).contains("1 down, 1 unknown"), "exact: how many are unknown stands beside")
        desk.refreshed(World.bonds, .bond, World.bondTable(["up", "down", "unmonitored"]))
        #expect(now(desk).contains("▼ 0 bonds degraded"), "one without legs has no status by nature")
        #expect(!now(desk).contains("?"))
        desk.refreshed(World.bonds, .bond, World.bondTable(["up"]))
        desk.failed(World.bonds, .bond, .forbidden)
        #expect(now(desk).contains("? bonds degraded"))
        #expect(now(desk).contains("? down, ? failed over"))
    }

    @Test("rows that an account may not see are named in their pane")
    func forbidden() {
        var desk = bonds()
        desk.failed(World.bonds, .bond, .forbidden)
        #expect(desk.lines[2].contains("bonds: no right to see bonds"))
    }

    @Test("a number is fed by every resource that says so, whatever its kind is called")
    func tallies() {
        let problem = ResourceDescriptor(
            "problem", plural: "problems", pane: .alerts, fields: Offer.alert.fields, interval: 60,
            nameField: .rule, tally: .alerts)
        var desk = Desk.ready()
        let info = ServerInfo(product: "Krill v2", clock: ServerClock(offset: 0, isCertain: true))
        let before = desk.state.counts.critical
        desk.send(
            .probed(
                World.access, .success(Probe(info: info, resources: [Offer.alert, problem], commands: []))))
        #expect(!desk.state.isComplete(.alerts))
        #expect(desk.header.contains("+?"))
        var builder = TableBuilder(problem, World.access)
        builder.begin(EntityRef(World.access, "problem", id: 1))
        builder.set(0, text: "critical")
        builder.set(1, text: "open")
        builder.set(4, ref: nil, name: "low light")
        desk.refreshed(World.access, "problem", builder.finish())
        #expect(desk.state.isComplete(.alerts))
        #expect(desk.state.counts.critical == before + 1)
        desk.press("3")
        #expect(desk.lines.contains { $0.contains("low light") })
    }
}
