public import Canvas
public import Domain

/// What a server found.
public struct SearchView: Layer {
    /// What was asked.
    public let search: Search
    /// What was found; nil while the server is being asked.
    public private(set) var found: Table?
    /// Why it could not be asked.
    public private(set) var problem: String?
    /// The row under the cursor.
    public private(set) var focus = 0

    init(search: Search) { self.search = search }

    /// Takes what the server answered.
    mutating func answered(_ result: Result<Table, BackendError>) {
        switch result {
        case .success(let table):
            found = table
            problem = nil
            focus = max(0, min(focus, table.count - 1))
        case .failure(let error): problem = error.words
        }
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let page = max(1, state.layout.screen.body.height - 1)
        if let moved = ListMove(page: page, count: found?.count ?? 0).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard let table = found, table.refs.indices.contains(focus) else { return .done([]) }
            return .done(state.go(to: table.refs[focus], of: table.resource))
        case .refresh, .refreshAll:
            problem = nil
            found = nil
            return .done([.search(search)])
        default: return leave(action)
        }
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        SearchPicture(state: state, view: self).draw(in: &frame)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "open"), (.own(.cancel), "back"), (.own(.refresh), "again")]
    }
}

extension State {
    /// Opens an entity that was found, in the pane that lists its kind.
    mutating func go(to entity: EntityRef, of resource: ResourceDescriptor?) -> [Effect] {
        let pane = resource?.pane ?? place.pane
        let known = panes.contains { $0.pane.name == pane } ? pane : place.pane
        return go(to: Place(pane: known, path: [entity]))
    }
}
