internal import Canvas
internal import Domain

/// What differs between two moments, over the body: what the changes between them come to.
struct DifferencePage: Layer {
    /// The key that shows it and closes it.
    static var opener: OwnAction? { .difference }
    private(set) var list = NarrowedList()
    /// The moments, the earlier first; the later one is nil for now.
    let from: Timestamp, to: Timestamp?
    /// What was recorded between them.
    private(set) var changes = Reading<Recollection>()
    /// What that comes to.
    private(set) var net: [NetChange] = []
    /// The kinds of which more changed than was recorded one by one.
    private(set) var omitted: Set<ResourceKind> = []
    /// Whether all lists were read at both moments, as far as is known.
    let isWhole: Bool
    private let question: Int

    init(from: Timestamp, to: Timestamp?, isWhole: Bool, question: Int) {
        self.isWhole = isWhole
        self.from = from
        self.to = to
        self.question = question
    }

    /// What it asks for: what was seen by a moment is no difference from it.
    var asking: [Effect] {
        [
            .recall(
                HistoryQuery(since: Timestamp(from.seconds + 1), until: to, limit: SinceLooked.limit),
                .difference(question: question))
        ]
    }

    /// Takes what was recorded.
    mutating func recalled(_ question: Int, _ result: Result<Recollection, BackendError>) {
        guard question == self.question else { return }
        changes.take(result)
        var all = NetChanges()
        all.add(changes.value?.changes ?? [])
        (net, omitted) = (all.sorted, all.omitted)
    }

    /// The lines that are shown.
    func lines(_ state: State) -> [NetChange] {
        list.narrowing.isOn ? net.filter { list.narrowing.fits(state.words(of: $0)) } : net
    }

    func contexts(in state: State) -> [KeyContext] { list.narrowing.contexts }

    mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        list.edit(change)
        return []
    }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let lines = lines(state)
        if list.run(action, count: lines.count, page: state.layout.screen.body.height - 1) {
            return .done([])
        }
        switch action {
        case .accept, .open:
            guard lines.indices.contains(list.focus) else { return .done([]) }
            return state.open(lines[list.focus].entity)
        case .difference: return .closed
        case .earlier, .later, .quarterEarlier, .quarterLater: return .closedAndPassed
        default: return leave(action)
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        if list.narrowing.isTyping { return ListNarrowing.hints }
        return [
            (.own(.accept), "open"), (.own(.filter), "filter"), (.own(.earlier), "earlier moment"),
            (.own(.later), "later moment"), (.own(.cancel), "close"),
        ]
    }

    func draw(in frame: inout Frame, _ state: State) {
        DifferencePicture(state: state, page: self).draw(in: &frame)
    }
}

extension State {
    /// Shows what differs between this moment and the one that was compared with before; the first time, and now.
    mutating func showDifference() -> [Effect] {
        guard let moment else { return [] }
        let other = moment.compared ?? moment.time
        if moment.compared == nil { self.moment?.compare(with: moment.time) }
        let (from, to): (Timestamp, Timestamp?) =
            other == moment.time ? (moment.time, nil) : (min(other, moment.time), max(other, moment.time))
        let page = DifferencePage(from: from, to: to, isWhole: isPastWhole, question: nextQuestion())
        layers.push(page)
        return page.asking
    }
}

/// One line for each entity: when it changed last between the two moments, and what that came to.
private struct DifferencePicture {
    let state: State
    let page: DifferencePage

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        let list = Rect(body.x, body.y + 1, body.width, max(0, body.height - 1))
        let lines = page.lines(state)
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            page.list.drawTitle(
                in: &frame, body, "difference", of: span, count: remark, rows: list.height,
                total: lines.count)
            guard !lines.isEmpty else {
                frame.put(emptyWords, list.x + 1, list.y, .textMuted, width: list.width - 2)
                return
            }
            let columns = ChangeColumns(state, lines.map(\.change), width: list.width - 4)
            FocusedList(count: lines.count, focus: page.list.focus) { row in
                let sign = state.sinceSign(lines[row].turn)
                return [Piece("\(sign.symbol) ", sign.role)] + columns.pieces(lines[row].change)
            }.draw(in: &frame, list)
        }
    }

    private var span: String {
        func clock(_ moment: Timestamp) -> String { CivilTime.fields(moment, offset: state.zone).text }
        return "\(clock(page.from)) to \(page.to.map(clock) ?? "now")"
    }

    /// What is missing.
    private var remark: String {
        var words: [String] = []
        if page.changes.value?.isCut == true {
            words.append("only the latest \(Quantity.count(SinceLooked.limit)) changes")
        }
        if !page.isWhole { words.append("not everything was read") }
        if !page.omitted.isEmpty {
            let kinds = page.omitted.map { state.plural(of: $0) }.sorted().joined(separator: ", ")
            words.append("more \(kinds) changed than was recorded")
        }
        return words.joined(separator: "; ")
    }

    private var emptyWords: String {
        if let problem = page.changes.problem { return "not known: \(problem)" }
        if !page.changes.isKnown { return "reading" }
        if page.list.narrowing.isOn { return "nothing matches \(page.list.narrowing.text)" }
        return page.isWhole && page.omitted.isEmpty && page.changes.value?.isCut == false
            ? "nothing became worse or better" : "nothing is known to have become worse or better"
    }
}
