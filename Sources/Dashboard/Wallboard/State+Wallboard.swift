import Canvas
import Domain

/// Entering and leaving the wallboard, its keys and its look.
extension State {
    /// Seconds within which leaving has to be asked for a second time.
    private static let leaveWindow = 3.0
    /// Seconds for which a message stays where nobody presses a key.
    static let wallboardMessage = 20.0

    /// Shows the wallboard; from here on nothing can be changed any more, for as long as the process lives.
    mutating func enterWallboard(_ profile: WallboardProfile, isFromDashboard: Bool) -> [Effect] {
        isReadOnly = true
        pendingKeys = []
        wallboard = WallboardState(
            profile, isFromDashboard: isFromDashboard, themeBefore: themeIndex, now: now)
        takeThemes()
        if message != nil { message?.until = now + Self.wallboardMessage }
        makePages()
        learnCustomers()
        beginVigil()
        dressWallboard()
        return showFirstPage()
    }

    /// Shows the wallboard from the dashboard; dialogs that have sent nothing are ended, what was sent goes on.
    mutating func enterWallboard() -> [Effect] {
        var effects: [Effect] = [.seal]
        let open = sessions.values.filter { !$0.wasSent }.map(\.id).sorted()
        for id in open { sessions[id] = nil }
        effects += open.map { .forget(session: $0) }
        // The outcome of what was sent waits below the wallboard.
        let sent = Set(sessions.keys)
        layers.removeAll { layer in (layer as? CommandDialog).map { !sent.contains($0.id) } ?? true }
        effects += cancelLive() ?? []
        message = nil
        return effects + enterWallboard(profile, isFromDashboard: true)
    }

    /// Goes back to the dashboard as it was; without one behind it, ends.
    private mutating func leaveWallboard() -> [Effect] {
        guard let board = wallboard, board.isFromDashboard else { return [.quit] }
        wallboard = nil
        themeIndex = themes.indices.contains(board.themeBefore) ? board.themeBefore : 0
        say(
            .plain, "read-only from here on, for as long as nocturne runs: the wallboard sealed it",
            stays: true)
        scrollIntoView()
        return panes.indices.flatMap { arrange($0) }
    }

    /// Takes a profile that was read anew; the page on the screen stays if it still is one.
    mutating func take(_ profile: WallboardProfile) -> [Effect] {
        self.profile = profile
        guard let board = wallboard else { return [] }
        let page = board.page?.page
        wallboard?.profile = profile
        wallboard?.interrupted = nil
        if board.profile.theme != profile.theme || board.profile.night != profile.night { takeThemes() }
        makePages()
        wallboard?.index = profile.pages.firstIndex { $0 == page } ?? 0
        if board.index != wallboard?.index || !profile.pages.contains(where: { $0 == page }) {
            return showPage(wallboard?.index ?? 0)
        }
        return arrangePages()
    }

    // MARK: Looks

    /// Takes the looks that the profile names, from those that there are now.
    mutating func takeThemes() {
        guard let profile = wallboard?.profile else { return }
        wallboard?.dress = nil
        if let place = themes.firstIndex(where: { $0.name == profile.theme }) { themeIndex = place }
        wallboard?.nightTheme = themes.firstIndex { $0.name == profile.night?.theme }
    }

    /// Whether it is night by the wall clock.
    private var isNight: Bool {
        let time = CivilTime.fields(wall, offset: zone)
        return wallboard?.profile.night?.contains(minute: time.hour * 60 + time.minute) ?? false
    }

    /// Puts on the look of the hour; made anew only when it is another.
    mutating func dressWallboard() {
        guard let board = wallboard else { return }
        let night = isNight
        let place = night ? board.nightTheme ?? themeIndex : themeIndex
        let dress = WallboardState.Dress(theme: place, isDimmed: night && board.nightTheme == nil)
        guard dress != board.dress, themes.indices.contains(place) else { return }
        wallboard?.dress = dress
        wallboard?.look = dress.isDimmed ? themes[place].dimmed : themes[place]
    }

