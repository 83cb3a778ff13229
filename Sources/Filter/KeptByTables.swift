internal import Domain
internal import Synchronization

/// What was worked out of tables and is asked for again while they live; safe to use from any thread.
///
/// It holds no table: what is of one that is gone is dropped when something is asked for.
final class KeptByTables<Key: Equatable & Sendable, Value: Sendable>: Sendable {
    private struct Holder {
        weak var table: Table?
    }

    private struct Entry {
        let key: Key
        let tables: [Holder]
        let value: Value

        var isAlive: Bool { !tables.contains { $0.table == nil } }
    }

    private let most: Int
    /// The one that was asked for last is last.
    private let entries = Mutex<[Entry]>([])

    /// - Parameter most: of more than so many the one that was not asked for longest is dropped.
    init(most: Int) { self.most = most }

    func value(_ key: Key) -> Value? {
        entries.withLock { entries in
            entries.removeAll { !$0.isAlive }
            guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
            let entry = entries.remove(at: place)
            entries.append(entry)
            return entry.value
        }
    }

    func keep(_ value: Value, _ key: Key, _ tables: [Table]) {
        let entry = Entry(key: key, tables: tables.map { Holder(table: $0) }, value: value)
        entries.withLock { entries in
            entries.removeAll { $0.key == key }
            entries.append(entry)
            if entries.count > most { entries.removeFirst() }
        }
    }

    /// How many are kept of tables that live.
    var count: Int { entries.withLock { $0.count(where: \.isAlive) } }
}
