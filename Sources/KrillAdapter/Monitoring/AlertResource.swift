internal import Domain

extension ResourceDescriptor {
    /// Host and service problems of the monitoring, and PONs that are down as a whole.
    static let alert = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.severity, "Severity", .severity, width: 4...10, priority: 0, decides: true),
            Field(.state, "State", .state, width: 4...13, priority: 1, decides: true),
            Field(.since, "Age", .time, width: 5...8, priority: 2),
            Field(.device, "Device", .ref(.device), width: 14...30, priority: 0),
            Field(.rule, "Alert", .ref(.rule), width: 12...40, priority: 1),
            Field(.note, "Note", .text, width: 8...40, priority: 3),
            Field(.customer, "Customer", .ref(.customer), width: 10...28, priority: 4),
            Field("output", "Output", .text, width: 10...60, priority: 4),
            Field("impact", "Importance", .word, width: 6...14, priority: 6),
            Field(.lastPolled, "Polled", .time, width: 6...8, priority: 5),
            Field("pon", "PON", .ref(.pon), width: 10...24, priority: nil),
            Field(.cause, "Cause", .ref(.alert), width: 12...40, priority: nil),
            Field("check", "Check", .word, width: 6...14, priority: nil),
            Field("soft_severity", "Krill's severity", .integer, width: 6...10, priority: nil),
        ],
        interval: 60, feedsCounts: true, nameField: .rule,
        order: [SortKey(.severity, descending: true), SortKey(.since, descending: true)])
}

/// Rows of alerts.
struct AlertRows {
    private static let resource = ResourceDescriptor.alert
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    let backend: BackendID
    let memory: Memory
    private let outages: [String: Outage]
    /// The outage that an ONT is part of.
    private let outageByHost: [String: Outage]

    init(_ backend: BackendID, _ memory: Memory) {
        self.backend = backend
        self.memory = memory
        let sizes = memory.watch.ponSizes
        let outages = Outage.all(in: memory.watch) { sizes[$0] }
        self.outages = Dictionary(outages.map { ($0.pon, $0) }, uniquingKeysWith: { $1 })
        outageByHost = Dictionary(
            outages.flatMap { outage in outage.down.map { ($0, outage) } }, uniquingKeysWith: { $1 })
    }

    /// Everything that is wrong.
    func table() -> Table {
        var builder = TableBuilder(Self.resource, backend)
        for outage in outages.values.sorted(by: { $0.pon < $1.pon }) { append(outage, to: &builder) }
        for problem in memory.watch.problems { append(problem, to: &builder) }
        return builder.finish()
    }

    private func append(_ outage: Outage, to builder: inout TableBuilder) {
        builder.begin(alert(Outage.id(outage.pon)))
        builder.set(Self.place(.severity), text: Severity.critical.word)
        let state: AlertState = outage.isAcknowledged ? .acknowledged : .open
        builder.set(Self.place(.state), text: state.rawValue)
        builder.set(Self.place(.since), time: outage.since)
        if let olt = outage.olt {
            builder.set(Self.place(.device), ref: EntityRef(backend, .device, id: olt), name: olt)
        }
        builder.set(Self.place(.rule), ref: nil, name: outage.words)
        builder.set(Self.place("pon"), ref: EntityRef(backend, .pon, id: outage.pon), name: outage.pon)
        builder.set(Self.place("output"), text: "derived: many ONTs of one PON are down together")
        if let cause = hostAlert(outage.olt) {
            builder.set(Self.place(.cause), ref: cause.ref, name: cause.name)
        }
    }

    private func append(_ problem: Watched, to builder: inout TableBuilder) {
        let host = memory.watch.hosts[problem.host]
        builder.begin(alert(problem.name))
        if let severity = severity(problem, host) {
            builder.set(Self.place(.severity), text: severity.word)
        }
        builder.set(Self.place(.state), text: problem.alertState.rawValue)
        builder.set(Self.place(.since), time: problem.since)
        let device = device(problem.host)
        builder.set(Self.place(.device), ref: device.ref, name: device.name)
        builder.set(Self.place(.rule), ref: nil, name: problem.title)
        builder.set(Self.place(.note), text: note(problem, host))
        builder.set(Self.place("check"), text: problem.isHost ? "" : problem.service)
        builder.set(Self.place("output"), text: problem.output)
        builder.set(Self.place("impact"), text: (problem.impactWord ?? host?.impactWord) ?? "")
        builder.set(Self.place(.lastPolled), time: problem.lastCheck)
        builder.set(Self.place("soft_severity"), integer: problem.severity.map { Int64($0) })
        if let pon = host?.registration.pon {
            builder.set(Self.place("pon"), ref: EntityRef(backend, .pon, id: pon), name: pon)
        }
        if let id = memory.cpe(ofHost: problem.host).flatMap({ memory.cpes[$0]?.customer }) {
            let name = memory.customers[id]?.name ?? host?.crm.customerName ?? ""
            builder.set(
                Self.place(.customer), ref: EntityRef(backend, .customer, id: id),
                name: name.isEmpty ? "customer \(id)" : name)
        } else if let name = host?.crm.customerName {
            builder.set(Self.place(.customer), ref: nil, name: name)
        }
        if let cause = cause(of: problem, host) {
            builder.set(Self.place(.cause), ref: cause.ref, name: cause.name)
        }
    }

    /// A service follows its host in what makes a host's trouble no outage of the operator's; nil where that is not
    /// known.
    private func severity(_ problem: Watched, _ host: Watched?) -> Severity? {
        let own = problem.severityWord
        guard own == .critical, !problem.isHost else { return own }
        // A service says its host's impact; what stands in the way of the line is the host's to say.
        guard let host else { return problem.isMinor ? .warning : problem.impact == nil ? nil : own }
        if host.obstacle != nil || host.isDown || host.isSingleLine { return .warning }
        if host.state == nil || host.lacks.contains(.administration) { return nil }
        return host.impact == nil && problem.impact == nil ? nil : problem.isMinor ? .warning : own
    }

    private func note(_ problem: Watched, _ host: Watched?) -> String {
        let obstacle = (problem.isHost ? problem : host)?.obstacle
        return [problem.note, obstacle ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// What a monitored host is here: a CPE by its number, else a device by its name.
    func device(_ host: String) -> (ref: EntityRef, name: String) {
        guard let id = memory.cpe(ofHost: host) else {
            return (EntityRef(backend, .device, id: host), host)
        }
        return (EntityRef(backend, .cpe, id: id), memory.cpes[id]?.name ?? host)
    }

    /// The alert that an alert follows from: of a service its host's, of an ONT its OLT's or its PON's.
    private func cause(of problem: Watched, _ host: Watched?) -> (ref: EntityRef, name: String)? {
        if !problem.isHost { return hostAlert(problem.host) }
        guard problem.isCPE, problem.isDown else { return nil }
        if let outage = outageByHost[problem.name] { return (alert(Outage.id(outage.pon)), outage.words) }
        return hostAlert(host?.registration.host)
    }

    private func hostAlert(_ name: String?) -> (ref: EntityRef, name: String)? {
        guard let name, let host = memory.watch.hosts[name], host.isDown else { return nil }
        return (alert(name), "\(device(name).name): \(host.title)")
    }

    private func alert(_ id: String) -> EntityRef { EntityRef(backend, .alert, id: id) }
}
