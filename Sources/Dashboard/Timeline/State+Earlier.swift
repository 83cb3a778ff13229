import Domain

/// What an opened alert was like the last times.
extension State {
    /// So many earlier times are shown, and so many changes are read to find them.
    private static let earlierTimes = 3
    private static let earlierChanges = 200

    /// Asks for what was recorded of the opened alerts that were not asked about yet.
    mutating func askEarlier() -> [Effect] {
        guard sinceLooked.isKept else { return [] }
        var effects: [Effect] = []
        for index in details.indices where details[index].entity.kind == .alert {
            guard let name = entityName(details[index].entity), details[index].askEarlier() else { continue }
            effects.append(
                .recall(
                    HistoryQuery(.entities([name]), since: Timestamp(0), limit: Self.earlierChanges),
                    .occurrences(details[index].entity)))
        }
        return effects.isEmpty ? [] : effects + [.readAudit]
    }

    /// Takes what was recorded of an opened alert.
    mutating func occurrencesRecalled(
        _ entity: EntityRef, _ result: Result<Recollection, BackendError>
    ) {
        guard let index = details.firstIndex(where: { $0.entity == entity }) else { return }
        changeDetail(index) { $0.recall(result) }
    }

    /// Takes the audit log into the opened alerts, whether what was recorded of them is here yet or not.
    mutating func commandsOfDetails(_ rows: [AuditRow]) {
        for index in details.indices where details[index].entity.kind == .alert {
            guard let name = entityName(details[index].entity) else { continue }
            let own = rows.filter { $0.entities.contains(name) }
            changeDetail(index) { $0.recall(own) }
        }
    }

    /// The last three times that an alert was open before; nil where nothing is known of it.
    func earlierSection(of opened: DetailState) -> Detail.Section? {
        if let problem = opened.earlierProblem {
            return Detail.Section("Earlier", [Detail.Line("", .text("not known: \(problem)"))])
        }
        guard let recollection = opened.recollection else { return nil }
        var times = Occurrence.all(recollection.changes, opened.commands)
        // The one that is going on is what the rest of the detail is about.
        if times.last?.ended == nil { times = times.dropLast() }
        var lines = times.suffix(Self.earlierTimes).reversed().map { occurrence in
            func name(_ moment: Timestamp?, isAtMost: Bool) -> String {
                moment.map { (isAtMost ? "≤" : "") + Self.clock($0, wall, zone) } ?? ""
            }
            let name =
                occurrence.began == nil
                ? "until \(name(occurrence.ended, isAtMost: occurrence.isEndedAtMost))"
                : name(occurrence.began, isAtMost: occurrence.isBeganAtMost)
            return Detail.Line(name, .text(occurrence.words))
        }
        if times.count < Self.earlierTimes, !recollection.isCut {
            // In a first session the beginning was asked for again when the first change came.
            let later = recollection.changes.isEmpty ? nil : sinceLooked.begins
            guard let begins = recollection.begins ?? later else { return nil }
            let words = times.isEmpty ? "none recorded since" : "not known before"
            lines.append(Detail.Line("", .text("\(words) \(Self.clock(begins, wall, zone))")))
        }
        return Detail.Section("Earlier", Array(lines))
    }
}
