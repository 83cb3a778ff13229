public import Domain

/// What rows are filtered and sorted for.
public enum Listing: Hashable, Sendable {
    /// A pane of the dashboard.
    case pane(PaneName)
    /// A page of the wallboard, by its place in the profile.
    case page(Int)
}
