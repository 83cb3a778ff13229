import Canvas
import Domain

extension State {
    /// The searches that the palette offers for what was typed: by address for what looks like one, the others
    /// where the text finds nothing else.
    func searches(for text: String, whereNothingElseIs isAlone: Bool) -> [PaletteEntry] {
        let words = text.split(separator: " ").joined(separator: " ")
        guard !words.isEmpty else { return [] }
        let isAddress = Search.isLikeAddress(words)
        return backends.flatMap { backend in
            backend.searches.filter { $0.takesAddresses ? isAddress : isAlone }.map { search in
                let action = Action.search(Search(backend.id, search.kind, words))
                return PaletteEntry(
                    action: action, title: title(of: action),
                    reason: backend.refusedUntil == nil ? nil : "the login was refused; nothing is asked")
            }
        }
    }

    mutating func begin(_ search: Search) -> [Effect] {
        overlays.append(.search(SearchView(search: search)))
        return [.search(search)]
    }

    mutating func searched(_ search: Search, _ result: Result<Table, BackendError>) {
        if case .failure(let error) = result { refused(search.backend, by: error) }
        for place in overlays.indices {
            guard case .search(var view) = overlays[place], view.search == search else { continue }
            switch result {
            case .success(let table):
                view.found = table
                view.problem = nil
                view.focus = max(0, min(view.focus, table.count - 1))
            case .failure(let error): view.problem = error.words
            }
            overlays[place] = .search(view)
        }
    }

    /// Does an action where what was found is on the screen; nil when it does not know it.
    mutating func run(_ action: OwnAction, onSearch view: SearchView) -> [Effect]? {
        var view = view
        let last = max(0, (view.found?.count ?? 0) - 1)
        let page = max(1, layout.screen.body.height - 1)
        switch action {
        case .down, .nextField: view.focus = min(last, view.focus + 1)
        case .up, .previousField: view.focus = max(0, view.focus - 1)
        case .pageDown, .halfPageDown: view.focus = min(last, view.focus + page)
        case .pageUp, .halfPageUp: view.focus = max(0, view.focus - page)
        case .top: view.focus = 0
        case .bottom: view.focus = last
        case .accept, .open:
            guard let table = view.found, table.refs.indices.contains(view.focus) else { return [] }
            let pane = table.resource.pane ?? place.pane
            let known = panes.contains { $0.pane.name == pane } ? pane : place.pane
            return go(to: Place(pane: known, path: [table.refs[view.focus]]))
        case .refresh, .refreshAll:
            view.problem = nil
            view.found = nil
            replaceOverlay(.search(view))
            return [.search(view.search)]
        default: return leave(action)
        }
        replaceOverlay(.search(view))
        return []
    }
}
