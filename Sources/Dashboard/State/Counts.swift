public import Domain

/// A number that says whether something may be missing from it.
public struct Count: Sendable, Equatable {
    /// What was counted.
    public var value = 0
    /// Whether everything that feeds it is fresh and complete.
    public var isComplete = false

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
    /// All open alerts that nobody took.
    public var unhandled = 0
    /// Open alerts whose severity nobody said: any of them may be critical.
    public var unknownSeverity = 0

    mutating func count(alerts table: Table) {
        guard let severity = table.resource.index(of: .severity), let state = table.resource.index(of: .state)
        else { return }
        for row in 0..<table.count {
            guard let alertState = AlertState(rawValue: table.text(row, state)), alertState.isOpen else {
                continue
            }
            if alertState.isUnhandled { unhandled += 1 }
            switch Severity(word: table.text(row, severity)) {
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

    mutating func count(devices table: Table) {
        guard let status = table.resource.index(of: .status) else { return }
        for row in 0..<table.count {
            switch DeviceStatus(rawValue: table.text(row, status)) {
            case .up: devicesUp += 1
            case .down: devicesDown += 1
            case .ignored: devicesIgnored += 1
            case .disabled: devicesDisabled += 1
            case .warning, .unknown, nil: break
            }
        }
    }
}

extension State {
    /// Whether every backend's rows of a kind are fresh and complete; where nobody has any, nothing is known.
    public func isComplete(_ kind: ResourceKind) -> Bool {
        let feeding = backends.filter { $0.resource(kind) != nil }
        return !feeding.isEmpty && feeding.allSatisfy { isTrustworthy($0, kind) }
    }

    /// How many backends may hide more of a kind than is counted.
    public func uncertainBackends(_ kind: ResourceKind) -> Int {
        backends.count { $0.resource(kind) != nil && !isTrustworthy($0, kind) }
    }

    private func isTrustworthy(_ backend: BackendState, _ kind: ResourceKind) -> Bool {
        backend.info != nil
            && backend.resources.allSatisfy { resource in
                resource.kind != kind || backend.freshness(of: resource, now: now).isTrustworthy
            }
    }

    /// A count of alerts of a severity: one whose severity nobody said may belong to it.
    public func alertCount(_ value: Int) -> Count {
        Count(value: value, isComplete: isComplete(.alert) && counts.unknownSeverity == 0)
    }

    /// The rows of a pane on all backends, whatever is filtered.
    public func rowCount(_ pane: Pane) -> Count {
        var value = 0
        for backend in backends {
            for (kind, table) in backend.tables where pane.kinds.contains(kind) { value += table.count }
        }
        return Count(value: value, isComplete: !pane.kinds.isEmpty && pane.kinds.allSatisfy(isComplete))
    }

    /// A count with what is known of its completeness.
    public func count(_ value: Int, of kind: ResourceKind) -> Count {
        Count(value: value, isComplete: isComplete(kind))
    }

    mutating func recount(_ kind: ResourceKind) {
        guard kind == .alert || kind == .device else { return }
        var counts = Counts()
        for backend in backends {
            if let alerts = backend.tables[.alert] { counts.count(alerts: alerts) }
            if let devices = backend.tables[.device] { counts.count(devices: devices) }
        }
        self.counts = counts
        guard kind == .device else { return }
        map = SiteMap.all(backends.compactMap { $0.tables[.device] })
        for index in backends.indices {
            guard let table = backends[index].tables[.device],
                let column = table.resource.index(of: .lastPolled)
            else { continue }
            let newest = (0..<table.count).lazy.compactMap { table.integer($0, column) }.max()
            backends[index].serverPolledAt = newest.map(Timestamp.init)
        }
    }
}
