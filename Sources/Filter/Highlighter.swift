public import Domain

/// Finds what an expression matched in a shown text; made once per expression.
public struct Highlighter: Sendable {
    /// Prepares the terms of an expression that ask for text; what it negates is never highlighted.
    public init(_ expression: FilterExpression) {}

    /// The parts of a field's shown text that matched, in order, without overlaps, in whole characters.
    public func ranges(in text: String, of field: FieldKey) -> [Range<String.Index>] { [] }
}
