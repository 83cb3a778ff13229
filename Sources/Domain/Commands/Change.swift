/// One value that differs between two versions of an entity.
public struct Change: Sendable, Hashable {
    /// What the value is called.
    public var title: String
    /// What it was; empty when it was nothing.
    public var old: String
    /// What it becomes; empty when it becomes nothing.
    public var new: String

    /// Makes a change.
    public init(_ title: String, from old: String, to new: String) {
        self.title = title
        self.old = old
        self.new = new
    }
}
