internal import Domain

extension Handoff {
    /// The kind of the entity that stands for a backend in the history.
    static let backend: ResourceKind = "backend"
    /// The state word of one that is lost.
    static let lost = Transition.Event.lost.rawValue

    /// Makes a handoff of what there is.
    public init(_ source: HandoffSource) {
        self.init(since: source.since, until: source.now)
        let maker = HandoffMaker(source)
        let alerts = maker.alerts
        open = alerts.filter { AlertState(word: $0.state).isUnhandled }
        acknowledged = alerts.filter { $0.state == AlertState.acknowledged.rawValue }
        claimed = maker.claimed
        snoozed = maker.snoozed
        done = maker.done
        recovered = maker.recovered
        lost = maker.lost
        remarks = maker.remarks
        known = maker.known
    }
}

/// Brings what there is into the order of a handoff.
private struct HandoffMaker {
    let source: HandoffSource
    private let changes: [StateChange]
    private let commands: [AuditRow]

    init(_ source: HandoffSource) {
        self.source = source
        changes = ((try? source.recollection?.get())?.changes ?? []).filter { $0.seenAt >= source.since }
        commands = (try? source.commands.get()) ?? []
    }

    /// All alerts that are not over, the worst first, then the oldest.
    var alerts: [Handoff.Item] {
        let rows = source.tables.flatMap { backend, table in
            table.refs.indices.compactMap { row in item(backend, table, row) }
        }
        return rows.sorted { a, b in
            if a.severity != b.severity { return a.severity > b.severity }
            if a.since != b.since { return (a.since?.seconds ?? .max) < (b.since?.seconds ?? .max) }
            return a.entity.description < b.entity.description
        }
    }

    private func item(_ backend: String, _ table: Table, _ row: Int) -> Handoff.Item? {
        // What has no states by nature is no alert.
        guard table.resource.index(of: .state) != nil else { return nil }
        let state = AlertState(word: table.text(row, .state))
        guard state.isOpen else { return nil }
        let name = EntityName(table.refs[row], backend: backend)
        let isTaken = state == .acknowledged
        let holders = source.claims.filter { $0.entity == name }.map(\.who).joined(separator: ", ")
        return Handoff.Item(
            name, Severity(word: table.text(row, .severity)), name: table.name(row),
            device: table.text(row, .device), state: state.rawValue,
            since: table.integer(row, .since).map { Timestamp($0) },
            owner: !holders.isEmpty ? holders : isTaken ? owner(of: name) : "",
            note: table.text(row, .note), impact: table.text(row, .impact),
            end: isTaken ? acknowledgementEnd(table, row) : "")
    }

    /// Until when an alert stays acknowledged; empty where its server does not say.
    private func acknowledgementEnd(_ table: Table, _ row: Int) -> String {
        switch table.value(row, "until_clear") {
        case .flag(true): "until it clears"
        case .flag(false): "until it gets worse"
        default: ""
        }
    }

    /// Who took an alert last, as far as the audit log says.
    private func owner(of entity: EntityName) -> String {
        let taken = commands.filter {
            $0.entities.contains(entity) && $0.what.hasPrefix(CommandKind.acknowledge.rawValue)
                && $0.results.contains { $0.state == .verified || $0.state == .accepted }
        }
        return taken.max { $0.time < $1.time }?.who ?? ""
    }

    var claimed: [Handoff.Item] {
        source.claims.map { claim in
            let row = source.tables.lazy.compactMap { backend, table -> (Table, Int)? in
                guard backend == claim.entity.backend else { return nil }
                return table.refs.indices.first {
                    EntityName(table.refs[$0], backend: backend) == claim.entity
                }
                .map { (table, $0) }
            }.first
            return Handoff.Item(
                claim.entity, row.map { Severity(word: $0.0.text($0.1, .severity)) } ?? .unknown,
                name: claim.name, state: row.map { $0.0.text($0.1, .state) } ?? "not listed now",
                since: claim.since,
                owner: claim.who, note: claim.note,
                end: claim.until.map { "until \(State.clock($0, source.now, source.zone))" }
                    ?? "until it is given back")
        }
    }

    var snoozed: [Handoff.Item] {
        // Where no screen ran to end it, one may be over.
        source.snoozes.filter { $0.until.map { $0 > source.now } ?? true }.map { snooze in
            Handoff.Item(
                EntityName(backend: snooze.backend, kind: snooze.kind, id: snooze.id),
                Severity(word: snooze.rowState.severity), name: snooze.name, state: snooze.rowState.state,
                since: snooze.rowState.began.map { Timestamp($0) },
                end: snooze.until.map { "until \(State.clock($0, source.now, source.zone))" }
                    ?? "until it changes")
        }
    }

    var done: [Handoff.Deed] {
        commands.filter { $0.time >= source.since }.sorted { $0.time < $1.time }.map { row in
            Handoff.Deed(
                time: row.time, what: row.what, who: row.who, targets: row.targets,
                result: row.outcomeWord, words: row.results.map(\.words))
        }
    }

