import Canvas
import Domain
import Filter
import Links

extension State {
    /// Has the rows of all servers looked through again, off the main thread.
    mutating func relink() -> [Effect] {
        linking.ask(trust).map { [.link(question: $0, LinkRequest(feeds))] } ?? []
    }

    /// Has them looked through where a list became too old to be believed, or is believed again.
    ///
    /// Looked at once a second: every key brings a tick.
    mutating func relinkOutdated(since before: Instant) -> [Effect] {
        guard before.nanoseconds / 1_000_000_000 != now.nanoseconds / 1_000_000_000 else { return [] }
        return linking.isOutdated(trust) ? relink() : []
    }

    /// Whether rows that nobody moved in yet are as they will stay until a server says something else.
    var isLinkingSettled: Bool { linking.isSettled(trust) }

    /// Whether each list of each server can be believed.
    private var trust: [Bool] {
        guard linking.isOn else { return [] }
        return backends.flatMap { backend in
            backend.resources.map { backend.freshness(of: $0, now: now).isTrustworthy }
        }
    }

    /// The word for the state of an entity; of rows that are too old it says that, and it is not known any more.
    func linkedState(of entity: EntityRef) -> (word: String, isKnown: Bool)? {
        guard let word = linking.network.state(of: entity) else { return nil }
        return isBelieved(entity) ? (word, true) : ("\(word) when last read", false)
    }

    /// Whether the list that holds an entity can be believed now.
    func isBelieved(_ entity: EntityRef) -> Bool {
        guard let backend = backend(entity.backend), let resource = backend.resource(entity.kind) else {
            return false
        }
        return backend.freshness(of: resource, now: now).isTrustworthy
    }

    /// All rows that are here, and how far they can be believed.
    private var feeds: [Feed] {
        backends.flatMap { backend in
            backend.resources.map { resource in
                Feed(
                    resource, backend.id, backend.tables[resource.kind],
                    backend.freshness(of: resource, now: now))
            }
        }
    }

    /// Takes what was found; rows that came meanwhile wait for the next answer.
    mutating func linked(_ question: Int, _ found: Linked) -> [Effect] {
        let earlier = linking.doubles
        let answer = linking.answered(question, found, now: now)
        if case .unasked = answer { return [] }
        var effects: [Effect] = []
        for changed in found.tables {
            let table = changed.table
            guard backend(table.backend)?.tables[table.resource.kind]?.revision == changed.base else {
                continue
            }
            change(table.backend) { $0.replaceRows(of: table.resource.kind, table) }
            effects += tableChanged(table.resource.kind)
        }
        effects += watchStorm(found.newAlerts)
        if earlier != linking.doubles {
            // The column of backends gets room for all names.
            rebuildPanes()
            countDevices()
            effects += arrangePanes { $0.frozen == nil && !$0.pane.kinds.isDisjoint(with: Self.seenTwice) }
        }
        for index in details.indices { relate(index) }
        layers.update(ImpactPage.self) { [network = linking.network] in $0.update(in: network) }
        if case .outdated = answer { effects += relink() }
        return effects
    }

    /// How many customers are hit by all open alerts; nil where no server knows customers.
    public var customersHit: Count? {
        switch linking.toll.count {
        case .exactly(let number): Count(value: number, isComplete: true)
        case .atLeast(let number): Count(value: number)
        case .unknown: Count()
        case nil: nil
        }
    }

    /// The kinds of what several servers may see.
    static let seenTwice: Set<ResourceKind> = [.device, .customer, .cpe]

    /// What stands for others in a pane; nil where every row is shown.
    func doubles(in pane: PaneState) -> Doubles? {
        linking.showsApart || pane.pane.kinds.isDisjoint(with: Self.seenTwice) ? nil : linking.doubles
    }

    /// How many rows of a pane another one stands for.
    func doubled(in pane: Pane) -> Int {
        guard !linking.showsApart, let counts = linking.doubles?.counts else { return 0 }
        return pane.kinds.reduce(0) { $0 + (counts[$1] ?? 0) }
    }

    /// Shows each server's row, or one for each thing.
    mutating func toggleApart() -> [Effect] {
        linking.toggleApart()
        showMessage(
            .plain,
            linking.showsApart
                ? "one row for each server" : "one row for each thing, whichever servers see it")
        return arrangePanes { !$0.pane.kinds.isDisjoint(with: Self.seenTwice) }
    }

    /// Why rows of several servers can't be shown apart; nil when they can.
    var reasonAgainstApart: String? {
        linking.doubles == nil ? "no row here is seen by several servers" : nil
    }

    /// The names of the backends that see what stands in a row, as in `core+access`.
    func backendNames(of entity: EntityRef) -> String {
        let own = backend(entity.backend)?.name ?? ""
        guard !linking.showsApart, linking.doubles != nil, let thing = linking.network.thing(of: entity)
        else { return own }
        let others = thing.members.filter { $0 != entity }.compactMap { backend($0.backend)?.name }
        return ([own] + others).joined(separator: "+")
    }

    /// The columns that the names of all who see one thing cover at most; nil where each is seen by one.
    var jointNameWidth: Int? {
        guard linking.doubles != nil else { return nil }
        let widths = backends.map { CharacterWidth.of($0.name) }.sorted(by: >).prefix(2)
        return min(Self.mostForNames, widths.reduce(1, +))
    }

    /// So many columns at most say who sees something.
    private static let mostForNames = 20

    /// Whether servers disagree about what a column says of a thing.
    func isInConflict(_ entity: EntityRef, _ key: FieldKey) -> Bool {
        key == .status && !linking.showsApart && linking.conflicts[entity] != nil
    }
}
