import Audit
import Domain
import Filter

/// One line of what happened: a change, a command as it was sent, or its result.
struct HistoryLine {
    /// What it is of: what was seen, or what the operators did.
    enum Record: String { case change, command, result }

    let record: Record
    let change: StateChange
    /// Who sent the command; empty for a change.
    var by = ""

    /// Changes, commands and their results in one order: of those of one second the command is first.
    static func all(
        _ changes: [StateChange], _ entries: [AuditEntry], of subject: HistorySubject, since: Timestamp
    ) -> [HistoryLine] {
        var lines = changes.map { HistoryLine(record: .change, change: $0) }
        for entry in entries {
            for target in entry.targets where subject.isMeant(by: target, of: entry.backend) {
                lines += Self.lines(of: entry, target)
            }
        }
        return lines.enumerated().filter { $0.element.change.seenAt >= since }.sorted {
            let (a, b) = ($0.element, $1.element)
            return (a.change.seenAt.seconds, a.rank, $0.offset) < (b.change.seenAt.seconds, b.rank, $1.offset)
        }.map(\.element)
    }

    private var rank: Int {
        switch record {
        case .command: 0
        case .change: 1
        case .result: 2
        }
    }

    private static func lines(of entry: AuditEntry, _ target: AuditEntry.Target) -> [HistoryLine] {
        let name = EntityName(
            backend: entry.backend, kind: ResourceKind(rawValue: target.kind), id: target.id)
        let by = "\(entry.user)@\(entry.host)"
        let note = entry.arguments.first { $0.key == FieldKey.note.rawValue }?.value ?? ""
        var lines = [
            HistoryLine(
                record: .command,
                change: StateChange(
                    name, name: target.name, before: nil, after: entry.command.rawValue, seenAt: entry.time,
                    note: note), by: by)
        ]
        // Of one that is under way nothing is known; of one without a result that is what is known.
        if let outcome = target.outcome {
            lines.append(
                HistoryLine(
                    record: .result,
                    change: StateChange(
                        name, name: target.name, before: entry.command.rawValue, after: outcome.rawValue,
                        seenAt: entry.finishedAt ?? entry.time, note: target.words), by: by))
        }
        return lines
    }
}

extension HistoryLine {
    /// The lines as rows that all the ways of printing know.
    ///
    /// - Parameter isForEyes: whether times are in words of local time rather than exact.
    static func listing(_ lines: [HistoryLine], isForEyes: Bool, now: Timestamp) throws -> Listing {
        let resource = ResourceDescriptor(
            "change", plural: "changes", pane: nil, fields: fields(isForEyes: isForEyes), interval: 60)
        var builder = TableBuilder(resource, BackendID(0), capacity: lines.count)
        for (row, line) in lines.enumerated() {
            builder.begin(EntityRef(BackendID(0), "change", id: Int64(row)))
            for (place, field) in resource.fields.enumerated() { line.write(field, at: place, to: &builder) }
        }
        let request = Arrangement.Request(tables: [builder.finish()], context: FilterContext(now: now))
        return try Listing(
            Arrangement.make(request) ?? .empty, columns: nil, backends: [], now: now, fetchedAt: [:],
            style: .recorded)
    }

    private static func fields(isForEyes: Bool) -> [Field] {
        let time: [Field] =
            isForEyes
            ? [Field("when", "When", .text)]
            : [
                Field("seen_at", "Seen", .time), Field("said_at", "Said", .time),
                Field("last_seen_before", "", .time),
            ]
        let rest: Int? = isForEyes ? nil : 5
        return time + [
            Field("record", "What", .word, priority: rest), Field("backend", "Backend", .word),
            Field("kind", "Kind", .word), Field("id", "ID", .text, priority: rest),
            Field("name", "Name", .text), Field("device", "Device", .text),
            Field("site", "Site", .text, priority: rest), Field("before", "Before", .word),
            Field("after", "After", .state), Field("severity", "Severity", .severity),
            Field("severity_before", "", .severity, priority: rest), Field("by", "By", .text),
            Field("note", "Note", .text),
        ]
    }

    private func write(_ field: Field, at place: Int, to builder: inout TableBuilder) {
        switch field.key.rawValue {
        case "when": builder.set(place, text: HistoryTime.text(change.seenAt))
        case "seen_at": builder.set(place, time: change.seenAt)
        case "said_at": builder.set(place, time: change.saidAt)
        case "last_seen_before": builder.set(place, time: change.lastSeenBefore)
        case "record": builder.set(place, text: record.rawValue)
        case "backend": builder.set(place, text: change.entity.backend)
        case "kind": builder.set(place, text: change.entity.kind.rawValue)
        case "id": builder.set(place, text: change.entity.id)
        case "name": builder.set(place, text: change.name)
        case "device": builder.set(place, text: change.device)
        case "site": builder.set(place, text: change.site)
        case "before": builder.set(place, text: change.before ?? "")
        case "after": builder.set(place, text: change.after)
        // A command is neither bad nor good.
        case "severity": builder.set(place, text: record == .change ? change.severity.word : "")
        case "severity_before": builder.set(place, text: change.severityBefore?.word ?? "")
        case "by": builder.set(place, text: by)
        default: builder.set(place, text: change.note)
        }
    }
}
