import Domain
import Filter

/// The rows of the wallboard's pages, and which page is shown when.
extension State {
    /// Makes the pages of the profile for what the backends offer, keeping the rows of those that stay.
    mutating func makePages() {
        guard let board = wallboard else { return }
        let pages = board.profile.pages.map { page in
            let pane = pane(of: page.view)
            var made = PageState(page: page, pane: PaneState(pane))
            if !page.order.isEmpty { made.pane.order = page.order }
            let vocabulary = FilterVocabulary(
                backends.flatMap(\.resources).filter { pane.kinds.contains($0.kind) },
                backends: backends.map(\.name))
            switch FilterExpression.parse(page.filter, vocabulary) {
            case .finished(let filter): made.pane.filter = filter
            case .unfinished(let remark), .failed(let remark): made.remark = remark
            }
            if let old = board.pages.first(where: { $0.page == page && $0.pane.pane == pane }) {
                made.pane = old.pane
                made.pane.asked = nil
                made.sites = old.sites
            }
            // No answer to a question of an earlier page may be taken for one to this.
            made.pane.question = (board.pages.map(\.pane.question).max() ?? 0) + 1
            return made
        }
        wallboard?.pages = pages
        wallboard?.index = min(board.index, max(0, board.profile.pages.count - 1))
    }

    private func pane(of view: WallboardPage.View) -> Pane {
        let name: PaneName =
            switch view {
            case .overview: .alerts
            case .map: .devices
            case .pane(let name): name
            }
        return panes.first { $0.pane.name == name }?.pane
            ?? Pane(Pane.Usual(name: name, columns: [], sticky: 1, order: []), resources: [], nil)
    }

    /// Filters and sorts the rows of pages that are on the screen or decide what is; others wait until they are.
    ///
    /// - Parameter kind: what was read, so that filters that depend on the time are asked again.
    mutating func arrangePages(_ kind: ResourceKind? = nil) -> [Effect] {
        guard let board = wallboard else { return [] }
        var effects: [Effect] = []
        for (place, page) in board.pages.enumerated() where isWanted(place) {
            guard page.pane.asked == nil else { continue }
            let ages =
                kind.map { page.pane.filter != .everything && page.pane.pane.kinds.contains($0) } ?? false
            if ages || tables(of: page.pane) != page.pane.arrangement.tables {
                effects += arrange(.page(place))
            }
        }
        return effects
    }

    private func isWanted(_ place: Int) -> Bool {
        guard let board = wallboard, board.pages.indices.contains(place) else { return false }
        let page = board.pages[place].page
        // The map of all devices is kept anyway.
        if page.view == .map, page.filter.isEmpty { return false }
        return place == board.index || page.needsRows || page.view == .pane(.alerts)
    }

    /// Takes the rows of a page; nobody moves in them, so they are shown from the first on.
    mutating func showRows(_ arrangement: Arrangement, onPage place: Int) {
        guard let pane = wallboard?.pages[place].pane, arrangement.request.filter == pane.filter,
            arrangement.request.order == pane.order
        else { return }
        wallboard?.pages[place].pane.arrangement = arrangement
        if wallboard?.pages[place].page.view == .map {
            let sites = SiteMap.all(arrangement, lateness: lateness)
            wallboard?.pages[place].sites = sites
        }
    }

    // MARK: Turning pages

    /// Shows the first page that is not left out.
    mutating func showFirstPage() -> [Effect] {
        var effects = arrangePages()
        if let first = wallboard?.pages.firstIndex(where: isShown) {
            effects += showPage(first)
        } else {
            effects += showPage(0)
        }
        return effects
    }

    /// Shows the page so many places further on, or the next behind it that is not left out.
    mutating func turnPage(by step: Int) -> [Effect] {
        guard let board = wallboard, !board.pages.isEmpty else { return [] }
        let count = board.pages.count
        var place = board.interrupted ?? board.index
        for _ in 0..<count {
            place = ((place + step) % count + count) % count
            if isShown(board.pages[place]) { return showPage(place) }
        }
        return showPage(0)
    }

    /// Shows a page for as long as it says.
    mutating func showPage(_ place: Int) -> [Effect] {
        guard let board = wallboard, board.pages.indices.contains(place) else { return [] }
        let dwell = board.pages[place].page.dwell
        wallboard?.index = place
        wallboard?.interrupted = nil
        wallboard?.dueAt = now + (dwell.isFinite ? min(max(1, dwell), 86_400) : 86_400)
        return arrangePages()
    }

    /// Whether a page has what it needs to be shown: rows, where it is left out without any.
    private func isShown(_ page: PageState) -> Bool {
        guard page.page.needsRows else { return true }
        if page.page.view == .map, page.page.filter.isEmpty { return !map.isEmpty }
        return page.pane.arrangement.count > 0
    }

    /// Shows the next page when it is due: one, however much time has gone by.
    mutating func turnDuePage() -> [Effect] {
        guard let board = wallboard, !board.isPaused, board.dueAt <= now else { return [] }
        return turnPage(by: 1)
    }

    /// Shows the page with alerts for a minute, and then goes on where it was.
    mutating func interrupt(for alerts: [EntityRef]) -> [Effect] {
        guard let board = wallboard, !board.isPaused else { return [] }
        if let last = board.vigil.interruptedAt, now - last < Vigil.hold { return [] }
        let places = board.pages.indices.filter { board.pages[$0].page.view == .pane(.alerts) }
        let holding = places.first { place in
            alerts.contains { board.pages[place].pane.arrangement.position(of: $0) != nil }
        }
        let overview = board.pages.firstIndex { $0.page.view == .overview }
        guard let place = holding ?? places.first ?? overview else { return [] }
        let back = board.interrupted ?? board.index
        let effects = showPage(place)
        wallboard?.interrupted = back
        wallboard?.dueAt = now + Vigil.hold
        wallboard?.vigil.interruptedAt = now
        return effects
    }
}
