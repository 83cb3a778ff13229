public import Canvas
internal import Domain

/// The backends on the whole screen: a line each, and below them what is read of the one under the cursor.
public struct HealthPage: Layer {
    /// The key that shows it.
    public static let opener: OwnAction? = .health
    /// The backend under the cursor.
    public private(set) var focus = 0
    /// Whether its resources have the screen.
    public private(set) var isOpen = false
    /// The first line of them on the screen.
    public private(set) var top = 0

    init() {}

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        let picture = HealthPicture(state: state, view: self)
        if isOpen {
            let lines = ListMove(page: picture.rows, count: picture.lines.count)
            if let moved = lines.top(action, from: top) {
                top = moved
                return .done([])
            }
        } else if let moved = ListMove(page: picture.listRows, count: state.backends.count).line(
            action, from: focus)
        {
            focus = moved
            return .done([])
        }
        switch action {
        case .open, .accept:
            isOpen = true
            top = 0
        case .back, .cancel, .close:
            guard isOpen else { return .closed }
            isOpen = false
        default: return leave(action)
        }
        return .done([])
    }

    /// Draws itself in place of the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        HealthPicture(state: state, view: self).draw(in: &frame)
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        isOpen
            ? [(.own(.down), "down"), (.own(.up), "up"), (.own(.cancel), "all backends")]
            : [(.own(.accept), "its resources"), (.own(.cancel), "close")]
    }
}
