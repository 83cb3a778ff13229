package import Domain

/// Decides what is written within one transaction, and has the tables of a store write it.
package struct Writing<Tables: ChangeTables> {
    private let tables: Tables

    /// Writes into some tables, whose transaction has begun.
    package init(_ tables: Tables) { self.tables = tables }

    /// Records what of a reading of a list is another than what was recorded of it last.
    package func record(_ reading: ListReading) throws(HistoryError) -> Recorded {
        let list = reading.list
        let known = try tables.known(list, reading.rows.map(\.id) + reading.missing)
        var judging = Judging(reading, known, lastWhole: try tables.lastWhole(list))
        let seen = reading.rows.lazy.filter { judging.mayBeTold($0) }.map(\.id)
        let told = seen.isEmpty ? [:] : try tables.lastChanges(list, Array(seen))
        judging.judge(told)
        var recorded = judging.recorded
        try write(judging.written, into: &recorded.changes)
        // The first answer of a process may lack what is there, as of a server that is starting: the next one decides.
        if let present = reading.present, reading.isComplete, reading.recording == .everything {
            let missing = Set(reading.missing)
            recorded.unsettled.formUnion(
                try tables.present(list).filter { !present.contains($0) && !missing.contains($0) })
        }
        if reading.isComplete, !reading.hasDoubts, !reading.isTaken, recorded.unsettled.isEmpty,
            try reading.epoch == tables.epoch()
        {
            try tables.note(list, WholeReading(at: reading.seenAt, interval: reading.interval))
        }
        return recorded
    }

    /// Records changes that no list shows, but those of which the same was recorded last.
    package func record(_ changes: [StateChange]) throws(HistoryError) -> [StateChange] {
        var known: [HistoryList: [String: KnownState]] = [:]
        for (list, own) in Dictionary(grouping: changes, by: \.list) {
            known[list] = try tables.known(list, own.map(\.entity.id))
        }
        var written = Written()
        for change in changes {
            let list = change.list
            if let known = known[list]?[change.entity.id], known.state == change.after {
                // Unless what was before was seen since: then it has become so again.
                guard let before = change.lastSeenBefore, before > known.seenAt else { continue }
            }
            known[list, default: [:]][change.entity.id] = written.add(change, since: nil)
        }
        var made = written.changes
        try write(written, into: &made)
        return made
    }

    /// Writes what is to be written, and puts the changes with their places where those without stand.
    private func write(_ written: Written, into changes: inout [StateChange]) throws(HistoryError) {
        if !written.rows.isEmpty { try tables.remember(written.rows) }
        guard !written.changes.isEmpty else { return }
        var latest = try tables.latestSeen()
        let clamped = written.changes.map { change in
            var change = change
            // What follows is not seen before what was recorded last, unless that was with a wrong clock.
            if let latest, latest > change.seenAt.seconds,
                latest - change.seenAt.seconds <= Written.mostClamped
            {
                change.seenAt = Timestamp(latest)
            }
            latest = change.seenAt.seconds
            return change
        }
        var made = try tables.append(clamped).makeIterator()
        for place in changes.indices where changes[place].place == 0 {
            if let change = made.next() { changes[place] = change }
        }
    }
}

/// What is to be written: changes in their order, and how entities are now, each once.
package struct Written {
    /// How far the clock may go back and what is recorded still keeps its order, in seconds; what is farther ahead was
    /// recorded with a wrong clock.
    static let mostClamped: Int64 = 86_400

    /// The changes, without places.
    private(set) var changes: [StateChange] = []
    /// How entities are now.
    private(set) var rows: [CurrentRow] = []
    private var places: [EntityName: Int] = [:]

    /// Adds a change, and that the entity is so now.
    mutating func add(_ change: StateChange, since: Timestamp?) -> KnownState? {
        changes.append(change)
        guard change.entity.id != StateChange.several else { return nil }
        let known = KnownState(
            name: change.name, device: change.device, site: change.site, state: change.after,
            severity: change.severity, note: change.note, said: since ?? change.saidAt, seenAt: change.seenAt)
        add(change.entity, known)
        return known
    }

    /// Adds how an entity is now, without a change.
    mutating func add(_ name: EntityName, _ known: KnownState) {
        let row = CurrentRow(
            list: HistoryList(backend: name.backend, kind: name.kind), id: name.id, known: known)
        if let place = places[name] {
            rows[place] = row
        } else {
            places[name] = rows.count
            rows.append(row)
        }
    }
}

extension StateChange {
    /// The list that it is of.
    package var list: HistoryList { HistoryList(backend: entity.backend, kind: entity.kind) }
}
