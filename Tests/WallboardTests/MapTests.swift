import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("The map")
struct MapTests {
    /// So many sites with so many devices each; a device is down where the numbers say so.
    private func sites(_ count: Int, of devices: Int, down: (Int, Int) -> Bool) -> [SiteMap] {
        (0..<count).map { site in
            SiteMap(
                site: "site\(site)",
                devices: (0..<devices).map { device in
                    SiteMap.Spot(status: down(site, device) ? .down : .up, backend: World.core)
                })
        }
    }

    @Test("a device that is down has its place before any that is up, however small the map")
    func badFirst() {
        for (width, height) in [(20, 3), (78, 10), (78, 16), (118, 30), (238, 50), (498, 170)] {
            for (count, devices) in [(1, 10), (6, 60), (40, 50), (200, 50), (500, 20)] {
                let sites = sites(count, of: devices) { ($0 * 7 + $1) % 9 == 0 }
                let layout = MapLayout(sites, silent: [], width: width, height: height)
                let shown = layout.sites.flatMap { $0.devices.prefix($0.shown) }
                let hidden = layout.sites.flatMap { $0.devices.dropFirst($0.shown) }
                let isStrict = !hidden.contains(.down) || !shown.contains(.up)
                #expect(isStrict, "\(count) × \(devices) on \(width)×\(height)")
                let lines = layout.sites.reduce(0) { $0 + $1.lines }
                #expect(lines <= layout.columns * height)
                #expect(layout.sites.allSatisfy { $0.shown <= max(0, $0.lines * layout.room) })
                let told = layout.sites.compactMap(layout.more).reduce(0, +)
                #expect(
                    told + layout.missing.values.reduce(0, +) == hidden.count,
                    "nothing is left out in silence")
            }
        }
    }

    @Test("ten thousand devices have their places on a large screen")
    func large() {
        let layout = MapLayout(
            sites(200, of: 50) { $0 == 3 && $1 < 4 }, silent: [], width: 498, height: 160)
        #expect(layout.missing.isEmpty)
        #expect(layout.sites.allSatisfy { $0.shown == 50 })
        #expect(layout.sites[0].name == "site3")
        #expect(layout.pitch == 2)
    }

    @Test("devices of a server that is not heard are not known, and stand before those that are up")
    func silent() {
        let sites = sites(3, of: 4) { _, _ in false }
        let layout = MapLayout(sites, silent: [World.core], width: 78, height: 10)
        #expect(layout.sites.allSatisfy { $0.devices.allSatisfy { $0 == .unknown } })
    }

    @Test("every sign on the screen is in the legend, and as many signs as devices are drawn")
    func drawn() {
        var desk = Desk.wall(.only(WallboardPage(.map)), size: Size(120, 40))
        desk.tick(0.1)
        let lines = desk.lines
        let legend = lines.firstIndex { $0.contains("▼ 1 down") } ?? -1
        #expect(
            lines[max(0, legend)].contains(
                "▼ 1 down  ◐ 1 partly  ? 1 not known  ● 7 up  ○ 1 ignored  · 1 disabled"))
        let map = lines.dropFirst(legend + 1).prefix { !$0.contains("DOWN") }.joined()
        #expect(map.count { "▼◐●○".contains($0) } == 10)
    }

    @Test("devices of a server that knows no places are on the map as well")
    func placeless() {
        let resource = ResourceDescriptor(
            .device, plural: "devices", pane: .devices,
            fields: [Field(.status, "STATUS", .state), Field(.name, "NAME", .text)], interval: 60)
        var builder = TableBuilder(resource, World.access)
        builder.begin(World.device(World.access, 1))
        builder.set(0, text: "down")
        let map = SiteMap.all([World.devices(World.core) { _ in true }, builder.finish()])
        #expect(map.reduce(0) { $0 + $1.devices.count } == World.deviceRows.count + 1)
        #expect(map.first { $0.site.isEmpty }?.devices.first?.status == .down)
    }

    @Test("a map with a filter shows what passes it")
    func filtered() {
        var desk = Desk.wall(.only(WallboardPage(.map, filter: "is:down")))
        desk.tick(0.1)
        #expect(desk.text.contains("1 devices") || desk.text.contains("▼ 1 down"))
        #expect(!desk.text.contains("● 7 up"))
    }
}
