import Canvas
import Domain
import Filter

/// Calls the operator for what happened.
extension State {
    /// A process that was not there for longer than this has to look again before it calls anything lost.
    private static let longestAbsence = 30.0
    private static let grace = 60.0

    /// Bell, notification and programs for what happened, by the rules that ask for it.
    mutating func call(for transitions: [Transition]) -> [Effect] {
        guard !transitions.isEmpty, !alarms.rules.isEmpty else { return [] }
        var effects: [Effect] = []
        var isRinging = false
        let clock = CivilTime.fields(wall, offset: zone)
        for (place, rule) in alarms.rules.enumerated() {
            let hearing = alarms.hear(
                transitions, rule: place, now: now, minute: clock.hour * 60 + clock.minute)
            for silenced in hearing.silenced {
                let calm = Quantity.duration(Int64(rule.damping.window))
                showMessage(
                    .plain, "\(silenced.name) changes all the time: silent until it is calm for \(calm)")
            }
            guard !hearing.heard.isEmpty else { continue }
            if let command = rule.command {
                effects += hearing.heard.map { .runHook(command, $0) }
            }
            if hearing.isStorm, !hearing.isStormNew { continue }
            isRinging = isRinging || rule.rings
            if let form = rule.notification { effects += notifications(hearing, form) }
        }
        return effects + (isRinging ? [.transmit(.bell)] : [])
    }

    private func notifications(_ hearing: Alarms.AlarmDecision, _ form: NotificationForm) -> [Effect] {
        func notification(_ body: String) -> Effect {
            .transmit(.notification(title: "nocturne", body: body, form))
        }
        if hearing.isStormNew {
            return [notification("more than \(Alarms.stormLimit) changes in a minute: look at the dashboard")]
        }
        guard hearing.heard.count > Alarms.mostNotifications else {
            return hearing.heard.map { notification(words(for: $0)) }
        }
        let worst = hearing.heard.max { $0.severity < $1.severity }
        let rest = worst.map { ", the worst: \(words(for: $0))" } ?? ""
        return [notification("\(Quantity.count(hearing.heard.count)) changes\(rest)")]
    }

    /// What happened, in words; without names where visitors may read them.
    private func words(for transition: Transition) -> String {
        let backend = backend(transition.backend)?.name ?? ""
        let what = screen?.isRedacted == true ? "an alert" : transition.name
        return switch transition.event {
        case .new: "\(transition.severity.word): \(what) (\(backend))"
        case .worse: "worse, \(transition.severity.word): \(what) (\(backend))"
        case .cleared: "cleared: \(what) (\(backend))"
        case .lost: "\(backend) is lost: its alerts are not known any more"
        case .back: "\(backend) is back"
        }
    }

    /// Calls for backends that were lost or are back.
    ///
    /// - Parameter before: the moment of the tick before: after a suspend every backend is old, and none is lost.
    mutating func callForBackends(since before: Instant) -> [Effect] {
        guard !alarms.rules.isEmpty || sinceLooked.isKept else { return [] }
        if now - before > Self.longestAbsence { alarms.graceUntil = now + Self.grace }
        var transitions: [Transition] = []
        for backend in backends {
            let kinds = backend.kinds(of: .alerts)
            let kindsThatCount = kinds.isEmpty ? Set(backend.resources.map(\.kind)) : kinds
            let freshness = backend.worst(of: kindsThatCount, now: now).freshness
            let isLost = freshness == .lost || freshness == .refused || isBlind(backend)
            let wasSeen = backend.health.contains {
                kindsThatCount.contains($0.key) && $0.value.arrivedAt != nil
            }
            let event: Transition.Event
            if isLost, wasSeen, !alarms.lost.contains(backend.id) {
                if let until = alarms.graceUntil, now < until, freshness == .lost { continue }
                alarms.lost.insert(backend.id)
                event = .lost
            } else if freshness <= .outdated, !isLost, alarms.lost.contains(backend.id) {
                alarms.lost.remove(backend.id)
                event = .back
            } else {
                continue
            }
            transitions.append(
                Transition(event, backend.id, rules: alarms.rules, context: alarmContext))
        }
        return record(transitions) + call(for: transitions)
    }

    /// Has it recorded which backends were lost or are back: no list of theirs says it.
    private func record(_ transitions: [Transition]) -> [Effect] {
        guard sinceLooked.isKept, !transitions.isEmpty else { return [] }
        return [
            .record(
                transitions.map { transition in
                    let isLost = transition.event == .lost
                    let (up, lost) = (DeviceStatus.up.rawValue, Transition.Event.lost.rawValue)
                    return StateChange(
                        EntityName(backend: transition.name, kind: Handoff.backend, id: transition.name),
                        name: transition.name, before: isLost ? up : lost, after: isLost ? lost : up,
                        severity: isLost ? .critical : .ok, severityBefore: isLost ? .ok : .critical,
                        lastSeenBefore: isLost ? lastHeard(transition.backend) : nil, seenAt: wall)
                })
        ]
    }

    /// When a backend said anything last, by the wall clock.
    private func lastHeard(_ id: BackendID) -> Timestamp? {
        let arrivals = backend(id)?.health.values.compactMap(\.arrivedAt) ?? []
        return arrivals.max().map { Timestamp(wall.seconds - Int64((now - $0).rounded())) }
    }

    /// Whether the server looked at half of its devices or more too long ago: what it says of alerts is as old.
    private func isBlind(_ backend: BackendState) -> Bool {
        backend.latePolls(now).map { $0.count * 2 >= $0.watched } ?? false
    }

    private var alarmContext: FilterContext { FilterContext(now: wall, backends: backends.map(\.name)) }

    /// Says once that a program fails, until it worked again.
    mutating func hookEnded(_ name: String, _ problem: String?) {
        guard let problem else {
            alarms.failing.remove(name)
            return
        }
        guard alarms.failing.insert(name).inserted else { return }
        showMessage(.bad, problem)
    }
}
