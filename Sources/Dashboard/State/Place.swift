public import Domain

/// Where the operator is: a pane, and perhaps an entity opened in it.
public struct Place: Sendable, Hashable {
    /// The pane.
    public var pane: PaneName
    /// The opened entities, each from the one before.
    public var path: [EntityRef] = []
}
