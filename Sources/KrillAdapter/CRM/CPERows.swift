internal import Domain

/// Rows of CPEs: what the CRM says, with what the monitoring says of the same line.
struct CPERows {
    private static let resource = ResourceDescriptor.cpe
    private static func place(_ key: FieldKey) -> Int { resource.place(of: key) }

    let backend: BackendID
    let memory: Memory

    /// A table of some CPEs.
    func table(_ cpes: some Sequence<CPE>) -> Table {
        var builder = TableBuilder(Self.resource, backend)
        for cpe in cpes { append(cpe, to: &builder) }
        return builder.finish()
    }

    private func append(_ cpe: CPE, to builder: inout TableBuilder) {
        let host = memory.watch.hosts[cpe.host]
        let failing = memory.watch.servicesByHost[cpe.host] ?? []
        builder.begin(EntityRef(backend, .cpe, id: cpe.id))
        if let status = Self.status(cpe, host, failing, knowing: memory.known) {
            builder.set(Self.place(.status), text: status.rawValue)
        }
        builder.set(Self.place(.name), text: cpe.name)
        builder.set(Self.place("reason"), text: Self.reason(cpe, host))
        setCustomer(cpe, host, in: &builder)
        builder.set(Self.place("hardware"), text: cpe.model)
        builder.set(Self.place("tech"), text: cpe.tech)
        builder.set(Self.place(.location), text: cpe.place)
        builder.set(Self.place(.externalID), text: cpe.externalID)
        builder.set(Self.place("serial"), text: cpe.serial)
        builder.set(Self.place("mac"), text: cpe.mac)
        builder.set(Self.place("realm"), text: cpe.realm)
        builder.set(Self.place("topology"), text: cpe.topology)
        builder.set(Self.place("line_profile"), text: cpe.lineProfile)
        builder.set(Self.place("host_name"), text: cpe.host)
        builder.set(Self.place("access"), flag: cpe.hasAccess)
        builder.set(Self.place("active"), flag: cpe.isActive)
        if memory.known.services {
            builder.set(Self.place("failing"), text: failing.map(\.service).sorted().joined(separator: ", "))
        }
        if let host { set(host, in: &builder) }
    }

    private func setCustomer(_ cpe: CPE, _ host: Watched?, in builder: inout TableBuilder) {
        guard let customer = cpe.customer else { return }
        let known = memory.customers[customer]?.name ?? host?.crm.customerName ?? ""
        builder.set(
            Self.place(.customer), ref: EntityRef(backend, .customer, id: customer),
            name: known.isEmpty ? "customer \(customer)" : known)
    }

    private func set(_ host: Watched, in builder: inout TableBuilder) {
        builder.set(Self.place("registration"), text: host.registration.state ?? "")
        builder.set(Self.place("registration_id"), text: host.registration.id ?? "")
        builder.set(Self.place("profile"), text: host.crm.profile)
        builder.set(Self.place("output"), text: host.output)
        builder.set(Self.place(.since), time: host.since)
        builder.set(Self.place(.lastPolled), time: host.lastCheck)
        if let pon = host.registration.pon {
            builder.set(Self.place("pon"), ref: EntityRef(backend, .pon, id: pon), name: pon)
        }
        if let olt = host.registration.host {
            builder.set(Self.place("olt"), ref: EntityRef(backend, .device, id: olt), name: olt)
        }
    }

    /// The host's state first: what a service of a line that is down last said is old.
    ///
    /// A line that nobody may use is not down but switched off. Nil where what it follows from is not known.
    static func status(
        _ cpe: CPE, _ host: Watched?, _ failing: [Watched], knowing known: Memory.Known
    ) -> DeviceStatus? {
        guard let host else {
            if cpe.obstacle != nil { return .disabled }
            return known.hosts ? .unmonitored : nil
        }
        guard let state = host.state else { return nil }
        if state == Watched.pending { return cpe.obstacle == nil ? .unknown : .disabled }
        if host.isDown {
            if cpe.obstacle != nil { return .disabled }
            return cpe.isObstacleKnown ? .down : nil
        }
        if !failing.isEmpty { return .warning }
        return known.services ? .up : nil
    }

    /// Why it is as it is, in words.
    static func reason(_ cpe: CPE, _ host: Watched?) -> String {
        var parts = [cpe.obstacle].compactMap { $0 }
        if let host {
            if host.state == Watched.pending { parts.append("never checked") }
            if host.isDown { parts.append(downReason(host)) }
            if host.isProblem, host.isInDowntime { parts.append("in downtime") }
            if host.isProblem, host.isAcknowledged { parts.append("acknowledged") }
        }
        return parts.joined(separator: ", ")
    }

    /// The same in a word or two, to stand before a name.
    static func shortReason(_ host: Watched) -> String {
        if host.isUnreachable { return "unreachable" }
        if host.isWithoutPower { return "no power" }
        return hasLostLight(host) ? "no light" : "down"
    }

    private static func hasLostLight(_ host: Watched) -> Bool {
        let words = host.output.lowercased()
        return ["losi", "lofi", "/los/"].contains(where: words.contains) || words.hasPrefix("los")
    }

    /// Dying gasp is the customer's power, loss of signal the fibre.
    static func downReason(_ host: Watched) -> String {
        if host.isUnreachable { return "unreachable" }
        if host.isWithoutPower { return "no power at the customer's" }
        if hasLostLight(host) { return "no light: fibre" }
        // What was last written may be older than the state.
        return host.registration.state == "online"
            ? "down, last seen online" : host.registration.state ?? "down"
    }
}

extension Memory {
    /// Which parts of the monitoring were ever read to the last, so that what is not in them is not there.
    struct Known: Sendable, Equatable {
        var hosts: Bool
        var services: Bool
    }

    /// API v1 has no monitoring, so that nothing of it is missing there.
    var known: Known {
        Known(
            hosts: version == .v1 || watch.wholeAt != nil, services: version == .v1 || watch.problemsAt != nil
        )
    }
}
