import Domain
import Foundation
import Synchronization

@testable import History

/// A history in a directory of a test's own, gone when nobody holds it any more.
final class Archive: Sendable {
    let directory: String
    let store: SQLiteHistory
    var path: String { directory + "/state/history.sqlite" }

    init(retention: SQLiteHistory.Retention = SQLiteHistory.Retention()) throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "nocturne-history-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        directory = url.path
        store = Self.open(url.path + "/state/history.sqlite", retention)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    /// A store of its own on the same file, as another process has it.
    func another() -> SQLiteHistory { Self.open(path, store.retention) }

    private static func open(_ path: String, _ retention: SQLiteHistory.Retention) -> SQLiteHistory {
        SQLiteHistory(path: path, retention: retention) { Timestamp(1_800_000_000) }
    }

    /// The names of the files beside the history.
    var files: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory + "/state")) ?? []).sorted()
    }

    /// All bytes that are on the disk of it, with what is not put into the file yet.
    var bytes: Data {
        files.reduce(into: Data()) { all, name in
            all += (try? Data(contentsOf: URL(filePath: directory + "/state/" + name))) ?? Data()
        }
    }

    /// Everything that was recorded, the first first.
    func all() throws -> [StateChange] {
        try store.recall(HistoryQuery(since: Timestamp(0), limit: 100_000)).changes
    }
}

/// Lists of a backend as an adapter gives them.
enum Lists {
    static let backend = BackendID(0)

    static let alerts = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity, decides: true), Field(.state, "State", .state),
            Field(.since, "Age", .time), Field(.device, "Device", .ref(.device)),
            Field(.name, "Alert", .text), Field(.note, "Note", .text), Field("output", "Output", .text),
        ], interval: 20, feedsCounts: true)

    static let devices = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state, decides: true), Field(.name, "Device", .text),
            Field(.location, "Location", .word), Field("ip", "IP", .text), Field(.note, "Note", .text),
            Field("password", "Password", .text),
        ], interval: 60, feedsCounts: true)

    static let ports = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field("oper", "State", .state, decides: true), Field(.device, "Device", .ref(.device)),
            Field(.name, "Port", .text), Field("in_bps", "In", .rate), Field("out_bps", "Out", .rate),
            Field("errors_per_s", "Err/s", .number),
        ], interval: 300, trends: ["in_bps", "out_bps"], measured: ["errors_per_s"], recording: .changes)

    struct Alert {
        var id: Int64
        var state = "open"
        var severity = "critical"
        var since: Int64? = 900
        var note = ""
    }

    static func alerts(_ rows: [Alert]) -> Table {
        var builder = TableBuilder(alerts, backend)
        for row in rows {
            builder.begin(EntityRef(backend, .alert, id: row.id))
            builder.set(0, text: row.severity)
            builder.set(1, text: row.state)
            builder.set(2, time: row.since.map { Timestamp($0) })
            builder.set(3, ref: EntityRef(backend, .device, id: 1), name: "edge1")
            builder.set(4, text: "rule \(row.id)")
            builder.set(5, text: row.note)
        }
        return builder.finish()
    }

    /// Devices by id and status; a status of "" is one that the server does not say.
    static func devices(_ rows: KeyValuePairs<Int64, String>) -> Table {
        var builder = TableBuilder(devices, backend)
        for (id, status) in rows {
            builder.begin(EntityRef(backend, .device, id: id))
            builder.set(0, text: status)
            builder.set(1, text: "edge\(id)")
            builder.set(2, text: "Zurich")
        }
        return builder.finish()
    }

    /// Ports 0 to `count`, those of which the body says so are down.
    static func ports(_ count: Int, traffic: Int64 = 0, isDown: (Int) -> Bool = { _ in false }) -> Table {
        var builder = TableBuilder(ports, backend)
        for id in 0..<count {
            builder.begin(EntityRef(backend, .port, id: Int64(id)))
            builder.set(0, text: isDown(id) ? "down" : "up")
            builder.set(1, ref: EntityRef(backend, .device, id: 1), name: "edge1")
            builder.set(2, text: "Gi0/\(id)")
            builder.set(3, integer: traffic)
        }
        return builder.finish()
    }
}

/// A process that reads lists, one reading every 10 seconds.
final class Watchman {
    private let recorder: Recorder
    private(set) var now: Int64

    init(_ store: any HistoryStore, from now: Int64 = 1_000) {
        recorder = Recorder(store)
        self.now = now
    }

    /// Reads a list.
    ///
    /// - Parameters:
    ///   - taking: seconds that the answer takes.
    ///   - at: when it is asked for; nil 10 seconds after the last reading ended.
    @discardableResult
    func read(
        _ table: Table, isComplete: Bool = true, doubts: Int = 0, taking seconds: Int64 = 1,
        at start: Int64? = nil, isTaken: Bool = false,
        related: [Table] = []
    ) throws -> [StateChange] {
        let start = start ?? now + 10
        now = start + seconds
        var reading = TableReading(
            backend: "core", table: table, isComplete: isComplete, doubts: doubts,
            startedAt: Timestamp(start), seenAt: Timestamp(now), related: related)
        reading.isTaken = isTaken
        return try recorder.take(reading)
    }

    func tidy() throws { try recorder.tidy(at: Timestamp(now)) }
}

extension StateChange {
    /// A change in short: `edge1 up>down`.
    var short: String { "\(name) \(before ?? "-")>\(after)" }
}

/// A store that can be told to fail when it is to write.
final class FailingStore: HistoryStore {
    let fails = Mutex(false)
    private let store: SQLiteHistory

    init(_ store: SQLiteHistory) { self.store = store }

    private func check() throws(HistoryError) {
        if fails.withLock({ $0 }) { throw HistoryError(.full, "the disk is full") }
    }

    func touched(_ list: HistoryList, after place: Int64?) throws(HistoryError) -> Touched {
        try store.touched(list, after: place)
    }
    func record(_ reading: ListReading) throws(HistoryError) -> Recorded {
        try check()
        return try store.record(reading)
    }
    func record(_ changes: [StateChange]) throws(HistoryError) -> [StateChange] {
        try check()
        return try store.record(changes)
    }
    func saw(_ readings: [HistoryList: WholeReading], epoch: Int64) throws(HistoryError) {
        try check()
        try store.saw(readings, epoch: epoch)
    }
    func setLooked(_ moment: Timestamp) throws(HistoryError) { try store.setLooked(moment) }
    func recall(_ query: HistoryQuery) throws(HistoryError) -> Recollection { try store.recall(query) }
    func last(_ lists: Set<HistoryList>) throws(HistoryError) -> [HistoryList: LastRows] {
        try store.last(lists)
    }
    func travel(_ query: PastQuery) throws(HistoryError) -> PastFindings? { try store.travel(query) }
    func record(_ reading: SampleReading) throws(HistoryError) {
        try check()
        try store.record(reading)
    }
    func recall(_ query: SampleQuery) throws(HistoryError) -> StoredSamples { try store.recall(query) }
    func polls(
        _ list: HistoryList, since: Timestamp, until: Timestamp, most: Int
    ) throws(HistoryError) -> StoredPolls {
        try store.polls(list, since: since, until: until, most: most)
    }
    func trim(at now: Timestamp) throws(HistoryError) -> Bool { try store.trim(at: now) }
    func notices() -> [String] { store.notices() }
}
