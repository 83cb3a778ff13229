public import Domain

/// What an operator looks for, as a value.
///
/// `FilterExpression.parse` makes it from text and `description` writes it back; `Arrangement` applies it.
public indirect enum FilterExpression: Equatable, Sendable {
    /// Every row.
    case everything
    /// Rows with a text somewhere in a text field.
    case text(FilterText)
    /// Rows with a text field that a regular expression matches.
    case pattern(FilterPattern)
    /// Rows whose field passes a test.
    case field(FieldKey, FieldTest)
    /// Rows of the backends whose name is this, or else begins with it.
    case backend(String)
    /// Rows in a condition: `acked`, `down`, or a set of entities that the context names, as `marked`.
    case condition(String)
    /// Rows that don't pass.
    case not(FilterExpression)
    /// Rows that pass all of them.
    case all([FilterExpression])
    /// Rows that pass at least one of them.
    case any([FilterExpression])

    /// Both of two expressions.
    public func and(_ other: FilterExpression) -> FilterExpression {
        switch (self, other) {
        case (.everything, _): other
        case (_, .everything): self
        case (.all(let these), .all(let those)): .all(these + those)
        case (.all(let these), _): .all(these + [other])
        case (_, .all(let those)): .all([self] + those)
        default: .all([self, other])
        }
    }
}

/// Text to look for; with an upper-case letter it is looked for as written, else in any case.
public struct FilterText: Hashable, Sendable {
    /// As the operator wrote it.
    public let text: String
    /// Whether upper and lower case differ.
    public let matchesCase: Bool

    /// Makes a text to look for.
    public init(_ text: String) {
        self.text = text
        matchesCase = Folding.hasUpperCase(text)
    }
}

/// A test of one field.
public enum FieldTest: Hashable, Sendable {
    /// `field:value`: its text holds this; a number is equal to it.
    case contains(FilterText)
    /// `field:/re/`.
    case matches(FilterPattern)
    /// `field=value`: its text is this, all of it; a number is equal to it. An empty text is no value.
    case equals(FilterText)
    /// `field>10M`, `sev>=warning`, `since<1h`: by number, by badness, or by the age of a moment.
    case compares(FilterComparison, String)
}

/// How a field is compared.
public enum FilterComparison: String, Hashable, Sendable, CaseIterable {
    /// The signs, as they are written.
    case less = "<"
    /// At most.
    case lessOrEqual = "<="
    /// More than.
    case greater = ">"
    /// At least.
    case greaterOrEqual = ">="
}
