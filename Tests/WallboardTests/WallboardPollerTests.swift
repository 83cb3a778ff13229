import Canvas
import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("A server that looks at nothing any more, on the wallboard")
struct WallboardPollerTests {
    @Test(
        "a wallboard is not quiet and no zero of it is green",
        arguments: [Size(80, 24), Size(120, 40), Size(240, 67)])
    func quiet(size: Size) {
        var desk = Desk.polled(World.livePollers, size: size, screen: WallboardProfile.every)
        desk.live(125)
        #expect(desk.text.contains("quiet"))
        desk.readPolls(World.deadPoller)
        desk.live(2)
        #expect(!desk.text.contains("quiet"))
        let numbers = desk.numbers
        #expect(numbers.prefix(3).allSatisfy { $0.count.isComplete == false && $0.sign.role != .severityOk })
        #expect(desk.text.contains("NOT ALL IS KNOWN  core: 3 of 12 devices not polled for 6h"))
    }

    @Test("frames", arguments: [Size(80, 24), Size(120, 40), Size(40, 10)])
    func golden(size: Size) throws {
        let desk = Desk.polled(World.deadPoller, size: size, screen: WallboardProfile.every)
        try Golden.check(desk.state, "wallboard-poller")
    }
}
