import Canvas
import Domain

extension State {
    /// The searches that the palette offers for what was typed: by address for what looks like one, the others
    /// where the text finds nothing else.
    func searches(for text: String, whereNothingElseIs isAlone: Bool) -> [PaletteEntry] {
        let words = text.split(separator: " ").joined(separator: " ")
        guard !words.isEmpty else { return [] }
        let address = NetworkAddress(words)
        let everywhere = address.map { address in
            PaletteEntry(action: .locate(address), title: title(of: .locate(address)))
        }
        return (everywhere.map { [$0] } ?? [])
            + backends.flatMap { backend in
                backend.searches.filter {
                    $0.kind != .whereabouts && ($0.takesAddresses ? address != nil : isAlone)
                }.map { search in
                    let action = Action.search(Search(backend.id, search.kind, words))
                    return PaletteEntry(
                        action: action, title: title(of: action),
                        reason: backend.restWords.map { "\($0); nothing is asked" })
                }
            }
    }

    mutating func begin(_ search: Search) -> [Effect] {
        layers.push(SearchView(search: search))
        return [.search(search)]
    }

    mutating func searched(_ search: Search, _ result: Result<Table, BackendError>) {
        if case .failure(let error) = result { refused(search.backend, by: error) }
        layers.update(SearchView.self) { if $0.search == search { $0.answered(result) } }
    }
}
