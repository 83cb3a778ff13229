/// A host or a service as monitoring knows it.
struct Monitored: Sendable {
    /// What a host is.
    enum Source: Sendable {
        case line(LineState)
        /// A device of the provider, by its index.
        case device(Int)
    }

    let source: Source
    let hostName: String
    /// Which of the host's services; nil for the host itself.
    let service: Int?
    let serviceName: String
    let call: KrillCall
    /// 0 up or ok; 1 down or warning, 2 critical, 3 unknown; 99 never checked.
    let condition: Int
    /// When the condition became what it is.
    let since: Int
    let checked: Int?

    static let pending = 99

    var isHost: Bool { service == nil }
    var name: String { isHost ? hostName : "\(hostName)!\(serviceName)" }
    var line: LineState? { if case .line(let state) = source { state } else { nil } }
    var hasBeenChecked: Bool { condition != Self.pending }

    // MARK: What it means

    var isProblem: Bool { hasBeenChecked && condition != 0 }
    /// A host that is down or a service that is critical.
    var isAlarm: Bool { isHost ? condition == 1 : condition == 2 }

    var word: String {
        switch condition {
        case Self.pending: "pending"
        case 0: isHost ? "up" : "ok"
        case 1: isHost ? "down" : "warning"
        case 2: "critical"
        default: "unknown"
        }
    }

    /// Down because what stands before it is.
    var isUnreachable: Bool { isHost && line?.trouble == .node }

    var isHostDown: Bool {
        switch source {
        case .line(let state): !state.isUp && !state.isUnchecked
        case .device(let index): call.view.nodeDownSince(device: index) != nil
        }
    }

    var acknowledgement: LineChanges.Acknowledgement? {
        guard isProblem else { return nil }
        if let own = call.view.changes.acknowledgements[name] {
            let isOver = own.expires.map { $0 <= call.view.tick } ?? false
            return own.at >= since && !isOver ? own : nil
        }
        return colleague
    }

    /// What is long out of reach somebody of the team has seen.
    private var colleague: LineChanges.Acknowledgement? {
        guard isHost, let line, call.view.tick - since > 3_600, line.line.id % 3 == 0 else { return nil }
        return .init(
            at: since + 1_800, author: "maria", comment: "not at home, known", isSticky: true, expires: nil)
    }

    var isInDowntime: Bool {
        func covers(_ name: String) -> Bool {
            (call.view.changes.downtimes[name] ?? []).contains {
                $0.start <= call.view.tick && call.view.tick < $0.end
            }
        }
        return covers(name)
    }

    /// A service of a host that is down counts as handled: the host is what is shown.
    var isHandled: Bool {
        isProblem && (acknowledgement != nil || isInDowntime || (!isHost && isHostDown))
    }

    /// Icinga's way of putting states into one number.
    var severity: Int {
        guard hasBeenChecked else { return 16 }
        guard condition != 0 else { return 0 }
        let base: Int
        if isHost {
            base = isUnreachable ? 32 : 64
        } else {
            base = condition == 1 ? 32 : condition == 3 ? 64 : 128
            if isHostDown { return base + 1_024 }
        }
        return base + (acknowledgement != nil ? 512 : isInDowntime ? 256 : 2_048)
    }

    /// From 0 to 5: a subscriber's line is 1, the network at least 2.
    var impact: Int {
        switch source {
        case .line: return 1
        case .device(let index):
            switch call.access.network.devices[index].role {
            case .core: return 5
            case .aggregation: return 4
            case .access: return 3
            case .firewall, .server, .power: return 2
            }
        }
    }

    /// Lines are looked at once a day, their light once a week; the network every minute.
    var interval: Int { line == nil ? 60 : serviceName == "txrx" ? 604_800 : 86_400 }
}

extension LineState {
    /// Of the lines that never registered every other one was never checked.
    var isUnchecked: Bool { isNew && line.id % 2 == 0 }
}

extension AccessView {
    /// Since when a device of the provider has been out of reach.
    func nodeDownSince(device index: Int) -> Int? {
        nodeDownSince(index) ?? world.life.downSince(index, at: tick)
    }
}
