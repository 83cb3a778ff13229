extension KrillCall {
    /// Every host that the asker may see: the network first, then the lines.
    var hosts: [Monitored] { hostSources.map(host) }

    /// What the hosts are, before anything is asked of them.
    var hostSources: [Monitored.Source] {
        access.network.devices.indices.filter { isWatched($0) && sees(node: $0) }.map { .device($0) }
            + zip(view.lines, view.states).filter { sees($0.0) }.map { .line($0.1) }
    }

    func host(_ source: Monitored.Source) -> Monitored {
        switch source {
        case .device(let index): host(ofDevice: index)
        case .line(let state): host(of: state)
        }
    }

    /// The core, what serves lines, and nothing of the servers' own.
    private func isWatched(_ index: Int) -> Bool {
        let device = access.network.devices[index]
        return !device.isOdd && [.core, .aggregation, .access].contains(device.role)
    }

    func host(named name: String) -> Monitored? {
        if let cpe = cpe(named: name) { return host(of: view.state(of: cpe.line)) }
        let index = access.network.devices.indices.first { access.name(ofNode: $0) == name }
        return index.flatMap { isWatched($0) && sees(node: $0) ? host(ofDevice: $0) : nil }
    }

    private func host(ofDevice index: Int) -> Monitored {
        let since = view.nodeDownSince(device: index)
        let name = access.name(ofNode: index)
        return Monitored(
            source: .device(index), hostName: name, service: nil, serviceName: "", call: self,
            condition: since == nil ? 0 : 1, since: since ?? -400_000,
            checked: checked(name, daily: 60, index, since: since))
    }

    func host(of state: LineState) -> Monitored {
        let name = state.line.name
        return Monitored(
            source: .line(state), hostName: name, service: nil, serviceName: "", call: self,
            condition: state.isUnchecked ? Monitored.pending : state.isUp ? 0 : 1, since: state.since,
            checked: state.isUnchecked
                ? view.changes.rechecks[name]
                : checked(name, daily: 86_400, state.line.id, since: state.since))
    }

    /// The services of a host.
    func services(of host: Monitored) -> [Monitored] {
        guard let state = host.line else { return [] }
        return state.line.services.enumerated().map { index, name in
            let found = condition(of: name, index, state)
            let full = "\(host.hostName)!\(name)"
            return Monitored(
                source: host.source, hostName: host.hostName, service: index, serviceName: name, call: self,
                condition: found.condition, since: found.since,
                checked: found.condition == Monitored.pending
                    ? nil : checked(full, daily: 86_400, state.line.id * 16 + index, since: found.since))
        }
    }

    /// When it was last looked at: by its own clock, when its state changed, or when somebody asked for it.
    private func checked(_ name: String, daily: Int, _ thing: Int, since: Int?) -> Int {
        let phase = access.network.noise.pick(0...(daily - 1), .line, thing, 50)
        let regular = floorDivide(view.tick - phase, by: daily) * daily + phase
        return max(
            regular, since.map { min($0 + 5, view.tick) } ?? regular, view.changes.rechecks[name] ?? regular)
    }

    /// The condition of a service, and since when.
    private func condition(
        of service: String, _ index: Int, _ state: LineState
    ) -> (condition: Int, since: Int) {
        let line = state.line
        // Passive checks may never have come, for years.
        let isPassive = ["txrx", "tr069", "qos"].contains(service)
        if state.isNew || isPassive && access.network.noise.chance(250, .line, line.id, 60 + index) {
            return (Monitored.pending, 0)
        }
        if service == "provision", let since = view.changes.unprovisioned[line.id] { return (2, since) }
        guard state.isUp else {
            // Without the line there is no session; the rest stays as it was seen last.
            return ["pppoe", "dhcp", "docsis", "radio"].contains(service) ? (2, state.since) : (0, -300_000)
        }
        if ["pppoe", "dhcp"].contains(service) {
            if let since = view.changes.unprovisioned[line.id] { return (2, since) }
            if line.traits.contains(.isSuspended) { return (2, -200_000) }
        }
        // Monitoring knows only upper limits of light; it complains of what is far too little (inferred).
        if service == "txrx", line.traits.contains(.isDim) {
            return view.life.light(of: line, at: view.tick).received < -2_950 ? (2, -90_000) : (0, -300_000)
        }
        guard let episode = view.life.ails(line, service: index, at: view.tick) else { return (0, -300_000) }
        let noise = access.network.noise
        return (noise.pick([1, 1, 2, 2, 3], .trouble, line.id * 16 + index, episode.start), episode.start)
    }
}
