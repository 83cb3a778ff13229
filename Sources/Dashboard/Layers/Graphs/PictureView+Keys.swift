public import Canvas
internal import Domain

extension PictureView: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .pictures
    /// How far back pictures go, in spans.
    private static let mostSpansAgo = 999
    /// The size of pictures in files: what LibreNMS draws when nothing is said.
    private static let fileSize = Size(1075, 300)

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        if openedAt == nil { return runOnList(action, in: &state) }
        switch action {
        case .cancel, .back, .close:
            request = nil
            openedAt = nil
            shown = nil
            pictureProblem = nil
            return .done([])
        case .down, .nextField: return change(in: &state) { $0.focus += 1 }
        case .up, .previousField: return change(in: &state) { $0.focus -= 1 }
        case .zoomIn:
            return change(in: &state, saying: "there is no shorter time than 6 h") { $0.zoom(by: -1) }
        case .zoomOut:
            return change(in: &state, saying: "there is no longer time than 1 y") { $0.zoom(by: 1) }
        case .left: return change(in: &state) { $0.spansAgo = min(Self.mostSpansAgo, $0.spansAgo + 1) }
        case .right: return change(in: &state, saying: "this picture ends now") { $0.spansAgo -= 1 }
        case .refresh, .refreshAll: return .done(ask(in: state))
        case .accept, .open: return .done([])
        case .savePicture:
            guard var request else { return .done([]) }
            request.width = Self.fileSize.width
            request.height = Self.fileSize.height
            state.showMessage(.plain, "saving \(request.picture.title)", stays: true)
            return .done([.savePicture(request)])
        default: return leave(action)
        }
    }

    private mutating func runOnList(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let page = max(1, area(state).height)
        if let moved = ListMove(page: page, count: list?.count ?? 0).line(action, from: focus) {
            focus = moved
            return .done([])
        }
        switch action {
        case .accept, .open, .right: return .done(ask(in: state))
        case .zoomIn where state.isSampled(entity): return .done(state.reachCharts(by: -1))
        case .zoomOut where state.isSampled(entity): return .done(state.reachCharts(by: 1))
        case .refresh, .refreshAll:
            problem = nil
            return .done([.listPictures(entity)] + state.askCharts { [entity] in $0 == entity })
        default: return leave(action)
        }
    }

    /// Changes which picture is shown and asks for it; nothing when there is no such picture.
    private mutating func change(
        in state: inout State, saying words: String? = nil, _ change: (inout PictureView) -> Void
    ) -> LayerAnswer {
        var changed = self
        change(&changed)
        guard changed != self, changed.picture != nil, changed.spansAgo >= 0 else {
            if let words { state.showMessage(.plain, words) }
            return .done([])
        }
        self = changed
        return .done(ask(in: state))
    }

    /// Asks for the picture under the cursor.
    private mutating func ask(in state: State) -> [Effect] {
        guard let picture else { return [] }
        let area = area(state)
        // Enough pixels for what a cell shows, and few enough that a thin line is not lost between them.
        let wanted = PictureRequest(
            entity, picture, span: span, spansAgo: spansAgo,
            width: max(300, min(1600, area.width * 4)), height: max(120, min(800, area.height * 8)))
        request = wanted
        openedAt = state.wall
        pictureProblem = nil
        let isWaiting = pending != nil
        if !isWaiting { pending = wanted }
        return isWaiting ? [] : [.picture(wanted)]
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        GraphPicture(state: state, view: self).draw(in: &frame)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        if openedAt == nil {
            let reach: [(Action, String)] =
                state.isSampled(entity) ? [(.own(.zoomIn), "less time"), (.own(.zoomOut), "more time")] : []
            let draw: [(Action, String)] = list?.isEmpty == true ? [] : [(.own(.accept), "draw")]
            return draw + [(.own(.cancel), "back")] + reach
        }
        return [
            (.own(.cancel), "back"), (.own(.zoomIn), "less time"), (.own(.zoomOut), "more time"),
            (.own(.left), "earlier"), (.own(.right), "later"), (.own(.savePicture), "save"),
            (.own(.down), "next graph"), (.own(.refresh), "refresh"),
        ]
    }
}

extension PictureView {
    /// Covers more or less time; what it ended with stays in it.
    mutating func zoom(by step: Int) {
        let spans = PictureSpan.allCases
        guard let place = spans.firstIndex(of: span), spans.indices.contains(place + step) else { return }
        let end = span.rawValue * Int64(spansAgo)
        span = spans[place + step]
        spansAgo = Int(end / span.rawValue)
    }
}
