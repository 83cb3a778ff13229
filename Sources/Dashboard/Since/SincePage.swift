public import Canvas
internal import Domain

/// What changed since the operator looked last, over the body: how much of each, and under it what it is.
public struct SincePage: Layer {
    /// The key that shows it and closes it.
    public static var opener: OwnAction? { .since }
    private(set) var list = NarrowedList()
    private(set) var changes: [NetChange]

    /// One line of the page.
    enum Line: Equatable {
        /// So many alerts, or entities of another kind, changed so.
        case heading(ResourceKind, NetChange.Turn)
        /// One of them.
        case change(NetChange)
    }

    init(_ changes: [NetChange]) { self.changes = changes }

    /// The lines as they are shown.
    func lines(_ state: State) -> [Line] {
        var lines: [Line] = []
        for change in changes where list.narrowing.fits(state.words(of: change)) {
            let heading = Line.heading(change.entity.kind, change.turn)
            if case .change(let last)? = lines.last, last.entity.kind == change.entity.kind,
                last.turn == change.turn
            {
                lines.append(.change(change))
            } else {
                lines += [heading, .change(change)]
            }
        }
        return lines
    }

    /// Takes what is known now; the cursor stays near where it was.
    mutating func update(_ changes: [NetChange]) { self.changes = changes }

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { list.narrowing.contexts }

    /// Changes the text that the lines are narrowed to.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        list.edit(change)
        return []
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let lines = lines(state)
        if list.run(action, count: lines.count, page: state.layout.screen.body.height - 2) {
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard lines.indices.contains(list.focus) else { return .done([]) }
            switch lines[list.focus] {
            case .heading(let kind, let turn): return .closedThen { $0.show(changed: turn, kind) }
            case .change(let change): return state.open(change.entity)
            }
        case .looked: return .closedThen { $0.looked() }
        case .since: return .closed
        default: return leave(action)
        }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        if list.narrowing.isTyping { return ListNarrowing.hints }
        return [
            (.own(.accept), "open"), (.own(.looked), "mark all as seen"), (.own(.filter), "filter"),
            (.own(.cancel), "close"),
        ]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        SincePicture(state: state, page: self).draw(in: &frame)
    }
}

extension State {
    /// Opens what was recorded of by its name, where its server still lists it.
    mutating func open(_ name: EntityName) -> LayerAnswer {
        if name.kind == Handoff.backend {
            if isPast {
                showMessage(.plain, "what a backend said of itself is not recorded")
                return .done([])
            }
            layers.push(HealthPage())
            return .done([])
        }
        guard let entity = entity(name), let (table, _) = find(entity) else {
            let words =
                switch absence(of: name) {
                case .gone: "\(name) is no longer listed"
                case .notSaid: "\(name.backend) has not said whether it still lists it"
                case .notConfigured: "\(name.backend) is not configured"
                }
            showMessage(.plain, words)
            return .done([])
        }
        let resource = table.resource
        return .closedThen { $0.go(to: entity, of: resource) }
    }

    /// The entity of a name; nil where its backend is not configured.
    func entity(_ name: EntityName) -> EntityRef? {
        backendsByName[name.backend].map { EntityRef($0, name.kind, id: name.id) }
    }

    /// Why no row of something that was recorded is here.
    private enum Absence {
        /// Its server lists it no more.
        case gone
        /// Its server did not answer, or not whole: it may still list it.
        case notSaid
        case notConfigured
    }

    private func absence(of name: EntityName) -> Absence {
        guard let backend = backendsByName[name.backend].flatMap(backend) else { return .notConfigured }
        return backend.resource(name.kind) != nil && isTrustworthy(backend, name.kind) ? .gone : .notSaid
    }

    /// Shows the list of a kind with those that changed so.
    mutating func show(changed turn: NetChange.Turn, _ kind: ResourceKind) -> [Effect] {
        let pane = panes.first { $0.pane.kinds.contains(kind) && $0.pane.name != .overview }?.pane.name
        guard let pane else {
            showMessage(.plain, "no pane lists a \(kind)")
            return []
        }
        let effects = go(to: Place(pane: pane)) + filterTyped("is:\(turn.rawValue)")
        // A list of what is there has no room for what is over.
        let missing = sinceLooked.net.turns.values.filter {
            $0.turn == turn && $0.entity.kind == kind && (entity($0.entity).flatMap { find($0) } == nil)
        }
        let gone = missing.count { absence(of: $0.entity) == .gone }
        let rest = missing.count - gone
        if !missing.isEmpty {
            let key = keymap.spelling(of: .own(.since), in: [.table, .global]) ?? "the palette"
            let words = [
                gone > 0 ? "\(Quantity.count(gone)) more are no longer listed" : nil,
                rest > 0 ? "\(Quantity.count(rest)) more may still be listed" : nil,
            ]
            showMessage(
                .plain, "\(words.compactMap(\.self).joined(separator: ", ")): \(key) shows them")
        }
        return effects
    }

    /// What is looked through when changes are narrowed to a text.
    func words(of net: NetChange) -> String { "\(net.turn.rawValue) \(words(of: net.change))" }

    /// The same of one change of state.
    func words(of change: StateChange) -> String {
        [
            change.entity.kind.rawValue, change.entity.backend, change.device, change.name, change.site,
            change.before ?? "", change.after, change.severity.word, change.note,
        ].joined(separator: " ")
    }
}
