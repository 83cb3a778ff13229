public import Domain

/// The wallboard on the screen: which page, since when.
public struct WallboardState: Sendable {
    /// What it shows.
    public internal(set) var profile: WallboardProfile
    /// The place of the page on the screen among the profile's.
    public internal(set) var index = 0
    /// When the next page is due.
    public internal(set) var dueAt: Instant
    /// Whether it was entered from the dashboard, so that leaving it goes back there.
    public let isFromDashboard: Bool

    init(_ profile: WallboardProfile, isFromDashboard: Bool, now: Instant) {
        self.profile = profile
        self.isFromDashboard = isFromDashboard
        dueAt = now + (profile.pages.first?.dwell ?? 0)
    }

    /// The page on the screen.
    public var page: WallboardPage { profile.pages[index] }
}
