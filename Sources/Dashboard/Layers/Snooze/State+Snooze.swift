import Canvas
public import Domain
import Filter

/// Rows that are hidden here for a while, and seen again when they become worse.
extension State {
    /// The panes whose rows can be hidden.
    private static let panesOfSnoozes: Set<PaneName> = [.overview, .alerts, .devices, .ports, .bonds]

    /// Why nothing here can be snoozed; nil when it can.
    var reasonAgainstSnoozing: String? {
        guard Self.panesOfSnoozes.contains(pane.pane.name.tab) else {
            return "alerts, devices, ports and bonds can be snoozed, nothing else"
        }
        let count = candidateKinds.count
        if count == 0 { return "there is nothing here to snooze" }
        return count > Snooze.limit ? "at most \(Snooze.limit) rows can be snoozed" : nil
    }

    /// The snooze of a row; nil when it is not hidden.
    public func snooze(of entity: EntityRef) -> Snooze? {
        guard let backend = backend(entity.backend)?.name else { return nil }
        return preferences.snoozes.first {
            $0.kind == entity.kind && $0.backend == backend && $0.id == entity.id
        }
    }

    /// The rows that are hidden.
    var snoozed: Set<EntityRef> { Set(preferences.snoozes.compactMap(entity)) }

    private func entity(_ snooze: Snooze) -> EntityRef? {
        backends.first { $0.name == snooze.backend }.map { EntityRef($0.id, snooze.kind, id: snooze.id) }
    }

    /// Asks how long, or shows again what is hidden.
    mutating func beginSnooze() -> [Effect] {
        let targets = candidates
        let hidden = targets.compactMap { snooze(of: $0) }
        guard hidden.count < targets.count else {
            return wake(hidden, because: nil)
        }
        layers.push(SnoozePrompt(targets: targets))
        return []
    }

    mutating func snooze(_ targets: [EntityRef], until: Timestamp?) -> [Effect] {
        var effects: [Effect] = []
        var gone = 0
        let known = targets.compactMap { snooze(of: $0) }.count
        guard preferences.snoozes.count - known + targets.count <= Snooze.limit else {
            showMessage(
                .bad, "nothing was snoozed: at most \(Snooze.limit) rows can be, and some are already")
            return []
        }
        for target in targets {
            guard let (table, row) = find(target), let backend = backend(target.backend)?.name else {
                gone += 1
                continue
            }
            effects += keep(
                .snooze(
                    Snooze(
                        backend: backend, kind: target.kind, id: target.id, name: name(of: target), at: wall,
                        until: until, rowState: Snooze.RowState(table, row))))
        }
        let words = until.map { "until \(Self.clock($0, wall, zone))" } ?? "until it changes"
        let what = targets.count == 1 ? name(of: targets[0]) : "\(Quantity.count(targets.count - gone)) rows"
        showMessage(.plain, "\(what): snoozed here, not on the server, \(words)", stays: true)
        if gone == targets.count { showMessage(.bad, "nothing was snoozed: no longer listed") }
        for index in panes.indices { panes[index].marking.remove(targets) }
        return effects + snoozesChanged(Set(targets.map(\.kind)))
    }

    /// A moment in words: the time of day, with the date where that could be another day's.
    ///
    /// What was less than 23 hours ago needs none: at night `22:14` is last evening.
    static func clock(_ moment: Timestamp, _ now: Timestamp, _ zone: Int) -> String {
        let text = CivilTime.fields(moment, offset: zone).text.dropLast(3)
        let today = CivilTime.fields(now, offset: zone).text.prefix(10)
        let isRecent = (0..<82_800).contains(now.seconds.subtractingClamped(moment.seconds))
        return String(isRecent || text.hasPrefix(today) ? text.dropFirst(11) : text)
    }

    /// Shows rows again.
    ///
    /// - Parameter reason: why, when it was not the operator who wanted it.
    private mutating func wake(_ snoozes: [Snooze], because reason: String?) -> [Effect] {
        guard let first = snoozes.first else { return [] }
        let effects = snoozes.flatMap { keep(.wake($0)) }
        let what = snoozes.count == 1 ? first.name : "\(Quantity.count(snoozes.count)) rows"
        showMessage(
            .plain, "\(what): no longer snoozed\(reason.map { ", \($0)" } ?? "")", stays: reason != nil)
        return effects + snoozesChanged(Set(snoozes.map(\.kind)))
    }

    /// Shows again what has become worse, was cleared or is gone.
    mutating func wakeSnoozes(of kind: ResourceKind) -> [Effect] {
        var ended: [(Snooze, String)] = []
        for snooze in preferences.snoozes where snooze.kind == kind {
            guard let entity = entity(snooze), let backend = backend(entity.backend),
                let table = backend.tables[kind], backend.health[kind]?.arrivedAt != nil
            else { continue }
            if let row = table.row(of: entity) {
                if let reason = snooze.ending(Snooze.RowState(table, row)) { ended.append((snooze, reason)) }
            } else if backend.health[kind]?.completeness == .complete {
                ended.append((snooze, "cleared"))
            }
        }
        guard !ended.isEmpty else { return [] }
        return wake(ended.map(\.0), because: ended.count == 1 ? ended[0].1 : nil)
    }

    /// Shows again what was hidden until now.
    mutating func wakeSnoozes() -> [Effect] {
        guard !preferences.snoozes.isEmpty else { return [] }
        let over = preferences.snoozes.filter { $0.until.map { $0.seconds <= wall.seconds } ?? false }
        return wake(over, because: over.count == 1 ? "the time is over" : nil)
    }

    private mutating func snoozesChanged(_ kinds: Set<ResourceKind>) -> [Effect] {
        arrangePanes { !$0.pane.kinds.isDisjoint(with: kinds) }
    }
}
