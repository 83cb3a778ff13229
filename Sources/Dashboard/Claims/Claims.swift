internal import Domain

/// Who of the team has which rows, as far as it is known here.
struct Claims: Sendable {
    /// Whether there is a team to claim in.
    let isKept: Bool
    /// What is known.
    private(set) var book = ClaimBook(claims: [], problem: "the team's store was not reached yet")
    /// The same by row, the first made first.
    private(set) var byRow: [EntityRef: [Claim]] = [:]
    /// All rows that somebody has.
    private(set) var rows: Set<EntityRef> = []
    /// Whether any book came yet.
    private var isBegun = false
    /// Whom this operator was told of already, by the numbers of both claims.
    private var told: Set<String> = []

    init(isKept: Bool) { self.isKept = isKept }

    /// The claims of a row, the first made first.
    func of(_ row: EntityRef) -> [Claim] { byRow[row] ?? [] }

    /// Who has any, once each.
    var owners: [String] { Set(book.claims.map(\.owner)).sorted() }

    /// The rows that somebody has who is meant.
    func rows(where isMeant: (Claim) -> Bool) -> Set<EntityRef> {
        Set(book.claims.filter(isMeant).map(\.entity))
    }

    /// Takes what is known now.
    ///
    /// - Returns: what this operator must hear of: others who claimed what they have, before them or after, and who took
    ///   over what they had.
    mutating func take(_ book: ClaimBook) -> [Clash] {
        let before = self.book
        self.book = book
        sort()
        defer { isBegun = true }
        guard isBegun else { return [] }
        let known = Set(before.claims.map(\.id))
        let now = Set(book.claims.map(\.id))
        var clashes: [Clash] = []
        for (row, claims) in byRow {
            guard let other = claims.first(where: { !$0.isMine }) else { continue }
            if let mine = claims.first(where: \.isMine) {
                if told.insert("\(mine.id) \(other.id)").inserted {
                    clashes.append(mine.madeAt <= other.madeAt ? .after(mine, other) : .before(mine, other))
                }
            } else if !known.contains(other.id),
                let mine = before.claims.first(where: {
                    $0.isMine && $0.entity == row && !now.contains($0.id)
                })
            {
                clashes.append(.takenOver(mine, other))
            }
        }
        return clashes.sorted { $0.other.id < $1.other.id }
    }

    /// Drops what has come to its end; whether there was any.
    mutating func expire(_ now: Instant) -> Bool {
        let kept = book.claims.filter { $0.endsAt.map { $0 > now } ?? true }
        guard kept.count < book.claims.count else { return false }
        book.claims = kept
        sort()
        return true
    }

    private mutating func sort() {
        let claims = book.claims.sorted { ($0.madeAt, $0.id) < ($1.madeAt, $1.id) }
        byRow = Dictionary(grouping: claims, by: \.entity)
        rows = Set(byRow.keys)
    }

    /// Two who have the same.
    enum Clash {
        /// Somebody claimed it before this operator, after them, or in their place.
        case before(Claim, Claim), after(Claim, Claim), takenOver(Claim, Claim)

        var other: Claim {
            switch self {
            case .before(_, let other), .after(_, let other), .takenOver(_, let other): other
            }
        }
    }
}
