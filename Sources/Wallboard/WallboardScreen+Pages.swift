package import Dashboard
import Domain
package import Filter

/// The rows of the wallboard's pages, and which page is shown when.
extension WallboardScreen {
    /// Makes the pages of the profile for what the backends offer, keeping the rows of those that stay.
    mutating func makePages(_ state: State) {
        // No answer to a question of an earlier page may be taken for one to this.
        let asked = pages.map(\.pane.question).max() ?? 0
        pages = profile.pages.map { page in
            let pane = state.pane(named: page.paneName)
            if var old = pages.first(where: { $0.page == page && $0.pane.pane == pane }) {
                old.pane.startOver(after: asked)
                return old
            }
            let vocabulary = FilterVocabulary(
                state.backends.flatMap(\.resources).filter { pane.kinds.contains($0.kind) },
                backends: state.backends.map(\.name))
            var filter = FilterExpression.everything
            var remark: FilterRemark?
            switch FilterExpression.parse(page.filter, vocabulary) {
            case .finished(let parsed): filter = parsed
            case .unfinished(let fault), .failed(let fault): remark = fault
            }
            return PageState(
                page: page, pane: PaneState(pane, filter: filter, order: page.order, after: asked),
                remark: remark)
        }
        index = min(index, max(0, pages.count - 1))
    }

    /// Filters and sorts the rows of pages that are on the screen or decide what is; others wait until they are.
    ///
    /// - Parameter kind: what was read, so that filters that depend on the time are asked again.
    mutating func arrangePages(_ state: State, reading kind: ResourceKind? = nil) -> [Effect] {
        var effects: [Effect] = []
        for place in pages.indices where isWanted(place) {
            let pane = pages[place].pane
            guard !pane.isAsked else { continue }
            let ages = kind.map { pane.filter != .everything && pane.pane.kinds.contains($0) } ?? false
            if ages || state.tables(of: pane) != pane.arrangement.tables { effects += arrange(place, state) }
        }
        return effects
    }

    private func isWanted(_ place: Int) -> Bool {
        let page = pages[place].page
        // The map of all devices is kept anyway.
        if page.view == .map, page.filter.isEmpty { return false }
        return place == index || page.needsRows || page.view == .pane(.alerts)
    }

    private mutating func arrange(_ place: Int, _ state: State) -> [Effect] {
        switch pages[place].pane.arrange(state.request(for: pages[place].pane), as: .list(place)) {
        case .arranged(let arrangement):
            pages[place].show(arrangement, state)
            return []
        case .asked(let effect): return [effect]
        case .waiting: return []
        }
    }

    package mutating func arranged(
        _ list: Int, question: Int, _ arrangement: Arrangement, in state: inout State
    ) -> [Effect] {
        guard pages.indices.contains(list) else { return [] }
        switch pages[list].pane.answered(question) {
        case .unasked: return []
        case .outdated: return arrange(list, state)
        case .current:
            pages[list].show(arrangement, state)
            return []
        }
    }

    // MARK: Turning pages

    /// Shows the first page that is not left out.
    mutating func showFirstPage(_ state: State) -> [Effect] {
        let effects = arrangePages(state)
        return effects + showPage(pages.firstIndex { isShown($0, state) } ?? 0, state)
    }

    /// Shows the page so many places further on, or the next behind it that is not left out.
    mutating func turnPage(by step: Int, _ state: State) -> [Effect] {
        guard !pages.isEmpty else { return [] }
        let count = pages.count
        var place = interrupted ?? index
        for _ in 0..<count {
            place = ((place + step) % count + count) % count
            if isShown(pages[place], state) { return showPage(place, state) }
        }
        return showPage(0, state)
    }

    /// Shows a page for as long as it says.
    mutating func showPage(_ place: Int, _ state: State) -> [Effect] {
        guard pages.indices.contains(place) else { return [] }
        let dwell = pages[place].page.dwell
        index = place
        interrupted = nil
        dueAt = state.now + (dwell.isFinite ? min(max(1, dwell), 86_400) : 86_400)
        return arrangePages(state)
    }

    /// Whether a page has what it needs to be shown: rows, where it is left out without any.
    private func isShown(_ page: PageState, _ state: State) -> Bool {
        guard page.page.needsRows else { return true }
        if page.page.view == .map, page.page.filter.isEmpty { return !state.map.isEmpty }
        return page.pane.arrangement.count > 0
    }

    /// Shows the next page when it is due: one, however much time has gone by.
    mutating func turnDuePage(_ state: State) -> [Effect] {
        guard !isPaused, dueAt <= state.now else { return [] }
        return turnPage(by: 1, state)
    }

    /// Shows the page with alerts for a minute, and then goes on where it was.
    mutating func interrupt(for alerts: [EntityRef], _ state: State) -> [Effect] {
        guard !isPaused else { return [] }
        if let last = watch.interruptedAt, state.now - last < WallboardWatch.hold { return [] }
        let places = pages.indices.filter { pages[$0].page.view == .pane(.alerts) }
        let holding = places.first { place in
            alerts.contains { pages[place].pane.arrangement.position(of: $0) != nil }
        }
        let overview = pages.firstIndex { $0.page.view == .overview }
        guard let place = holding ?? places.first ?? overview else { return [] }
        let back = interrupted ?? index
        let effects = showPage(place, state)
        interrupted = back
        dueAt = state.now + WallboardWatch.hold
        watch.interrupted(at: state.now)
        return effects
    }

    /// Keeps the page on the screen, or lets the pages turn again.
    mutating func pauseOrGoOn(in state: inout State) {
        isPaused.toggle()
        if !isPaused, dueAt <= state.now { dueAt = state.now + (page?.page.dwell ?? 0) }
        state.showMessage(
            .plain, isPaused ? "paused: this page stays until you resume" : "the pages turn again")
    }
}

extension WallboardPage {
    /// The pane whose rows it shows: the overview lists alerts, the map devices.
    fileprivate var paneName: PaneName {
        switch view {
        case .overview: .alerts
        case .map: .devices
        case .pane(let name): name
        }
    }
}

extension PageState {
    /// Shows rows; nobody moves in them, so they are shown from the first on.
    fileprivate mutating func show(_ arrangement: Arrangement, _ state: State) {
        guard pane.show(arrangement) else { return }
        if page.view == .map { sites = state.sites(of: arrangement) }
    }
}
