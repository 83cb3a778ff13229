internal import Domain

extension FilterExpression {
    /// Whether every row that passes this also passes another; false where that can't be told from the words.
    ///
    /// While an operator types, each filter narrows the one before it, so that only what is left must be searched.
    public func narrows(_ other: FilterExpression) -> Bool {
        if self == other { return true }
        switch (self, other) {
        case (_, .everything): return true
        case (_, .all(let terms)): return terms.allSatisfy(narrows)
        case (.any(let terms), _): return terms.allSatisfy { $0.narrows(other) }
        case (.all(let terms), _) where terms.contains { $0.narrows(other) }: return true
        case (_, .any(let terms)): return terms.contains(where: narrows)
        case (.not(let mine), .not(let theirs)): return theirs.narrows(mine)
        case (.text(let mine), .text(let theirs)): return mine.narrows(theirs)
        default: return false
        }
    }

    /// Whether it compares ages, so that its rows change while time goes on.
    var dependsOnTime: Bool {
        switch self {
        case .field(_, .compares): true
        case .not(let inner): inner.dependsOnTime
        case .all(let terms), .any(let terms): terms.contains(where: \.dependsOnTime)
        case .everything, .text, .pattern, .field, .backend, .condition: false
        }
    }
}

extension FilterText {
    /// Whether every text that holds this holds another.
    func narrows(_ other: FilterText) -> Bool {
        if other.matchesCase {
            return matchesCase && Bytes.contains(Array(text.utf8), Array(other.text.utf8))
        }
        return Bytes.contains(Folding.fold(text), Folding.fold(other.text))
    }
}
