public import Domain

/// What rows are filtered and sorted for.
public enum ArrangedList: Hashable, Sendable {
    /// A pane of the dashboard.
    case pane(PaneName)
    /// A list of the screen in place of the panes, by the screen's own count.
    case list(Int)
}
