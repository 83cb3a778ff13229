internal import Domain

extension State {
    /// What the dashboard itself can do with a row, in the order of the menu.
    private static let ofRows: [OwnAction] = [
        .open, .fold, .impact, .live, .pictures, .copy, .address, .runbook, .api, .raw, .saveFile, .snooze,
        .claim,
        .mark,
    ]

    /// What commands and the menu would work on now.
    var subject: Set<EntityRef> {
        if let opened = details.last { return [opened.entity] }
        return pane.marks.isEmpty ? Set(pane.cursor.map { [$0] } ?? []) : pane.marks
    }

    /// Every command for the kinds of the row or the marked rows, possible now or not, and what else can be done.
    public var rowActions: [PaletteEntry] {
        let candidates = candidateKinds
        let kinds = Set(candidates.kinds.map(\.kind)).union(kindsInFrontOfServers)
        var entries: [PaletteEntry] = []
        for command in backends.flatMap(\.commands)
        where !command.creates
            && (!command.targets.isDisjoint(with: kinds) || collection(for: command.kind) != nil)
        {
            let action = Action.command(command.kind)
            guard !entries.contains(where: { $0.action == action }) else { continue }
            let reason = reasonAgainst(command: command.kind, on: candidateKinds(for: command.kind))
            entries.append(entry(action, command.title, reason))
        }
        entries += ownCommandsOfRow.map { command in
            let action = Action.program(command.title)
            return entry(action, command.title, reasonAgainst(action))
        }
        let own = Self.ofRows.map { Action.own($0) }.filter { reasonAgainst($0) == nil }
        return entries + own.map { entry($0, title(of: $0), nil) }
    }

    private func entry(_ action: Action, _ title: String, _ reason: String?) -> PaletteEntry {
        return PaletteEntry(
            action: action, title: title, key: keymap.spelling(of: action, in: paneContexts), reason: reason)
    }

    /// Why there is nothing to choose from; nil when there is.
    var reasonAgainstMenu: String? {
        if layers.top is AuditPage { return "that is for rows of a table" }
        return subject.isEmpty ? "there is nothing here to act on" : nil
    }
}
