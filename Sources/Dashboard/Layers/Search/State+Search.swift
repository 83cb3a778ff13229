import Canvas
import Domain

extension State {
    /// The searches that the palette offers for what was typed: one that asks every server together, by address where
    /// it looks like one.
    func searches(for text: String) -> [PaletteEntry] {
        let words = text.split(separator: " ").joined(separator: " ")
        guard words.count >= 2 else { return [] }
        let address = NetworkAddress(words)
        let everywhere = address.map { PaletteEntry(action: .locate($0), title: title(of: .locate($0))) }
        let searches = backends.flatMap { backend in
            backend.searches.filter { $0.kind != .whereabouts && ($0.takesAddresses ? address != nil : true) }
                .map { Search(backend.id, $0.kind, words) }
        }
        let possible = searches.filter { backend($0.backend)?.restWords == nil }
        let resting = searches.lazy.compactMap { self.backend($0.backend)?.restWords }.first
        guard !searches.isEmpty else { return everywhere.map { [$0] } ?? [] }
        let action = Action.search(possible.isEmpty ? searches : possible)
        return (everywhere.map { [$0] } ?? [])
            + [
                PaletteEntry(
                    action: action, title: title(of: action),
                    reason: possible.isEmpty ? resting.map { "\($0); nothing is asked" } : nil)
            ]
    }

    mutating func begin(_ searches: [Search]) -> [Effect] {
        layers.push(SearchView(searches))
        return searches.map { .search($0) }
    }

    mutating func searched(_ search: Search, _ result: Result<Table, BackendError>) {
        if case .failure(let error) = result { refused(search.backend, by: error) }
        layers.update(SearchView.self) { $0.answered(search, result) }
    }
}
