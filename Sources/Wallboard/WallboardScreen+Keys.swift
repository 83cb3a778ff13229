package import Canvas
package import Dashboard
import Domain

/// The few keys of the wallboard.
extension WallboardScreen {
    /// Seconds within which leaving has to be asked for a second time.
    private static let leaveWindow = 3.0

    package mutating func press(_ key: Key, in state: inout State) -> ScreenAnswer {
        let (keys, match) = state.lookUp(key, in: contexts)
        switch match {
        case .action(.own(let action)):
            if let answer = run(action, in: &state) { return answer }
            refuse(.own(action), keys, in: &state)
        case .action(let action): refuse(action, keys, in: &state)
        case .pending: break
        case .none:
            let elsewhere = state.keymap.match(keys, in: [.table, .detail, .global])
            if case .action(let action) = elsewhere {
                refuse(action, keys, in: &state)
            } else {
                refuse(nil, keys, in: &state)
            }
        }
        return .stays([])
    }

    /// Does what can be done on a wallboard; nil for everything else.
    private mutating func run(_ action: OwnAction, in state: inout State) -> ScreenAnswer? {
        if action != .close { leaveAskedAt = nil }
        switch action {
        case .nextPage: return .stays(turnPage(by: 1, state))
        case .previousPage: return .stays(turnPage(by: -1, state))
        case .pause: pauseOrGoOn(in: &state)
        case .themeNext: chooseNextTheme(in: &state)
        case .redraw: return .stays([.redraw])
        case .close: return close(in: &state)
        default: return nil
        }
        return .stays([])
    }

    /// Leaves when it is asked for a second time: for the dashboard as it was; without one behind it, ends.
    private mutating func close(in state: inout State) -> ScreenAnswer {
        if let asked = leaveAskedAt, state.now - asked <= Self.leaveWindow {
            guard isFromDashboard else { return .stays([.quit]) }
            state.chooseTheme(themeBefore)
            return .closed(
                "read-only from here on, for as long as nocturne runs: the wallboard sealed it")
        }
        leaveAskedAt = state.now
        let key = spelling(.close, state)
        let seconds = Int(Self.leaveWindow)
        state.showMessage(.plain, "\(key) once more within \(seconds) seconds leaves the wallboard")
        return .stays([])
    }

    /// Says why a key does nothing here, and which do something.
    private mutating func refuse(_ action: Action?, _ keys: [Key], in state: inout State) {
        leaveAskedAt = nil
        let key = keys.map(\.description).joined(separator: " ")
        let what =
            switch action {
            case nil: "\(key) does nothing here"
            case .command(let kind):
                "\(state.title(of: .command(kind))): not from a wallboard, it is read-only"
            case .some(let action): "\(state.title(of: action)): not on a wallboard, it only shows"
            }
        func spelling(_ action: OwnAction) -> String { self.spelling(action, state) }
        state.showMessage(
            .plain,
            "\(what); \(spelling(.nextPage)) \(spelling(.previousPage)) turn pages, \(spelling(.pause)) pauses, "
                + "\(spelling(.themeNext)) theme, \(spelling(.close)) \(spelling(.close)) leaves")
    }

    private func spelling(_ action: OwnAction, _ state: State) -> String {
        state.keymap.spelling(of: .own(action), in: contexts) ?? "(no key)"
    }
}
