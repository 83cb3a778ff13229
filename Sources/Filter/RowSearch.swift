public import Domain

/// The rows of many tables that hold a text, those whose name is the likeliest first.
///
/// Walks all rows: some milliseconds for 100,000, for use off the main thread where there are many.
public struct RowSearch: Sendable, Equatable {
    /// What is looked for.
    public let text: String
    /// Where it is looked for, the kinds that are looked for most often first.
    public let tables: [Table]
    /// How many rows are given at most.
    public let limit: Int

    /// Describes a search; of an address every notation is found.
    public init(_ text: String, in tables: [Table], limit: Int = 50) {
        self.text = text
        self.tables = tables
        self.limit = limit
    }

    /// A row that was found.
    public struct Hit: Sendable, Hashable {
        /// The row.
        public let entity: EntityRef
        /// What it is called.
        public let name: String
        /// The device that it belongs to; empty where there is none.
        public let device: String
        /// The field that holds the text, and what it says, where the name does not.
        public let field: String?
    }

    /// The rows that were found, and how many there are.
    public struct Hits: Sendable, Equatable {
        /// The likeliest.
        public let hits: [Hit]
        /// How many hold the text.
        public let total: Int

        /// None.
        public static let none = Hits(hits: [], total: 0)
    }

    /// Looks through all rows.
    public func make() -> Hits {
        var notations = [text]
        if case .mac? = NetworkAddress(text), let address = NetworkAddress(text) {
            notations += [address.description, address.bareMAC ?? ""]
        }
        let wanted = Set(notations.map { String(decoding: Folding.fold($0), as: UTF8.self) }).filter {
            !$0.isEmpty
        }
        guard !wanted.isEmpty else { return .none }
        var found: [(rank: Int, table: Int, row: Int)] = []
        for (place, table) in tables.enumerated() {
            var evaluation = FilterEvaluation(table) { false }
            let filter = CompiledFilter.any(
                wanted.map { .word(folded: Array($0.utf8), exact: nil) })
            let rows = evaluation.rows(filter, among: .all(table.count))
            rows.forEach { row in
                found.append((Self.rank(table.name(row), wanted), place, row))
                return true
            }
        }
        let best = found.sorted { ($0.rank, $0.table, $0.row) < ($1.rank, $1.table, $1.row) }.prefix(limit)
        return Hits(
            hits: best.map { hit(tables[$0.table], $0.row, isNamed: $0.rank < 4, wanted) }, total: found.count
        )
    }

    /// 0 for the name itself, then where it begins so, where a word of it does, where it stands inside, and elsewhere.
    private static func rank(_ name: String, _ wanted: Set<String>) -> Int {
        let name = String(decoding: Folding.fold(name), as: UTF8.self)
        return wanted.map { wanted in
            if name == wanted { return 0 }
            if name.hasPrefix(wanted) { return 1 }
            guard let place = name.firstRange(of: wanted) else { return 4 }
            let before = name[name.index(before: place.lowerBound)]
            return before.isLetter || before.isNumber ? 3 : 2
        }.min() ?? 4
    }

    private func hit(_ table: Table, _ row: Int, isNamed: Bool, _ wanted: Set<String>) -> Hit {
        var field: String?
        if !isNamed {
            let place = table.resource.fields.indices.first { place in
                let text = String(decoding: Folding.fold(table.text(row, place)), as: UTF8.self)
                return wanted.contains { text.contains($0) }
            }
            field = place.map { "\(table.resource.fields[$0].title) \(table.text(row, $0))" }
        }
        return Hit(
            entity: table.refs[row], name: table.name(row), device: table.text(row, FieldKey.device),
            field: field)
    }
}
