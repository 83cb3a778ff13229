public import Domain

/// The commands and actions that fit the row under the cursor, or the marked rows.
public struct ActionMenu: Sendable, Equatable {
    /// The line under the cursor.
    public internal(set) var focus = 0
    /// What it was opened for: nothing is done to other rows that come meanwhile.
    public let subject: Set<EntityRef>
}

extension State {
    /// What the dashboard itself can do with a row, in the order of the menu.
    private static let ofRows: [OwnAction] = [
        .open, .fold, .live, .pictures, .copy, .address, .snooze, .mark,
    ]

    /// What commands and the menu would work on now.
    var subject: Set<EntityRef> {
        if let opened = details.last { return [opened.entity] }
        return pane.marks.isEmpty ? Set(pane.cursor.map { [$0] } ?? []) : pane.marks
    }

    /// Every command for the kinds of the row or the marked rows, possible now or not, and what else can be done.
    public var rowActions: [PaletteEntry] {
        let candidates = candidateKinds
        let kinds = Set(candidates.kinds.map(\.kind))
        var entries: [PaletteEntry] = []
        for command in backends.flatMap(\.commands)
        where !command.creates && !command.targets.isDisjoint(with: kinds) {
            let action = Action.command(command.kind)
            guard !entries.contains(where: { $0.action == action }) else { continue }
            let reason = reasonAgainst(command: command.kind, on: candidates)
            entries.append(entry(action, command.title, reason))
        }
        let own = Self.ofRows.map { Action.own($0) }.filter { reasonAgainst($0) == nil }
        return entries + own.map { entry($0, title(of: $0), nil) }
    }

    private func entry(_ action: Action, _ title: String, _ reason: String?) -> PaletteEntry {
        let contexts: [KeyContext] = details.isEmpty ? [.table, .global] : [.detail, .global]
        return PaletteEntry(
            action: action, title: title, key: keymap.spelling(of: action, in: contexts), reason: reason)
    }

    /// Why there is nothing to choose from; nil when there is.
    var reasonAgainstMenu: String? {
        if case .audit = overlays.last { return "that is for rows of a table" }
        return subject.isEmpty ? "there is nothing here to act on" : nil
    }

    mutating func run(_ action: OwnAction, onMenu menu: ActionMenu) -> [Effect]? {
        var menu = menu
        let entries = rowActions
        let last = max(0, entries.count - 1)
        switch action {
        case .down, .nextField: menu.focus = min(last, menu.focus + 1)
        case .up, .previousField: menu.focus = max(0, min(last, menu.focus) - 1)
        case .top: menu.focus = 0
        case .bottom: menu.focus = last
        case .accept, .open:
            overlays.removeLast()
            guard menu.subject == subject else {
                say(.bad, "nothing was begun: the rows are not any more what they were")
                return []
            }
            guard entries.indices.contains(menu.focus) else { return [] }
            return run(entries[menu.focus].action)
        case .actions, .cancel, .back, .close:
            overlays.removeLast()
            return []
        default: return leave(action)
        }
        replaceOverlay(.actions(menu))
        return []
    }
}
