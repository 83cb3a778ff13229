public import Canvas
public import Domain
public import Filter

/// The line on which it is typed how long rows are to be hidden.
public struct SnoozePrompt: Layer {
    /// What was typed.
    public private(set) var input = TextField()
    /// The rows, pinned when the key was pressed.
    public let targets: [EntityRef]
    /// What is wrong with what was typed; nil when nothing is.
    public private(set) var remark: FilterRemark?

    init(targets: [EntityRef]) { self.targets = targets }

    /// Where its keys are looked up.
    public func contexts(in state: State) -> [KeyContext] { [.text] }

    /// Changes what is typed.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] {
        change(&input)
        _ = read(state)
        return []
    }

    /// Does an action, or says that it is not its own.
    public mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer {
        switch action {
        case .cancel: return .closed
        case .accept:
            guard let term = read(state) else { return .done([]) }
            let targets = targets
            return .closedThen { $0.snooze(targets, until: term.until) }
        default: return .done([])
        }
    }

    /// Reads what is typed, so that what is wrong with it is seen at once; nil where something is.
    private mutating func read(_ state: State) -> (until: Timestamp?, Void)? {
        do throws(FilterRemark) {
            let until = try SnoozeTerm.read(input.text, now: state.wall, zone: state.zone)
            remark = nil
            return (until, ())
        } catch {
            remark = error
            return nil
        }
    }

    /// Draws itself over the pane.
    public func draw(in frame: inout Frame, _ state: State) {
        if state.layers.count > 1 { MessageLine(state: state).draw(in: &frame, state.layout.screen.message) }
    }

    /// Its most useful keys.
    public func hints(in state: State) -> [(Action, String)] {
        [(.own(.accept), "hide here"), (.own(.cancel), "cancel")]
    }
}

extension SnoozePrompt: Prompt {
    func draw(in frame: inout Frame, line: Rect, _ state: State) {
        SnoozePicture(prompt: self).draw(in: &frame, line)
    }
}
