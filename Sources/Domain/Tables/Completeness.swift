/// How much of a resource arrived.
public enum Completeness: Sendable, Hashable {
    /// All of it.
    case complete
    /// A part; the words say which, as in `ports of 310 of 10,000 devices`.
    case partial(String)
}

extension Completeness {
    /// What both say: complete only where both are.
    public func and(_ other: Completeness) -> Completeness {
        switch (self, other) {
        case (.complete, _): other
        case (_, .complete): self
        case (.partial(let words), .partial(let more)): words == more ? self : .partial("\(words); \(more)")
        }
    }
}

extension Table {
    /// Whether its rows have every field that decides; the words say which rows don't, as in `29 of 30 devices have no
    /// status`.
    ///
    /// Walks the columns of fields that decide, for use off the main thread.
    public var decidedness: Completeness {
        var lacking: [String] = []
        for (place, field) in resource.fields.enumerated() where field.decides {
            let rows = columns[place].rowsWithoutValue
            guard rows > 0 else { continue }
            let title = field.key.rawValue.replacing("_", with: " ")
            lacking.append(
                rows == count
                    ? "no \(title) of the \(resource.plural) is known"
                    : "\(title) of \(Quantity.count(rows)) of \(Quantity.count(count)) \(resource.plural) is not known"
            )
        }
        return lacking.isEmpty ? .complete : .partial(lacking.joined(separator: "; "))
    }
}

extension Column {
    /// How many rows have no value.
    fileprivate var rowsWithoutValue: Int {
        switch storage {
        case .text: (1..<max(1, ends.count)).count { ends[$0] == ends[$0 - 1] }
        case .words, .refs: codes.count { $0 == Self.noWord }
        case .integers: integers.count { $0 == Self.noInteger }
        case .numbers: numbers.count { $0.isNaN }
        }
    }
}