    private mutating func nextTheme() {
        let count = themes.count
        if isNight, let place = wallboard?.nightTheme {
            wallboard?.nightTheme = (place + 1) % count
        } else {
            themeIndex = (themeIndex + 1) % count
        }
        dressWallboard()
        say(.plain, "theme \(theme.name)")
    }

    // MARK: Keys

    /// Takes what one read of the terminal gave while the wallboard is shown: keys alone, and few of them.
    mutating func takeOnWallboard(_ inputs: [Input]) -> [Effect] {
        guard wallboard?.profile.isLocked == false else { return [] }
        var effects: [Effect] = []
        for case .key(let key) in inputs where wallboard != nil { effects += pressOnWallboard(key) }
        return effects
    }

    private mutating func pressOnWallboard(_ key: Key) -> [Effect] {
        let keys = pendingKeys + [key]
        pendingKeys = []
        switch keymap.match(keys, in: [.wallboard]) {
        case .action(.own(let action)):
            if let effects = runOnWallboard(action) { return effects }
            refuse(.own(action), keys)
        case .action(let action): refuse(action, keys)
        case .pending: pendingKeys = keys
        case .none:
            let elsewhere = keymap.match(keys, in: [.table, .detail, .global])
            if case .action(let action) = elsewhere { refuse(action, keys) } else { refuse(nil, keys) }
        }
        return []
    }

    /// Does what can be done on a wallboard; nil for everything else.
    private mutating func runOnWallboard(_ action: OwnAction) -> [Effect]? {
        if action != .close { wallboard?.leaveAskedAt = nil }
        switch action {
        case .nextPage: return turnPage(by: 1)
        case .previousPage: return turnPage(by: -1)
        case .pause: pauseOrGoOn()
        case .themeNext: nextTheme()
        case .redraw: return [.redraw]
        case .close: return askToLeave()
        default: return nil
        }
        return []
    }

    private mutating func pauseOrGoOn() {
        guard let board = wallboard else { return }
        wallboard?.isPaused.toggle()
        if board.isPaused, board.dueAt <= now { wallboard?.dueAt = now + (board.page?.page.dwell ?? 0) }
        say(.plain, board.isPaused ? "the pages turn again" : "paused: this page stays until you go on")
    }

    private mutating func askToLeave() -> [Effect] {
        if let asked = wallboard?.leaveAskedAt, now - asked <= Self.leaveWindow { return leaveWallboard() }
        wallboard?.leaveAskedAt = now
        let key = spelling(.close)
        let seconds = Int(Self.leaveWindow)
        say(.plain, "\(key) once more within \(seconds) seconds leaves the wallboard")
        return []
    }

    /// Says why a key does nothing here, and which do something.
    private mutating func refuse(_ action: Action?, _ keys: [Key]) {
        wallboard?.leaveAskedAt = nil
        let key = keys.map(\.description).joined(separator: " ")
        let what =
            switch action {
            case nil: "\(key) does nothing here"
            case .command: "\(title(of: action ?? .own(.close))): not from a wallboard, it is read-only"
            case .some(let action): "\(title(of: action)): not on a wallboard, it only shows"
            }
        say(
            .plain,
            "\(what); \(spelling(.nextPage)) \(spelling(.previousPage)) turn pages, \(spelling(.pause)) pauses, "
                + "\(spelling(.themeNext)) theme, \(spelling(.close)) \(spelling(.close)) leaves")
    }

    private func spelling(_ action: OwnAction) -> String {
        keymap.spelling(of: .own(action), in: [.wallboard]) ?? "(no key)"
    }
}

extension CommandSession {
    /// Whether anything of it was sent, so that it has to be heard to its end.
    fileprivate var wasSent: Bool {
        switch stage {
        case .sending, .checking, .done: true
        case .opening, .form, .editing, .preparing, .conflicting, .confirming, .repeating: false
        }
    }
}
