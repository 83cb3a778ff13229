import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("A detail that fills in")
struct FillingDetailTests {
    private static let device = World.device(World.core, 2)

    private static func detail(_ titles: String...) -> Detail {
        Detail(
            device, title: "r2", sections: titles.map { Detail.Section($0, [Detail.Line($0, .flag(true))]) })
    }

    private static func titles(_ desk: Desk) -> [String]? {
        desk.state.details.last?.detail?.sections.map(\.title)
    }

    @Test("what arrived is shown, and nothing is asked twice meanwhile")
    func fills() {
        var desk = Desk.ready()
        desk.press("1")
        desk.go(to: Self.device)
        #expect(desk.press("Enter").contains(.detail(Self.device)))
        desk.send(.partlyDetailed(Self.device, Self.detail("Device")))
        #expect(Self.titles(desk) == ["Device"])
        #expect(desk.state.details.last?.isAsking == true)
        #expect(desk.state.details.last?.arrivedAt == nil)
        desk.send(.partlyDetailed(Self.device, Self.detail("Device", "VLANs")))
        #expect(!desk.press("r").contains(.detail(Self.device)))
        desk.send(.detailed(Self.device, .success(Self.detail("Device", "VLANs", "Graphs"))))
        #expect(Self.titles(desk) == ["Device", "VLANs", "Graphs"])
        #expect(desk.state.details.last?.isAsking == false)
        #expect(desk.state.details.last?.arrivedAt != nil)
    }

    @Test("a whole detail stays until the next one is whole, and one that comes late is no part of it")
    func stays() {
        var desk = Desk.ready()
        desk.press("1")
        desk.go(to: Self.device)
        desk.press("Enter")
        desk.send(.detailed(Self.device, .success(Self.detail("Device", "VLANs"))))
        desk.send(.partlyDetailed(Self.device, Self.detail("Late")))
        #expect(Self.titles(desk) == ["Device", "VLANs"])
        desk.press("r")
        desk.send(.partlyDetailed(Self.device, Self.detail("Device")))
        #expect(Self.titles(desk) == ["Device", "VLANs"])
    }

    @Test("what is wrong with its ports stands before its other fields, and all its ports after them")
    func order() throws {
        let device = World.device(World.core, 4)
        var desk = Desk.ready()
        desk.press("1")
        desk.go(to: device)
        desk.press("Enter")
        let fields = ["Notes", "Contact"].map { Detail.Line($0, .text(" ")) }
        let first = Detail.Section("Device", [Detail.Line("Serial", .text("X1"))] + fields)
        let vlans = Detail.Section("VLANs", [Detail.Line("10", .text("voice")), Detail.Line("11", .none)])
        desk.send(
            .detailed(device, .success(Detail(device, title: "sw12", sections: [first, vlans]))))
        let lines = desk.state.lines(of: try #require(desk.state.details.last))
        let headings = lines.compactMap { line in
            if case .heading(let title) = line { title } else { nil }
        }
        #expect(
            headings == ["Device", "ports: 1 of 10 need attention", "VLANs", "ports (10)"], "\(headings)")
        let names = lines.compactMap { line -> String? in
            guard case .field(let field) = line else { return nil }
            return if case .ref(_, let name) = field.value { name } else { field.name }
        }
        // One empty field stands where it is; several share a line.
        #expect(names.prefix(3) == ["Serial", "no value", "Te0/0/7"])
        #expect(names.contains("11"))
        // The whole list begins with what is wrong, too; a port that somebody switched off is not.
        let all = names.suffix(10)
        #expect(all.first == "Te0/0/7" && Set(all).count == 10)
    }

    @Test("an alert shows what is wrong with its device, and nothing of what is well")
    func ofDevice() throws {
        var desk = Desk.ready()
        let rows = [(Int64(77), "critical", "open", Int64(1), "mad1-agg-sw12", "Port status", "")]
        desk.read(World.core, .alert, World.alerts(World.core, rows))
        desk.press("3")
        let alert = World.alert(World.core, 77)
        desk.go(to: alert)
        desk.press("Enter")
        let lines = desk.state.lines(of: try #require(desk.state.details.last))
        #expect(lines.contains(.heading("ports of the same device: 1 of 10 need attention")))
        #expect(!lines.contains(.heading("ports (10)")))
    }

    @Test(
        "what does not fit in one column stands in a second one where there is room, and the cursor goes on there"
    )
    func columns() throws {
        for (width, isWide) in [(120, false), (160, true)] {
            var desk = Desk.ready(size: Size(width, 20))
            desk.press("1")
            desk.go(to: Self.device)
            desk.press("Enter")
            let fields = (1...24).map { Detail.Line("field \($0)", .text("value \($0)")) }
            let section = Detail.Section("Device", fields)
            desk.send(.detailed(Self.device, .success(Detail(Self.device, title: "r2", sections: [section]))))
            #expect(desk.lines.contains { $0.contains("value 20") } == isWide)
            let beside = desk.lines.contains { $0.contains("value 3 ") && $0.contains("value 18") }
            #expect(beside == isWide)
            for _ in 1..<20 { desk.press("Down") }
            #expect(desk.lines.contains { $0.contains("▌  field 20") })
            #expect((desk.state.details.last?.top == 0) == isWide)
        }
    }

    @Test("rows that lack what decides are counted as not known, and stand there too")
    func unclear() throws {
        let resource = ResourceDescriptor(
            .port, plural: "ports", pane: .ports,
            fields: [
                Field("oper", "Status", .state, width: 4...8, decides: true),
                Field(.device, "Device", .ref(.device), width: 8...20),
            ], interval: 60, nameField: "oper", order: [])
        let device = World.device(World.core, 4)
        func ports(_ states: [String]) -> Table {
            var builder = TableBuilder(resource, World.core)
            for (number, state) in states.enumerated() {
                builder.begin(EntityRef(World.core, .port, id: Int64(number + 1)))
                if !state.isEmpty { builder.set(0, text: state) }
                builder.set(1, ref: device, name: "sw12")
            }
            return builder.finish()
        }
        let well = [String](repeating: "up", count: 9)
        #expect(RelatedRows(ports(well), naming: device)?.first == nil)
        let one = RelatedRows(ports(well + [""]), naming: device)?.first
        #expect(one?.title == "ports: 0+? of 10 need attention" && one?.lines.count == 1)
        let both = RelatedRows(ports(well + ["", "down"]), naming: device)?.first
        #expect(both?.title == "ports: 1+? of 11 need attention" && both?.lines.count == 2)
    }
}
