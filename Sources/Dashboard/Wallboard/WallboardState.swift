public import Domain
public import Filter

/// The wallboard on the screen: its pages, which of them is shown and until when.
public struct WallboardState: Sendable {
    /// What it shows.
    public internal(set) var profile: WallboardProfile
    /// The pages with their rows, in the order of the profile.
    public internal(set) var pages: [PageState] = []
    /// The place of the page on the screen.
    public internal(set) var index = 0
    /// When the next page is due.
    public internal(set) var dueAt: Instant
    /// Whether the page on the screen stays.
    public internal(set) var isPaused = false
    /// The place of the page that an alert pushed aside, while it does.
    public internal(set) var interrupted: Int?
    /// Whether it was entered from the dashboard, so that leaving it goes back there.
    public let isFromDashboard: Bool
    /// What it keeps an eye on.
    public internal(set) var vigil = Vigil()
    /// What customers are called; empty where they may be read.
    public internal(set) var customers = CustomerNames()

    /// When leaving was asked for; a second time soon after, it is left.
    var leaveAskedAt: Instant?
    /// The look by night, and whether it is night.
    var nightTheme: Int?
    /// The look that is drawn; nil draws the dashboard's own.
    var look: Theme?
    /// What `look` was made from, so that it is made anew only when that changes.
    var dress: Dress?
    /// The look of the dashboard before.
    let themeBefore: Int

    init(_ profile: WallboardProfile, isFromDashboard: Bool, themeBefore: Int, now: Instant) {
        self.profile = profile
        self.isFromDashboard = isFromDashboard
        self.themeBefore = themeBefore
        dueAt = now
    }

    /// The page on the screen.
    public var page: PageState? { pages.indices.contains(index) ? pages[index] : nil }

    /// Which look it wears.
    struct Dress: Equatable {
        let theme: Int
        let isDimmed: Bool
    }
}

/// A page of the wallboard with its rows, which are nobody else's.
public struct PageState: Sendable {
    /// What it shows.
    public let page: WallboardPage
    /// Its rows, filtered and sorted as it says.
    public internal(set) var pane: PaneState
    /// What is wrong with its filter: then every row is shown.
    public internal(set) var remark: FilterRemark?
    /// The devices that pass its filter by site, where it shows them so.
    public internal(set) var sites: [SiteMap]?

    mutating func change(_ change: (inout PaneState) -> Void) { change(&pane) }

    /// What it is called on the screen.
    ///
    /// - Parameter isRedacted: whether the words of a filter might tell too much.
    func title(isRedacted: Bool) -> String {
        if let title = page.title { return title }
        let name: String =
            switch page.view {
            case .overview: "overview"
            case .map: "map"
            case .pane(let name): name.rawValue
            }
        return page.filter.isEmpty || isRedacted ? name : "\(name)  \(page.filter)"
    }
}
