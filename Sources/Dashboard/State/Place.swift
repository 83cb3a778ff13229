public import Domain

/// Where the operator is: a pane, and perhaps an entity opened in it.
public struct Place: Sendable, Hashable {
    /// The pane.
    public var pane: PaneName
    /// The opened entities, each from the one before.
    public var path: [EntityRef] = []
}

/// An opened entity.
public struct DetailState: Sendable, Equatable {
    /// The entity.
    public let entity: EntityRef
    /// What it is called.
    public internal(set) var title: String
    /// What the server says, as far as it arrived; nil while nothing did.
    public internal(set) var detail: Detail?
    /// Why the server could not say it.
    public internal(set) var problem: BackendError?
    /// When the whole answer arrived.
    public internal(set) var arrivedAt: Instant?
    /// Rows of other tables that name the entity.
    public internal(set) var related: [Detail.Section] = []
    /// The lines that were unfolded, by the entity that they lead to.
    public internal(set) var branches: [EntityRef: Branch] = [:]
    /// What the equipment itself was asked; nil when it never was.
    public internal(set) var live: LiveQuestion?
    /// The line under the cursor.
    public internal(set) var focus = 0
    /// The first line on the screen.
    public internal(set) var top = 0
    /// What is looked for in its lines; nil when nothing is.
    public internal(set) var find: Find?
    /// Whether the server is being asked.
    public internal(set) var isAsking = false
    /// Whether it is to be asked once more when it has answered.
    var asksAgain = false
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
