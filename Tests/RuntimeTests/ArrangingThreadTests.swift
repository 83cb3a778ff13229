import Audit
import Dashboard
import Domain
import Filter
import Foundation
import Glibc
import Runtime
import Synchronization
import Testing

@Suite("Rows that somebody waits for")
struct ArrangingThreadTests {
    /// Tasks that leave no thread to others that are started after them, until they are told to end.
    private final class Busy: Sendable {
        private let isOver = Atomic(false)

        func start() {
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount * 2 {
                Task.detached { [self] in
                    while !isOver.load(ordering: .sequentiallyConsistent) { sched_yield() }
                }
            }
        }

        func end() { isOver.store(true, ordering: .sequentiallyConsistent) }
    }

    private func runner(_ inbox: Inbox) -> EffectRunner {
        let directory = FileManager.default.temporaryDirectory.path
        let audit = AuditLog(
            path: "\(directory)/none.jsonl",
            identity: AuditIdentity(user: "ana", host: "noc1", client: nil, process: 1)
        ) { Timestamp(1_795_230_862) }
        return EffectRunner(
            connections: [], audit: audit, inbox: inbox, clock: SystemClock(), pictures: directory,
            integrations: Integrations(clipboard: ClipboardFile(directory: directory)))
    }

    @Test("they are arranged while answers of servers are read and linked on every core")
    func arranged() throws {
        let inbox = try #require(Inbox())
        let runner = runner(inbox)
        let request = Arrangement.Request(
            tables: [DeviceList.table([3, 1, 2])], order: [SortKey(.name)],
            context: FilterContext(now: Timestamp(0)))
        let busy = Busy()
        busy.start()
        defer { busy.end() }
        runner.run(.arrange(.list(1), question: 1, request, refining: .empty))
        // Waits in place: a task that waited could not go on among these.
        let deadline = ContinuousClock.now + .seconds(20)
        var names: [String]?
        while names == nil, ContinuousClock.now < deadline {
            for case .arranged(.list(1), question: 1, let found) in inbox.take() {
                names = (0..<found.count).map { found.table($0).name(found.rows[$0].row) }
            }
            sched_yield()
        }
        #expect(names == ["edge1", "edge2", "edge3"])
    }
}
