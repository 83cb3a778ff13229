/// How an API prints JSON: the white space, the escapes, and what becomes of a database's values.
struct JSONStyle: Sendable {
    /// What becomes of the values of a row.
    enum Scalars: Sendable {
        /// Everything is a string.
        case quoted
        /// Numbers are numbers, flags are 0 and 1, times have no zone.
        case raw
        /// Flags are booleans and times are UTC with a `Z`.
        case cast
    }

    var scalars: Scalars
    var isPretty: Bool
    var escapesSlashes: Bool
    var escapesNonASCII: Bool
    /// Seconds east of UTC of the server's clock, for times without a zone.
    var zone: Int

    func with(_ scalars: Scalars) -> JSONStyle {
        var style = self
        style.scalars = scalars
        return style
    }
}
