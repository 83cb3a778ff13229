public import Domain

/// What is remembered to call the operator neither too often nor for nothing.
public struct Alarms: Sendable {
    /// When the operator is called, and how.
    public let rules: [AlarmRule]
    /// The backends that are lost.
    public internal(set) var lost: Set<BackendID> = []
    /// Until when no backend is called lost, because the process itself was not there.
    var graceUntil: Instant?
    /// The programs whose failure was told; the next one that works is heard again when it fails.
    var failing: Set<String> = []
    private var memories: [Memory]

    /// More than this within a minute is a storm, which is reported once.
    static let stormLimit = 20
    private static let stormWindow = 60.0
    /// More than this at once is reported in one notification.
    static let mostNotifications = 3

    /// Remembers nothing yet.
    public init(_ rules: [AlarmRule] = []) {
        self.rules = rules
        memories = Array(repeating: Memory(), count: rules.count)
    }

    /// What one rule remembers.
    private struct Memory: Sendable {
        var flaps: [Subject: Flap] = [:]
        /// When it was heard, within the last minute.
        var recent: [Instant] = []
        var isStorm = false
    }

    /// What changes.
    private struct Subject: Sendable, Hashable {
        var backend: BackendID
        var entity: EntityRef?
    }

    private struct Flap: Sendable {
        var times: [Instant] = []
        var isSilent = false
    }

    /// What a rule makes of what happened.
    struct AlarmDecision {
        /// What is told.
        var heard: [Transition] = []
        /// What changes so often that it is silent from now on.
        var silenced: [Transition] = []
        /// Whether so much happens that nothing more of it is reported one by one.
        var isStorm = false
        /// Whether that began just now.
        var isStormNew = false
    }

    /// Listens for one rule; what is heard in its quiet hours is not even remembered.
    mutating func hear(_ transitions: [Transition], rule place: Int, now: Instant, minute: Int)
        -> AlarmDecision
    {
        let rule = rules[place]
        var hearing = AlarmDecision()
        forget(rule: place, now: now)
        if rule.quiet?.contains(minute: minute) == true { return hearing }
        for transition in transitions
        where rule.events.contains(transition.event) && transition.rules.contains(place) {
            let subject = Subject(backend: transition.backend, entity: transition.entity)
            var flap = memories[place].flaps[subject] ?? Flap()
            flap.times.append(now)
            if flap.isSilent {
                // It stays silent until it was calm for a whole window.
                flap.times = [now]
            } else if flap.times.count > rule.damping.limit {
                flap.isSilent = true
                hearing.silenced.append(transition)
            } else {
                hearing.heard.append(transition)
            }
            memories[place].flaps[subject] = flap
        }
        memories[place].recent += hearing.heard.map { _ in now }
        let isStorm = memories[place].recent.count > Self.stormLimit
        hearing.isStorm = isStorm
        hearing.isStormNew = isStorm && !memories[place].isStorm
        memories[place].isStorm = isStorm
        return hearing
    }

    /// Forgets what lies too far back to matter: this may run for months.
    private mutating func forget(rule place: Int, now: Instant) {
        let window = rules[place].damping.window
        memories[place].recent.removeAll { now - $0 >= Self.stormWindow }
        if memories[place].recent.count <= Self.stormLimit { memories[place].isStorm = false }
        memories[place].flaps = memories[place].flaps.compactMapValues { flap in
            let times = flap.times.filter { now - $0 < window }
            return times.isEmpty ? nil : Flap(times: times, isSilent: flap.isSilent)
        }
    }
}
