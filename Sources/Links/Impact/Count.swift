/// A number, as far as it is known.
public enum Count: Sendable, Hashable {
    /// All that feeds it is fresh and complete.
    case exactly(Int)
    /// So many are known, and there may be more; never 0.
    case atLeast(Int)
    /// None is known, and there may be some.
    case unknown

    /// A count of what was found.
    init(_ number: Int, isComplete: Bool) {
        self = isComplete ? .exactly(number) : number == 0 ? .unknown : .atLeast(number)
    }

    /// The least that it is; nil where nothing is known.
    public var least: Int? {
        switch self {
        case .exactly(let number), .atLeast(let number): number
        case .unknown: nil
        }
    }

    /// The number where it is certain; nil otherwise, as exports give it.
    public var exact: Int? { if case .exactly(let number) = self { number } else { nil } }

    /// `41`, `41+`, `?`.
    public var words: String {
        switch self {
        case .exactly(let number): "\(number)"
        case .atLeast(let number): "\(number)+"
        case .unknown: "?"
        }
    }
}
