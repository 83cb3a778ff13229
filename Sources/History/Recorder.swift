public import Domain
internal import Synchronization

/// Compares each reading of a list with the one before, and records what changed.
///
/// Readings of one list are handed to it in the order in which they arrived. It waits for the store, so it is called
/// off the main thread. Where recording fails it still knows what it knew before: the next reading tells of it.
public final class Recorder: Sendable {
    /// How many changes of a list of which there is much are recorded of one reading, and within an hour.
    static let mostOfReading = 100
    static let mostOfHour = 1_000
    /// Seconds between two notes of when lists were read last, and between two trims.
    static let noteInterval: Int64 = 60
    static let trimInterval: Int64 = 600

    private let store: any HistoryStore
    private let state = Mutex(Memory())

    /// Records into a store, which is opened when the first reading arrives.
    public init(_ store: any HistoryStore) { self.store = store }

    private struct Memory {
        var lists: [HistoryList: Known] = [:]
        /// The moments that are not in the store yet, and the file that they are for.
        var seen: [HistoryList: WholeReading] = [:]
        var epoch: Int64?
        var notedAt: Timestamp?
        var trimmedAt: Timestamp?
        var hasMoreToTrim = false
    }

    /// What is known of one list.
    private struct Known {
        var table: Table
        /// What another process read at the same time, or an answer lacked that could not say that it is gone; compared
        /// with the store again.
        var unsettled: Set<EntityRef> = []
        /// What is left to the process that read it, with the state word before; compared with the store again.
        var deferred: [EntityRef: String?] = [:]
        /// Whether any answer was complete.
        var wasWhole = false
        /// When an answer was complete and left no doubts.
        var lastComplete: Timestamp?
        /// What was recorded behind this, by whichever process, is compared with the store again.
        var place: Int64?
        /// The file that it was recorded in.
        var epoch: Int64?
        /// How many were recorded since when, of a list of which there is much.
        var hour = Timestamp(0)
        var count = 0
    }

    /// Whether anything of a resource is recorded.
    public static func records(_ resource: ResourceDescriptor) -> Bool { RecordedFields(resource) != nil }

    /// Records what a reading changed.
    ///
    /// - Returns: the changes with their places, the first first.
    public func take(_ reading: TableReading) throws(HistoryError) -> [StateChange] {
        guard let fields = RecordedFields(reading.table.resource) else { return [] }
        let list = HistoryList(backend: reading.backend, kind: reading.table.resource.kind)
        let isTaken = reading.isTaken && store.isShared
        var known = state.withLock { $0.lists[list] }
        if known?.table.resource != reading.table.resource { known = nil }
        var place = known?.place
        var epoch = known?.epoch
        var isRenewed = false
        var recordedSince: Set<String> = []
        if reading.isComplete || place == nil {
            // What another process saw happen between two readings is in no difference of the two.
            let touched = try store.touched(list, after: place)
            isRenewed = epoch != nil && epoch != touched.epoch
            if isRenewed {
                // The file was removed or set aside, and the new one has nothing of this list.
                known?.unsettled = []
                known?.deferred = [:]
                known?.wasWhole = false
            } else {
                recordedSince = touched.ids
                known?.unsettled.formUnion(
                    touched.ids.map { EntityRef(reading.table.backend, list.kind, id: $0) })
            }
            (place, epoch) = (touched.place, touched.epoch)
        }
        var asked = Self.reading(reading, list, fields, known, isRenewed: isRenewed)
        asked?.epoch = epoch
        asked?.isTaken = isTaken
        // Of what somebody recorded something since, that one goes on to record what follows.
        asked?.due = Set(known?.deferred.keys.map(\.id) ?? []).subtracting(recordedSince)
        var next = Known(table: reading.table)
        next.wasWhole = reading.isComplete || known?.wasWhole == true
        next.lastComplete = known?.lastComplete
        next.place = place
        next.epoch = epoch
        next.hour = known?.hour ?? reading.seenAt
        next.count = known?.count ?? 0
        if abs(reading.seenAt.seconds - next.hour.seconds) >= 3_600 {
            next.hour = reading.seenAt
            next.count = 0
        }
        var changes: [StateChange] = []
        if let asked {
            var bounded = asked
            if fields.recording == .changes {
                bounded.most = max(0, min(Self.mostOfReading, Self.mostOfHour - next.count))
            }
            let recorded = try store.record(bounded)
            changes = recorded.changes
            next.count += changes.count
            next.unsettled = Set(
                recorded.unsettled.map { EntityRef(reading.table.backend, list.kind, id: $0) })
            next.deferred = Self.deferred(recorded, bounded, known, reading.table.backend)
        }
        if !reading.isComplete, let known {
            next.unsettled.formUnion(known.unsettled)
            next.deferred.merge(known.deferred) { later, _ in later }
            if fields.recording == .everything {
                // It may have lost rows and still not be complete: that they are gone is for a complete one to say.
                next.unsettled.formUnion(known.table.refs.filter { reading.table.row(of: $0) == nil })
            }
        }
        let isSure = reading.isComplete && reading.doubts == 0
        if isSure { next.lastComplete = reading.seenAt }
        let made = next
        state.withLock { memory in
            memory.lists[list] = made
            if reading.isComplete, memory.epoch != made.epoch {
                (memory.seen, memory.epoch) = ([:], made.epoch)
            }
            if isSure, asked == nil, !isTaken {
                memory.seen[list] = WholeReading(
                    at: reading.seenAt, interval: reading.interval)
            } else if isSure, made.unsettled.isEmpty, !isTaken {
                memory.seen[list] = nil
            }
        }
        return changes
    }

