internal import Canvas
internal import Domain

/// What a program of the operator's prints, while it does and afterwards.
struct OutputPage: TextLayer {
    private let run: OwnRun
    private var lines: [String] = []
    private var isCut = false
    private var ending: OwnEnding?
    var text = ScrolledText()

    /// The number of the run that it shows.
    var number: Int { run.number }

    init(_ run: OwnRun) { self.run = run }

    /// Takes everything that was printed so far.
    mutating func printed(_ number: Int, _ output: CapturedText) {
        guard number == run.number else { return }
        lines = output.lines
        isCut = output.isCut
    }

    mutating func ended(_ number: Int, _ ending: OwnEnding) {
        if number == run.number { self.ending = ending }
    }

    func textLines(in state: State) -> [String] { lines }

    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if text.run(action, lines, in: state) { return .done([]) }
        switch action {
        case .copy, .yes:
            return .done(state.copy(lines.joined(separator: "\n"), named: "what \(run.title) printed"))
        case .cancel, .back, .close:
            guard ending == nil else { return .closed }
            // Nobody would see what else it prints.
            return .closedThen { [run] in
                $0.showMessage(.plain, "\(run.title): ending it")
                return [.endOwn(run.number)]
            }
        case .quit, .redraw, .themeNext, .mouse: return .passed
        default: return .done([])
        }
    }

    func hints(in state: State) -> [(Action, String)] {
        if text.isTyping { return Self.typingHints }
        return [
            (.own(.find), "find"), (.own(.findNext), "next"), (.own(.yes), "copy"),
            (.own(.cancel), ending == nil ? "end it" : "close"),
        ]
    }

    func draw(in frame: inout Frame, _ state: State) {
        var title = [Piece(" \(run.title)", .textHeading)]
        switch ending {
        case nil: title.append(Piece("  running…", .textMuted))
        case .exited(0)?: title.append(Piece("  ended", .textMuted))
        case let ending?: title.append(Piece("  \(ending.words)", .messageBad))
        }
        if isCut { title.append(Piece("  cut after \(Quantity.count(lines.count)) lines", .messageBad)) }
        title += [Piece(" › ", .textMuted), Piece(CleanText.oneLine(run.line), .textStrong)]
        var shown = lines
        if lines.isEmpty, ending != nil { shown = ["it printed nothing"] }
        text.draw(in: &frame, title, shown, state)
    }
}
