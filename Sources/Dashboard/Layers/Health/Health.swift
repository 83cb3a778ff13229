public import Canvas

/// The state of every backend.
public struct Health: Layer {
    public static let opener: OwnAction? = .health
    /// The first line on the screen.
    public private(set) var top = 0

    /// Shows it from the beginning.
    init() {}

    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let lines = HealthReport(state: state).lines.count
        guard let top = ListMove(page: Dialog.rows(state), count: lines).top(action, from: top) else {
            return leave(action)
        }
        self.top = top
        return .done([])
    }

    public func draw(in frame: inout Frame, _ state: State) {
        Panel(title: "Backends", lines: HealthReport(state: state).lines, top: top).draw(in: &frame, state)
    }

    public func hints(in state: State) -> [(Action, String)] { Panel.hints }
}
