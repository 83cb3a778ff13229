public import Domain

/// All keys of all tables, and who refers to whom: what links are read from.
///
/// It holds no links. Who shares a key is found when somebody asks, in some microseconds, so that an update costs no
/// more than its changed rows. Immutable; safe to read from any thread. Make and update it off the main thread.
public struct LinkIndex: Sendable {
    let contributions: [Contribution]
    let rules: [LinkRule]
    let options: LinkOptions
    /// Whether there is anything to link: several servers, or rules.
    let canLink: Bool
    /// The contribution of each backend and kind.
    private let places: [UInt32: Int]

    /// Reads the keys of all rows of some tables, one for each backend and kind.
    public init(_ tables: [Table], rules: [LinkRule] = [], options: LinkOptions = LinkOptions()) {
        let canLink = Self.canLink(tables, rules)
        self.init(
            tables.map { Contribution($0, rules: rules, readsKeys: canLink) }, rules, options,
            canLink: canLink)
    }

    private init(_ contributions: [Contribution], _ rules: [LinkRule], _ options: LinkOptions, canLink: Bool)
    {
        self.contributions = contributions
        self.rules = rules
        self.options = options
        self.canLink = canLink
        places = Dictionary(
            contributions.enumerated().map { (Self.place($1.table.backend, $1.table.resource.kind), $0) },
            uniquingKeysWith: { first, _ in first })
    }

    /// The index of the next tables: reads the rows of those that changed whose keys or references differ.
    public func updated(_ tables: [Table]) -> LinkIndex {
        var delta = IndexDelta()
        return updated(tables, &delta)
    }

    func updated(_ tables: [Table], _ delta: inout IndexDelta) -> LinkIndex {
        let canLink = Self.canLink(tables, rules)
        if canLink != self.canLink {
            let index = LinkIndex(tables, rules: rules, options: options)
            delta.isTold = true
            delta.isMoved = true
            for table in tables { delta.entities.formUnion(table.refs.lazy.map(\.packed)) }
            return index
        }
        var left = contributions
        let next = tables.map { table in
            let known = left.firstIndex {
                $0.table.backend == table.backend && $0.table.resource == table.resource
            }
            guard let known else {
                let made = Contribution(table, rules: rules, readsKeys: canLink)
                delta.add(made)
                return made
            }
            return left.remove(at: known).updated(table, &delta)
        }
        for gone in left { delta.add(gone) }
        return LinkIndex(next, rules, options, canLink: canLink)
    }

    /// The tables that it was made of.
    public var tables: [Table] { contributions.map(\.table) }

    /// How many keys are held: what its memory goes with.
    public var keyCount: Int { contributions.reduce(0) { $0 + $1.keys.entries.count } }

    private static func canLink(_ tables: [Table], _ rules: [LinkRule]) -> Bool {
        !rules.isEmpty || Set(tables.map(\.backend)).count > 1
    }

    private static func place(_ backend: BackendID, _ kind: ResourceKind) -> UInt32 {
        UInt32(truncatingIfNeeded: EntityRef(backend, kind, id: Int64(0)).packed >> 32)
    }

    /// What the table of an entity gave.
    func contribution(of entity: EntityRef) -> Contribution? {
        places[UInt32(truncatingIfNeeded: entity.packed >> 32)].map { contributions[$0] }
    }

    /// The tables with rows of one kind.
    func contributions(of kind: ResourceKind) -> [Contribution] {
        contributions.filter { $0.table.resource.kind == kind }
    }
}

extension IndexDelta {
    /// All of a table came or went.
    fileprivate mutating func add(_ contribution: Contribution) {
        isTold = true
        if contribution.bears { isMoved = true }
        entities.formUnion(contribution.table.refs.lazy.map(\.packed))
        keys.formUnion(contribution.keys.entries.lazy.map(\.key))
    }
}
