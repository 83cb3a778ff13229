import Canvas
import Domain
import Links

/// Timelines of an entity, a device, a site or everything.
extension State {
    /// The number of a new question to the history.
    mutating func nextQuestion() -> Int { nextLive() }

    /// What a timeline is asked of: the opened entity, else the one under the cursor.
    private var timelineSubject: EntityRef? {
        (details.last?.entity ?? pane.cursor).flatMap { $0.isBrowsed ? nil : $0 }
    }

    /// Why no timeline can be shown; nil when one can.
    var reasonAgainstTimeline: String? { sinceLooked.isKept || isPast ? nil : "no history is kept" }

    /// Shows what happened to the opened entity, else to the one under the cursor.
    mutating func showTimeline() -> [Effect] {
        var page = TimelinePage(timelineScopes, question: nextQuestion())
        let effects = page.asking + page.askLogs(self)
        layers.push(page)
        return effects
    }

    /// What a timeline can be of here, the narrowest first.
    private var timelineScopes: [TimelineScope] {
        var scopes: [TimelineScope] = []
        if let entity = timelineSubject, let name = entityName(entity) {
            // What happened to something that only may belong to it is another story.
            let links = linking.network.links(of: entity).filter(\.evidence.isCertain)
            let linked = links.map(\.other).compactMap(entityName)
            let rest = linked.isEmpty ? "" : " and \(linked.count) linked"
            let place = place(of: name)
            let own = TimelineScope(
                subject: .entities([name] + linked), words: "\(self.name(of: entity))\(rest)",
                logs: logged([entity] + links.map(\.other)))
            let device = place.flatMap { place in
                place.device.isEmpty
                    ? nil
                    : TimelineScope(
                        subject: .device(place.device), words: "\(place.device) and all that is on it",
                        logs: logged(seenDevices(of: entity)))
            }
            // Of a device, what is on it says more than its own state.
            scopes =
                entity.kind == .device ? [device, own].compactMap(\.self) : [own, device].compactMap(\.self)
            if let site = place?.site, !site.isEmpty {
                scopes.append(TimelineScope(subject: .site(site), words: "site \(site)"))
            }
        }
        return scopes + [TimelineScope(subject: .everything, words: "everything")]
    }

    /// The device of an entity, on every server that certainly sees it.
    private func seenDevices(of entity: EntityRef) -> [EntityRef] {
        var device: EntityRef? = entity.kind == .device ? entity : nil
        if device == nil, let (table, row) = find(entity), case .ref(let owner, _) = table.value(row, .device)
        {
            device = owner
        }
        guard let device else { return [] }
        return [device] + (linking.network.thing(of: device)?.members ?? [])
    }

    /// How an entity is named in the history; nil where its backend is not configured.
    func entityName(_ entity: EntityRef) -> EntityName? {
        backend(entity.backend).map { EntityName(entity, backend: $0.name) }
    }

    /// The device and the site of an entity, as its row says them; nil where no row is here.
    func place(of name: EntityName) -> (device: String, site: String)? {
        guard let entity = entity(name), let (table, row) = find(entity) else { return nil }
        if entity.kind == .device { return (table.name(row), table.text(row, .location)) }
        let device = table.text(row, .device)
        let own = table.text(row, .location)
        guard own.isEmpty, case .ref(let owner, _) = table.value(row, .device),
            let found = find(owner)
        else { return (device, own) }
        return (device, found.table.text(found.row, .location))
    }

    /// What is looked through when a timeline is narrowed to a text.
    func words(of entry: TimelineEntry) -> String {
        switch entry {
        case .change(let change): words(of: change)
        case .command(let row):
            ([row.what, row.who] + row.targets + row.results.map { "\($0.state.rawValue) \($0.words)" })
                .joined(separator: " ")
        case .logged(let logged):
            [
                logged.backend, logged.entry.level, logged.entry.type, logged.entry.words, logged.entry.who,
                name(of: logged.entity),
            ].joined(separator: " ")
        }
    }

    /// Takes what was recorded into the timeline that asked for it.
    mutating func timelineRecalled(_ question: Int, _ result: Result<Recollection, BackendError>) {
        let state = self
        layers.update(TimelinePage.self) { $0.recalled(question, result, state) }
    }
}

extension ChangeColumns {
    /// The line of a command: when, what became of it, what it was, to what, and who sent it.
    func pieces(_ row: AuditRow) -> [Piece] {
        let sign = row.isRunning ? Sign("…", .textMuted) : Sign.outcome(row.outcome)
        let names = row.targets.prefix(3).joined(separator: ", ")
        let more = row.targets.count > 3 ? " + \(row.targets.count - 3)" : ""
        return time(row.time) + [
            Piece("  \(sign.symbol) ", sign.role), Piece(row.what, .textStrong),
            Piece("  \(row.outcomeWord)", sign.role),
            Piece("  \(names)\(more)", .text), Piece("  \(row.who)", .textMuted),
        ]
    }
}
