public import Canvas
public import Domain

/// Where an address was found, by every server and in the rows that are here, on the screen as one list.
public struct WhereaboutsView: Layer {
    /// The address.
    public let address: NetworkAddress
    /// Who is asked, in the order in which their rows stand.
    public let sources: [Source]
    /// What those that answered said.
    public private(set) var answers: [Source: Answer] = [:]
    /// The row under the cursor.
    public private(set) var focus = 0

    init(address: NetworkAddress, sources: [Source]) {
        self.address = address
        self.sources = sources
    }

    /// Somebody who may know an address.
    public struct Source: Hashable, Sendable {
        /// The server.
        public let backend: BackendID
        /// Whether its rows are looked through that are here, rather than itself being asked.
        public let isLoaded: Bool

        /// Names somebody.
        public init(_ backend: BackendID, isLoaded: Bool) {
            self.backend = backend
            self.isLoaded = isLoaded
        }
    }

    /// What one of them said.
    public struct Answer: Sendable, Equatable {
        /// The rows; nil where there was no answer.
        var table: Table?
        /// Why there is none, or what is missing of it.
        var problem: String?
    }

    /// One row of the list.
    struct Hit {
        let source: Source
        let table: Table
        let row: Int

        var entity: EntityRef { table.refs[row] }
    }

    /// The rows in order: what servers say first; a row that is here and that its server named is not shown twice.
    var hits: [Hit] {
        var hits: [Hit] = []
        var named: Set<EntityRef> = []
        for source in sources.sorted(by: { !$0.isLoaded && $1.isLoaded }) {
            guard let table = answers[source]?.table else { continue }
            for row in table.refs.indices where !(source.isLoaded && named.contains(table.refs[row])) {
                hits.append(Hit(source: source, table: table, row: row))
            }
            if !source.isLoaded { named.formUnion(table.refs) }
        }
        return hits
    }

    /// Those who did not answer yet.
    var waiting: [Source] { sources.filter { answers[$0] == nil } }

    /// Takes what one of them said; the cursor stays on its row, whoever answers above it.
    mutating func take(_ answer: Answer, from source: Source) {
        let before = hits
        let focused = before.indices.contains(focus) && focus > 0 ? before[focus] : nil
        answers[source] = answer
        if let focused {
            focus = hits.firstIndex { $0.table == focused.table && $0.row == focused.row } ?? focus
        }
        focus = max(0, min(focus, hits.count - 1))
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let hits = hits
        let page = max(1, state.layout.screen.body.height - 1)
        if let moved = ListMove(page: page, count: hits.count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard hits.indices.contains(focus) else { return .done([]) }
            let entity = hits[focus].entity
            return .done(state.go(to: entity, of: state.backend(entity.backend)?.resource(entity.kind)))
        case .refresh, .refreshAll:
            answers = [:]
            return .done(state.effects(of: address, sources))
        default: return leave(action)
        }
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        WhereaboutsPicture(state: state, view: self).draw(in: &frame)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "open"), (.own(.cancel), "back"), (.own(.refresh), "again")]
    }
}
