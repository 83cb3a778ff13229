internal import Domain

/// Judges all of a reading beside what was recorded: a pure function, the same for every store.
struct Judging {
    private let reading: ListReading
    private let lastWhole: Timestamp?
    private var known: [String: KnownState]
    private var omitted = 0
    /// What becomes of the reading; the changes in it that are to be written have no place yet.
    private(set) var recorded = Recorded()
    /// What is to be written.
    private(set) var written = Written()

    /// - Parameters:
    ///   - known: what was recorded last of what the reading names.
    ///   - lastWhole: when any process read the list whole last.
    init(_ reading: ListReading, _ known: [String: KnownState], lastWhole: Timestamp?) {
        self.reading = reading
        self.known = known
        self.lastWhole = lastWhole
    }

    /// Whether another process may have recorded first what this one sees: then it is told as that one recorded it.
    func mayBeTold(_ row: Observation) -> Bool {
        guard let known = known[row.id], let before = row.before else { return false }
        return before != row.state && known.state == row.state
    }

    /// Judges the rows, and what a complete answer lacks.
    ///
    /// - Parameter told: the last changes of what may be told.
    mutating func judge(_ told: [String: StateChange]) {
        for row in reading.rows {
            let judgement = Judgement.of(row, known[row.id], reading, lastWhole: lastWhole)
            if judgement == .same, mayBeTold(row), let change = told[row.id], change.after == row.state {
                recorded.changes.append(change)
            }
            take(judgement, row.id, row)
        }
        for id in reading.missing {
            take(Judgement.ofMissing(id, known[id], reading, lastWhole: lastWhole), id, nil)
        }
        guard omitted > 0 else { return }
        let list = reading.list
        let words = "\(omitted) more \(omitted == 1 ? "\(list.kind)" : "of kind \(list.kind)")"
        add(
            StateChange(
                EntityName(backend: list.backend, kind: list.kind, id: StateChange.several), name: words,
                before: nil, after: StateChange.changed, lastSeenBefore: lastWhole, seenAt: reading.seenAt),
            since: nil)
    }

    private mutating func take(_ judgement: Judgement, _ id: String, _ row: Observation?) {
        switch judgement {
        case .same: return
        case .unsettled:
            recorded.unsettled.insert(id)
            return
        case .known, .change: break
        }
        // Who read it writes it; only what is still missing by the next reading is written by those who took it.
        guard !reading.isTaken || reading.due.contains(id) else {
            recorded.deferred.insert(id)
            return
        }
        if case .change(let change) = judgement {
            guard recorded.changes.count < reading.most else {
                omitted += 1
                // What was recorded before must not be taken for its state until now.
                if let row, known[id] != nil { remember(row) }
                return
            }
            add(change, since: row?.since)
        } else if let row {
            remember(row)
        }
    }

    private mutating func add(_ change: StateChange, since: Timestamp?) {
        recorded.changes.append(change)
        if let state = written.add(change, since: since) { known[change.entity.id] = state }
    }

    /// Writes how a row is without telling of a change; since when it has been so is not changed.
    private mutating func remember(_ row: Observation) {
        let before = known[row.id]
        let isSame = before?.state == row.state && before?.severity == row.severity
        let state = KnownState(
            name: row.name, device: row.device, site: row.site, state: row.state, severity: row.severity,
            note: row.note, said: row.since,
            seenAt: isSame ? before?.seenAt ?? reading.seenAt : reading.seenAt)
        known[row.id] = state
        written.add(
            EntityName(backend: reading.list.backend, kind: reading.list.kind, id: row.id), state)
    }
}
