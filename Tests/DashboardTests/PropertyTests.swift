import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Any state at any size")
struct PropertyTests {
    @Test(
        "random keys, answers and sizes never trap, every frame has the size of the terminal, and what is drawn with the frame before at hand is what is drawn without"
    )
    func anything() {
        RandomWalk().walk(Seeds.of(24)) { $0 % 3 == 0 ? Desk.troubled() : Desk.ready() }
    }
}
