public import Canvas
public import Domain

/// What the servers found: one list.
public struct SearchView: Layer {
    /// One server's part of it.
    public struct Part: Sendable, Equatable {
        /// What was asked.
        public let search: Search
        /// What was found; nil while the server is being asked.
        public fileprivate(set) var found: Table?
        /// Why it could not be asked.
        public fileprivate(set) var problem: String?
    }

    /// The parts, in the order of the servers.
    public private(set) var parts: [Part]
    /// The row under the cursor.
    public private(set) var focus = 0

    init(_ searches: [Search]) { parts = searches.map { Part(search: $0) } }

    /// What was looked for.
    var text: String { parts.first?.search.text ?? "" }
    /// Whether every server has answered, or can't.
    var isComplete: Bool { parts.allSatisfy { $0.found != nil || $0.problem != nil } }
    /// How many rows were found.
    var count: Int { parts.reduce(0) { $0 + ($1.found?.count ?? 0) } }

    /// The table and the row of a line.
    func row(at line: Int) -> (table: Table, row: Int)? {
        var line = line
        for table in parts.compactMap(\.found) {
            if line < table.count { return (table, line) }
            line -= table.count
        }
        return nil
    }

    /// Takes what a server answered; the row under the cursor stays so.
    mutating func answered(_ search: Search, _ result: Result<Table, BackendError>) {
        guard let place = parts.firstIndex(where: { $0.search == search }) else { return }
        let before = parts[..<place].reduce(0) { $0 + ($1.found?.count ?? 0) }
        let old = parts[place].found?.count ?? 0
        switch result {
        case .success(let table):
            parts[place].found = table
            parts[place].problem = nil
        case .failure(let error): parts[place].problem = error.words
        }
        if focus > 0, focus >= before + old { focus += (parts[place].found?.count ?? 0) - old }
        focus = max(0, min(focus, count - 1))
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let page = max(1, state.layout.screen.body.height - 1)
        if let moved = ListMove(page: page, count: count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard let (table, row) = row(at: focus) else { return .done([]) }
            return .done(state.go(to: table.refs[row], of: table.resource))
        case .refresh, .refreshAll:
            let searches = parts.map(\.search)
            self = SearchView(searches)
            return .done(searches.map { .search($0) })
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
