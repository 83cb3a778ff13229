public import Domain
internal import Synchronization

/// One network out of several servers: what is linked, what is one thing, what hangs on what.
///
/// Immutable and shared by reference. Make it and its successors off the main thread; a question costs some
/// microseconds, an impact as long as what it lists. Two networks are equal when they are the same.
public final class Network: Sendable {
    /// What it was made of.
    public let feeds: [Feed]
    /// The keys and references of all rows.
    public let index: LinkIndex
    let held: Things
    let trust: Trust
    let alerts: AlertBook
    /// Which alert each alert follows from in the end; alerts that follow from none are not in it.
    public let roots: [EntityRef: EntityRef]
    /// The same number as the network that it was made from where all roots and impacts are the same.
    public let findings: UInt64
    /// The same number as the network that it was made from where the same hangs on the same: then impacts differ by
    /// alerts and by what is believed, and by nothing else.
    public let hanging: UInt64
    private static let counter = Atomic<UInt64>(0)

    /// Makes a network.
    public convenience init(_ feeds: [Feed], rules: [LinkRule] = [], options: LinkOptions = LinkOptions()) {
        let index = LinkIndex(feeds.compactMap(\.table), rules: rules, options: options)
        self.init(feeds, index, Things(index), like: nil, hanging: nil)
    }

    /// - Parameters:
    ///   - earlier: a network whose rows say the same of all that alerts follow from.
    ///   - hanging: the number of a network in which the same hangs on the same.
    private init(
        _ feeds: [Feed], _ index: LinkIndex, _ held: Things, like earlier: Network?, hanging: UInt64?
    ) {
        self.hanging = hanging ?? Self.counter.add(1, ordering: .relaxed).newValue
        self.feeds = feeds
        self.index = index
        self.held = held
        if let earlier {
            (alerts, roots) = (earlier.alerts, earlier.roots)
            let isBelieved = feeds.elementsEqual(earlier.feeds) {
                $0.backend == $1.backend && $0.resource == $1.resource
                    && $0.isTrustworthy == $1.isTrustworthy && ($0.table == nil) == ($1.table == nil)
            }
            if isBelieved {
                (trust, findings) = (earlier.trust, earlier.findings)
                return
            }
            trust = Trust(feeds, canLink: index.canLink)
            findings = Self.counter.add(1, ordering: .relaxed).newValue
            return
        }
        trust = Trust(feeds, canLink: index.canLink)
        findings = Self.counter.add(1, ordering: .relaxed).newValue
        alerts = AlertBook(index)
        var causes = Roots(index, held, alerts)
        roots = causes.all()
    }

    /// The network after some tables or freshnesses changed; costs what changed.
    public func updated(_ feeds: [Feed]) -> Network {
        var delta = IndexDelta()
        let index = index.updated(feeds.compactMap(\.table), &delta)
        let isSame = index.tables == self.index.tables
        // The first rows of a second server make links possible: none of what is here was looked at for that.
        let isFirst = index.canLink != self.index.canLink
        let held = isSame ? held : isFirst ? Things(index) : held.updated(index, delta)
        return Network(
            feeds, index, held, like: delta.isTold ? nil : self, hanging: delta.isMoved ? nil : hanging)
    }

    /// Nothing at all.
    public static let empty = Network([])

    /// Everything that an entity is linked with, the most certain first.
    public func links(of entity: EntityRef) -> [Link] { index.links(of: entity) }

    /// What an entity is together with entities of other servers; nil where no other server sees it.
    public func thing(of entity: EntityRef) -> Thing? {
        if let thing = held.things[entity] { return thing }
        guard index.canLink, !Things.isHeld(entity.kind) else { return nil }
        var finder = LinkFinder(index)
        return Things.thing(Things.component(of: entity, index, &finder))
    }

    /// All equipment and customers that several servers see, each once, in the order of their first members.
    public var things: [Thing] {
        Set(held.things.values).sorted { $0.first.packed < $1.first.packed }
    }

    /// The entities that stand in another one's place: all members of things but the first of each.
    public var doubles: [EntityRef: EntityRef] {
        held.things.compactMapValues(\.first).filter { $0.key != $0.value }
    }

    /// The alert that an alert follows from in the end; nil for one that follows from none.
    public func root(of alert: EntityRef) -> EntityRef? { roots[alert] }

    /// The keys that link nothing although they could, for `check links`; reads all rows.
    public func refusals() -> [LinkRefusal] { index.refusals() }

    /// What an alert is about, as exactly as its row says: of a device and its port the port.
    public func subject(of alert: EntityRef) -> EntityRef? { alerts.subjects[alert] }

    /// What hangs on an entity; for an alert on what it is about.
    public func impact(of entity: EntityRef) -> Impact {
        var walk = ImpactWalk(self)
        return walk.impact(of: entity)
    }
}

extension Network: Equatable {
    /// By identity.
    public static func == (a: Network, b: Network) -> Bool { a === b }
}

extension Network {
    /// The row of an entity and its table; nil for one that no table holds.
    public func row(of entity: EntityRef) -> (table: Table, row: Int)? {
        guard let table = index.contribution(of: entity)?.table, let row = table.row(of: entity) else {
            return nil
        }
        return (table, row)
    }

    /// What an entity is called.
    public func name(of entity: EntityRef) -> String? { row(of: entity).map { $0.table.name($0.row) } }

    /// The word for the state of an entity; nil where its kind has none or nobody says it.
    public func state(of entity: EntityRef) -> String? { index.state(of: entity) }

    /// The worst state that a server says of a thing, and which says it first; nil where none says any.
    public func worstState(of thing: Thing) -> (word: String, says: EntityRef)? {
        var worst: (word: String, says: EntityRef)?
        for member in thing.members {
            guard let word = state(of: member) else { continue }
            if let known = worst, Urgency.rank(known.word) <= Urgency.rank(word) { continue }
            worst = (word, member)
        }
        return worst
    }

    /// How far the rows of an entity's kind on its server can be believed.
    public func freshness(of entity: EntityRef) -> Freshness? {
        feeds.first { $0.backend == entity.backend && $0.resource.kind == entity.kind }?.freshness
    }

    /// Seconds in which a change of an entity shows: the server's own look and our reading of it.
    public func cycle(of entity: EntityRef) -> Double {
        guard let (table, row) = row(of: entity) else { return 0 }
        let resource = table.resource
        let polling = table.integer(row, .pollInterval).map(Double.init) ?? resource.pollInterval ?? 0
        return (resource.quickInterval ?? resource.interval) + max(0, polling)
    }
}

extension LinkIndex {
    func state(of entity: EntityRef) -> String? {
        guard let contribution = contribution(of: entity), let row = contribution.table.row(of: entity),
            let column = contribution.table.stateColumn
        else { return nil }
        let word = contribution.table.text(row, column)
        return word.isEmpty ? nil : word
    }
}

extension Table {
    /// The field that says how a row is.
    var stateColumn: Int? { resource.fields.firstIndex { $0.type == .state } }
}
