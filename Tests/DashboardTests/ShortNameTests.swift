import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Filter
import Testing

@Suite("Names without their domain")
struct ShortNameTests {
    @Test(
        "the domain that at least half of the names with one share is left out, as much of it as all of them share"
    )
    func domain() throws {
        let names = [
            "core-rtr001.mad1.example.net", "acc-sw001.lon5.example.net", "10.0.0.1", "olt01",
            "lab.other.org",
        ]
        let short = try #require(ShortNames([names]))
        #expect(
            names.map(short.short) == [
                "core-rtr001.mad1", "acc-sw001.lon5", "10.0.0.1", "olt01", "lab.other.org",
            ])
        let deep = try #require(ShortNames([["a.noc.corp.example.com", "b.noc.corp.example.com"]]))
        #expect(deep.suffix == ".noc.corp.example.com")
        for names in [
            [], ["one.example.net"], ["10.0.0.1", "10.1.0.1"], ["a", "b"], ["x..y.z", "..."],
            ["a.b.c.d", "e.f.g.h", "i.j.k.l"],
        ] {
            #expect(ShortNames([names]) == nil, "\(names)")
        }
    }

    @Test("two devices of one backend that would become equal keep theirs, and no two names become one")
    func equal() throws {
        let names = ["a.mad1.example.net", "a.mad1", "b.mad1.example.net", "c.lon5.example.net"]
        let short = try #require(ShortNames([names]))
        #expect(names.map(short.short) == ["a.mad1.example.net", "a.mad1", "b.mad1", "c.lon5"])
        #expect(Set(names.map(short.short)).count == names.count)
        // On two backends it is the same device, seen twice.
        let twice = try #require(ShortNames([["a.mad1.example.net", "c.lon5.example.net"], ["a.mad1"]]))
        #expect(twice.short("a.mad1.example.net") == "a.mad1")
    }

    private func desk(_ shortensNames: Bool) throws -> Desk {
        var desk = Desk(World.state(size: Size(120, 30), shortensNames: shortensNames))
        desk.tick(0)
        desk.probe(World.core)
        let resource = try #require(desk.state.backends[0].resource(.device))
        var builder = TableBuilder(resource, World.core)
        for (number, name) in ["core-rtr001.mad1.example.net", "acc-sw001.lon5.example.net"].enumerated() {
            builder.begin(EntityRef(World.core, .device, id: Int64(number + 1)))
            builder.set(resource.index(of: .name) ?? 0, text: name)
            builder.set(resource.index(of: .status) ?? 0, text: "up")
        }
        desk.refreshed(World.core, .device, builder.finish())
        desk.press("1")
        return desk
    }

    @Test("tables show them short, the detail whole, and the configuration can keep them whole everywhere")
    func tables() throws {
        var desk = try desk(true)
        #expect(
            desk.lines.contains { $0.contains("core-rtr001.mad1 ") }
                && !desk.lines.contains { $0.contains("example.net") })
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("example.net") })
        #expect(try self.desk(false).lines.contains { $0.contains("core-rtr001.mad1.example.net") })
    }
}
