import Dashboard
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
}
