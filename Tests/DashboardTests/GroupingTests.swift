import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Rows in groups")
struct GroupingTests {
    private static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: Offer.device.fields + [
            Field(.groups, "GROUPS", .word, width: 8...30, priority: nil),
            Field(.group, "GROUP", .word, width: 8...24, priority: nil),
        ], interval: 120, feedsCounts: true, order: [SortKey(.name)])

    /// Names with their groups; one is in several, one in none.
    private static let rows: [(String, [String])] = [
        ("mad1-core-rtr02", ["Core"]), ("lon5-edge-rtr01", ["Core", "Edge"]), ("bcn2-acc-sw07", ["Access"]),
        ("zrh1-oob-01", []), ("mad1-core-rtr01", ["Core"]), ("lon5-ups-003", ["Edge", "Power"]),
    ]

    private static func table() -> Table {
        var builder = TableBuilder(device, World.core)
        for (number, row) in rows.enumerated() {
            builder.begin(World.device(World.core, Int64(number + 1)))
            builder.set(0, text: "up")
            builder.set(1, text: row.0)
            builder.set(5, text: String(row.0.prefix(4)))
            builder.set(10, text: row.1.joined(separator: ", "))
            builder.set(11, text: row.1.first ?? "")
        }
        return builder.finish()
    }

    /// A desk with the devices in front, of one server that knows groups.
    private func desk(size: Size = Size(120, 30)) -> Desk {
        var desk = Desk.ready(size: size)
        let backend = desk.state.backends[0]
        let resources = backend.resources.map { $0.kind == .device ? Self.device : $0 }
        let probe = Probe(
            info: ServerInfo(product: "LibreNMS 26.7", clock: ServerClock(offset: 0, isCertain: true)),
            resources: resources, commands: backend.commands)
        desk.send(.probed(World.core, .success(probe)))
        desk.refreshed(World.core, .device, Self.table())
        desk.refreshed(World.edge, .device, .empty(Offer.device, World.edge))
        desk.press("1")
        return desk
    }

    private func names(_ desk: Desk) -> [String] {
        desk.shown.map { desk.state.find($0)?.table.name(desk.state.find($0)?.row ?? 0) ?? "" }
    }

    @Test("each row stands once, under its first group; what is in none comes last")
    func grouping() {
        var desk = desk()
        desk.go(to: World.device(World.core, 5))
        desk.press("b")
        #expect(
            names(desk) == [
                "bcn2-acc-sw07", "lon5-edge-rtr01", "mad1-core-rtr01", "mad1-core-rtr02", "lon5-ups-003",
                "zrh1-oob-01",
            ])
        #expect(desk.pane.cursor == World.device(World.core, 5))
        let lines = desk.lines
        #expect(lines.count { $0.contains("Core ") && $0.contains("lon5-edge-rtr01") } == 1)
        #expect(lines.contains { $0.contains("mad1-core-rtr01") && !$0.contains("Core") })
        #expect(lines.contains { $0.contains("zrh1-oob-01") && $0.contains("none") })
        // The order within the groups is the operator's.
        desk.press("s")
        desk.type("name")
        desk.press("Enter")
        #expect(desk.pane.order.first == SortKey(.name))
        desk.press("S")
        #expect(names(desk).prefix(3) == ["bcn2-acc-sw07", "mad1-core-rtr02", "mad1-core-rtr01"])
    }

    @Test("the next key groups by the next thing, and in the end not at all")
    func others() {
        var desk = desk()
        desk.press("b", "b")
        #expect(desk.message == "grouped by location")
        #expect(names(desk).first == "bcn2-acc-sw07" && names(desk).last == "zrh1-oob-01")
        desk.press("b")
        #expect(desk.message == "not grouped")
        #expect(desk.pane.grouping == nil)
        desk.press("3", "b")
        #expect(desk.message == "grouped by device")
        desk.press("2", "b")
        #expect(desk.message == "nothing groups the rows of ports")
    }

    @Test("alerts are grouped with the group of the worst alert first, and the worst first in each")
    func worst() {
        var desk = desk()
        desk.press("3")
        let before = desk.pane.arrangement.entity(0)
        desk.press("b")
        #expect(desk.message == "grouped by device")
        let arrangement = desk.pane.arrangement
        #expect(arrangement.entity(0) == before)
        let devices = (0..<arrangement.count).map {
            arrangement.table($0).text(arrangement.rows[$0].row, .device)
        }
        var seen: [String] = []
        for device in devices where seen.last != device { seen.append(device) }
        #expect(Set(seen).count == seen.count, "each group once: \(devices)")
    }

    @Test("a filter finds every group of a device, shown or not")
    func filtering() {
        var desk = desk()
        desk.press("/")
        desk.type("groups:edge")
        desk.press("Enter")
        #expect(names(desk).sorted() == ["lon5-edge-rtr01", "lon5-ups-003"])
    }

    @Test("the group at the top of the screen is named there, wherever its first row is")
    func scrolled() {
        var desk = desk(size: Size(80, 10))
        desk.press("b", "G")
        let first =
            desk.lines.first { $0.contains("lon5") || $0.contains("mad1") || $0.contains("bcn2") } ?? ""
        #expect(first.contains("Core") || first.contains("Access") || first.contains("Edge"))
    }

    @Test("frames of groups")
    func frames() throws {
        for size in [Size(80, 24), Size(120, 40), Size(40, 10), Size(20, 5)] {
            var desk = desk(size: size)
            desk.press("b", "j", "j")
            try Golden.check(desk.state, "devices-grouped")
        }
    }
}
