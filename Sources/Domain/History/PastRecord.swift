/// The rows of lists as they were at an earlier moment: those of now, with what was recorded since taken back.
///
/// Immutable; making the next one costs some milliseconds for 100,000 rows, for use off the main thread.
public final class PastRecord: Sendable {
    /// Where it is: the findings of the way that led to it.
    public let findings: PastFindings
    /// The rows of each list of which states are recorded, in the order of those that it was begun with.
    public let tables: [Table]
    /// Whether the rows of each have what decides, in the same order.
    private let decidedness: [Completeness]
    /// The rows of now that it follows from, with the fields alone that are recorded.
    private let bases: [Table]
    private let names: [BackendID: String]
    /// Lists that are recorded whole and were not read again.
    private let guessed: Set<HistoryList>
    /// The backends that do not answer now.
    private let lost: Set<BackendID>
    /// How entities were that are not as in the bases.
    private let states: [HistoryList: [String: PastState]]

    /// Goes from now to an earlier moment.
    ///
    /// - Parameters:
    ///   - tables: the rows of now; those of which no states are recorded are left out.
    ///   - names: of the backends, in the configuration.
    ///   - lost: those that do not answer now.
    public convenience init(
        _ findings: PastFindings, tables: [Table], names: [BackendID: String], lost: Set<BackendID> = []
    ) {
        let bases = tables.compactMap(\.recorded)
        var states: [HistoryList: [String: PastState]] = [:]
        // What the screen has may be older or newer than what is recorded, or not all of it.
        for base in bases {
            guard let name = names[base.backend] else { continue }
            let list = HistoryList(backend: name, kind: base.resource.kind)
            if let now = findings.now[list] { states[list] = base.differences(from: now) }
        }
        self.init(findings, bases: bases, names: names, lost: lost, states: states, earlier: nil)
    }

    /// Goes on to another moment.
    public func moved(by findings: PastFindings) -> PastRecord {
        PastRecord(findings, bases: bases, names: names, lost: lost, states: states, earlier: self)
    }

    /// The same where the way ended now.
    public func ended(by findings: PastFindings) -> PastRecord {
        PastRecord(findings, bases: [], names: [:], lost: [], states: [:], earlier: nil)
    }

    private init(
        _ findings: PastFindings, bases: [Table], names: [BackendID: String], lost: Set<BackendID>,
        states: [HistoryList: [String: PastState]], earlier: PastRecord?
    ) {
        var states = states
        var touched: Set<HistoryList> = []
        for (name, state) in findings.states {
            let list = HistoryList(backend: name.backend, kind: name.kind)
            states[list, default: [:]][name.id] = state
            touched.insert(list)
        }
        self.findings = findings
        self.bases = bases
        self.names = names
        self.lost = lost
        guessed =
            earlier?.guessed
            ?? Set(
                bases.compactMap { base in
                    guard RecordedFields(base.resource)?.recording == .everything else { return nil }
                    let list = names[base.backend].map { HistoryList(backend: $0, kind: base.resource.kind) }
                    return list.flatMap { findings.now[$0] == nil ? $0 : nil }
                })
        self.states = states
        let made = bases.enumerated().map { place, base in
            guard let name = names[base.backend] else { return base }
            let list = HistoryList(backend: name, kind: base.resource.kind)
            // Which times are over by the moment is another question at each.
            if let earlier, !touched.contains(list), RecordedFields(base.resource)?.since == nil {
                return earlier.tables[place]
            }
            let devices = bases.first { $0.backend == base.backend && $0.resource.kind == .device }
            return base.past(states[list] ?? [:], devices: devices).withoutTimes(after: findings.time)
        }
        tables = made
        decidedness = made.map(\.decidedness)
    }

    /// Whether the rows of one of its tables have what decides; known beforehand, since that walks all rows.
    public func decidedness(of table: Table) -> Completeness {
        tables.firstIndex(of: table).map { decidedness[$0] } ?? table.decidedness
    }

    /// How something was of which there is no table, as a backend itself; nil where it was as it is now.
    public func state(of name: EntityName) -> PastState? {
        states[HistoryList(backend: name.backend, kind: name.kind)]?[name.id]
    }

    /// Whether the rows of a list are those that the screen has: all of them could not be read again.
    public func isGuessed(_ list: HistoryList) -> Bool { guessed.contains(list) }

    /// Whether a backend does not answer now.
    public func isLost(_ backend: BackendID) -> Bool { lost.contains(backend) }
}
