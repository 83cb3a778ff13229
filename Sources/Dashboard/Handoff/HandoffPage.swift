internal import Canvas
internal import Domain

/// What is handed over, as Markdown over the body: to be read, edited, copied and saved.
struct HandoffPage: TextLayer {
    /// The key that shows it and closes it.
    static var opener: OwnAction? { .handoff }
    /// How far it reaches back, in hours.
    static let spans = [1, 4, 8, 12, 24, 72]
    private var span = 2
    /// What it says; nil while anything of it is being read.
    private(set) var lines: [String]?
    /// Whether the operator changed it: it is not made again then.
    private(set) var isEdited = false
    var text = ScrolledText()
    /// The number of its question, so that the answer to an older one is dropped.
    private var question = 0
    private var isKept = false
    private var recollection: Result<Recollection, BackendError>?
    private var commands: Result<[AuditRow], BackendError>?

    var hours: Int { Self.spans[span] }

    private func since(_ state: State) -> Timestamp {
        Timestamp(state.wall.seconds - Int64(hours) * 3_600)
    }

    /// Asks for all that it is made of, and forgets what it was made of before.
    mutating func ask(in state: inout State) -> [Effect] {
        (lines, recollection, commands) = (nil, nil, nil)
        isKept = state.sinceLooked.isKept
        question = state.nextQuestion()
        let recall = Effect.recall(
            HistoryQuery(since: since(state), limit: SinceLooked.limit), .handoff(question: question))
        return (isKept ? [recall] : []) + [.readAudit]
    }

    /// Takes what was recorded.
    mutating func recalled(
        _ question: Int, _ result: Result<Recollection, BackendError>, _ state: State
    ) {
        guard question == self.question else { return }
        recollection = result
        make(state)
    }

    /// Takes the audit log.
    mutating func read(_ result: Result<[AuditRow], BackendError>, _ state: State) {
        commands = result
        make(state)
    }

    private mutating func make(_ state: State) {
        guard !isEdited, !isKept || recollection != nil, let commands else { return }
        let source = state.handoffSource(since: since(state), recollection, commands)
        lines = Handoff(source).markdown(zone: state.zone)
    }

    /// Takes what the operator's editor gave back.
    mutating func edited(_ text: String) {
        lines = CleanText.lines(text)
        isEdited = true
    }

    /// What it says, wrapped to the screen.
    func textLines(in state: State) -> [String] {
        let width = max(20, state.layout.screen.body.width - 2)
        return (lines ?? []).flatMap { $0.isEmpty ? [""] : TextLayout.wrap($0, to: width) }
    }

    /// Does an action, or says that it is not its own.
    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if text.run(action, textLines(in: state), in: state) { return .done([]) }
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
            return .done(ask(in: &state))
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
        return ask(in: &state)
    }

    /// Its most useful keys.
    func hints(in state: State) -> [(Action, String)] {
        if text.isTyping { return ListNarrowing.hints }
        return [
            (.own(.editExternally), "edit"), (.own(.yes), "copy"), (.own(.savePicture), "save"),
            (.own(.zoomOut), "further back"), (.own(.zoomIn), "less far"), (.own(.filter), "find"),
            (.own(.cancel), "close"),
        ]
    }

    /// Draws itself over the pane.
    func draw(in frame: inout Frame, _ state: State) {
        var title = [Piece(" handoff", .textHeading), Piece(" › ", .textMuted)]
        title.append(Piece("the last \(hours) h", .textStrong))
        if isEdited { title.append(Piece("  edited", .match)) }
        text.draw(in: &frame, title, lines == nil ? ["reading…"] : textLines(in: state), state)
    }
}

extension State {
    /// Shows what is handed over.
    mutating func showHandoff() -> [Effect] {
        var page = HandoffPage()
        let effects = page.ask(in: &self)
        layers.push(page)
        return effects
    }

    /// What a handoff is made of here.
    func handoffSource(
        since: Timestamp, _ recollection: Result<Recollection, BackendError>?,
        _ commands: Result<[AuditRow], BackendError>
    ) -> HandoffSource {
        let tables = backends.flatMap { backend in
            backend.tables(of: .alerts).map { (backend: backend.name, table: $0) }
        }
        var remarks: [String] = []
        var silent: Set<String> = []
        for backend in backends {
            let (freshness, arrivedAt) = backend.worst(of: backend.kinds(of: .alerts), now: now)
            if [.lost, .refused, .neverSeen].contains(freshness) { silent.insert(backend.name) }
            guard !freshness.isTrustworthy else { continue }
            let age = arrivedAt.map { "its alerts are as they were \(SteppedAge.text(now - $0)) ago" }
            remarks.append("\(backend.name): \(freshness.word), \(age ?? "its alerts are not known")")
        }
        if let unreadRecord {
            remarks.append("commands of others are missing: the team's record was not read: \(unreadRecord)")
        }
        let rows = (try? commands.get()) ?? []
        if claims.isKept, let problem = claims.book.problem {
            remarks.append("who has what may be missing or over: \(problem)")
        }
        var source = HandoffSource(
            tables: tables, areAlertsWhole: remarks.isEmpty, silent: silent, recollection: recollection,
            commands: commands,
            areCommandsWhole: rows.count < AuditRow.most || rows.contains { $0.time < since },
            snoozes: preferences.snoozes, remarks: remarks, since: since, now: wall, zone: zone)
        source.claims = handedClaims
        return source
    }

    /// Takes what the operator's editor gave back of a text.
    mutating func textEdited(_ result: Result<String, BackendError>) {
        switch result {
        case .success(let text): layers.update(HandoffPage.self) { $0.edited(text) }
        case .failure(let error): showMessage(.bad, error.words)
        }
    }
}
