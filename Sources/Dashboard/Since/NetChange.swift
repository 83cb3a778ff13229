public import Domain

/// What several changes of one entity come to: how it is now beside how it was when the operator looked last.
public struct NetChange: Sendable, Hashable {
    /// What they come to.
    public enum Turn: String, Sendable, CaseIterable {
        /// Something is wrong that was not.
        case new
        /// What was wrong is worse.
        case worse
        /// What was wrong is better, and still wrong.
        case better
        /// What was wrong is over.
        case cleared
    }

    /// What the changes come to.
    public let turn: Turn
    /// How it is now; `before` and the severity before are those of then.
    public let change: StateChange

    /// Whose state it is.
    public var entity: EntityName { change.entity }
    /// Whether it is an alert: these are counted first.
    public var isAlert: Bool { change.entity.kind == .alert }
}

/// The changes of all entities since a moment, each brought to what they come to.
///
/// What changed and is again as it was is nothing, and so is what was seen for the first time: nobody knows what it was.
struct NetChanges: Sendable, Equatable {
    /// How an entity was at the moment and how it is now.
    private struct Course: Sendable, Equatable {
        var began: Condition
        var latest: StateChange
    }

    /// How an entity is, as far as it says whether something is wrong.
    private struct Condition: Sendable, Equatable {
        var word: String?
        var severity: Severity?
    }

    private var courses: [EntityName: Course] = [:]
    /// What the changes come to, of each entity for which that is anything.
    private(set) var turns: [EntityName: NetChange] = [:]
    /// The kinds of which more changed than was recorded one by one: what became of those is not known.
    private(set) var omitted: Set<ResourceKind> = []

    /// Takes changes in order of time; what was taken before is taken once.
    mutating func add(_ changes: some Sequence<StateChange>) {
        for change in changes { add(change) }
    }

    private mutating func add(_ change: StateChange) {
        guard change.entity.id != StateChange.several else {
            omitted.insert(change.entity.kind)
            return
        }
        if let known = courses[change.entity] {
            if change.place != 0, known.latest.place >= change.place { return }
            courses[change.entity]?.latest = change
        } else {
            let isFirstSight = change.before == nil && change.lastSeenBefore == nil
            let began =
                isFirstSight
                ? Condition(word: change.after, severity: change.severity)
                : Condition(word: change.before, severity: change.severityBefore)
            courses[change.entity] = Course(began: began, latest: change)
        }
        guard let course = courses[change.entity] else { return }
        turns[change.entity] = Self.turn(course)
    }

    private static func turn(_ course: Course) -> NetChange? {
        let now = Condition(word: course.latest.after, severity: course.latest.severity)
        let turn =
            course.latest.entity.kind == .alert
            ? alertTurn(course.began, now) : turn(course.began.word, now.word)
        guard let turn else { return nil }
        var change = course.latest
        change.before = course.began.word
        change.severityBefore = course.began.severity
        return NetChange(turn: turn, change: change)
    }

    private static func alertTurn(_ was: Condition, _ now: Condition) -> NetChange.Turn? {
        func state(_ condition: Condition) -> AlertState? {
            guard let word = condition.word, word != StateChange.gone else { return nil }
            let state = AlertState(word: word)
            return state.isOpen ? state : nil
        }
        switch (state(was), state(now)) {
        case (nil, nil): return nil
        case (nil, .some): return .new
        case (.some, nil): return .cleared
        case (.some(let before), .some(let after)):
            // A severity that nobody said is neither more nor less.
            if let first = was.severity, let second = now.severity, first != .unknown, second != .unknown,
                first != second
            {
                return second > first ? .worse : .better
            }
            // Between two severities lies what the server says of the alert itself.
            let trends: [AlertState: Int] = [.worse: 1, .better: -1]
            let (first, second) = (trends[before] ?? 0, trends[after] ?? 0)
            return first == second ? nil : second > first ? .worse : .better
        }
    }

    /// The same of what is not an alert, by its state words alone.
    private static func turn(_ was: String?, _ now: String?) -> NetChange.Turn? {
        // What was not there was no problem, nor was what nobody watched.
        let before = was.map { (6...7).contains(Urgency.rank($0)) ? 0 : badness($0) } ?? 0
        guard let before, let after = now.flatMap(badness) else { return nil }
        switch (before, after) {
        case (0, 0): return nil
        case (0, _): return .new
        case (_, 0): return .cleared
        default: return after == before ? nil : after > before ? .worse : .better
        }
    }

    /// How wrong something is; nil where nobody knows, nobody watches it any more, or its server lists it no more: that
    /// is no end of what was wrong with it.
    private static func badness(_ word: String) -> Int? {
        switch Urgency.rank(word) {
        case 1: 2
        case 2: 1
        case 5: 0
        default: nil
        }
    }
}

extension NetChanges {
    /// What changes come to, the worst first, then the latest.
    static func of(_ changes: some Sequence<StateChange>) -> [NetChange] {
        var net = NetChanges()
        net.add(changes)
        return net.sorted
    }

    /// What all changes come to: alerts first, by their effect; the worst first, then the latest.
    var sorted: [NetChange] {
        let places = Dictionary(
            uniqueKeysWithValues: NetChange.Turn.allCases.enumerated().map { ($1, $0) })
        func key(_ net: NetChange) -> (Int, String, Int, Int) {
            (
                net.isAlert ? 0 : 1, net.isAlert ? "" : net.entity.kind.rawValue, places[net.turn] ?? 0,
                -net.change.severity.rawValue
            )
        }
        return turns.values.sorted { a, b in
            let (first, second) = (key(a), key(b))
            if first != second { return first < second }
            if a.change.time != b.change.time { return a.change.time > b.change.time }
            return a.entity.description < b.entity.description
        }
    }
}
