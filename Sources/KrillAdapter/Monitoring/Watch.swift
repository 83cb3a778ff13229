internal import Domain

/// What the monitoring was last heard to say: every host that was ever listed, and the services with problems.
struct Watch: Sendable {
    private(set) var hosts: [String: Watched] = [:]
    /// Services that are not well, by `host!service`.
    private(set) var services: [String: Watched] = [:]
    private(set) var servicesByHost: [String: [Watched]] = [:]
    /// When all hosts were last read; nil until then.
    var wholeAt: Timestamp?
    /// When the problems were last read.
    var problemsAt: Timestamp?
    /// How many ONTs a PON has, where that was asked on purpose.
    var sizes: [String: Int] = [:]
    /// Hosts whose CPE has to be shown anew.
    private var changed: Set<String> = []

    /// Takes hosts of the whole list.
    mutating func take(_ some: [Watched]) {
        for host in some where host.isHost {
            if hosts[host.name]?.isLike(host) != true { changed.insert(host.name) }
            hosts[host.name] = host
        }
    }

    /// Ends a reading of the whole list: what was not in it is gone.
    mutating func keep(only names: Set<String>, at now: Timestamp) {
        for name in hosts.keys where !names.contains(name) {
            hosts[name] = nil
            changed.insert(name)
        }
        wholeAt = now
    }

    /// Forgets hosts that are gone.
    mutating func forget(where isGone: (Watched) -> Bool) {
        hosts = hosts.filter { !isGone($0.value) }
    }

    /// Takes hosts that have a problem now.
    ///
    /// - Parameter isWhole: whether they are all, so that the others that had one are well again.
    mutating func take(problemHosts: [Watched], isWhole: Bool) {
        let down = Set(problemHosts.map(\.name))
        for (name, host) in hosts where isWhole && host.isProblem && !down.contains(name) {
            hosts[name] = host.recovered
            changed.insert(name)
        }
        take(problemHosts)
    }

    /// Takes services that have a problem now.
    ///
    /// - Parameter isWhole: whether they are all.
    mutating func take(problemServices: [Watched], isWhole: Bool) {
        changed.formUnion(services.values.lazy.map(\.host))
        if isWhole { services = [:] }
        for service in problemServices {
            services[service.name] = service
            changed.insert(service.host)
        }
        servicesByHost = Dictionary(grouping: services.values, by: \.host)
    }

    /// Takes out hosts that are about to be shown.
    mutating func forgetChanges(of some: [Watched]) {
        for host in some { changed.remove(host.name) }
    }

    /// The hosts to be shown anew since it was last asked.
    mutating func takeChanges() -> Set<String> {
        defer { changed = [] }
        return changed
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
        state == other.state && isProblem == other.isProblem && isAcknowledged == other.isAcknowledged
            && isInDowntime == other.isInDowntime && registration == other.registration
            && output == other.output
    }

    /// The same host without its problem; what the registration was is not known any more.
    fileprivate var recovered: Watched {
        var host = self
        host.state = 0
        host.severity = 0
        (host.isProblem, host.isAlarm, host.isAcknowledged, host.isInDowntime, host.isHandled) = (
            false, false, false, false, false
        )
        host.output = ""
        host.registration.state = nil
        host.since = nil
        host.lastCheck = nil
        return host
    }
}
