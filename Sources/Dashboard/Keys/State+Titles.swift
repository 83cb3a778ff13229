internal import Domain

extension State {
    /// What an action is called.
    public func title(of action: Action) -> String {
        switch action {
        case .own(let own): own.title
        case .pane(let name): "Go to \(name)"
        case .command(let kind): backends.lazy.compactMap { $0.command(kind)?.title }.first ?? kind.rawValue
        case .locate(let address): "Find \(address) everywhere"
        case .search(let search):
            "Search \(resourceName(search)) for \(search.text) on \(backend(search.backend)?.name ?? "")"
        }
    }

    private func resourceName(_ search: Search) -> String {
        backend(search.backend)?.resource(search.kind)?.plural ?? search.kind.rawValue
    }
}
