import Canvas
import Dashboard
import Domain
import Filter
import Testing

/// A dashboard on a desk: events go in, effects and the state are looked at.
struct Desk {
    var state: State

    init(_ state: State = World.state()) { self.state = state }

    /// A desk where every server has answered everything.
    static func ready(
        size: Size = Size(120, 30), modes: [BackendID: BackendMode] = [:], isReadOnly: Bool = false,
        preferences: Preferences = Preferences(), keymap: Keymap = DefaultKeys.keymap,
        keepsHistory: Bool = false
    ) -> Desk {
        var desk = Desk(
            World.state(
                size: size, modes: modes, isReadOnly: isReadOnly, preferences: preferences,
                keymap: keymap, keepsHistory: keepsHistory))
        desk.tick(0)
        for id in World.all { desk.probe(id) }
        desk.fill()
        return desk
    }

    // MARK: Events

    @discardableResult
    mutating func send(_ event: Event) -> [Effect] { reduce(&state, event) }

    /// Lets time go on, in seconds, and gives what is started.
    @discardableResult
    mutating func tick(_ seconds: Double) -> [Effect] {
        let now = state.now + seconds
        let wall = Timestamp(World.wall.seconds + Int64(now - World.start))
        return send(.tick(now, wall: wall, zone: 0))
    }

    /// Presses keys, each in a read of its own.
    @discardableResult
    mutating func press(_ keys: String...) -> [Effect] { keys.flatMap { send(.read([Self.key($0)])) } }

    /// Presses keys that one read of the terminal gives.
    @discardableResult
    mutating func pressAtOnce(_ keys: String...) -> [Effect] { send(.read(keys.map { Self.key($0) })) }

    /// Types a text, letter by letter.
    @discardableResult
    mutating func type(_ text: String) -> [Effect] {
        text.flatMap { send(.read([.key(.character($0))])) }
    }

    @discardableResult
    mutating func paste(_ text: String) -> [Effect] { send(.read([.paste(text)])) }

    private static func key(_ spelling: String) -> Input {
        guard let key = Key(spelling) else {
            Issue.record("\(spelling) is no key")
            return .paste("")
        }
        return .key(key)
    }

    @discardableResult
    mutating func probe(_ id: BackendID) -> [Effect] {
        let backend = state.backends[Int(id.index)]
        let info = ServerInfo(
            product: World.products[Int(id.index)], clock: ServerClock(offset: 0, isCertain: id != World.edge)
        )
        let probe = Probe(
            info: info, resources: backend.resources, commands: backend.commands,
            picturedKinds: id == World.core ? [.device, .port] : [],
            searches: id == World.core ? World.searches : [],
            loggedKinds: id == World.core ? [.device, .port, .alert] : [],
            webKinds: id == World.core ? [.device, .port, .alert] : [])
        return send(.probed(id, .success(probe)))
    }

    @discardableResult
    mutating func refreshed(
        _ id: BackendID, _ kind: ResourceKind, _ table: Table, _ completeness: Completeness = .complete,
        seconds: Double = 0.3, doubts: Int = 0
    ) -> [Effect] {
        let refreshed = Refreshed(
            table: table, completeness: completeness, seconds: seconds, doubts: doubts)
        return send(.refreshed(id, kind, .success(refreshed)))
    }

    @discardableResult
    mutating func failed(
        _ id: BackendID, _ kind: ResourceKind, _ error: Domain.BackendError.Kind = .timedOut,
        retryAfter: Double? = nil
    ) -> [Effect] {
        let error = BackendError(error, "no answer within 30 s", retryAfter: retryAfter)
        return send(.refreshed(id, kind, .failure(error)))
    }

    /// Every resource of every server answers what the world holds.
    mutating func fill() {
        refreshed(World.core, .alert, World.alerts(World.core, World.coreAlerts))
        refreshed(World.edge, .alert, World.alerts(World.edge, World.edgeAlerts))
        refreshed(World.access, .alert, World.alerts(World.access, World.accessAlerts))
        refreshed(World.bonds, .alert, World.alerts(World.bonds, World.bondAlerts))
        refreshed(World.core, .device, World.devices(World.core) { !$0.hasPrefix("lon5") })
        refreshed(World.edge, .device, World.devices(World.edge) { $0.hasPrefix("lon5") })
        refreshed(World.core, .port, World.ports(World.core))
        refreshed(World.edge, .port, .empty(Offer.port, World.edge))
        refreshed(World.access, "onu", World.lines())
        refreshed(World.bonds, "bond", World.bondTable())
    }

    /// Answers every refresh among some effects with the rows that are there already.
    mutating func answer(_ effects: [Effect]) {
        for case .refresh(let id, let kind, _) in effects {
            guard let table = state.backends[Int(id.index)].tables[kind] else { continue }
            answer(refreshed(id, kind, table))
        }
    }

    // MARK: Looking

    var pane: PaneState { state.pane }
    var shown: [EntityRef] { (0..<pane.arrangement.count).map { pane.arrangement.entity($0) } }
    var lines: [String] { render(state).textLines() }
    var header: String { lines.first ?? "" }
    var session: CommandSession? { state.sessions.values.max { $0.id < $1.id } }
    var message: String { (state.past.first ?? state).message?.words ?? "" }

    /// Puts the cursor of the current pane on an entity.
    mutating func go(to entity: EntityRef) {
        press("g")
        for _ in 0..<shown.count where pane.cursor != entity { press("j") }
        #expect(pane.cursor == entity)
    }
}

extension Effect {
    /// Whether it only writes down what was arranged.
    var isKeeping: Bool { if case .keep = self { true } else { false } }

    /// Whether something would be changed, or prepared to be changed.
    var isCommand: Bool {
        switch self {
        case .prepare, .perform: true
        default: false
        }
    }
}
