/// What the form of a command asks, and what it begins with.
public struct Opening: Sendable, Hashable {
    /// An answer per field, and what is carried.
    public var values: [FieldKey: Value]
    /// The questions; nil where the descriptor's own are meant.
    public var form: [FormField]?

    /// Makes an opening.
    public init(values: [FieldKey: Value] = [:], form: [FormField]? = nil) {
        self.values = values
        self.form = form
    }
}
