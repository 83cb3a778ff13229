public import Domain
package import Filter

/// A number that says whether something may be missing from it.
public struct Count: Sendable, Equatable {
    /// What was counted.
    public var value = 0
    /// Whether everything that feeds it is fresh and complete.
    public var isComplete = false

    /// Describes a number.
    package init(value: Int = 0, isComplete: Bool = false) {
        self.value = value
        self.isComplete = isComplete
    }

    /// `12`, `12+?` or `?`: never a zero that may be false.
    public var text: String {
        if isComplete { return Quantity.count(value) }
        return value == 0 ? "?" : "\(Quantity.count(value))+?"
    }
}

/// What the header and the overview count, over all backends and without any filter.
public struct Counts: Sendable, Equatable {
    /// Open alerts by severity, acknowledged or not.
    public var critical = 0, warning = 0
    /// Those of them that nobody took.
    public var criticalUnhandled = 0, warningUnhandled = 0
    /// Devices by status.
    public var devicesDown = 0, devicesUp = 0, devicesIgnored = 0, devicesDisabled = 0
    /// Devices whose status nobody said: any of them may be down.
    public var devicesUnknown = 0
    /// Devices that were up when their server looked at them for the last time, too long ago.
    public var devicesLate = 0
    /// Bonds by status; those whose status nobody said may be either.
    public var bondsUp = 0, bondsDegraded = 0, bondsDown = 0, bondsUnknown = 0
    /// Bonds that are on another aggregator than their own, and those of which nobody said it.
    public var bondsFailedOver = 0, bondsPlaceUnknown = 0
    /// All open alerts that nobody took.
    public var unhandled = 0
    /// Open alerts whose severity nobody said: any of them may be critical.
    public var unknownSeverity = 0

    package init() {}

    /// Counts over all backends.
    ///
    /// - Parameter doubles: what is not counted because a row of another server stands for it.
    package init(of backends: some Sequence<BackendState>, now: Instant, doubles: Doubles? = nil) {
        let backends = Array(backends)
        for backend in backends {
            for table in backend.tables(of: .devices) {
                count(devices: table, of: backend, now, doubles?.standIns ?? [:])
            }
            for table in backend.tables(of: .bonds) { count(bonds: table) }
        }
        count(alertsOf: backends)
    }

    /// - Parameter isCounted: whether a row counts for itself, or another one for it.
    mutating func count(alerts table: Table, where isCounted: (Int) -> Bool = { _ in true }) {
        guard let severity = table.resource.index(of: .severity), let state = table.resource.index(of: .state)
        else { return }
        let states = WordValues(table, state) { AlertState(word: $0) }
        let severities = WordValues(table, severity) { Severity(word: $0) }
        for row in 0..<table.count {
            let alertState = states[row]
            guard alertState.isOpen, isCounted(row) else { continue }
            if alertState.isUnhandled { unhandled += 1 }
            switch severities[row] {
            case .critical:
                critical += 1
                if alertState.isUnhandled { criticalUnhandled += 1 }
            case .warning:
                warning += 1
                if alertState.isUnhandled { warningUnhandled += 1 }
            case .unknown: unknownSeverity += 1
            case .ok: break
            }
        }
    }

    /// Counts alerts over all backends: those that count for themselves.
    mutating func count(alertsOf backends: [BackendState]) {
        let tables = backends.flatMap { $0.tables(of: .alerts) }
        let counted = CountedAlerts(tables)
        for (place, table) in tables.enumerated() {
            guard counted.hasCauses else {
                count(alerts: table)
                continue
            }
            count(alerts: table) { counted.contains(RowHandle(table: place, row: $0)) }
        }
    }

