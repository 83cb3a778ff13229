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
        if let layer = state.layers.top { return layer.hints(in: state) }
        if state.isBrowsing { return browsing }
        if state.isPast { return ofPast }
        var hints: [(Action, String)] = []
        if state.find != nil { hints = [(.own(.findNext), "next"), (.own(.findPrevious), "previous")] }
        let kinds: Set<ResourceKind> =
            state.details.last.map { [$0.entity.kind] }
            ?? (state.collection == nil ? state.pane.pane.kinds : [.collection, .resource])
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
        if state.areTablesTwo,
            let other = state.isPinInFront ? state.place.pane : state.pinned?.pane.name.above
        {
            hints.insert((.own(.otherTable), "\(other)"), at: 0)
        }
        return hints + [
            (.own(.filter), "filter"), (.own(.mark), "mark"), (.own(.sort), "sort"),
            (.own(.refresh), "refresh"), (.own(.palette), "palette"), (.own(.help), "help"),
            (.own(.close), isDetail || state.isPinInFront ? "close" : "quit"),
        ]
    }

    /// At an earlier moment nothing can be changed, and nobody is asked.
    private var ofPast: [(Action, String)] {
        let isDetail = !state.details.isEmpty
        return [
            (.own(.earlier), "earlier"), (.own(.later), "later"), (.own(.quarterEarlier), "15 min back"),
            (.own(.difference), "difference"), (.own(.timeline), "timeline"), (.own(.open), "open"),
            (.own(.filter), "filter"), (.own(.help), "help"), (.own(.close), isDetail ? "close" : "now"),
        ]
    }

    /// In an API only what is possible is offered: what each of its places takes differs.
    private var browsing: [(Action, String)] {
        var hints: [(Action, String)] = []
        if state.find != nil { hints = [(.own(.findNext), "next"), (.own(.findPrevious), "previous")] }
        let isDetail = !state.details.isEmpty
        if state.maskedField != nil {
            hints.append((.own(.open), "show the secret"))
        } else if !isDetail || state.details.last.flatMap(state.linkUnderCursor) != nil {
            hints.append((.own(.open), "open"))
        }
        let isAsking = state.collection.map { state.browse[$0]?.isAsking == true } ?? false
        if isDetail || state.collection != nil {
            hints.append((.own(.back), isAsking && !isDetail ? "stop" : "back"))
        }
        if let entity = state.foldable {
            hints.append((.own(.fold), state.isUnfolded(entity) ? "fold" : "unfold"))
        }
        var seen: Set<CommandKind> = []
        for command in state.backends.flatMap(\.commands) where seen.insert(command.kind).inserted {
            let action = Action.command(command.kind)
            guard !command.targets.isDisjoint(with: [.collection, .resource, .operation]),
                state.reasonAgainst(action) == nil
            else { continue }
            hints.append((action, command.title.lowercased()))
        }
        let own: [(OwnAction, String)] = [(.saveFile, "save the file"), (.api, "its pane"), (.raw, "raw")]
        for (action, words) in own where state.reasonAgainst(.own(action)) == nil {
            hints.append((.own(action), words))
        }
        if !isDetail {
            hints += [(.own(.filter), "filter"), (.own(.mark), "mark"), (.own(.sort), "sort")]
        }
        return hints + [
            (.own(.refresh), "refresh"), (.own(.palette), "palette"), (.own(.help), "help"),
            (.own(.close), isDetail || state.collection != nil ? "close" : "quit"),
        ]
    }
}
