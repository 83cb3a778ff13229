public import Domain

/// What a screen is opened on: a pane as another screen had it, and perhaps an entity in it.
public struct Visit: Sendable, Hashable {
    /// The pane with its filter, order and columns; its name is not shown.
    public var view: SavedView
    /// The opened entities, each from the one before.
    public var path: [EntityRef]

    /// Describes a visit.
    public init(_ view: SavedView, path: [EntityRef] = []) {
        self.view = view
        self.path = path
    }
}