    /// Writes when lists were read last and removes what is too old, a little now and then.
    public func tidy(at now: Timestamp) throws(HistoryError) {
        let due = state.withLock {
            memory -> (seen: [HistoryList: WholeReading], epoch: Int64?, trims: Bool) in
            var seen: [HistoryList: WholeReading] = [:]
            if Self.isDue(memory.notedAt, Self.noteInterval, now) {
                seen = memory.seen
                memory.seen = [:]
                memory.notedAt = now
            }
            let trims = memory.hasMoreToTrim || Self.isDue(memory.trimmedAt, Self.trimInterval, now)
            if trims { memory.trimmedAt = now }
            return (seen, memory.epoch, trims)
        }
        if !due.seen.isEmpty, let epoch = due.epoch {
            do throws(HistoryError) {
                try store.saw(due.seen, epoch: epoch)
            } catch {
                // The next note has them, but those of which there is a later one.
                state.withLock { memory in
                    if memory.epoch == epoch { memory.seen.merge(due.seen) { later, _ in later } }
                }
                throw error
            }
        }
        if due.trims {
            let hasMore = try store.trim(at: now)
            state.withLock { $0.hasMoreToTrim = hasMore }
        }
    }

    /// What is left to another process, with what was known of it before.
    private static func deferred(
        _ recorded: Recorded, _ asked: ListReading, _ known: Known?, _ backend: BackendID
    ) -> [EntityRef: String?] {
        guard !recorded.deferred.isEmpty else { return [:] }
        var made: [EntityRef: String?] = [:]
        let before = Dictionary(asked.rows.map { ($0.id, $0.before) }) { first, _ in first }
        for id in recorded.deferred {
            let entity = EntityRef(backend, asked.list.kind, id: id)
            made[entity] = .some(before[id] ?? nil)
        }
        return made
    }

    /// Whether so many seconds have gone by, in either direction.
    private static func isDue(_ last: Timestamp?, _ interval: Int64, _ now: Timestamp) -> Bool {
        last.map { abs(now.seconds - $0.seconds) >= interval } ?? true
    }

    /// What the store has to look at; nil where the list is as it was.
    private static func reading(
        _ reading: TableReading, _ list: HistoryList, _ fields: RecordedFields, _ known: Known?,
        isRenewed: Bool
    ) -> ListReading? {
        let table = reading.table
        var asked = ListReading(
            list, recording: fields.recording, isComplete: reading.isComplete, startedAt: reading.startedAt,
            seenAt: reading.seenAt, lastComplete: known?.lastComplete, rows: [])
        asked.interval = reading.interval
        asked.hasDoubts = reading.doubts > 0
        asked.wasWhole = known?.wasWhole == true
        asked.unsettled = Set(known?.unsettled.map(\.id) ?? [])
        func observations(_ rows: some Sequence<Int>) -> [Observation] {
            rows.compactMap {
                var row = fields.observation(table, $0, related: reading.related, after: known?.table)
                // What was left to another process is still to be told beside what was before that.
                if let before = known?.deferred[table.refs[$0]] { row?.before = before }
                return row
            }
        }
        guard let known, !isRenewed else {
            asked.rows = observations(0..<table.count)
            if reading.isComplete { asked.present = Set(table.refs.map(\.id)) }
            return asked
        }
        let isFirstWhole = reading.isComplete && !known.wasWhole
        let unsettled = reading.isComplete ? known.unsettled.union(known.deferred.keys) : []
        if known.table == table, unsettled.isEmpty, !isFirstWhole { return nil }
        let found = Comparison(known.table, table, in: fields.compared)
        let more = unsettled.compactMap { table.row(of: $0) }
        asked.rows = observations(Set(found.rows).union(more).sorted())
        if reading.isComplete {
            asked.missing =
                found.missing.map { known.table.refs[$0].id }
                + unsettled.filter { table.row(of: $0) == nil }.map(\.id).sorted()
            if isFirstWhole { asked.present = Set(table.refs.map(\.id)) }
        }
        if asked.rows.isEmpty, asked.missing.isEmpty, asked.present == nil { return nil }
        return asked
    }
}
