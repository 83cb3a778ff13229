public import Domain

/// A server's search on the screen.
public struct SearchView: Sendable, Equatable {
    /// What was asked.
    public let search: Search
    /// What was found; nil while the server is being asked.
    public internal(set) var found: Table?
    /// Why it could not be asked.
    public internal(set) var problem: String?
    /// The row under the cursor.
    public internal(set) var focus = 0
}
