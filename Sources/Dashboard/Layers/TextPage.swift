import Canvas

/// What a page of text says; a new one is this and a line where its key is done.
protocol PageText {
    /// The title of the page.
    static var title: String { get }
    /// The key that shows it.
    static var opener: OwnAction { get }
    /// Its lines, as the state is now.
    var lines: [[Piece]] { get }

    init(state: State)
}

/// A text over the pane that is only read and scrolled.
struct TextPage<Text: PageText>: Layer {
    /// The first line on the screen.
    private(set) var top = 0

    static var opener: OwnAction? { Text.opener }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let lines = ListMove(page: Dialog.rows(state), count: Text(state: state).lines.count)
        guard let top = lines.top(action, from: top) else { return leave(action) }
        self.top = top
        return .done([])
    }

    func draw(in frame: inout Frame, _ state: State) {
        Panel(title: Text.title, lines: Text(state: state).lines, top: top).draw(in: &frame, state)
    }

    func hints(in state: State) -> [(Action, String)] { Panel.hints }
}
