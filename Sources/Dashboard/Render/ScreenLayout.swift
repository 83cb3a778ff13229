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
    ///
    /// - Parameter isZoomed: whether tabs and keys are hidden.
    public init(_ size: Size, isZoomed: Bool = false) {
        let hasTabs = size.height >= 10 && !isZoomed
        let hasKeys = size.height >= 8 && !isZoomed
        header = Rect(0, 0, size.width, min(1, size.height))
        tabs = Rect(0, 1, size.width, hasTabs ? 1 : 0)
        keys = Rect(0, size.height - 1, size.width, hasKeys ? 1 : 0)
        message = Rect(0, size.height - 1 - keys.height, size.width, size.height > 1 ? 1 : 0)
        let top = header.height + tabs.height
        body = Rect(0, top, size.width, message.y - top)
    }

    /// The lines of a detail: the body without its title.
    public var detailRows: Int { max(1, body.height - 1) }
}

extension State {
    /// The screen's layout with what the table that has the keys takes of it.
    public var layout: PaneLayout { layout(of: pane.pane.name) }

    /// The screen's layout with what a pane takes of it when it is in front.
    func layout(of pane: PaneName) -> PaneLayout {
        let screen = ScreenLayout(size, isZoomed: isZoomed)
        var body = screen.body
        if hasFilterHint { body = Rect(body.x, body.y, body.width, body.height - 1) }
        guard pane != .overview else {
            return PaneLayout(screen, table: OverviewLayout(body, self).worst)
        }
        let table = Rect(body.x, body.y + 1, body.width, max(0, body.height - 1))
        return PaneLayout(
            screen, table: table, split: splitSide, hasPin: hasPin && !isZoomed, isBelow: pane.isBelow)
    }
}

/// What a pane takes of the screen, besides what every screen has.
public struct PaneLayout: Sendable, Equatable {
    /// The screen.
    public let screen: ScreenLayout
    /// The headings and rows of the current table.
    public let table: Rect
    /// The headings and rows of the first of two tables, or of the only one.
    let upper: Rect
    /// The title, headings and rows of the second table; nil where there is none.
    let lower: Rect?
    /// The detail beside or under it; nil where there is none.
    public let detail: Rect?
    /// The rows of the current table.
    public var rows: Int { max(1, table.height - 1) }
    /// The lines of an opened entity.
    public var detailRows: Int { screen.detailRows }

    init(
        _ screen: ScreenLayout, table: Rect, split: Split.Side? = nil, hasPin: Bool = false,
        isBelow: Bool = false
    ) {
        self.screen = screen
        var upper = table
        switch split {
        case nil: detail = nil
        case .beside:
            let width = max(84, table.width * 55 / 100)
            upper = Rect(table.x, table.y, width, table.height)
            detail = Rect(table.x + width + 1, table.y, table.width - width - 1, table.height)
        case .under:
            let height = table.height * 2 / 5
            upper = Rect(table.x, table.y, table.width, table.height - height)
            detail = Rect(table.x, table.maxY - height, table.width, height)
        }
        if hasPin {
            let height = upper.height * 2 / 5
            let lower = Rect(upper.x, upper.maxY - height, upper.width, height)
            self.lower = lower
            upper = Rect(upper.x, upper.y, upper.width, upper.height - height)
            self.table = isBelow ? Rect(lower.x, lower.y + 1, lower.width, lower.height - 1) : upper
        } else {
            lower = nil
            self.table = upper
        }
        self.upper = upper
    }
}
