package import Canvas
package import Dashboard
package import Domain
package import Filter

/// The wallboard on the screen: its pages, which of them is shown and until when.
package struct WallboardScreen: Sendable {
    /// What it shows.
    package private(set) var profile: WallboardProfile
    /// The pages with their rows, in the order of the profile.
    package internal(set) var pages: [PageState] = []
    /// The place of the page on the screen.
    package internal(set) var index = 0
    /// When the next page is due.
    package internal(set) var dueAt: Instant
    /// Whether the page on the screen stays.
    package internal(set) var isPaused = false
    /// The place of the page that an alert pushed aside, while it does.
    package internal(set) var interrupted: Int?
    /// Whether it was entered from the dashboard, so that leaving it goes back there.
    package let isFromDashboard: Bool
    /// The alerts that it knows, and since when it is quiet.
    package internal(set) var watch = WallboardWatch()
    /// What customers are called; empty where they may be read.
    package private(set) var customers = CustomerNames()

    /// When leaving was asked for; a second time soon after, it is left.
    var leaveAskedAt: Instant?
    /// The theme by night.
    var nightTheme: Int?
    /// The theme that is drawn with; nil draws with the dashboard's own.
    package private(set) var theme: Theme?
    /// What `theme` was made from, so that it is made again only when that changes.
    private var look: Look?
    /// The theme of the dashboard before.
    let themeBefore: Int

    init(_ profile: WallboardProfile, isFromDashboard: Bool, themeBefore: Int, now: Instant) {
        self.profile = profile
        self.isFromDashboard = isFromDashboard
        self.themeBefore = themeBefore
        dueAt = now
    }

    /// The page on the screen.
    package var page: PageState? { pages.indices.contains(index) ? pages[index] : nil }

    /// The numbers that every page shows.
    package func headline(_ state: State) -> Headline { Headline(state, watch.counts) }

    /// Which theme is drawn with, and how bright.
    private struct Look: Equatable {
        let theme: Int
        let isDimmed: Bool
    }
}

extension WallboardScreen: Screen {
    package var rows: PaneState? { page?.pane }
    package var contexts: [KeyContext] { [.wallboard] }
    package var isLocked: Bool { profile.isLocked }
    package var isRedacted: Bool { !profile.redaction.isEmpty }

    package mutating func start(in state: inout State) -> [Effect] {
        findThemes(in: &state)
        makePages(state)
        learnCustomers(state)
        startWatch(state)
        applyTheme(state)
        return showFirstPage(state)
    }

    package mutating func update(after event: Event, in state: inout State) -> [Effect] {
        var effects: [Effect] = []
        switch event {
        case .pageTurned: effects += turnPage(by: 1, state)
        case .probed(_, .success): makePages(state)
        default: break
        }
        watch.hear(event)
        watch.count(state)
        learnCustomers(state)
        effects += arrangePages(state, reading: event.readKind)
        let new = watch.newCriticals(state)
        watch.load(event, state)
        if !new.isEmpty { effects += interrupt(for: new, state) }
        effects += turnDuePage(state)
        judgeQuiet(state)
        applyTheme(state)
        return effects
    }

    package mutating func reload(_ reloaded: Reloaded, in state: inout State) -> [Effect] {
        if !reloaded.themes.isEmpty { findThemes(in: &state) }
        guard let new = reloaded.profile as? WallboardProfile, new != profile else { return [] }
        let (old, before, page) = (profile, index, page?.page)
        profile = new
        interrupted = nil
        if old.theme != new.theme || old.night != new.night { findThemes(in: &state) }
        makePages(state)
        // The page on the screen stays if it still is one.
        let place = new.pages.firstIndex { $0 == page }
        index = place ?? 0
        return place == nil || index != before ? showPage(index, state) : arrangePages(state)
    }

    package func draw(_ state: State) -> Frame { WallboardPicture(state: state, board: self).frame }

    /// Takes everything that is there for known, as when the wallboard is entered.
    private mutating func startWatch(_ state: State) {
        watch.start(state)
        judgeQuiet(state)
    }

    private mutating func judgeQuiet(_ state: State) { watch.judgeQuiet(headline(state), state) }

    private mutating func learnCustomers(_ state: State) {
        guard profile.redaction.contains(.customers) else {
            if !customers.tables.isEmpty { customers = CustomerNames() }
            return
        }
        let naming = CustomerNames.tables(in: state)
        if naming != customers.tables { customers = CustomerNames(naming, after: customers) }
    }

    // MARK: Themes

    /// Finds the themes that the profile names among those that there are now.
    private mutating func findThemes(in state: inout State) {
        look = nil
        if let place = state.themes.firstIndex(where: { $0.name == profile.theme }) {
            state.chooseTheme(place)
        }
        nightTheme = state.themes.firstIndex { $0.name == profile.night?.theme }
    }

    /// Whether it is night by the wall clock.
    private func isNight(_ state: State) -> Bool {
        let time = CivilTime.fields(state.wall, offset: state.zone)
        return profile.night?.hours.contains(minute: time.hour * 60 + time.minute) ?? false
    }

    /// Draws with the theme of the hour from now on; made again only when it is another.
    private mutating func applyTheme(_ state: State) {
        let isNight = isNight(state)
        let place = isNight ? nightTheme ?? state.themeIndex : state.themeIndex
        let look = Look(theme: place, isDimmed: isNight && nightTheme == nil)
        guard look != self.look, state.themes.indices.contains(place) else { return }
        self.look = look
        theme = look.isDimmed ? state.themes[place].dimmed : state.themes[place]
    }

    /// Draws with the next theme, by day or by night.
    mutating func chooseNextTheme(in state: inout State) {
        let count = state.themes.count
        if isNight(state), let place = nightTheme {
            nightTheme = (place + 1) % count
        } else {
            state.chooseTheme((state.themeIndex + 1) % count)
        }
        applyTheme(state)
        state.showMessage(.plain, "theme \(theme?.name ?? "")")
    }
}

extension Event {
    /// The kind whose rows were read as a whole.
    fileprivate var readKind: ResourceKind? {
        if case .refreshed(_, let kind, .success) = self { kind } else { nil }
    }
}

/// A page of the wallboard with its rows, which are nobody else's.
package struct PageState: Sendable {
    /// What it shows.
    package let page: WallboardPage
    /// Its rows, filtered and sorted as it says.
    package internal(set) var pane: PaneState
    /// What is wrong with its filter: then every row is shown.
    package internal(set) var remark: FilterRemark?
    /// The devices that pass its filter by site, where it shows them so.
    package internal(set) var sites: [SiteMap]?

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
