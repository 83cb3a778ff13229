import Audit
import Dashboard
import Domain
import Runtime
import Testing

@Suite("What puts a recorded command back")
struct UndoTests {
    private func undo(_ states: [Outcome.State]) throws -> [String]? {
        let workshop = try Workshop()
        let alerts = states.indices.map { EntityRef(Workshop.backend, .alert, id: Int64($0)) }
        var preview = PlanPreview(
            summary: [], targets: alerts.map { PlanPreview.Target($0, name: "port down", words: "") },
            requests: [], tier: .harmless)
        preview.undo = Command(.unmute, alerts)
        let intent = AuditIntent(
            backend: "core", command: Command(.acknowledge, alerts), preview: preview, form: [])
        let outcomes = zip(alerts, states).map { Outcome($0, $1, "") }
        #expect(workshop.audit.finish(try workshop.audit.begin(intent), outcomes) == nil)
        let entry = try #require(try workshop.audit.entries().first)
        return AuditRow(entry, backend: Workshop.backend).undo?.targets.map(\.id)
    }

    @Test("it is for those that the command was sent for and may have happened to, not for the others")
    func touched() throws {
        #expect(try undo([.verified, .failed, .accepted, .skipped, .unknown]) == ["0", "2", "4"])
        // Nothing happened: who asks for it is told so.
        #expect(try undo([.failed, .failed]) == ["0", "1"])
    }
}
