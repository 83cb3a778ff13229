public import Canvas
public import Domain
internal import Links

/// What hangs on an entity, over the body: a tree whose lines open, and how many there are of each kind.
public struct ImpactPage: Layer {
    /// The key that shows it and closes it.
    public static var opener: OwnAction? { .impact }
    /// What it is the impact of.
    public let entity: EntityRef
    /// The line under the cursor.
    public private(set) var focus = 0
    private(set) var impact: Impact

    init(of entity: EntityRef, in network: Network) {
        self.entity = entity
        impact = network.impact(of: entity)
    }

    /// The entities of the lines: what hangs on it as a tree, then the alerts about that.
    var lines: [EntityRef] { impact.nodes.map(\.entity) + impact.alerts }

    /// Takes what is known now; the cursor stays on its entity.
    mutating func update(in network: Network) {
        let before = lines
        let focused = before.indices.contains(focus) ? before[focus] : nil
        impact = network.impact(of: entity)
        let after = lines
        focus = focused.flatMap(after.firstIndex) ?? max(0, min(focus, after.count - 1))
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let lines = lines
        let page = max(1, state.layout.screen.body.height - 2)
        if let moved = ListMove(page: page, count: lines.count).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard lines.indices.contains(focus) else { return .done([]) }
            let entity = lines[focus]
            return .closedThen { $0.go(to: entity, of: $0.find(entity)?.table.resource) }
        case .impact: return .closed
        default: return leave(action)
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.open), "open"), (.own(.down), "down"), (.own(.back), "close")]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        ImpactPicture(state: state, page: self).draw(in: &frame)
    }
}

extension State {
    /// What the impact is asked of: the opened entity, else the one under the cursor.
    private var impactSubject: EntityRef? { details.last?.entity ?? pane.cursor }

    /// Why no impact can be shown; nil when it can.
    var reasonAgainstImpact: String? {
        guard let entity = impactSubject else { return "there is nothing here to ask the impact of" }
        if entity.isBrowsed { return "an object of the API has no impact here: open it in its pane" }
        if !linking.isOn || linking.network.feeds.isEmpty { return "the rows are not linked yet" }
        return nil
    }

    /// Shows what hangs on the opened entity, else on the one under the cursor.
    mutating func showImpact() -> [Effect] {
        guard let entity = impactSubject else { return [] }
        layers.push(ImpactPage(of: entity, in: linking.network))
        return []
    }
}