    mutating func count(bonds table: Table) {
        guard let status = table.resource.index(of: .status) else {
            bondsUnknown += table.count
            return
        }
        let failedOver = table.resource.index(of: .failedOver)
        for row in 0..<table.count {
            let word = table.text(row, status)
            // One that has no legs yet has no status by nature, and nothing runs over it wherever it is.
            let isWatched = word != DeviceStatus.unmonitored.rawValue
            switch word {
            case "up": bondsUp += 1
            case "degraded": bondsDegraded += 1
            case "down": bondsDown += 1
            default: if isWatched { bondsUnknown += 1 }
            }
            switch failedOver.map({ table.value(row, $0) }) {
            case .flag(true): bondsFailedOver += 1
            case .flag(false): break
            default: if isWatched { bondsPlaceUnknown += 1 }
            }
        }
    }

    mutating func count(
        devices table: Table, of backend: BackendState, _ now: Instant,
        _ standIns: [EntityRef: EntityRef] = [:]
    ) {
        guard let status = table.resource.index(of: .status) else { return }
        let lateness = Lateness(table, of: backend, now)
        let statuses = WordValues(table, status) { DeviceStatus(rawValue: $0) }
        for row in 0..<table.count where standIns.isEmpty || standIns[table.refs[row]] == nil {
            if lateness?.isLate(row) == true {
                devicesLate += 1
                continue
            }
            switch statuses[row] {
            case .up: devicesUp += 1
            case .down: devicesDown += 1
            case .ignored: devicesIgnored += 1
            case .disabled: devicesDisabled += 1
            case .warning, .unmonitored: break
            // Any of them may be down.
            case .unknown, nil: devicesUnknown += 1
            }
        }
    }
}

/// Which rows of alerts count for themselves: of an open one and of those that follow from it, that one alone, unless
/// another is worse.
package struct CountedAlerts {
    private let tables: [Table]
    private let causes: Causes?

    package init(_ tables: [Table]) {
        self.tables = tables
        causes = Causes(tables)
    }

    /// Whether any row follows from another; where none does, every row counts.
    var hasCauses: Bool { causes != nil }

    package func contains(_ handle: RowHandle) -> Bool {
        guard let origin = causes?.origin(of: handle) else { return true }
        let cause = Severity(word: tables[origin.table].text(origin.row, .severity))
        let own = Severity(word: tables[handle.table].text(handle.row, .severity))
        // One whose severity nobody said may be worse.
        return own > cause || own == .unknown && cause < .critical
    }
}

extension State {
    /// Whether every backend's rows of a kind are fresh and complete; where nobody has any, nothing is known.
    public func isComplete(_ kind: ResourceKind) -> Bool {
        var isFed = false
        for index in backends.indices where backends[index].resources.contains(where: { $0.kind == kind }) {
            isFed = true
            if !isTrustworthy(backends[index], kind) { return false }
        }
        return isFed
    }

    /// Whether everything that feeds a number is fresh and complete; where nobody feeds it, nothing is known.
    public func isComplete(_ tally: ResourceDescriptor.Tally) -> Bool {
        offers(tally) && uncertainBackends(tally) == 0
    }

    /// Whether any backend feeds a number.
    public func offers(_ tally: ResourceDescriptor.Tally) -> Bool {
        backends.contains { $0.resources.contains { $0.tally == tally } }
    }

    /// How many backends may hide more of a number than is counted.
    public func uncertainBackends(_ tally: ResourceDescriptor.Tally) -> Int {
        backends.count { backend in
            backend.resources.contains { $0.tally == tally && !isTrustworthy(backend, $0.kind) }
        }
    }

    /// Whether the rows of a kind that a backend gave are fresh and complete.
    func isTrustworthy(_ backend: BackendState, _ kind: ResourceKind) -> Bool {
        backend.info != nil
            && backend.resources.allSatisfy { resource in
                resource.kind != kind || backend.freshness(of: resource, now: now).isTrustworthy
            }
    }

    /// A count of alerts of a severity: one whose severity nobody said may belong to it.
    public func alertCount(_ value: Int) -> Count { alertCount(value, counts) }

    /// The same among counts that leave something out.
    package func alertCount(_ value: Int, _ counts: Counts) -> Count {
        Count(value: value, isComplete: isComplete(.alerts) && counts.unknownSeverity == 0)
    }

