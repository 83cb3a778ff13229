public import Domain

/// Where the operator is: a pane, and perhaps an entity opened in it.
public struct Place: Sendable, Hashable {
    /// The pane.
    public var pane: PaneName
    /// The opened entities, each from the one before.
    public var path: [EntityRef] = []
}

/// A message on the message line.
public struct Message: Sendable, Equatable {
    /// How it is meant.
    public enum Tone: Sendable, Equatable { case plain, good, bad }
    /// How it is meant.
    public var tone: Tone
    /// What it says.
    public var words: String
    /// When it goes away by itself; without a time it stays until the next key.
    public var until: Instant?
}
