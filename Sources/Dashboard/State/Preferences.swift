public import Domain

/// What the operator arranged and finds again the next time.
public struct Preferences: Sendable, Hashable {
    /// The saved views, in the order of their names.
    public private(set) var views: [SavedView] = []
    /// How panes were arranged.
    public private(set) var panes: [PaneName: PaneChoice] = [:]
    /// The name of the theme that was chosen; nil where the configuration's is used.
    public private(set) var theme: String?
    /// The rows that are hidden for a while, in the order in which they were.
    public private(set) var snoozes: [Snooze] = []

    /// Nothing yet.
    public init() {}

    /// One thing that changed: what is written down is the change, so that two dashboards don't undo each other's.
    public enum Change: Sendable, Hashable {
        /// A view was saved, or replaced under its name.
        case save(SavedView)
        /// A view was removed.
        case remove(String)
        /// A pane was arranged.
        case arrange(PaneName, PaneChoice)
        /// A theme was chosen; nil uses the configuration's.
        case theme(String?)
        /// A row was hidden for a while.
        case snooze(Snooze)
        /// A row that was hidden is shown again.
        case wake(Snooze)
    }

    /// Takes a change.
    public mutating func apply(_ change: Change) {
        switch change {
        case .save(let view):
            views.removeAll { $0.name == view.name }
            let place = views.firstIndex { $0.name > view.name } ?? views.count
            views.insert(view, at: place)
        case .remove(let name): views.removeAll { $0.name == name }
        case .arrange(let pane, let choice): panes[pane] = choice
        case .theme(let name): theme = name
        case .snooze(let snooze):
            snoozes.removeAll { $0.isOf(snooze) }
            // A file may hold more than this program ever wrote.
            snoozes = snoozes.suffix(Snooze.limit - 1) + [snooze]
        case .wake(let snooze): snoozes.removeAll { $0.isOf(snooze) }
        }
    }
}

/// How a pane is arranged.
public struct PaneChoice: Sendable, Hashable {
    /// The levels of its order; nil is the pane's own.
    public var order: [SortKey]?
    /// Its columns; nil shows the usual ones.
    public var columns: [ColumnChoice]?

    /// Describes an arrangement.
    public init(order: [SortKey]? = nil, columns: [ColumnChoice]? = nil) {
        self.order = order
        self.columns = columns
    }
}

/// A filter with an order and columns, under a name.
public struct SavedView: Sendable, Hashable {
    /// What it is called.
    public var name: String
    /// The pane that it is of.
    public var pane: PaneName
    /// The filter as it was typed.
    public var filter: String
    /// Whether only problems are shown, and whether what is acknowledged is hidden.
    public var problemsOnly: Bool, hidesAcknowledged: Bool
    /// The name of the one backend that is shown; nil shows all.
    public var backend: String?
    /// How the pane is arranged.
    public var choice: PaneChoice

    /// Describes a view.
    public init(
        name: String, pane: PaneName, filter: String, problemsOnly: Bool = false,
        hidesAcknowledged: Bool = false, backend: String? = nil, choice: PaneChoice = PaneChoice()
    ) {
        self.name = name
        self.pane = pane
        self.filter = filter
        self.problemsOnly = problemsOnly
        self.hidesAcknowledged = hidesAcknowledged
        self.backend = backend
        self.choice = choice
    }
}
