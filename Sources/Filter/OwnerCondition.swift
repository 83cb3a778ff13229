/// The condition that somebody has claimed a row, as its word in an expression and in the context's sets: `owner:ana`.
public struct OwnerCondition: Sendable, Hashable {
    /// What was written, in small letters.
    public let name: String
    /// Whether it is the whole name, and not a part of it.
    public let isWhole: Bool

    init(_ name: String, isWhole: Bool) {
        self.name = name
        self.isWhole = isWhole
    }

    /// Reads the word of a condition; nil for any other.
    public init?(word: String) {
        guard word.hasPrefix(FilterVocabulary.owner), let sign = word.dropFirst(5).first, ":=".contains(sign)
        else {
            return nil
        }
        self.init(String(word.dropFirst(6)), isWhole: sign == "=")
    }

    /// The word of the condition.
    public var word: String { "\(FilterVocabulary.owner)\(isWhole ? "=" : ":")\(name)" }

    /// Whether somebody is meant, by the login name or with the machine behind it.
    public func means(_ user: String, at host: String) -> Bool {
        let (user, whole) = (user.lowercased(), "\(user)@\(host)".lowercased())
        return isWhole ? user == name || whole == name : whole.contains(name)
    }
}

extension FilterExpression {
    /// The words of its conditions, negated or not.
    public var conditions: Set<String> {
        switch self {
        case .condition(let word): [word]
        case .not(let inner): inner.conditions
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.conditions) }
        case .everything, .text, .pattern, .field, .backend: []
        }
    }
}
