@testable import DashboardSupport
import Dashboard
import Domain
import Testing

@Suite("How far a list has come")
struct ProgressTests {
    private let words = "page 3 of 9"

    private func isSaid(_ desk: inout Desk) -> Bool {
        desk.send(.progressed(World.core, .alert, words))
        return desk.lines.contains { $0.contains(words) }
    }

    @Test("it is said of a list that is not fresh or was asked for, not of one that is read again by itself")
    func awaited() {
        var desk = Desk.ready()
        desk.press("3")
        #expect(!isSaid(&desk))
        desk.press("r")
        #expect(isSaid(&desk))
        var late = Desk.ready()
        late.press("3")
        late.tick(400)
        #expect(isSaid(&late))
    }
}
