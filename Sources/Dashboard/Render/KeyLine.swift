import Canvas
import Domain

/// The last line: the most useful keys of where one is, from the live bindings.
struct KeyLine {
    let state: State

    func draw(in frame: inout Frame, _ line: Rect) {
        guard !line.isEmpty else { return }
        let room = line.width - 1
        let all = hints.compactMap { action, label in
            state.keymap.spelling(of: action, in: state.contexts).map { (action, key: $0, label: label) }
        }
        func width(_ hint: (Action, key: String, label: String)) -> Int {
            CharacterWidth.of(hint.key) + 1 + CharacterWidth.of(hint.label) + 2
        }
        // Whatever else has no room: the way to everything else has.
        let kept = all.filter { $0.0 == .own(.palette) || $0.0 == .own(.help) || $0.0 == .own(.cancel) }
        var left = room + 2 - kept.reduce(0) { $0 + width($1) }
        var x = line.x + 1
        for hint in all {
            let isKept = kept.contains { $0.0 == hint.0 }
            guard isKept ? x + width(hint) - 2 <= line.maxX : width(hint) <= left else { continue }
            if !isKept { left -= width(hint) }
            x += frame.put(hint.key, x, line.y, .key)
            x += frame.put(" \(hint.label)", x, line.y, .keyLabel) + 2
        }
    }

    private var hints: [(Action, String)] {
        switch state.overlays.last {
        case .filter(let prompt) where prompt.purpose == .mark:
            return [(.own(.accept), "mark what fits"), (.own(.cancel), "cancel")]
        case .filter(let prompt) where prompt.isFinding:
            return [
                (.own(.accept), "stay here"), (.own(.cancel), "back to where it was"),
                (.own(.nextField), "next"), (.own(.previousField), "previous"),
            ]
        case .filter(let prompt) where prompt.purpose == .name:
            return [(.own(.accept), "save under this name"), (.own(.cancel), "cancel")]
        case .actions: return [(.own(.accept), "do it"), (.own(.down), "down"), (.own(.cancel), "close")]
        case .snooze: return [(.own(.accept), "hide here"), (.own(.cancel), "cancel")]
        case .views:
            return [(.own(.accept), "show"), (.own(.forget), "take away"), (.own(.cancel), "close")]
        case .address: return [(.own(.cancel), "close")]
        case .copy: return [(.own(.accept), "copy"), (.own(.down), "down"), (.own(.cancel), "close")]
        case .columns:
            return [
                (.own(.toggle), "show or hide"), (.own(.left), "earlier"), (.own(.right), "later"),
                (.own(.zoomIn), "wider"), (.own(.zoomOut), "narrower"), (.own(.undo), "the usual ones"),
                (.own(.cancel), "close"),
            ]
        case .filter:
            return [(.own(.accept), "keep"), (.own(.cancel), "back to before"), (.own(.nextField), "down")]
        case .palette: return [(.own(.accept), "run"), (.own(.nextField), "next"), (.own(.cancel), "close")]
        case .audit(let view):
            let open: [(Action, String)] = view.isOpen ? [] : [(.own(.accept), "whole record")]
            let row = view.entries.flatMap { $0.indices.contains(view.focus) ? $0[view.focus] : nil }
            let undo: [(Action, String)] =
                row?.undo == nil || state.isReadOnly ? [] : [(.own(.undo), "put back")]
            return open + undo + [(.own(.check), "check an unknown outcome"), (.own(.cancel), "back")]
        case .pictures(let view):
            if view.openedAt == nil { return [(.own(.accept), "draw"), (.own(.cancel), "back")] }
            return [
                (.own(.cancel), "back"), (.own(.zoomIn), "less time"), (.own(.zoomOut), "more time"),
                (.own(.left), "earlier"), (.own(.right), "later"), (.own(.savePicture), "save"),
                (.own(.down), "next graph"), (.own(.refresh), "refresh"),
            ]
        case .search: return [(.own(.accept), "open"), (.own(.cancel), "back"), (.own(.refresh), "again")]
        case .help, .health: return [(.own(.down), "down"), (.own(.up), "up"), (.own(.cancel), "close")]
        case .command(let id): return commandHints(id)
        case nil: break
        }
        var hints: [(Action, String)] = []
        if state.find != nil { hints = [(.own(.findNext), "next"), (.own(.findPrevious), "previous")] }
        let kinds: Set<ResourceKind> = state.details.last.map { [$0.entity.kind] } ?? state.pane.pane.kinds
        var seen: Set<CommandKind> = []
        for backend in state.backends.indices where !state.isReadOnly {
            for command in state.backends[backend].commands where !command.targets.isDisjoint(with: kinds) {
                if seen.insert(command.kind).inserted {
                    hints.append((.command(command.kind), command.title.lowercased()))
                }
            }
        }
        hints += [(.own(.open), "open")]
        let isDetail = !state.details.isEmpty
        if isDetail { hints += [(.own(.back), "back")] }
        if let entity = state.foldable {
            hints += [(.own(.fold), state.isUnfolded(entity) ? "fold" : "unfold")]
        }
        if let row = state.foldableRow {
            hints += [(.own(.fold), state.pane.unfolded.contains(row) ? "fold" : "unfold")]
        }
        if isDetail, state.reasonAgainst(.own(.live)) == nil { hints += [(.own(.live), "ask it itself")] }
        if isDetail, state.reasonAgainst(.own(.pictures)) == nil { hints += [(.own(.pictures), "graphs")] }
        return hints + [
            (.own(.filter), "filter"), (.own(.mark), "mark"), (.own(.sortNext), "sort"),
            (.own(.refresh), "refresh"), (.own(.palette), "palette"), (.own(.help), "help"),
            (.own(.close), isDetail ? "close" : "quit"),
        ]
    }

    private func commandHints(_ id: Int) -> [(Action, String)] {
        let isLocked = state.sessions[id]?.isOnlyDryRun == true
        return stageHints(id).filter { !isLocked || $0.0 != .own(.dryRun) }
    }

    private func stageHints(_ id: Int) -> [(Action, String)] {
        switch state.sessions[id]?.stage {
        case .form:
            return [
                (.own(.accept), "go on"), (.own(.nextField), "next field"), (.own(.dryRun), "dry run"),
                (.own(.editExternally), "editor"), (.own(.cancel), "cancel"),
            ]
        case .conflicting: return [(.own(.accept), "back to the form"), (.own(.cancel), "cancel")]
        case .confirming: return [(.own(.dryRun), "dry run"), (.own(.cancel), "cancel")]
        case .done: return [(.own(.check), "check an unknown outcome"), (.own(.cancel), "close")]
        case .opening, .editing, .preparing, .repeating, nil: return [(.own(.cancel), "cancel")]
        case .sending, .checking: return [(.own(.cancel), "hide: it goes on")]
        }
    }
}
