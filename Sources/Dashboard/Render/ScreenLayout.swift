import Domain
public import Canvas

/// Which rows of the screen belong to what; the same for everything that is drawn or scrolled.
public struct ScreenLayout: Sendable, Equatable {
    /// The header line.
    public let header: Rect
    /// The line of panes; empty on low screens.
    public let tabs: Rect
    /// Everything between.
    public let body: Rect
    /// The message line.
    public let message: Rect
    /// The key line; empty on very low screens.
    public let keys: Rect

    /// Lays out a screen; a low one loses the tab line, then the key line, never the header.
    public init(_ size: Size) {
        let hasTabs = size.height >= 10
        let hasKeys = size.height >= 8
        header = Rect(0, 0, size.width, min(1, size.height))
        tabs = Rect(0, 1, size.width, hasTabs ? 1 : 0)
        keys = Rect(0, size.height - 1, size.width, hasKeys ? 1 : 0)
        message = Rect(0, size.height - 1 - keys.height, size.width, size.height > 1 ? 1 : 0)
        let top = header.height + tabs.height
        body = Rect(0, top, size.width, message.y - top)
    }

    /// The rows of a table: the body without its title and its headings.
    public var tableRows: Int { max(1, body.height - 2) }
    /// The lines of a detail: the body without its title.
    public var detailRows: Int { max(1, body.height - 1) }
}

extension State {
    /// The screen's layout with what the pane in front takes of it.
    public var layout: PaneLayout { layout(of: place.pane) }

    /// The screen's layout with what a pane takes of it when it is in front.
    func layout(of pane: PaneName) -> PaneLayout {
        let screen = ScreenLayout(size)
        let worst = pane == .overview ? OverviewLayout(screen.body, sites: map.count).worst.height : nil
        return PaneLayout(screen: screen, rows: max(1, worst.map { $0 - 1 } ?? screen.tableRows))
    }
}

/// A screen's layout, and the rows of the table in front.
public struct PaneLayout: Sendable, Equatable {
    /// The screen.
    public let screen: ScreenLayout
    /// The rows of the table in front.
    public let rows: Int
    /// The lines of an opened entity.
    public var detailRows: Int { screen.detailRows }
}
