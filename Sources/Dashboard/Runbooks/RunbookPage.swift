internal import Canvas
internal import Domain

/// A text of the operator's on what to do.
struct RunbookPage: TextLayer {
    private let book: Runbooks.Book
    private var content: Result<[String], BackendError>?
    var text = ScrolledText()

    static var opener: OwnAction? { .runbook }

    init(_ book: Runbooks.Book) { self.book = book }

    /// Takes what its file says.
    mutating func read(_ book: Runbooks.Book, _ result: Result<CapturedText, BackendError>) {
        if book == self.book { content = result.map(\.lines) }
    }

    private var lines: [String] {
        switch content {
        case nil: []
        case .success(let lines)?: lines.isEmpty ? ["it is empty"] : lines
        case .failure(let error)?: [error.words]
        }
    }

    func textLines(in state: State) -> [String] { lines }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if text.run(action, lines, in: state) { return .done([]) }
        switch action {
        case .copy, .yes:
            return .done(state.copy(lines.joined(separator: "\n"), named: book.file))
        default: return leave(action)
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        if text.isTyping { return Self.typingHints }
        return [(.own(.find), "find"), (.own(.yes), "copy"), (.own(.cancel), "close")]
    }

    func draw(in frame: inout Frame, _ state: State) {
        var title = [Piece(" run-book › ", .textMuted), Piece(book.file, .textHeading)]
        if content == nil { title.append(Piece("  reading…", .textMuted)) }
        text.draw(in: &frame, title, lines, state)
    }
}
