import Canvas
import Dashboard

/// A screen that nothing in the sources knows.
struct Poster: Screen, ScreenProfile, Equatable {
    private(set) var keys = 0
    private(set) var ticks = 0
    var isLocked = false

    var contexts: [KeyContext] { [.wallboard] }

    func screen(isFromDashboard: Bool, in state: State) -> any Screen { self }

    mutating func press(_ key: Key, in state: inout State) -> ScreenAnswer {
        let (_, match) = state.lookUp(key, in: contexts)
        if match == .action(.own(.close)) { return .closed("the poster was taken down") }
        keys += 1
        return .stays(match == .action(.own(.redraw)) ? [.redraw] : [])
    }

    mutating func update(after event: Event, in state: inout State) -> [Effect] {
        if case .tick = event { ticks += 1 }
        return []
    }

    func draw(_ state: State) -> Frame {
        var frame = Frame(size: state.size, sheet: state.theme.sheet, style: Theme.style(.text))
        frame.put("\(keys) keys, \(ticks) ticks", 0, 0, .text)
        return frame
    }
}
