import Domain
import Foundation
import History
import Synchronization

/// A store in memory that fails or waits as it is told to, and writes down what it is asked.
final class StoreOfTests: HistoryStore {
    struct Asked: Sendable {
        var readings: [ListReading] = []
        var recorded: [StateChange] = []
        /// Whether any of it was asked by a task, on one of the few threads that these share.
        var isByTask = false
        var threads: Set<UInt> = []
    }

    private let log = Mutex(Asked())
    /// What it was asked until now.
    var asked: Asked { log.withLock { $0 } }
    /// What is thrown where something is to be written.
    let failure = Mutex<HistoryError?>(nil)
    /// What others recorded.
    let others = Mutex<[StateChange]>([])
    let isShared: Bool
    private let gate: Gate?

    init(gate: Gate? = nil, isShared: Bool = false) { (self.gate, self.isShared) = (gate, isShared) }

    func news() -> [StateChange] {
        others.withLock { others in
            defer { others = [] }
            return others
        }
    }

    /// Keeps whoever comes until it is opened, for all.
    final class Gate: @unchecked Sendable {  // semaphores are made for several threads
        private let arrived = DispatchSemaphore(value: 0)
        private let open = DispatchSemaphore(value: 0)
        func wait() {
            arrived.signal()
            open.wait()
            open.signal()
        }
        func waitUntilReached() { arrived.wait() }
        func letAllPass() { open.signal() }
    }

    private func enter() {
        let isTask = withUnsafeCurrentTask { $0 != nil }
        log.withLock { asked in
            asked.isByTask = asked.isByTask || isTask
            asked.threads.insert(UInt(pthread_self()))
        }
    }
    private func check() throws(HistoryError) {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    func touched(_ list: HistoryList, after place: Int64?) throws(HistoryError) -> Touched {
        enter()
        gate?.wait()
        return Touched()
    }
    func record(_ reading: ListReading) throws(HistoryError) -> Recorded {
        enter()
        try check()
        log.withLock { $0.readings.append(reading) }
        return Recorded()
    }
    func record(_ changes: [StateChange]) throws(HistoryError) -> [StateChange] {
        enter()
        try check()
        log.withLock { $0.recorded += changes }
        return changes
    }
    func saw(_ readings: [HistoryList: WholeReading], epoch: Int64) throws(HistoryError) {}
    func last(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows] { [:] }
    func travel(_ query: PastQuery) throws(HistoryError) -> PastFindings? { nil }
    func setLooked(_ moment: Timestamp) throws(HistoryError) {}
    func recall(_ query: HistoryQuery) throws(HistoryError) -> Recollection {
        enter()
        return Recollection(since: query.since)
    }
    func record(_ reading: SampleReading) throws(HistoryError) {
        enter()
        try check()
    }
    func recall(_ query: SampleQuery) throws(HistoryError) -> StoredSamples {
        enter()
        return StoredSamples()
    }
    func polls(
        _ list: HistoryList, since: Timestamp, until: Timestamp, most: Int
    ) throws(HistoryError) -> StoredPolls {
        enter()
        return StoredPolls()
    }
    func trim(at now: Timestamp) throws(HistoryError) -> Bool { false }
    func notices() -> [String] { [] }
}

/// Devices as an adapter lists them.
enum DeviceList {
    static let backend = BackendID(0)
    static let resource = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [Field(.status, "Status", .state, decides: true), Field(.name, "Device", .text)],
        interval: 60, feedsCounts: true)

    static func table(_ ids: [Int64], status: String = "up") -> Table {
        var builder = TableBuilder(resource, backend)
        for id in ids {
            builder.begin(EntityRef(backend, .device, id: id))
            builder.set(0, text: status)
            builder.set(1, text: "edge\(id)")
        }
        return builder.finish()
    }
}
