import AdapterKit
import Audit
import Dashboard
import Domain
import Foundation
import HTTP
import History
import Synchronization
import Testing

@testable import Runtime

@Suite("The history beside the tasks")
struct HistoryThreadTests {
    /// An adapter of a server that lists devices in parts, of which one lacks a device.
    private final class ShiftingAdapter: Adapter {
        private let answers: Mutex<[[Int64]]>
        private let plain = PlainAdapter()

        init(_ answers: [[Int64]]) { self.answers = Mutex(answers) }

        var resources: [ResourceDescriptor] { [DeviceList.resource] }
        var commands: [CommandDescriptor] { [] }
        func check() async throws(BackendError) -> ServerInfo { try await plain.check() }
        func refresh(
            _ query: Query, into sink: any SnapshotSink
        ) async throws(BackendError) -> Completeness {
            let ids = answers.withLock { $0.removeFirst() }
            sink.add(DeviceList.table(ids), covering: .slice)
            return .complete
        }
        func detail(
            of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
        ) async throws(BackendError) -> Detail { try await plain.detail(of: entity, partly: partly) }
        func prepare(_ command: Command) async throws(BackendError) -> Plan {
            try await plain.prepare(command)
        }
        func verify(
            _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
        ) async -> [Outcome] { [] }
        func credentials() async throws(BackendError) -> [Header] { [] }
        func renewCredentials() async throws(BackendError) -> Bool { false }
    }

    private func runner(_ store: any HistoryStore, answers: [[Int64]] = []) throws -> EffectRunner {
        let directory = FileManager.default.temporaryDirectory.path
        let settings = BackendSettings(
            id: DeviceList.backend, name: "core",
            endpoint: Endpoint(
                origin: Origin(scheme: "https", host: "nms.example.net", port: 443), basePath: "/api/v0"),
            secret: Secret("t"), now: { Timestamp(1_795_230_862) }, pause: { _ in })
        let audit = AuditLog(
            path: "\(directory)/none.jsonl",
            identity: AuditIdentity(user: "ana", host: "noc1", client: nil, process: 1)
        ) { Timestamp(1_795_230_862) }
        return EffectRunner(
            connections: [
                Connection(
                    settings: settings, title: "Test", adapter: ShiftingAdapter(answers),
                    commander: CountingTransport { _ in
                        .success(Response(status: 200, headers: [], body: Body([])))
                    })
            ], audit: audit, inbox: try #require(Inbox()), clock: SystemClock(), pictures: directory,
            integrations: Integrations(clipboard: ClipboardFile(directory: directory)), history: store)
    }

    /// Waits until nothing is under way, as the loop does.
    private func settle(_ runner: EffectRunner) async {
        while runner.inFlight > 0 { await Task.yield() }
    }

    @Test("a disk that hangs keeps no thread of tasks, and is under way until it is done")
    func ownThread() async throws {
        let gate = StoreOfTests.Gate()
        let store = StoreOfTests(gate: gate)
        let runner = try runner(store, answers: [[1, 2]])
        runner.run(.refresh(DeviceList.backend, .device, focus: []))
        gate.waitUntilReached()
        let started = runner.started
        #expect(runner.inFlight > 0)
        // The end of the process does not wait for it.
        runner.finishHistory(within: 0)
        gate.letAllPass()
        await settle(runner)
        #expect(started == 2)
        #expect(store.asked.readings.count == 1)
        #expect(!store.asked.isByTask)
    }

    @Test("what was not begun at the end of the process is done elsewhere, so that the end can't hang")
    func atTheEnd() throws {
        let store = StoreOfTests()
        let runner = try runner(store)
        let own = UInt(pthread_self())
        runner.history?.add(.recall(HistoryQuery(since: nil), .sinceLooked))
        runner.finishHistory(within: 60)
        #expect(store.asked.threads.count == 1)
        #expect(!store.asked.threads.contains(own))
    }

    @Test("a row that an answer lacked and the table kept is handed on as a doubt")
    func doubts() async throws {
        let store = StoreOfTests()
        let runner = try runner(store, answers: [[1, 2, 3], [1, 3, 4], [1, 3, 4]])
        for _ in 0..<3 {
            runner.run(.refresh(DeviceList.backend, .device, focus: []))
            await settle(runner)
        }
        #expect(store.asked.readings.map(\.hasDoubts) == [false, true, false])
    }
}
