/// What a page of rows says about the rows that it does not hold.
public enum Coverage: Sendable, Hashable {
    /// All there is: rows that are missing are gone.
    case everything
    /// A part: rows that are missing stay until the generation is complete.
    case page
    /// A part that is counted by offset, of a list that comes in several: what two complete generations miss is gone.
    ///
    /// Rows shift between two such parts when one is deleted meanwhile, so that one that is there may be in neither.
    case slice
    /// All that one entity owns, by a reference field: its other rows are gone.
    case owned(by: EntityRef, FieldKey)
}

/// Puts pages together to the next table of a resource; runs off the main thread.
///
/// Only a complete generation deletes: until then what was there before stays, so that a page that failed never
/// makes an entity look gone. A table that would hold the same rows as the one before is that one.
public struct Generation: Sendable {
    /// What came in pages.
    private var seen: Set<EntityRef> = []
    /// What came at once; it says of every entity whether it is there.
    private var whole: Table?
    /// Whether one miss is not enough: part of it was counted by offset, or nothing came where there were rows.
    private var isDoubtful = false
    private let missedBefore: Set<EntityRef>
    private var missed: Set<EntityRef> = []
    /// How many entities stay although it missed them: the next generation decides.
    public private(set) var doubts = 0
    /// Whether it saw none of the rows that there were.
    public private(set) var isEmptied = false

    /// Starts a generation that has seen nothing.
    ///
    /// - Parameter earlier: the last complete one of the same rows.
    public init(after earlier: Generation? = nil) { missedBefore = earlier?.missed ?? [] }

    /// The table after a page arrived.
    public mutating func merge(_ page: Table, covering coverage: Coverage, into previous: Table?) -> Table {
        let previous = previous.flatMap { $0.resource == page.resource ? $0 : nil }
        let made: Table
        if coverage == .slice { isDoubtful = true }
        if coverage == .everything, page.count == 0, let previous, previous.count > 0 {
            // All of it gone at once is more often a server in trouble than the truth: the next answer decides.
            whole = page
            seen = []
            isDoubtful = true
            made = previous
        } else if coverage == .everything {
            whole = page
            seen = []
            made =
                page.hasDuplicates
                ? Self.merged(.empty(page.resource, page.backend), page) { _ in false } : page
        } else {
            seen.formUnion(page.refs)
            let base = previous ?? .empty(page.resource, page.backend)
            made = Self.merged(base, page, keeping: Self.kept(of: base, coverage))
        }
        return previous.map { $0.hasSameRows(as: made) ? $0 : made } ?? made
    }

    /// The table after the last page of a complete generation: what was never seen is gone.
    ///
    /// - Parameter isNamed: whether another list of the same server still names an entity. A list that has become empty
    ///   altogether is not believed while one does.
    public mutating func finish(_ table: Table, stillNamed isNamed: (EntityRef) -> Bool = { _ in false })
        -> Table
    {
        missed = Set(table.refs.filter { !seen.contains($0) && whole?.row(of: $0) == nil })
        isEmptied = table.count > 0 && missed.count == table.count
        isDoubtful = isDoubtful || isEmptied
        var gone = isDoubtful ? missed.intersection(missedBefore) : missed
        if isEmptied, gone.contains(where: isNamed) { gone = [] }
        doubts = missed.count - gone.count
        guard !gone.isEmpty else { return table }
        return Self.merged(table, .empty(table.resource, table.backend)) { !gone.contains(table.refs[$0]) }
    }

    /// Which rows that a page does not hold stay.
    private static func kept(of table: Table, _ coverage: Coverage) -> (Int) -> Bool {
        guard case .owned(let owner, let key) = coverage, let column = table.resource.index(of: key),
            table.columns[column].storage == .refs
        else { return { _ in true } }
        let owners = table.columns[column].packed
        return { owners[$0] != owner.packed }
    }

    /// The rows of a table in their order, with those of a page in their place, and its new ones behind them.
    private static func merged(_ table: Table, _ page: Table, keeping keep: (Int) -> Bool) -> Table {
        var picks: [TableGather.Pick] = []
        picks.reserveCapacity(table.count + page.count)
        for row in 0..<table.count {
            if let newer = page.row(of: table.refs[row]) {
                picks.append(.second(newer))
            } else if keep(row) {
                picks.append(.first(row))
            }
        }
        for row in 0..<page.count {
            let entity = page.refs[row]
            // Of several rows of one entity the first counts.
            if table.row(of: entity) == nil, !page.hasDuplicates || page.row(of: entity) == row {
                picks.append(.second(row))
            }
        }
        return TableGather(first: table, second: page, picks: picks).table()
    }
}
