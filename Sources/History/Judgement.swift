internal import Domain

/// What a reading says about one entity, beside what was recorded of it: a pure function, so that it can be tested
/// without a store.
enum Judgement: Equatable {
    /// Nothing that has to be written.
    case same
    /// It is written down as it is, without telling of a change.
    case known
    /// Another process saw it while this reading was under way: which of the two is newer can't be said.
    case unsettled
    /// It changed.
    case change(StateChange)

    /// How far the clock of a server may be ahead, in seconds.
    private static let clockDoubt: Int64 = 300

    /// Whether a state word says that something is no more.
    static func isOver(_ state: String) -> Bool {
        state == StateChange.gone || state == AlertState.cleared.rawValue
    }

    /// Judges a row.
    ///
    /// - Parameters:
    ///   - known: what was recorded of it last.
    ///   - lastWhole: when any process read the whole list last; nil where none ever did.
    static func of(
        _ row: Observation, _ known: KnownState?, _ reading: ListReading, lastWhole: Timestamp?
    ) -> Judgement {
        if isSilent(row, known, reading, lastWhole) {
            return reading.recording == .everything ? .known : .same
        }
        guard let known, !(known.isOver && isOver(row.state)) else {
            if isOver(row.state) { return .same }
            return .change(
                change(
                    row, reading, before: known == nil ? row.before : nil,
                    saidAt: said(row, known, reading),
                    lastSeen: max(lastWhole, reading.lastComplete(of: row.id))))
        }
        if known.state == row.state, known.severity == row.severity {
            return known.note == row.note && known.name == row.name ? .same : .known
        }
        if reading.isOverlapped(by: known) { return .unsettled }
        if known.isOver {
            return .change(
                change(
                    row, reading, before: nil, saidAt: said(row, known, reading),
                    lastSeen: max(known.seenAt, max(lastWhole, reading.lastComplete(of: row.id)))))
        }
        // What this process saw last counts only where that is what was recorded.
        let own = row.before == nil || row.before == known.state ? reading.lastComplete(of: row.id) : nil
        var made = change(
            row, reading, before: known.state, saidAt: said(row, known, reading),
            lastSeen: max(known.seenAt, max(lastWhole, own)))
        made.severityBefore = known.severity
        if isOver(row.state) { made.severity = max(row.severity, known.severity) }
        return .change(made)
    }

    /// Judges what a complete answer lacks.
    static func ofMissing(
        _ id: String, _ known: KnownState?, _ reading: ListReading, lastWhole: Timestamp?
    ) -> Judgement {
        guard let known, !known.isOver, reading.recording == .everything else { return .same }
        if reading.isOverlapped(by: known) { return .unsettled }
        let after = reading.list.kind == .alert ? AlertState.cleared.rawValue : StateChange.gone
        let row = Observation(
            id: id, name: known.name, device: known.device, site: known.site, state: after,
            severity: known.severity, note: known.note)
        var made = change(
            row, reading, before: known.state, saidAt: nil,
            lastSeen: max(known.seenAt, max(lastWhole, reading.lastComplete(of: id))))
        made.severityBefore = known.severity
        return .change(made)
    }

    /// Whether what was never recorded is no change: nobody knows what it was before.
    private static func isSilent(
        _ row: Observation, _ known: KnownState?, _ reading: ListReading, _ lastWhole: Timestamp?
    ) -> Bool {
        guard known == nil else { return false }
        if let before = row.before { return before == row.state || reading.recording == .nothing }
        switch reading.recording {
        case .everything: return lastWhole == nil && !reading.wasWhole
        case .changes: return true
        case .nothing: return true
        }
    }

    private static func change(
        _ row: Observation, _ reading: ListReading, before: String?, saidAt: Timestamp?, lastSeen: Timestamp?
    ) -> StateChange {
        StateChange(
            EntityName(backend: reading.list.backend, kind: reading.list.kind, id: row.id), name: row.name,
            device: row.device, site: row.site, before: before, after: row.state, severity: row.severity,
            saidAt: saidAt, lastSeenBefore: lastSeen.map { min($0, reading.seenAt) }, seenAt: reading.seenAt,
            note: row.note)
    }

    /// When the server says that it happened: only where the row's time is another than it was with the state before.
    private static func said(_ row: Observation, _ known: KnownState?, _ reading: ListReading) -> Timestamp? {
        guard let since = row.since, since.seconds <= reading.seenAt.seconds + clockDoubt else { return nil }
        guard let known, !known.isOver else { return since }
        return known.said == since ? nil : known.said.map { since > $0 } == false ? nil : since
    }

    /// The later of two moments.
    private static func max(_ a: Timestamp?, _ b: Timestamp?) -> Timestamp? {
        guard let a, let b else { return a ?? b }
        return Swift.max(a, b)
    }

    private static func max(_ a: Severity, _ b: Severity) -> Severity { Swift.max(a, b) }
}

extension ListReading {
    /// When this process saw an entity last; nil where it does not know, or its last reading could not say.
    fileprivate func lastComplete(of id: String) -> Timestamp? { unsettled.contains(id) ? nil : lastComplete }

    /// Whether a state was recorded while this reading was under way.
    ///
    /// A time to come is of a clock that was set back.
    fileprivate func isOverlapped(by known: KnownState) -> Bool {
        startedAt <= known.seenAt && known.seenAt <= seenAt
    }
}
