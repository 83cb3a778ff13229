public import Canvas

/// The state of every backend.
public struct Health: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .health
    /// The first line on the screen.
    public private(set) var top = 0

    /// Shows it from the beginning.
    init() {}

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let lines = HealthReport(state: state).lines.count
        guard let top = ListMove(page: Dialog.rows(state), count: lines).top(action, from: top) else {
            return leave(action)
        }
        self.top = top
        return .done([])
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        Panel(title: "Backends", lines: HealthReport(state: state).lines, top: top).draw(in: &frame, state)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] { Panel.hints }
}
