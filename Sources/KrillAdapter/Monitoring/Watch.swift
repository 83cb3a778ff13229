internal import Domain

/// What the monitoring was last heard to say: every host that was ever listed, and the services with problems.
struct Watch: Sendable {
    /// Lists that are joined with what the monitoring says.
    enum Reader: Sendable, CaseIterable {
        case cpes, onus
    }

    private(set) var hosts: [String: Watched] = [:]
    /// Services that are not well, by `host!service`.
    private(set) var services: [String: Watched] = [:]
    private(set) var servicesByHost: [String: [Watched]] = [:]
    /// CPEs of the CRM by what the monitoring calls them.
    private(set) var cpesByHost: [String: Int64] = [:]
    /// When all hosts were last read to the last; nil until then.
    var wholeAt: Timestamp?
    /// When the problems were last read to the last; nil until then.
    var problemsAt: Timestamp?
    /// How many ONTs a PON has, where that was asked on purpose.
    var sizes: [String: Int] = [:]
    /// Hosts that each list has to show again.
    private var changed: [Reader: Set<String>] = [:]
    /// Goes up with every change that a row may show.
    private(set) var revision = 0

    /// Notes that what a host's rows show is another.
    mutating func noteChange(of name: String) {
        revision += 1
        for reader in Reader.allCases { changed[reader, default: []].insert(name) }
    }

    /// Takes hosts of the whole list.
    mutating func take(_ some: [Watched]) {
        for var host in some where host.isHost {
            host.take(cpe: cpesByHost[host.name])
            if hosts[host.name]?.isLike(host) != true { noteChange(of: host.name) }
            hosts[host.name] = host
        }
    }

    /// Ends a reading of the whole list: what was not in it is gone.
    mutating func keep(only names: Set<String>, at now: Timestamp) {
        for name in hosts.keys where !names.contains(name) { remove(name) }
        if wholeAt == nil { revision += 1 }
        wholeAt = now
    }

    /// Forgets a host that is gone.
    mutating func remove(_ name: String) {
        if hosts.removeValue(forKey: name) != nil { noteChange(of: name) }
    }

    /// Takes what the CRM calls the hosts of its CPEs: a host may not say by itself that it is one.
    mutating func take(_ cpes: [CPE]) {
        for cpe in cpes where cpesByHost[cpe.host] != cpe.id {
            cpesByHost[cpe.host] = cpe.id
            hosts[cpe.host]?.take(cpe: cpe.id)
            revision += 1
        }
    }

    /// Ends a reading of the CRM's list: what was not in it is gone.
    mutating func keep(only ids: Set<Int64>) {
        let count = cpesByHost.count
        cpesByHost = cpesByHost.filter { ids.contains($0.value) }
        if cpesByHost.count != count { revision += 1 }
    }

    /// Takes hosts that have a problem now.
    ///
    /// - Parameter isWhole: whether they are all, so that the others that had one are well again.
    mutating func take(problemHosts: [Watched], isWhole: Bool) {
        let down = Set(problemHosts.map(\.name))
        for (name, host) in hosts where isWhole && host.isProblem && !down.contains(name) {
            hosts[name] = host.recovered
            noteChange(of: name)
        }
        take(problemHosts)
    }

    /// Takes services that have a problem now.
    ///
    /// - Parameter isWhole: whether they are all.
    mutating func take(problemServices: [Watched], isWhole: Bool) {
        let before = servicesByHost.mapValues { Set($0.map(\.service)) }
        if isWhole { services = [:] }
        for service in problemServices { services[service.name] = service }
        servicesByHost = Dictionary(grouping: services.values, by: \.host)
        for name in Set(before.keys).union(servicesByHost.keys)
        where before[name] != Set((servicesByHost[name] ?? []).map(\.service)) {
            noteChange(of: name)
        }
    }

    /// Takes all services of a host.
    mutating func take(services some: [Watched], of host: String) {
        services = services.filter { $0.value.host != host }
        for service in some where service.isProblem { services[service.name] = service }
        servicesByHost[host] = some.filter(\.isProblem)
        noteChange(of: host)
    }

    /// Takes out hosts that a list is about to show.
    mutating func forgetChanges(of names: [String], for reader: Reader) {
        for name in names { changed[reader]?.remove(name) }
    }

    /// The hosts that a list has to show again since it was last asked.
    mutating func takeChanges(for reader: Reader) -> Set<String> {
        changed.removeValue(forKey: reader) ?? []
    }

    /// Everything that is a problem, hosts first.
    var problems: [Watched] {
        hosts.values.filter(\.isProblem).sorted { $0.name < $1.name }
            + services.values.filter(\.isProblem).sorted { $0.name < $1.name }
    }
}

extension Watched {
    /// Whether rows that were made of either look alike but for when it was looked at.
    fileprivate func isLike(_ other: Watched) -> Bool {
        state == other.state && problem == other.problem && acknowledged == other.acknowledged
            && downtime == other.downtime && registration == other.registration
            && output == other.output && crm.cpe == other.crm.cpe
    }

    /// Takes the CPE that the CRM has for it, where its own record does not say what it is.
    fileprivate mutating func take(cpe: Int64?) {
        guard let cpe, crm.cpe == nil, type.isEmpty || type == "cpe" else { return }
        crm.cpe = cpe
    }

    /// The same host without its problem; what the registration was is not known any more.
    fileprivate var recovered: Watched {
        var host = self
        host.state = 0
        host.severity = 0
        (host.problem, host.alarm, host.acknowledged, host.downtime, host.handled) = (
            false, false, false, false, false
        )
        host.output = ""
        host.registration.state = nil
        host.since = nil
        host.lastCheck = nil
        return host
    }
}
