public import Canvas
internal import Domain

/// What is handed over, as Markdown over the body: to be read, edited, copied and saved.
public struct HandoffPage: Layer {
    /// The key that shows it and closes it.
    public static var opener: OwnAction? { .handoff }
    /// How far it reaches back, in hours.
    static let spans = [1, 4, 8, 12, 24, 72]
    private var span = 2
    /// What it says; nil while anything of it is being read.
    private(set) var lines: [String]?
    /// Whether the operator changed it: it is not made again then.
    private(set) var isEdited = false
    private var text = ScrolledText()
    private var recollection: Recollection?
    private var commands: [AuditRow]?
    private var isRecalled: Bool
    private var problems: [String] = []

    /// - Parameter keepsHistory: whether anything is recorded that can be asked for.
    init(keepsHistory: Bool) { isRecalled = !keepsHistory }

    var hours: Int { Self.spans[span] }

    /// What it asks for.
    func asking(_ state: State) -> [Effect] {
        let since = Timestamp(state.wall.seconds - Int64(hours) * 3_600)
        let recall = Effect.recall(HistoryQuery(since: since, limit: SinceLooked.limit), .handoff)
        return (state.sinceLooked.isKept ? [recall] : []) + [.readAudit]
    }

    /// Takes what was recorded.
    mutating func recalled(_ result: Result<Recollection, BackendError>, _ state: State) {
        isRecalled = true
        switch result {
        case .success(let recollection): self.recollection = recollection
        case .failure(let error): problems.append(error.words)
        }
        make(state)
    }

    /// Takes the audit log.
    mutating func read(_ result: Result<[AuditRow], BackendError>, _ state: State) {
        switch result {
        case .success(let rows): commands = rows
        case .failure(let error):
            commands = commands ?? []
            problems.append(error.words)
        }
        make(state)
    }

    private mutating func make(_ state: State) {
        guard !isEdited, isRecalled, let commands else { return }
        let since = Timestamp(state.wall.seconds - Int64(hours) * 3_600)
        let source = state.handoffSource(since: since, recollection, commands, problems)
        lines = Handoff(source).markdown(zone: state.zone)
    }

    /// Takes what the operator's editor gave back.
    mutating func edited(_ text: String) {
        lines = CleanText.lines(text)
        isEdited = true
    }

    /// What it says, wrapped to the screen.
    private func shown(_ state: State) -> [String] {
        let width = max(20, state.layout.screen.body.width - 2)
        return (lines ?? []).flatMap { $0.isEmpty ? [""] : TextLayout.wrap($0, to: width) }
    }

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { text.isTyping ? [.text] : [.dialog, .global] }

    /// Changes the text that is looked for.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        text.edit(change, shown(state))
        return []
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if text.run(action, shown(state), in: state) { return .done([]) }
        let whole = (lines ?? []).joined(separator: "\n")
        switch action {
        case .editExternally:
            guard lines != nil else { return .done([]) }
            return .done([.editText(whole + "\n")])
        case .yes, .copy: return .done(lines == nil ? [] : state.copy(whole, named: "the handoff"))
        case .savePicture, .saveFile:
            guard lines != nil else { return .done([]) }
            return .done([.saveText(whole + "\n", name: "handoff", ending: "md")])
        case .zoomIn: return .done(reach(-1, in: &state))
        case .zoomOut: return .done(reach(1, in: &state))
        case .refresh, .refreshAll:
            isEdited = false
            return .done(ask(state))
        case .handoff: return .closed
        default: return leave(action)
        }
    }

    /// Reaches less or further back.
    private mutating func reach(_ step: Int, in state: inout State) -> [Effect] {
        guard Self.spans.indices.contains(span + step) else { return [] }
        if isEdited {
            let key = state.keymap.spelling(of: .own(.refresh), in: contexts(in: state)) ?? ""
            state.showMessage(.bad, "you edited it: \(key) makes it again, without what you wrote")
            return []
        }
        span += step
        return ask(state)
    }

    private mutating func ask(_ state: State) -> [Effect] {
        lines = nil
        isRecalled = !state.sinceLooked.isKept
        commands = nil
        problems = []
        return asking(state)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        if text.isTyping { return ListNarrowing.hints }
        return [
            (.own(.editExternally), "edit"), (.own(.yes), "copy"), (.own(.savePicture), "save"),
            (.own(.zoomOut), "further back"), (.own(.zoomIn), "less far"), (.own(.filter), "find"),
            (.own(.cancel), "close"),
        ]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        var title = [Piece(" handoff", .textHeading), Piece(" › ", .textMuted)]
        title.append(Piece("the last \(hours) h", .textStrong))
        if isEdited { title.append(Piece("  edited", .match)) }
        text.draw(in: &frame, title, lines == nil ? ["reading…"] : shown(state), state)
    }
}

extension State {
    /// Shows what is handed over.
    mutating func showHandoff() -> [Effect] {
        let page = HandoffPage(keepsHistory: sinceLooked.isKept)
        layers.push(page)
        return page.asking(self)
    }

    /// What a handoff is made of here.
    func handoffSource(
        since: Timestamp, _ recollection: Recollection?, _ commands: [AuditRow], _ problems: [String]
    ) -> HandoffSource {
        let tables = backends.flatMap { backend in
            backend.tables(of: .alerts).map { (backend: backend.name, table: $0) }
        }
        let silent = backends.compactMap { backend -> String? in
            let kinds = backend.kinds(of: .alerts)
            let (freshness, arrivedAt) = backend.worst(of: kinds, now: now)
            guard !freshness.isTrustworthy else { return nil }
            let age = arrivedAt.map { "its alerts are as they were \(SteppedAge.text(now - $0)) ago" }
            return "\(backend.name): \(freshness.word), \(age ?? "its alerts are not known")"
        }
        return HandoffSource(
            tables: tables, recollection: recollection, commands: commands, snoozes: preferences.snoozes,
            remarks: silent + problems, since: since, now: wall, zone: zone)
    }

    /// Takes what the operator's editor gave back of a text.
    mutating func textEdited(_ result: Result<String, BackendError>) {
        switch result {
        case .success(let text): layers.update(HandoffPage.self) { $0.edited(text) }
        case .failure(let error): showMessage(.bad, error.words)
        }
    }
}
