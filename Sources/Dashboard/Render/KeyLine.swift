import Canvas
import Domain

/// The last line: the most useful keys of where one is, from the live bindings.
struct KeyLine {
    let state: State

    func draw(in frame: inout Frame, _ line: Rect) {
        guard !line.isEmpty else { return }
        var x = line.x + 1
        for (action, label) in hints {
            guard let key = state.keymap.spelling(of: action, in: state.contexts) else { continue }
            let width = CharacterWidth.of(key) + 1 + CharacterWidth.of(label)
            guard x + width <= line.maxX else { break }
            x += frame.put(key, x, line.y, .key)
            x += frame.put(" \(label)", x, line.y, .keyLabel) + 2
        }
    }

    private var hints: [(Action, String)] {
        switch state.overlays.last {
        case .filter:
            return [(.own(.accept), "keep"), (.own(.cancel), "back to before"), (.own(.nextField), "down")]
        case .palette: return [(.own(.accept), "run"), (.own(.nextField), "next"), (.own(.cancel), "close")]
        case .audit: return [(.own(.open), "whole record"), (.own(.check), "check"), (.own(.close), "close")]
        case .help, .health: return [(.own(.down), "down"), (.own(.up), "up"), (.own(.close), "close")]
        case .command: return [(.own(.dryRun), "dry run"), (.own(.cancel), "cancel")]
        case nil: break
        }
        var hints: [(Action, String)] = []
        let kinds: Set<ResourceKind> = state.details.last.map { [$0.entity.kind] } ?? state.pane.pane.kinds
        var seen: Set<CommandKind> = []
        for command in state.backends.flatMap(\.commands)
        where !command.targets.isDisjoint(with: kinds) && !state.isReadOnly {
            if seen.insert(command.kind).inserted {
                hints.append((.command(command.kind), command.title.lowercased()))
            }
        }
        hints += [(.own(.open), "open")]
        if !state.details.isEmpty { hints += [(.own(.back), "back")] }
        return hints + [
            (.own(.filter), "filter"), (.own(.mark), "mark"), (.own(.sortNext), "sort"),
            (.own(.refresh), "refresh"),
            (.own(.palette), "palette"), (.own(.help), "help"), (.own(.quit), "quit"),
        ]
    }
}
