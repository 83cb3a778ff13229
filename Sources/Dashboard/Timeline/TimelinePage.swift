public import Canvas
internal import Domain

/// What happened, over the body: changes of state, commands and servers' logs in one order of time, the newest first.
public struct TimelinePage: Layer {
    /// The key that shows it and closes it.
    public static var opener: OwnAction? { .timeline }
    private(set) var list = NarrowedList()
    /// What it can be of, the narrowest first.
    let scopes: [TimelineScope]
    /// Which of these it is of.
    private(set) var scopePlace = 0
    /// What was recorded.
    private(set) var history = Reading<Recollection>()
    /// The commands that were recorded.
    private(set) var audit = Reading<[AuditRow]>()
    /// What servers say in their own logs.
    private(set) var logs: TimelineLogs
    /// All that it shows before it is narrowed.
    private(set) var entries: [TimelineEntry] = []
    /// The number of its question, so that the answer to an older one is dropped.
    private(set) var question: Int

    /// So many changes are read at most.
    static let limit = 1_000

    init(_ scopes: [TimelineScope], question: Int) {
        self.scopes = scopes
        self.question = question
        logs = TimelineLogs(question: question)
    }

    /// What it is of.
    var scope: TimelineScope { scopes[scopePlace] }

    /// Whether all that there is of it is here.
    var isWhole: Bool {
        history.isKnown && audit.isKnown && history.value?.isCut == false
            && history.value?.unrecorded.isEmpty == true && scope.omittedLogs == 0
            && logs.areWhole(of: scope.logs)
    }

    /// How many logs of servers are being read.
    var waitingLogs: Int { logs.waiting(of: scope.logs) }

    /// What it asks for.
    var asking: [Effect] {
        [
            .recall(
                HistoryQuery(scope.subject, since: Timestamp(0), limit: Self.limit),
                .timeline(question: question)), .readAudit,
        ]
    }

    /// Asks servers for the logs that belong to what it is of, and were not asked for yet.
    mutating func askLogs(_ state: State) -> [Effect] {
        logs.ask(for: scope.logs) { state.reasonAgainstLog($0) }
    }

    /// The lines that are shown.
    func lines(_ state: State) -> [TimelineEntry] {
        list.narrowing.isOn ? entries.filter { list.narrowing.fits(state.words(of: $0)) } : entries
    }

    /// Takes what was recorded.
    mutating func recalled(
        _ question: Int, _ result: Result<Recollection, BackendError>, _ state: State
    ) {
        guard question == self.question else { return }
        history.take(result)
        arrange(state)
    }

    /// Takes what was recorded just now.
    mutating func recorded(_ changes: [StateChange], _ state: State) {
        guard let recollection = history.value else { return }
        var known = Set(recollection.changes.map(\.place))
        let new = changes.filter { scope.holds($0) && ($0.place == 0 || known.insert($0.place).inserted) }
        guard !new.isEmpty else { return }
        history.value?.changes += new
        arrange(state)
    }

    /// Takes the audit log.
    mutating func read(_ result: Result<[AuditRow], BackendError>, _ state: State) {
        audit.take(result)
        arrange(state)
    }

    /// Takes what a server said of its log.
    mutating func logRead(
        _ entity: EntityRef, _ question: Int, _ result: Result<ServerLog?, BackendError>, _ state: State
    ) {
        if logs.take(entity, question, result) { arrange(state) }
    }

    /// Brings all in one order; the cursor stays on its line unless that is the newest.
    private mutating func arrange(_ state: State) {
        let before = lines(state)
        let focused =
            list.focus > 0 && before.indices.contains(list.focus) ? before[list.focus].id : nil
        let (scope, changes) = (scope, history.value?.changes ?? [])
        // What is no longer listed has no row that says where it is.
        let places = Dictionary(changes.map { ($0.entity, TimelineScope.place($0)) }) { $1 }
        let own = (audit.value ?? []).filter { scope.holds($0) { state.place(of: $0) ?? places[$0] } }
        let logged = logs.entries(of: scope.logs) { state.backend($0.backend)?.name ?? "" }
        entries = TimelineEntry.all(changes, own, logged)
        let after = lines(state)
        list.moveFocus(
            to: focused.flatMap { id in after.firstIndex { $0.id == id } }
                ?? min(list.focus, max(0, after.count - 1)))
    }

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { list.narrowing.contexts }

    /// Changes the text that the lines are narrowed to.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        list.edit(change)
        return []
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if !list.narrowing.isTyping {
            switch action {
            case .nextField, .right: return .done(widen(1, in: &state))
            case .previousField, .left: return .done(widen(-1, in: &state))
            default: break
            }
        }
        let lines = lines(state)
        if list.run(action, count: lines.count, page: state.layout.screen.body.height - 1) {
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard lines.indices.contains(list.focus) else { return .done([]) }
            switch lines[list.focus] {
            case .change(let change): return state.open(change.entity)
            case .command(let row):
                guard let first = row.entities.first else {
                    state.showMessage(.plain, "the record does not say what it was sent to")
                    return .done([])
                }
                return state.open(first)
            case .logged(let logged): return state.open(logged)
            }
        case .earlier, .later:
            guard lines.indices.contains(list.focus) else { return .done([]) }
            if case .logged(let logged) = lines[list.focus], !logged.entry.isTimeCertain {
                state.showMessage(
                    .plain, "when that was is not known: the zone of \(logged.backend)'s clock is not")
                return .done([])
            }
            let time = lines[list.focus].seen
            return .closedThen { state in
                if let reason = state.reasonAgainstPast {
                    state.showMessage(.bad, reason)
                    return []
                }
                return state.travel(.moment(time))
            }
        case .refresh, .refreshAll: return .done(askAgain(in: &state))
        // In a dialog the key that opened it means to try again.
        case .timeline, .retry: return .closed
        default: return leave(action)
        }
    }

    /// Shows more, or less.
    private mutating func widen(_ step: Int, in state: inout State) -> [Effect] {
        guard scopes.count > 1 else { return [] }
        scopePlace = (scopePlace + step + scopes.count) % scopes.count
        history = Reading()
        list.moveFocus(to: 0)
        let effects = ask(in: &state) + askLogs(state)
        // What was read of the audit log and of logs is here already.
        arrange(state)
        return effects
    }

    private mutating func askAgain(in state: inout State) -> [Effect] {
        let effects = ask(in: &state)
        return effects
            + logs.askAgain(for: scope.logs, question: question) { [state] in state.reasonAgainstLog($0) }
    }

    private mutating func ask(in state: inout State) -> [Effect] {
        question = state.nextQuestion()
        history.ask()
        audit.ask()
        return asking
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        if list.narrowing.isTyping { return ListNarrowing.hints }
        let next = scopes[(scopePlace + 1) % scopes.count].words
        return [(.own(.accept), "open"), (.own(.filter), "filter")]
            + (scopes.count > 1 ? [(.own(.nextField), TextLayout.cut("of \(next)", to: 30))] : [])
            + [
                (.own(.earlier), "everything as it was then"), (.own(.refresh), "refresh"),
                (.own(.cancel), "close"),
            ]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        TimelinePicture(state: state, page: self).draw(in: &frame)
    }
}
