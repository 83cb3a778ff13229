public import Canvas

/// What lies over the pane: a page, a dialog or a prompt.
///
/// The one on top has the keys. A layer is one folder: a value with its state, its keys and its picture. Nothing else knows it but the action that
/// shows it (`state.layers.push(…)`), and events that it waits for (`state.layers.update(Name.self) { … }`).
public protocol Layer: Sendable, Equatable {
    /// The key that shows it and, pressed again, closes it; nil where there is none.
    static var opener: OwnAction? { get }

    /// Where its keys are looked up, the nearest first.
    func contexts(in state: State) -> [KeyContext]

    /// Does an action.
    ///
    /// What it changes of itself is kept; what it pushes lies above it.
    mutating func run(_ action: OwnAction, in state: inout State) -> LayerAnswer

    /// Changes the text that has the keys.
    mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect]

    /// Draws itself over what is in the frame already.
    func draw(in frame: inout Frame, _ state: State)

    /// Its most useful keys for the last line, with a word or two each.
    func hints(in state: State) -> [(Action, String)]
}

/// What a layer did with an action.
public enum LayerAnswer: Sendable {
    /// It did it and stays.
    case done([Effect])
    /// It is over.
    case closed
    /// It is over, and this comes after it.
    case closedThen(@Sendable (inout State) -> [Effect])
    /// It does not know the action: whoever lies below does it, and the layer stays.
    case passed
    /// It does not know the action and closes before it is done.
    case closedAndPassed
}

extension Layer {
    /// None.
    public static var opener: OwnAction? { nil }

    /// No question but a page: the keys that work everywhere go on from here.
    public func contexts(in state: State) -> [KeyContext] { [.dialog, .global] }

    /// Nothing is typed.
    public mutating func edit(_ change: (inout TextField) -> Void, in state: inout State) -> [Effect] { [] }

    /// Does an action that is not a layer's own: the ones about the whole screen work on, others only close it.
    func leave(_ action: OwnAction) -> LayerAnswer {
        switch action {
        case .quit, .redraw, .themes, .themeNext, .refresh, .refreshAll, .mouse, .wallboard: .passed
        case .yes, .check, .retry, .forget, .dryRun, .toggle, .left, .right, .undo, .editExternally, .zoomIn,
            .zoomOut, .savePicture, .mine, .find, .findNext, .findPrevious, .filter:
            .done([])
        case .help, .health, .audit, .palette, .pictures, .impact, .runbook, .since, .looked, .timeline,
            .handoff:
            action == Self.opener ? .closed : .closedAndPassed
        default: .closed
        }
    }

    /// Whether another layer says the same.
    func isEqual(to other: any Layer) -> Bool { (other as? Self) == self }
}

/// What moves a cursor in a list of lines, or a text that is longer than the screen.
struct ListMove {
    /// How many lines a page has.
    let page: Int
    /// How many lines there are.
    let count: Int

    /// Where an action moves to from a line; nil where it does not move.
    func line(_ action: OwnAction, from line: Int) -> Int? {
        let last = max(0, count - 1)
        let line = min(line, last)
        return switch action {
        case .down, .nextField: min(last, line + 1)
        case .up, .previousField: max(0, line - 1)
        case .pageDown, .halfPageDown: min(last, line + page)
        case .pageUp, .halfPageUp: max(0, line - page)
        case .top: 0
        case .bottom: last
        default: nil
        }
    }

    /// Where an action scrolls a text to from its first visible line; nil where it does not scroll.
    func top(_ action: OwnAction, from top: Int) -> Int? {
        let last = max(0, count - page)
        let top = min(last, top)
        return switch action {
        case .down, .nextField: min(last, top + 1)
        case .up, .previousField: max(0, top - 1)
        case .pageDown, .toggle: min(last, top + page)
        case .pageUp: max(0, top - page)
        case .halfPageDown: min(last, top + page / 2)
        case .halfPageUp: max(0, top - page / 2)
        case .top: 0
        case .bottom: last
        default: nil
        }
    }
}