    /// The rows of a pane on all backends, whatever is filtered.
    public func rowCount(_ pane: Pane) -> Count {
        var value = 0
        for backend in backends {
            for (kind, table) in backend.tables
            where pane.kinds.contains(kind) && backend.remembered[kind] == nil { value += table.count }
        }
        value -= doubled(in: pane)
        return Count(value: value, isComplete: !pane.kinds.isEmpty && pane.kinds.allSatisfy(isComplete))
    }

    /// A count with what is known of its completeness: of rows that say so themselves, not of what others may be.
    public func count(_ value: Int, of tally: ResourceDescriptor.Tally) -> Count {
        Count(value: value, isComplete: isComplete(tally))
    }

    /// How many devices are down: one whose status nobody said may be so too.
    public var devicesDown: Count { devicesDown(counts) }

    /// The same among counts that leave something out.
    package func devicesDown(_ counts: Counts) -> Count {
        Count(value: counts.devicesDown, isComplete: isComplete(.devices) && counts.devicesUnknown == 0)
    }

    /// What the devices are that are not down, what matters most first, as in `7 up`, `1 unknown`, `1 ignored`.
    package func deviceWords(_ counts: Counts) -> [String] {
        let words = [
            (counts.devicesUp, "up"), (counts.devicesUnknown, "unknown"), (counts.devicesLate, "not polled"),
            (counts.devicesIgnored, "ignored"),
            (counts.devicesDisabled, "disabled"),
        ]
        return words.filter { $0.0 > 0 || $0.1 == "up" }.map { value, word in
            "\(count(value, of: .devices).text) \(word)"
        }
    }

    mutating func recount(_ kind: ResourceKind) {
        let tallies = Set(backends.compactMap { $0.resource(kind)?.tally })
        guard !tallies.isEmpty else { return }
        guard tallies.contains(.devices) else {
            setCounts(Counts(of: backends, now: now, doubles: linking.doubles))
            return
        }
        for index in backends.indices where backends[index].resource(kind)?.tally == .devices {
            backends[index].updatePolls(now: now, wall: wall)
        }
        countDevices()
    }

    /// Which rows of a table their server did not look at for too long; nil where there are none.
    func lateness(_ table: Table) -> Lateness? {
        backend(table.backend).flatMap { Lateness(table, of: $0, now) }
    }

    /// Updates counts and map of devices from their rows, and from when their servers polled them.
    mutating func countDevices() {
        setCounts(Counts(of: backends, now: now, doubles: linking.doubles))
        setMap(
            SiteMap.all(
                backends.flatMap { $0.tables(of: .devices) }, doubles: linking.doubles, lateness: lateness))
        for index in backends.indices {
            backends[index].noteLate(now: now)
        }
    }
}

/// Which rows of devices their server did not look at for too long.
struct Lateness {
    private let rows: PolledRows
    private let now: Timestamp

    /// Nil for rows that are never late.
    init?(_ table: Table, of backend: BackendState, _ now: Instant) {
        guard backend.latePolls(now) != nil, let moment = backend.serverNow(now),
            let rows = PolledRows(table, interval: backend.pollInterval)
        else { return nil }
        self.rows = rows
        self.now = moment
    }

    func isLate(_ row: Int) -> Bool { rows.isLate(row, at: now) }
}

extension BackendState {
    /// The kinds of its rows that are counted in a number.
    package func kinds(of tally: ResourceDescriptor.Tally) -> Set<ResourceKind> {
        Set(resources.lazy.filter { $0.tally == tally }.map(\.kind))
    }

    /// Its rows that are counted in a number, in the order of its resources; those of an earlier session say nothing of now.
    package func tables(of tally: ResourceDescriptor.Tally) -> [Table] {
        resources.lazy.filter { $0.tally == tally && self.remembered[$0.kind] == nil }.compactMap {
            self.tables[$0.kind]
        }
    }
}
