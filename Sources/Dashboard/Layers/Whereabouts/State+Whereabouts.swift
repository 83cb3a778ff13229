import Canvas
import Domain

extension State {
    /// Asks every server that can be asked, and looks through the rows of all of them that are here.
    mutating func locate(_ address: NetworkAddress) -> [Effect] {
        let asked = backends.filter { backend in
            backend.refusedUntil == nil && backend.searches.contains { $0.kind == .whereabouts }
        }
        let sources =
            asked.map { WhereaboutsView.Source($0.id, isLoaded: false) }
            + backends.map { WhereaboutsView.Source($0.id, isLoaded: true) }
        layers.push(WhereaboutsView(address: address, sources: sources))
        return effects(of: address, sources)
    }

    func effects(of address: NetworkAddress, _ sources: [WhereaboutsView.Source]) -> [Effect] {
        sources.compactMap { source in
            guard let backend = backend(source.backend) else { return nil }
            if !source.isLoaded { return .locate(address, source.backend) }
            let tables = backend.resources.compactMap { backend.tables[$0.kind] }
            return .locateLoaded(address, source.backend, tables, completeness(of: backend))
        }
    }

    /// Whether the rows of a server that are here are all that it has; what is read on demand is not looked for.
    private func completeness(of backend: BackendState) -> Completeness {
        if let words = backend.restWords { return .partial(words) }
        guard backend.info != nil else { return .partial("it did not answer yet") }
        let missing = backend.resources.filter {
            !$0.isOnDemand && !backend.freshness(of: $0, now: now).isTrustworthy
        }
        if missing.isEmpty { return .complete }
        return .partial("not all \(missing.map(\.plural).joined(separator: ", ")) are here")
    }

    mutating func located(
        _ address: NetworkAddress, _ source: WhereaboutsView.Source, _ result: Result<Located, BackendError>
    ) {
        if case .failure(let error) = result { refused(source.backend, by: error) }
        layers.update(WhereaboutsView.self) { view in
            guard view.address == address, view.sources.contains(source) else { return }
            switch result {
            case .success(let found):
                if case .partial(let words) = found.completeness {
                    view.take(.init(table: found.table, problem: words), from: source)
                } else {
                    view.take(.init(table: found.table, problem: nil), from: source)
                }
            case .failure(let error): view.take(.init(table: nil, problem: error.words), from: source)
            }
        }
    }
}
