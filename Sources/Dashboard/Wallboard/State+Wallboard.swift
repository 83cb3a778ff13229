import Domain

extension State {
    /// Shows the wallboard; from here on nothing can be changed any more.
    mutating func enterWallboard(_ profile: WallboardProfile, isFromDashboard: Bool) {
        isReadOnly = true
        wallboard = WallboardState(profile, isFromDashboard: isFromDashboard, now: now)
    }

    /// Shows the page so many places further on.
    mutating func turnPage(by step: Int) {
        guard let board = wallboard else { return }
        let count = board.profile.pages.count
        let index = (board.index + step % count + count) % count
        wallboard?.index = index
        wallboard?.dueAt = now + board.profile.pages[index].dwell
    }

    /// Takes a profile that was read anew.
    mutating func take(_ profile: WallboardProfile) {
        self.profile = profile
        guard let board = wallboard else { return }
        wallboard = WallboardState(profile, isFromDashboard: board.isFromDashboard, now: now)
    }
}
