package import Domain
package import Filter

extension State {
    /// Filters and sorts a pane.
    mutating func arrange(_ index: Int) -> [Effect] {
        let request = request(for: panes[index])
        switch panes[index].arrange(request, as: .pane(panes[index].pane.name)) {
        case .arranged(let arrangement): return show(arrangement, in: index)
        case .asked(let effect): return [effect]
        case .waiting: return []
        }
    }

    /// What a pane's rows are filtered and sorted by.
    package func request(for pane: PaneState) -> Arrangement.Request {
        Arrangement.Request(
            tables: tables(of: pane), owner: pane.owner, filter: pane.filter, hiding: hiding(pane),
            order: pane.isWorstFirst ? pane.order : pane.ordering.withGrouping,
            grouping: pane.isWorstFirst ? pane.grouping : nil,
            unfolded: pane.unfolded,
            silencing: silencing(pane), doubles: doubles(in: pane), shortNames: shortNames,
            context: filterContext(of: pane))
    }

    mutating func arranged(_ listing: ArrangedList, _ question: Int, _ arrangement: Arrangement) -> [Effect] {
        switch listing {
        case .pane(let name):
            guard let index = panes.firstIndex(where: { $0.pane.name == name }) else { return [] }
            switch panes[index].answered(question) {
            case .unasked: return []
            case .outdated: return arrange(index)
            case .current: return show(arrangement, in: index)
            }
        case .list(let place):
            return withScreen { $0.arranged(place, question: question, arrangement, in: &$1) }
        }
    }

    /// The rows of a pane before any is left out.
    package func tables(of pane: PaneState) -> [Table] {
        let tables = pane.frozen?.tables ?? liveTables(of: pane)
        if let owner = pane.owner { return tables.filter(owner.mayHoldRows) }
        return tables.filter { pane.backend == nil || $0.backend == pane.backend }
    }

    /// The tables of a pane as they are now, of all backends.
    func liveTables(of pane: PaneState) -> [Table] {
        if let collection = pane.pane.name.collection { return [browse[collection]?.table].compactMap { $0 } }
        return tables(of: pane.pane.kinds)
    }

    private func tables(of kinds: Set<ResourceKind>) -> [Table] {
        backends.flatMap { backend in
            backend.resources.filter { kinds.contains($0.kind) }.compactMap {
                backend.tables[$0.kind]
            }
        }
    }

    /// What a filter of a pane's rows needs to know.
    ///
    /// - Parameter wanted: another filter of them, such as what is to be marked; nil for the pane's own.
    func filterContext(of pane: PaneState, for wanted: FilterExpression? = nil) -> FilterContext {
        FilterContext(
            now: pane.frozen?.wall ?? wall, backends: backends.map(\.name),
            sets: ["marked": pane.marks, "snoozed": snoozed].merging(sinceSets) { own, _ in own }
                .merging(claimSets(for: wanted ?? pane.filter)) { own, _ in own })
    }

    /// Whether every backend has given its first answer about what a pane shows, or failed to.
    func isSettled(_ pane: PaneState) -> Bool {
        if let collection = pane.pane.name.collection { return browse[collection]?.isAsking != true }
        // What folds under another row takes a cursor along that nobody moved.
        return isLinkingSettled
            && backends.allSatisfy { backend in
                guard backend.info != nil else { return backend.probe.failures > 0 }
                return backend.resources.allSatisfy { resource in
                    guard pane.pane.kinds.contains(resource.kind), let health = backend.health[resource.kind]
                    else {
                        return true
                    }
                    return health.failures > 0 || health.arrivedAt != nil && health.completeness == .complete
                }
            }
    }

    /// Brings a pane whose filter asks for marks in step with them.
    mutating func marksChanged(_ index: Int) -> [Effect] {
        panes[index].filter.asks(for: "marked") ? arrange(index) : []
    }

    /// Scrolls everything so that cursors are on the screen, after a change of size or place.
    mutating func scrollIntoView() {
        for index in panes.indices {
            panes[index].scrollToCursor(page: layout(of: panes[index].pane.name).rows)
        }
        for index in details.indices { scrollDetail(index, lines: lines(of: details[index])) }
    }

    /// The snoozed rows, which are hidden; none are on a shared screen.
    private func silencing(_ pane: PaneState) -> Set<EntityRef> {
        screen != nil || isPast || pane.filter.asks(for: "snoozed") ? [] : snoozed
    }

    /// What the switches hide; hidden rows are counted.
    func hiding(_ pane: PaneState) -> FilterExpression? {
        var hidden: [FilterExpression] = []
        if pane.problemsOnly { hidden.append(.not(.condition("problem"))) }
        if pane.hidesAcknowledged { hidden.append(.condition("acked")) }
        return hidden.isEmpty ? nil : .any(hidden)
    }
}

extension FilterExpression {
    /// Whether rows pass by a condition, negated or not.
    func asks(for name: String) -> Bool {
        switch self {
        case .condition(let condition): condition == name
        case .not(let inner): inner.asks(for: name)
        case .all(let parts), .any(let parts): parts.contains { $0.asks(for: name) }
        case .everything, .text, .pattern, .field, .backend: false
        }
    }
}
