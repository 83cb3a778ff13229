/// One cell of an answer, before a dialect decides how it is written.
///
/// A dialect that knows only strings writes `"1"` where another writes `1` or `true`; the world and the
/// tables of columns know nothing of it.
enum Value: Sendable {
    case null
    case integer(Int)
    /// A counter, which may be beyond what a signed number holds.
    case unsigned(UInt64)
    case flag(Bool)
    /// A number with two digits after the point, in hundredths.
    case hundredths(Int)
    /// A DECIMAL of a database, which most servers print as a string.
    case decimal(String)
    case text(String)
    /// A moment, in Unix seconds.
    case time(Int)
    /// A number that the server computes rather than reads: it stays a number in every dialect.
    case computed(Int)
    /// A computed number as it is to be printed, for those with a fraction.
    case literal(String)
    case list([Value])
    case object([Member])
    /// Rows that are made while they are written.
    case rows(Rows)

    /// One key of an object and what it holds.
    struct Member: Sendable {
        let key: String
        let value: Value

        init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// `null` when there is no text.
    static func text(orNull text: String?) -> Value { text.map(Value.text) ?? .null }

    /// `null` when there is no number.
    static func integer(orNull number: Int?) -> Value { number.map(Value.integer) ?? .null }
}

/// A list of records that writes itself, so that a long one is never held as values.
struct Rows: Sendable {
    let count: Int
    let write: @Sendable (inout JSONWriter) -> Void
}
