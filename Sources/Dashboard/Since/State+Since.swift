import Canvas
import Domain
import Filter

/// What happened since the operator looked last.
extension State {
    /// The filters that ask for it, behind `is:`.
    static let sinceConditions = Set(NetChange.Turn.allCases.map(\.rawValue))

    /// What they mean beside what they say of rows alone; nothing where no history is kept.
    var sinceSets: [String: Set<EntityRef>] {
        guard sinceLooked.isKept else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: NetChange.Turn.allCases.map {
                ($0.rawValue, sinceLooked.entities[$0] ?? [])
            })
    }

    /// Asks for what was recorded since the last look, but not for a screen that hangs on a wall.
    mutating func askSince() -> [Effect] {
        let now = now
        guard screen == nil, let query = sinceLooked.ask(now) else { return [] }
        return [.recall(query, .sinceLooked)]
    }

    /// The backends by name: what was recorded names them so.
    var backendsByName: [String: BackendID] {
        Dictionary(backends.map { ($0.name, $0.id) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes what was recorded; each question goes to who asked it.
    mutating func recalled(_ purpose: HistoryPurpose, _ result: Result<Recollection, BackendError>)
        -> [Effect]
    {
        switch purpose {
        case .sinceLooked:
            let (wall, names) = (wall, backendsByName)
            sinceLooked.recalled(result, now: wall, names)
            return sinceChanged()
        case .timeline(let question): timelineRecalled(question, result)
        case .difference(let question):
            layers.update(DifferencePage.self) { $0.recalled(question, result) }
        case .occurrences(let entity): occurrencesRecalled(entity, result)
        case .handoff(let question):
            let state = self
            layers.update(HandoffPage.self) { $0.recalled(question, result, state) }
        }
        return []
    }

    /// Takes what was recorded just now.
    mutating func recorded(_ changes: [StateChange]) -> [Effect] {
        guard !changes.isEmpty else { return [] }
        let (names, now) = (backendsByName, now)
        sinceLooked.recorded(changes, names)
        let query = screen == nil ? sinceLooked.askBeginning(now) : nil
        let state = self
        layers.update(TimelinePage.self) { $0.recorded(changes, state) }
        for index in details.indices where details[index].recollection != nil {
            let name = entityName(details[index].entity)
            let own = changes.filter { $0.entity == name }
            if !own.isEmpty { changeDetail(index) { $0.recall(own) } }
        }
        return (query.map { [.recall($0, .sinceLooked)] } ?? []) + sinceChanged()
    }

    /// Nothing is news any more: the operator says so.
    mutating func looked() -> [Effect] {
        let wall = wall
        sinceLooked.look(at: wall)
        showMessage(.plain, "you have looked: from \(Self.clock(wall, wall, zone)) on everything is news")
        return [.setLooked(wall)] + sinceChanged()
    }

    /// Why nobody can say that they have looked; nil where they can.
    var reasonAgainstSince: String? {
        if !sinceLooked.isKept { return "no history is kept" }
        if let problem = sinceLooked.problem { return "what happened is not known: \(problem)" }
        return sinceLooked.isKnown ? nil : "the history is still being read"
    }

    /// Writes down that somebody is here, at most once a minute: the next session begins from there.
    mutating func noteKey() -> [Effect] {
        let wall = wall
        return screen == nil && sinceLooked.note(wall) ? [.setLooked(wall)] : []
    }

    /// Ends the program; that the operator looked until now is written down before.
    func quit() -> [Effect] {
        (sinceLooked.isKept && sinceLooked.isKnown && screen == nil ? [.setLooked(wall)] : []) + [.quit]
    }

    /// Arranges what asks for it again, and keeps the cursor of the page where it was.
    private mutating func sinceChanged() -> [Effect] {
        let rows = sinceLooked.net.sorted
        layers.update(SincePage.self) { $0.update(rows) }
        // The overview has a line for it, or no longer.
        if place.pane == .overview { scrollIntoView() }
        return arrangePanes { pane in
            pane.frozen == nil && Self.sinceConditions.contains { pane.filter.asks(for: $0) }
        }
    }

    // MARK: Counting

    /// How many entities of a kind changed so; not exact while anything of it may be missing.
    func sinceCount(_ turn: NetChange.Turn, of kind: ResourceKind) -> Count {
        let count = sinceLooked.net.turns.values.count { $0.turn == turn && $0.entity.kind == kind }
        return Count(value: count, isComplete: isSinceComplete(kind))
    }

    /// Whether all that changed of a kind was recorded, and is known.
    private func isSinceComplete(_ kind: ResourceKind) -> Bool {
        guard !sinceLooked.isCut, sinceLooked.unrecorded.isEmpty, let since = sinceLooked.since,
            !sinceLooked.net.omitted.contains(kind)
        else { return false }
        // A look before anything was recorded: what happened between them is not known.
        guard let begins = sinceLooked.begins, begins <= since else { return false }
        // Which servers are lost is seen here.
        return kind == Handoff.backend || isComplete(kind)
    }

    /// The kinds of which something changed, or may have; alerts always count.
    var sinceKinds: Set<ResourceKind> {
        sinceLooked.net.omitted.union(sinceLooked.net.turns.keys.lazy.map(\.kind)).union([.alert])
    }

    /// Whether all that changed of anything is known.
    var isSinceComplete: Bool { sinceKinds.allSatisfy(isSinceComplete) }

    /// Why a filter of a pane that asks for it may leave rows out that changed so; nil where it does not ask, and where
    /// all is known.
    func sinceRemark(of pane: PaneState) -> String? {
        guard sinceLooked.isKept, pane.frozen == nil,
            Self.sinceConditions.contains(where: { pane.filter.asks(for: $0) })
        else { return nil }
        return reasonAgainstSince ?? sinceRemark
    }

    /// From when on it is known, where that is later than the last look, as in `recorded since 23:10 only`.
    var sinceRemark: String? {
        guard let since = sinceLooked.since else { return nil }
        if sinceLooked.isCut {
            return "only the latest \(Quantity.count(SinceLooked.limit)) changes are read"
        }
        guard let begins = sinceLooked.begins else { return "nothing is recorded yet" }
        if begins > since { return "recorded since \(Self.clock(begins, wall, zone)) only" }
        return Recollection.words(ofUnrecorded: sinceLooked.unrecorded)
    }

    /// What stands in the margin of a row; nothing where it is as it was.
    func sinceMark(of entity: EntityRef) -> NetChange.Turn? { sinceLooked.marks[entity] }

    /// The sign of an effect.
    ///
    /// Where a terminal shows no UTF-8, a tick is a plus, and what is new needs another sign.
    func sinceSign(_ turn: NetChange.Turn) -> Sign {
        turn == .new && !terminal.unicode ? Sign("*", .textStrong) : .since(turn)
    }
}

extension Sign {
    /// What became of something since the operator looked last.
    static func since(_ turn: NetChange.Turn) -> Sign {
        switch turn {
        case .new: Sign("+", .textStrong)
        case .worse: Sign("↑", .stateDown)
        case .better: Sign("↓", .statePartly)
        case .cleared: Sign("✓", .severityOk)
        }
    }
}
