public import Dashboard
public import Domain

/// What a wallboard shows and how: a playlist of pages, and what visitors must not read.
public struct WallboardProfile: Sendable, Hashable {
    /// What it is called in the configuration.
    public let name: String
    /// The pages in the order in which they are shown; never empty.
    public let pages: [WallboardPage]
    /// The look by day; nil keeps the one in use.
    public var theme: String?
    /// When the screen is darker; nil never makes it so.
    public var night: NightHours?
    /// What is not shown to those who pass by.
    public var redaction: Set<Redaction>
    /// Whether no key does anything: then only signals end it.
    public var isLocked: Bool
    /// Seconds after which everything moves by a cell, so that nothing burns in; 0 never moves it.
    public var shiftEvery: Double

    /// Describes a wallboard; without a page it has those of `standard`.
    public init(
        name: String, pages: [WallboardPage] = [], theme: String? = nil, night: NightHours? = nil,
        redaction: Set<Redaction> = [], isLocked: Bool = false, shiftEvery: Double = 240
    ) {
        self.name = name
        self.pages = pages.isEmpty ? Self.standardPages : pages
        self.theme = theme
        self.night = night
        self.redaction = redaction
        self.isLocked = isLocked
        self.shiftEvery = shiftEvery
    }

    /// The one that needs no configuration: everything that is wrong, and the map.
    public static let standard = WallboardProfile(name: "standard")

    private static let standardPages: [WallboardPage] = [
        WallboardPage(.overview),
        // The overview has the worst; here is what happened last.
        WallboardPage(
            .pane(.alerts), title: "latest alerts", filter: "is:open",
            order: [SortKey(.since, descending: true)]),
        WallboardPage(.pane(.devices), title: "devices with problems", filter: "is:problem", needsRows: true),
        WallboardPage(.pane(.bonds), title: "bonds with problems", filter: "is:problem", needsRows: true),
        WallboardPage(.map),
    ]
}

extension WallboardProfile: ScreenProfile {
    /// The wallboard before it starts.
    public func screen(isFromDashboard: Bool, in state: State) -> any Screen {
        WallboardScreen(
            self, isFromDashboard: isFromDashboard, themeBefore: state.themeIndex, now: state.now)
    }
}

/// One page of a wallboard.
public struct WallboardPage: Sendable, Hashable {
    /// What a page shows.
    public enum View: Sendable, Hashable {
        /// The servers, where something is wrong, and the worst alerts.
        case overview
        /// One cell for each device.
        case map
        /// The rows of a pane.
        case pane(PaneName)
    }

    /// What it shows.
    public let view: View
    /// What it is called on the screen; nil takes its pane's name and its filter.
    public var title: String?
    /// Which rows it shows, in the filter language; empty shows all.
    public var filter: String
    /// How its rows are sorted; empty sorts them as the pane does.
    public var order: [SortKey]
    /// Seconds until the next page.
    public var dwell: Double
    /// Whether it is left out while it has no row, or none is known.
    public var needsRows: Bool

    /// Describes a page.
    public init(
        _ view: View, title: String? = nil, filter: String = "", order: [SortKey] = [], dwell: Double = 20,
        needsRows: Bool = false
    ) {
        self.view = view
        self.title = title
        self.filter = filter
        self.order = order
        self.dwell = dwell
        self.needsRows = needsRows
    }
}

/// When, by the wall clock, a wallboard is darker, and how.
public struct NightHours: Sendable, Hashable {
    /// When it is night.
    public let hours: HoursOfDay
    /// The look by night; nil darkens the one by day.
    public let theme: String?

    /// Describes a night, from one minute of the day to another.
    public init(from: Int, to: Int, theme: String? = nil) {
        hours = HoursOfDay(from: from, to: to)
        self.theme = theme
    }
}

/// What a wallboard can keep from visitors; the raw value is the word in the configuration.
public enum Redaction: String, CaseIterable, Sendable {
    /// Who the customers are.
    case customers
    /// IP and MAC addresses, wherever they stand.
    case addresses
    /// What people wrote.
    case notes
}
