import Domain

/// Which alert each alert follows from, across servers.
///
/// An alert follows from the alert that its server names, else from the outage of what it is about, or of what that
/// hangs on. What is redundant goes down for one reason only if all that it hung on went down for that one.
struct Roots {
    /// Seconds by which an alert may have begun before the outage that it follows from: servers look at different times.
    static let slack: Int64 = 900
    private static let farthest = 12

    private let index: LinkIndex
    private let book: AlertBook
    private var graph: Graph
    /// The alert that stands for the outage of each entity that is down.
    private var outages: [EntityRef: EntityRef?] = [:]
    private var found: [EntityRef: EntityRef?] = [:]

    init(_ index: LinkIndex, _ held: Things, _ book: AlertBook) {
        self.index = index
        self.book = book
        graph = Graph(index, held)
    }

    /// The last cause of each alert that has one.
    mutating func all() -> [EntityRef: EntityRef] {
        var roots: [EntityRef: EntityRef] = [:]
        for alert in book.subjects.keys {
            var (current, path) = (alert, Set([alert]))
            while let next = cause(of: current), path.insert(next).inserted { current = next }
            // In a circle all stay on their own.
            if current != alert, cause(of: current) == nil { roots[alert] = current }
        }
        return roots
    }

    private mutating func cause(of alert: EntityRef) -> EntityRef? {
        if let known = found[alert] { return known }
        // Whoever asks for it meanwhile is above it: a circle.
        found[alert] = .some(nil)
        let cause = namedCause(of: alert) ?? structuralCause(of: alert)
        found[alert] = cause
        return cause
    }

    /// What the alert's own server says.
    private func namedCause(of alert: EntityRef) -> EntityRef? {
        guard let table = index.contribution(of: alert)?.table, let row = table.row(of: alert),
            case .ref(let cause, _) = table.value(row, .cause), cause != alert, isOpen(cause)
        else { return nil }
        return cause
    }

    private func isOpen(_ alert: EntityRef) -> Bool {
        guard let table = index.contribution(of: alert)?.table, let row = table.row(of: alert) else {
            return false
        }
        return AlertState(word: table.text(row, .state)).isOpen
    }

    private mutating func structuralCause(of alert: EntityRef) -> EntityRef? {
        guard let subject = book.subjects[alert] else { return nil }
        let members = graph.members(of: subject)
        if let outage = outage(of: members), outage != alert {
            return began(alert, after: outage) ? outage : nil
        }
        return outageAbove(members, for: alert)
    }

    /// The nearest outages above some entities, where all of them are one outage.
    private mutating func outageAbove(_ members: [EntityRef], for alert: EntityRef) -> EntityRef? {
        var seen = Set(members)
        var ring = members
        var outages: Set<EntityRef> = []
        for _ in 0..<Self.farthest where !ring.isEmpty {
            var next: [EntityRef] = []
            for entity in ring {
                var legs: [EntityRef] = []
                for step in graph.bearing(entity) where !seen.contains(step.entity) {
                    if step.entity.kind == .leg {
                        legs.append(step.entity)
                        continue
                    }
                    let above = graph.members(of: step.entity)
                    seen.formUnion(above)
                    if let outage = outage(of: above), outage != alert, began(alert, after: outage) {
                        outages.insert(outage)
                    } else {
                        next += above
                    }
                }
                seen.formUnion(legs)
                outages.formUnion(outage(ofAll: legs.filter { !isUp($0) }, for: alert))
            }
            ring = next
        }
        guard outages.count > 1 else { return outages.first }
        let origins = Set(outages.map { last($0) })
        return origins.count == 1 ? origins.first : nil
    }

    /// What legs went down for, where that is known of all of them: one that nobody can explain may be the reason.
    private mutating func outage(ofAll legs: [EntityRef], for alert: EntityRef) -> Set<EntityRef> {
        var outages: Set<EntityRef> = []
        for leg in legs {
            let members = graph.members(of: leg)
            var own = outage(of: members)
            if own == alert { own = nil }
            guard let outage = own ?? outageAbove(members, for: alert), began(alert, after: outage) else {
                return []
            }
            outages.insert(outage)
        }
        return outages
    }

    private mutating func last(_ alert: EntityRef) -> EntityRef {
        var (current, path) = (alert, Set([alert]))
        while let next = cause(of: current), path.insert(next).inserted { current = next }
        return current
    }

    /// The alert that stands for the outage of a thing: the worst, then the first; nil where none of its members is down.
    private mutating func outage(of members: [EntityRef]) -> EntityRef? {
        if let known = outages[members[0]] { return known }
        let hasOutage = members.contains { isDown($0) }
        let alerts = hasOutage ? members.flatMap { book.bySubject[$0] ?? [] } : []
        let outage = alerts.min { precedes($0, $1) }
        for member in members { outages[member] = .some(outage) }
        return outage
    }

    private func precedes(_ a: EntityRef, _ b: EntityRef) -> Bool {
        let (one, other) = (severity(a), severity(b))
        if one != other { return one > other }
        let (first, second) = (since(a) ?? .max, since(b) ?? .max)
        return first == second ? a.packed < b.packed : first < second
    }

    private func severity(_ alert: EntityRef) -> Severity {
        guard let table = index.contribution(of: alert)?.table, let row = table.row(of: alert) else {
            return .unknown
        }
        return Severity(word: table.text(row, .severity))
    }

    private func since(_ alert: EntityRef) -> Int64? {
        guard let table = index.contribution(of: alert)?.table, let row = table.row(of: alert) else {
            return nil
        }
        return table.integer(row, .since)
    }

    /// Where both moments are known, what is older than an outage does not follow from it.
    private func began(_ alert: EntityRef, after outage: EntityRef) -> Bool {
        guard let own = since(alert), let other = since(outage) else { return true }
        return own >= other - Self.slack
    }

    private func isUp(_ entity: EntityRef) -> Bool {
        index.state(of: entity).map { Urgency.rank($0) == 5 } ?? false
    }

    /// Whether an entity is down; a PON is, as far as alerts go, when most of it is.
    private func isDown(_ entity: EntityRef) -> Bool {
        guard let word = index.state(of: entity) else { return false }
        let rank = Urgency.rank(word)
        return rank == 1 || entity.kind == .pon && rank == 2
    }
}