    /// What is over and was wrong at any moment of the time, however short.
    var recovered: [Handoff.Item] {
        var courses: [EntityName: [StateChange]] = [:]
        for change in changes
        where change.entity.kind != Handoff.backend && change.entity.id != StateChange.several {
            courses[change.entity, default: []].append(change)
        }
        return courses.values.compactMap(recovery).sorted { a, b in
            a.since == b.since
                ? a.entity.description < b.entity.description
                : (a.since?.seconds ?? 0) > (b.since?.seconds ?? 0)
        }
    }

    private func recovery(_ course: [StateChange]) -> Handoff.Item? {
        guard let last = course.last else { return nil }
        var item = Handoff.Item(
            last.entity, last.severity, name: last.name, device: last.device, state: last.after,
            since: last.time, note: last.note)
        item.isAtMost = last.saidAt == nil
        guard last.entity.kind == .alert else {
            // Rank 5 is fine, 1 and 2 are not: what is unknown or unwatched now did not recover.
            let wrong = course.filter { (1...2).contains(Urgency.rank($0.before ?? "")) }
            guard Urgency.rank(last.after) == 5, !wrong.isEmpty else { return nil }
            item.severity = course.map { max($0.severity, $0.severityBefore ?? .unknown) }.max() ?? .unknown
            item.times = course.count { Urgency.rank($0.after) == 5 && $0.before != nil }
            return item
        }
        let times = Occurrence.all(course, [])
        guard let latest = times.last, let ended = latest.ended else { return nil }
        item.severity = latest.worst
        item.since = ended
        item.times = times.count
        item.note = latest.note
        item.seconds = latest.began.map { max(0, ended.seconds.subtractingClamped($0.seconds)) }
        return item
    }

    /// Each time that a backend was lost, and for how long; the latest first.
    var lost: [Handoff.Item] {
        var courses: [EntityName: [StateChange]] = [:]
        for change in changes where change.entity.kind == Handoff.backend {
            courses[change.entity, default: []].append(change)
        }
        var all = courses.values.flatMap(losses)
        let told = Set(all.filter { $0.state == Handoff.lost }.map(\.name))
        for name in source.silent.subtracting(told).sorted() {
            let entity = EntityName(backend: name, kind: Handoff.backend, id: name)
            all.append(Handoff.Item(entity, .critical, name: name, state: Handoff.lost))
        }
        return all.sorted { a, b in
            a.since == b.since
                ? a.name < b.name : (a.since?.seconds ?? .min) > (b.since?.seconds ?? .min)
        }
    }

    /// The times that one backend was lost, by its changes in order of time.
    private func losses(_ course: [StateChange]) -> [Handoff.Item] {
        course.indices.compactMap { place in
            let change = course[place]
            let next = course.dropFirst(place + 1).first
            var item = Handoff.Item(
                change.entity, .critical, name: change.name, state: "back", since: change.time)
            guard change.after == Handoff.lost else {
                // Lost before the time begins: when, is not among what was read.
                guard place == 0, change.before == Handoff.lost else { return nil }
                item.since = nil
                item.end = "back at \(State.clock(change.time, source.now, source.zone))"
                return item
            }
            if let next, next.after != Handoff.lost {
                item.seconds = max(0, next.time.seconds.subtractingClamped(change.time.seconds))
            } else if next == nil, source.silent.contains(change.name) {
                item.state = Handoff.lost
            }
            return item
        }
    }

    var known: Handoff.Known {
        var known = Handoff.Known(alerts: source.areAlertsWhole)
        if case .failure = source.commands { known.commands = false }
        known.commands = known.commands && source.areCommandsWhole
        guard case .success(let recollection)? = source.recollection else {
            known.history = false
            return known
        }
        known.history =
            !recollection.isCut && recollection.unrecorded.isEmpty
            && recollection.begins.map { $0 <= source.since } ?? false
        return known
    }

    var remarks: [String] {
        var remarks = source.remarks
        if case .failure(let error) = source.commands { remarks.append(error.words) }
        if !source.areCommandsWhole { remarks.append("not all commands of this time were read") }
        switch source.recollection {
        case nil:
            remarks.append("no history is kept: what recovered and which servers were lost is not known")
        case .failure(let error)?:
            remarks.append("\(error.words): what recovered and which servers were lost is not known")
        case .success(let recollection)?:
            if let words = Recollection.words(ofUnrecorded: recollection.unrecorded) {
                remarks.append("\(words): what recovered there is not known")
            }
            if recollection.isCut {
                remarks.append("not all changes were read: some that recovered are missing")
            }
            if recollection.changes.contains(where: { $0.entity.id == StateChange.several }) {
                remarks.append("more changed at once than is recorded one by one")
            }
            if let begins = recollection.begins, begins > source.since {
                remarks.append("recorded since \(State.clock(begins, source.now, source.zone)) only")
            } else if recollection.begins == nil {
                remarks.append("nothing is recorded yet")
            }
        }
        return remarks
    }
}
