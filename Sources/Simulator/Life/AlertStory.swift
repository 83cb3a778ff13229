/// What an alert has been through, derived from the episodes behind it.
struct AlertStory: Equatable, Sendable {
    /// Since when it has been open; for a cleared one, since when it has been cleared.
    let since: Int
    let isOpen: Bool
    /// When more, fewer or other things last began to be wrong.
    let changedAt: Int
    let state: State

    /// The states of LibreNMS.
    enum State: Int, Sendable {
        case cleared = 0
        case active, acknowledged, worse, better, changed
    }

    /// The story at a tick; nil when nothing has been wrong lately.
    ///
    /// While several things are wrong at one device they share one alert: a further one makes it worse, one
    /// less makes it better, one that goes while another comes changes it.
    init?(_ episodes: [Episode], at tick: Int) {
        let past = episodes.filter { $0.start <= tick }
        let present = past.filter { $0.covers(tick) }
        guard var opened = present.map(\.start).min() else {
            guard let cleared = past.map(\.end).max() else { return nil }
            self.init(since: cleared, isOpen: false, changedAt: cleared, state: .cleared)
            return
        }
        // An episode that overlapped those of now belongs to the same alert, though it is over.
        while let earlier = past.filter({ $0.start < opened && $0.end >= opened }).map(\.start).min() {
            opened = earlier
        }
        let own = past.filter { $0.start >= opened }
        let lastBegin = own.map(\.start).max() ?? opened
        let lastEnd = own.map(\.end).filter { $0 <= tick }.max()
        if let lastEnd, lastEnd >= lastBegin {
            let state: State = lastEnd == lastBegin ? .changed : .better
            self.init(since: opened, isOpen: true, changedAt: lastEnd, state: state)
        } else {
            let state: State = lastBegin == opened ? .active : .worse
            self.init(since: opened, isOpen: true, changedAt: lastBegin, state: state)
        }
    }

    init(since: Int, isOpen: Bool, changedAt: Int, state: State) {
        self.since = since
        self.isOpen = isOpen
        self.changedAt = changedAt
        self.state = state
    }
}

extension Life {
    /// The story of each rule at a device, where there is one.
    ///
    /// - Parameter silentSince: When rules were switched off: their alerts stay as they were, as on real servers.
    func stories(
        of index: Int, at tick: Int, silentSince: [Int: Int] = [:]
    ) -> [(rule: AlertRule, story: AlertStory)] {
        AlertRule.all.compactMap { rule in
            story(of: rule, at: index, min(tick, silentSince[rule.id] ?? tick)).map { (rule, $0) }
        }
    }

    /// The story of one rule at a device; nobody is notified of devices that are disabled or ignored.
    func story(of rule: AlertRule, at index: Int, _ tick: Int) -> AlertStory? {
        let device = network.devices[index]
        guard !device.isDisabled, !device.isIgnored, !device.isOdd, let trouble = rule.trouble else {
            return nil
        }
        return AlertStory(episodes(of: trouble, at: index, near: tick), at: tick)
    }

    /// What was wrong at a device lately in the eyes of a rule.
    private func episodes(of trouble: AlertRule.Trouble, at index: Int, near tick: Int) -> [Episode] {
        switch trouble {
        case .deviceDown: return outages(of: index, near: tick)
        case .rebooted:
            guard reboots(index) else { return [] }
            return Self.reboot.episodes(of: index, near: tick, noise).map {
                Episode(start: $0.end, end: $0.end + 300)
            }
        case .peering:
            guard network.devices[index].role == .core else { return [] }
            return network.sessions.filter { $0.device == index }.flatMap {
                Self.peering.episodes(of: $0.id, near: tick, noise)
            }
        case .sensor: return sensorEpisodes(at: index, near: tick)
        case .service:
            guard network.devices[index].role == .server else { return [] }
            return Self.service.episodes(of: index, near: tick, noise)
        case .portDown: return portEpisodes(at: index) { breaks(of: $0, near: tick) }
        case .rush:
            return portEpisodes(at: index) {
                Self.rushes($0, noise) ? Self.rush.episodes(of: $0.id, near: tick, noise) : []
            }
        case .errors:
            return portEpisodes(at: index) {
                Self.errs($0, noise) ? Self.errors.episodes(of: $0.id, near: tick, noise) : []
            }
        }
    }

    private func portEpisodes(at index: Int, _ episodes: (Port) -> [Episode]) -> [Episode] {
        network.fragilePorts[index].flatMap { episodes(network.ports[$0]) }
    }

    /// Where one sensor is too hot, another often follows, or takes its place.
    private func sensorEpisodes(at index: Int, near tick: Int) -> [Episode] {
        Self.sensor.episodes(of: index, near: tick, noise).flatMap { episode -> [Episode] in
            let third = (episode.end - episode.start) / 3
            let middle = episode.start + third
            switch noise.pick(0...3, .sensor, index, episode.start) {
            case 0: return [episode, Episode(start: middle, end: episode.end)]
            case 1: return [episode, Episode(start: episode.start, end: middle)]
            case 2:
                return [
                    Episode(start: episode.start, end: middle), Episode(start: middle, end: episode.end),
                ]
            default: return [episode]
            }
        }
    }
}
