public import Canvas
public import Filter

/// A whole screen in place of the dashboard's panes, such as the wallboard.
///
/// It has the keys and the picture until it closes; tables, health and schedule go on below it. It only shows: once one
/// was there, nothing can be changed any more for as long as the process lives. It is a value with private fields that
/// reads the whole state and changes it by the state's own verbs. The dashboard knows none by name: a `ScreenProfile`
/// makes it.
public protocol Screen: Sendable {
    /// What is drawn with; nil draws with the dashboard's theme.
    var theme: Theme? { get }
    /// The rows in front: their kinds are read, and what costs a request each is read for them first.
    var rows: PaneState? { get }
    /// Where its keys are looked up, the nearest first.
    var contexts: [KeyContext] { get }
    /// Whether no key, and no signal that a key sends, does anything.
    var isLocked: Bool { get }
    /// Whether some of it must not be read by those who pass by: then notifications name nothing.
    var isRedacted: Bool { get }
    /// Seconds for which a message stays: nobody presses a key to make it go.
    var messageTime: Double { get }

    /// Begins, as the state's screen.
    mutating func start(in state: inout State) -> [Effect]

    /// Does what a key says.
    mutating func press(_ key: Key, in state: inout State) -> ScreenAnswer

    /// Follows what happened, whatever it was.
    mutating func update(after event: Event, in state: inout State) -> [Effect]

    /// Shows rows that were filtered and sorted off the main thread for one of its lists.
    mutating func arranged(
        _ list: Int, question: Int, _ arrangement: Arrangement, in state: inout State
    ) -> [Effect]

    /// Follows what the operator's files say now; themes and keys of the state are the new ones already.
    mutating func reload(_ reloaded: Reloaded, in state: inout State) -> [Effect]

    /// Draws everything.
    func draw(_ state: State) -> Frame
}

/// What a screen did with a key.
public enum ScreenAnswer: Sendable {
    /// It stays.
    case stays([Effect])
    /// It is over, and the dashboard says this.
    case closed(String)
}

/// What a screen shows and how, as the operator's files say: makes the screen when it is wanted.
public protocol ScreenProfile: Sendable {
    /// The screen before it starts.
    ///
    /// - Parameter isFromDashboard: whether the dashboard is there to go back to.
    func screen(isFromDashboard: Bool, in state: State) -> any Screen
}

extension Screen {
    /// The dashboard's.
    public var theme: Theme? { nil }
    /// None.
    public var rows: PaneState? { nil }
    /// Keys do what they do.
    public var isLocked: Bool { false }
    /// Everything may be read.
    public var isRedacted: Bool { false }
    /// Long enough to be read by somebody who comes nearer for it.
    public var messageTime: Double { 20 }

    /// Nothing but to be shown.
    public mutating func start(in state: inout State) -> [Effect] { [] }

    /// Nothing changes but the picture.
    public mutating func update(after event: Event, in state: inout State) -> [Effect] { [] }

    /// It has no lists.
    public mutating func arranged(
        _ list: Int, question: Int, _ arrangement: Arrangement, in state: inout State
    ) -> [Effect] { [] }

    /// Nothing of it is in the files.
    public mutating func reload(_ reloaded: Reloaded, in state: inout State) -> [Effect] { [] }
}
