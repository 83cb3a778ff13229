internal import Domain

extension State {
    /// What an action is called.
    public func title(of action: Action) -> String {
        switch action {
        case .own(let own): own.title
        case .pane(let name): "Go to \(name)"
        case .command(let kind): backends.lazy.compactMap { $0.command(kind)?.title }.first ?? kind.rawValue
        case .locate(let address): "Find \(address) everywhere"
        case .program(let title): title
        case .show(let entity): name(of: entity)
        case .search(let searches):
            if Set(searches.map(\.backend)).count == 1,
                let name = searches.first.flatMap({ backend($0.backend)?.name })
            {
                "Search \(name) for \(searches.first?.text ?? "")"
            } else {
                "Search all servers for \(searches.first?.text ?? "")"
            }
        }
    }
}
