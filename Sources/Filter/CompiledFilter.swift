internal import Domain

/// An expression made ready for the rows of one table: names became columns, words became codes.
indirect enum CompiledFilter: Sendable {
    /// Every row, or none.
    case constant(Bool)
    /// A folded text somewhere in the row; with `exact`, also as written in one of its fields.
    case word(folded: [UInt8], exact: [UInt8]?)
    /// A pattern in one of the texts of the row, searched in the folded row.
    case pattern(Regex)
    /// A text column holds a folded text, or is all of it; with `exact`, also as written.
    case text(column: Int, folded: [UInt8], exact: [UInt8]?, isWhole: Bool)
    /// A pattern in a text column as the server wrote it.
    case columnPattern(column: Int, Regex)
    /// One of the words or names of a column passes; a place per code.
    case codes(column: Int, [Bool])
    /// A number lies in a range.
    case integers(column: Int, ClosedRange<Double>)
    case numbers(column: Int, ClosedRange<Double>)
    /// The age of the first of some moments that is there.
    case ages(columns: [Int], now: Int64, ClosedRange<Double>)
    /// A column has no value.
    case absent(column: Int)
    /// The row's entity is in a set.
    case entities(Set<EntityRef>)
    case not(CompiledFilter)
    case all([CompiledFilter])
    case any([CompiledFilter])

    /// What it costs per row, roughly: the cheap tests leave less for the others.
    var cost: Int {
        switch self {
        case .constant: 0
        case .integers, .numbers, .ages, .codes, .absent: 1
        case .entities: 2
        case .word: 3
        case .text: 4
        case .pattern, .columnPattern: 8
        case .not(let inner): inner.cost
        case .all(let terms), .any(let terms): terms.reduce(1) { $0 + $1.cost }
        }
    }

    static func any(of terms: [CompiledFilter]) -> CompiledFilter {
        terms.isEmpty ? .constant(false) : terms.count == 1 ? terms[0] : .any(terms)
    }
}
