import Dashboard
@testable import DashboardSupport
import Domain
import Testing
@testable import Wallboard

@Suite("What rows do not say is not counted as fine, on the wallboard")
struct WallboardAbsenceTests {
    @Test(
        "a number whose rows do not say what decides it has a question mark, and nothing is quiet",
        arguments: Silence.all)
    func silence(_ silence: Silence) throws {
        var desk = Desk.quietWall()
        let place = Int(silence.backend.index)
        let resource = try #require(desk.state.backends[place].resource(silence.kind))
        let table = silence.table(resource)
        // As the adapters' rows are judged, and as if nobody had judged them.
        for completeness in [Completeness.partial("not all is known"), .complete] {
            desk.refreshed(silence.backend, silence.kind, table, completeness)
            desk.tick(1)
            let number = try #require(desk.numbers.first { $0.word == silence.number })
            if silence.field == .state {
                // Whether somebody took it is not known: it counts, and waits for somebody.
                #expect(number.count.value == 2)
                #expect(desk.state.counts.criticalUnhandled == silence.rows)
            } else {
                #expect(number.count.isComplete == false)
                #expect(number.digits.hasSuffix("?"))
            }
            #expect(number.sign.role != .severityOk)
            #expect(!desk.text.contains("quiet"))
        }
    }
}
