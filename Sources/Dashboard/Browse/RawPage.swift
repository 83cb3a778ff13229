internal import Canvas
internal import Domain

/// A server's answer as it came: status, header fields and body, with secrets masked.
struct RawPage: TextLayer {
    private let entity: EntityRef
    private var answer: RawAnswer?
    private var problem: String?
    var text = ScrolledText()

    init(_ entity: EntityRef) { self.entity = entity }

    static var opener: OwnAction? { .raw }

    mutating func answered(_ entity: EntityRef, _ result: Result<RawAnswer, BackendError>) {
        guard entity == self.entity else { return }
        switch result {
        case .success(let answer):
            self.answer = answer
            problem = nil
        case .failure(let error): problem = error.words
        }
    }

    private var lines: [String] {
        guard let answer else { return [problem ?? "asking…"] }
        return [answer.request] + answer.head + [""] + answer.body
    }

    func textLines(in state: State) -> [String] { lines }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if text.run(action, lines, in: state) { return .done([]) }
        switch action {
        case .refresh: return .done([.readRaw(entity)])
        case .copy, .yes:
            guard let answer else { return .done([]) }
            return .done(state.copy(answer.curl, named: "the curl line, without the secret"))
        default: return leave(action)
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        if text.isTyping { return Self.typingHints }
        return [
            (.own(.find), "find"), (.own(.findNext), "next"), (.own(.yes), "copy as curl"),
            (.own(.refresh), "again"), (.own(.cancel), "close"),
        ]
    }

    func draw(in frame: inout Frame, _ state: State) {
        let title = [
            Piece(" raw", .textHeading), Piece(" › ", .textMuted),
            Piece(CleanText.oneLine(entity.id), .textStrong),
        ]
        text.draw(in: &frame, title, lines, state)
    }
}
