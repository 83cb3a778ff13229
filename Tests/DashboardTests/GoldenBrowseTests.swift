import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Frames of browse")
struct GoldenBrowseTests {
    private static let sizes = [Size(80, 24), Size(120, 30), Size(160, 50), Size(200, 60)]

    @Test("the paths of an API, the rows of a collection, and an object", arguments: sizes)
    func frames(size: Size) throws {
        try Golden.check(Desk.browsing(size: size).state, "browse-paths")
        var desk = Desk.browsing(size: size)
        desk.walk(to: World.bondPath)
        desk.browsed(World.browsed(40, .partial("40 of 4,916 rows so far")), isLast: false)
        try Golden.check(desk.state, "browse-rows")
        desk = Desk.onObject(size: size)
        desk.go(toLine: "password")
        try Golden.check(desk.state, "browse-object")
        desk.press("Enter")
        try Golden.check(desk.state, "browse-secret")
    }
}
