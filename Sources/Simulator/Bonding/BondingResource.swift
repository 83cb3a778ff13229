/// A kind of object as the API shows it: its fields, what it says of itself, and what must fit together.
struct BondingResource: Sendable {
    let kind: BondBook.Kind
    /// What OPTIONS calls it.
    let name: String
    let fields: [BondingField]
    /// What can only be judged when all fields are known: complaints by field.
    var check: @Sendable (_ draft: Draft) -> [(field: String, words: String)] = { _ in [] }
    /// What is written beside what the client sent.
    var extra: [String: Input] = [:]

    /// An object as it would be after a change.
    struct Draft: Sendable {
        let fields: [String: Input]
        /// The fields that the client gave.
        let given: Set<String>
        /// What it was before; nil for a new one.
        let old: BondBook.Record?
        /// The object that it is part of.
        let owner: Int
        let view: BondView
    }

    /// The columns of a list.
    let columns: [Column<BondingRow>]

    init(
        _ kind: BondBook.Kind, _ name: String, extra: [String: Input] = [:], _ fields: [BondingField],
        check: @escaping @Sendable (_ draft: Draft) -> [(field: String, words: String)] = { _ in [] }
    ) {
        self.kind = kind
        self.name = name
        self.fields = fields
        self.extra = extra
        self.check = check
        columns = fields.filter(\.isShown).map { field in
            Column(field.name, in: .v3) { field.value(of: $0) }
        }
    }

    func object(_ row: BondingRow) -> Value { Column.object(row, columns) }

    /// The fields for a form, as OPTIONS lists them.
    var description: Value { .object(fields.map { .init($0.name, $0.description) }) }
}

/// Where a column of the bonding API appears.
extension Shapes {
    static let v3 = Shapes(rawValue: 1)
}
