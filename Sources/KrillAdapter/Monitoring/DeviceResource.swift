internal import Domain

extension ResourceDescriptor {
    /// What the monitoring watches and is no CPE: OLTs, CMTSs, base stations, the core.
    static let device = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.status, "Status", .state, width: 6...10, priority: 0, decides: true),
            Field(.name, "Device", .text, width: 10...32, priority: 0, links: .hostName),
            Field("reason", "Why", .word, width: 4...24, priority: 3),
            Field("type", "Type", .word, width: 4...10, priority: 4),
            Field("hardware", "Hardware", .word, width: 8...24, priority: 5),
            Field("ip", "IP", .text, width: 9...39, priority: 5, links: .address),
            Field("impact", "Importance", .word, width: 6...14, priority: 6),
            Field("failing", "Failing", .word, width: 6...20, priority: 4),
            Field(.since, "Since", .time, width: 5...8, priority: 4),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 2),
            Field("output", "Output", .text, width: 10...60, priority: nil),
            Field(.pollInterval, "Poll interval", .duration, width: 6...9, priority: nil),
        ],
        interval: 300, feedsCounts: true, order: [SortKey(.name)], quickInterval: 60)
}

/// Rows of what is no CPE.
enum DeviceRows {
    private static let resource = ResourceDescriptor.device
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    static func table(_ watch: Watch, _ backend: BackendID) -> Table {
        let hosts = watch.hosts.values.filter { !$0.isCPE }.sorted { $0.name < $1.name }
        return table(hosts, watch, backend)
    }

    static func table(_ hosts: [Watched], _ watch: Watch, _ backend: BackendID) -> Table {
        var builder = TableBuilder(resource, backend, capacity: hosts.count)
        for host in hosts {
            let failing = watch.servicesByHost[host.name] ?? []
            builder.begin(EntityRef(backend, .device, id: host.name))
            if let status = status(host, failing, servicesAreKnown: watch.problemsAt != nil) {
                builder.set(place(.status), text: status.rawValue)
            }
            builder.set(place(.name), text: host.name)
            builder.set(place("reason"), text: reason(host))
            builder.set(place("type"), text: host.type)
            builder.set(place("hardware"), text: host.model.isEmpty ? host.vendor : host.model)
            builder.set(place("ip"), text: host.address == "0.0.0.0" ? "" : host.address)
            builder.set(place("impact"), text: host.impactWord ?? "")
            builder.set(place("failing"), text: failing.map(\.service).sorted().joined(separator: ", "))
            builder.set(place(.since), time: host.since)
            builder.set(place(.lastPolled), time: host.lastCheck)
            builder.set(place("output"), text: host.output)
            builder.set(place(.pollInterval), integer: pollInterval(host))
        }
        return builder.finish()
    }

    /// Seconds between two checks, where rows are read often enough to tell by them that one is due for too long.
    private static func pollInterval(_ host: Watched) -> Int64? {
        guard let interval = host.pollInterval, !host.isOfNetwork else { return host.pollInterval }
        let oldest = KrillServer.lesserHostsGoodFor + Int64(resource.interval)
        return Double(interval) * Polling.patience > Double(oldest) ? interval : nil
    }

    /// Nil where what it follows from is not known.
    static func status(
        _ host: Watched, _ failing: [Watched], servicesAreKnown: Bool
    ) -> DeviceStatus? {
        guard let state = host.state else { return nil }
        if state == Watched.pending { return .unknown }
        if host.isDown { return .down }
        if !failing.isEmpty { return .warning }
        return servicesAreKnown ? .up : nil
    }

    private static func reason(_ host: Watched) -> String {
        guard host.isProblem else { return host.state == Watched.pending ? "never checked" : "" }
        var parts = host.isUnreachable ? ["unreachable"] : []
        if host.isInDowntime { parts.append("in downtime") }
        if host.isAcknowledged { parts.append("acknowledged") }
        return parts.joined(separator: ", ")
    }
}
