import Domain
import Foundation

@testable import History

/// A process that reads what ports carry.
struct Meter {
    let store: any HistoryStore
    var backend = "core"
    var ports = 3

    init(_ store: any HistoryStore, ports: Int = 3) {
        self.store = store
        self.ports = ports
    }

    static func name(_ port: Int) -> EntityName { EntityName(backend: "core", kind: .port, id: "\(port)") }

    /// Ports 0 to `ports`, each with what the body says that it carries.
    static func table(_ ports: Int, _ carried: (Int) -> Double?) -> Table {
        var builder = TableBuilder(Lists.ports, Lists.backend)
        for id in 0..<ports {
            builder.begin(EntityRef(Lists.backend, .port, id: Int64(id)))
            builder.set(0, text: "up")
            builder.set(1, ref: EntityRef(Lists.backend, .device, id: 1), name: "edge1")
            builder.set(2, text: "Gi0/\(id)")
            builder.set(3, integer: carried(id).map { Int64($0) })
            builder.set(4, integer: carried(id).map { Int64($0 / 2) })
            builder.set(5, number: 0)
        }
        return builder.finish()
    }

    func read(
        at seconds: Int64, before: Table? = nil, wanted: Set<String> = [], _ carried: (Int) -> Double?
    ) throws {
        var reading = SampleReading(
            HistoryList(backend: backend, kind: .port), Self.table(ports, carried), at: Timestamp(seconds),
            before: before)
        reading.wanted = wanted
        try store.record(reading)
    }

    /// What a port received.
    func samples(
        of port: Int, _ key: FieldKey = "in_bps", since: Int64 = 0, until: Int64 = .max
    ) throws -> [StoredSample] {
        let found = try store.recall(
            SampleQuery(Self.name(port), since: Timestamp(since), until: Timestamp(until)))
        return found.series.first { $0.key == key }?.samples ?? []
    }

    func trim(at seconds: Int64) throws { while try store.trim(at: Timestamp(seconds)) {} }
}
