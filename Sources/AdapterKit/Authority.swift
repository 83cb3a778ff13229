/// Whether an account or token may change anything at its server, as far as reading shows it.
public struct Authority: Sendable, Hashable {
    /// Whether it may; nil where the server does not say it without being changed.
    public var mayChange: Bool?
    /// What that was judged by, or why it is not known, in words.
    public var words: String

    /// Makes a judgement.
    public init(_ mayChange: Bool?, _ words: String) {
        self.mayChange = mayChange
        self.words = words
    }
}
