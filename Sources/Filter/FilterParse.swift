/// What became of a text that an operator writes into a filter.
public enum FilterParse: Equatable, Sendable {
    /// It says this.
    case finished(FilterExpression)
    /// It will say something when it goes on: a quote, bracket or slash is open, or a value is missing.
    case unfinished(FilterRemark)
    /// It says nothing that can be understood.
    case failed(FilterRemark)

    /// The expression of a finished text.
    public var expression: FilterExpression? {
        if case .finished(let expression) = self { expression } else { nil }
    }
}

/// What is to be said about a place in a filter.
public struct FilterRemark: Error, Hashable, Sendable {
    /// How many characters stand before the place.
    public var column: Int
    /// What is wrong there and what to do.
    public var words: String

    /// Makes a remark.
    public init(column: Int, words: String) {
        self.column = column
        self.words = words
    }
}
