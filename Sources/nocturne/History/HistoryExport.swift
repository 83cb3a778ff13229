import Domain
import History
import JSON

/// Every change as a line of JSON, with times that carry the offset of local time.
enum HistoryExport {
    /// How many changes are read at a time.
    private static let page = 10_000

    static func print(_ store: any HistoryArchive, since: Timestamp) throws {
        var buffer = OutputBuffer()
        try print(store, since: since, to: &buffer)
    }

    static func print(_ store: any HistoryArchive, since: Timestamp, to buffer: inout OutputBuffer) throws {
        var place: Int64 = 0
        while true {
            let changes = try store.changes(after: place, since: since, most: page)
            for change in changes {
                buffer.bytes.append(contentsOf: line(change).bytes)
                buffer.append("\n")
                buffer.flushIfLarge()
            }
            guard let last = changes.last, changes.count == page else { break }
            place = last.place
        }
        buffer.flush()
    }

    /// Every value that was measured as a line of JSON, entity after entity.
    static func print(samplesOf store: any HistoryArchive, since: Timestamp, until: Timestamp) throws {
        var buffer = OutputBuffer()
        try print(samplesOf: store, since: since, until: until, to: &buffer)
    }

    static func print(
        samplesOf store: any HistoryArchive, since: Timestamp, until: Timestamp, to buffer: inout OutputBuffer
    ) throws {
        for entity in try store.sampled(kind: nil, id: nil, name: nil) {
            for line in try SampleLine.all([entity], since: since, until: until, in: store).lines {
                buffer.bytes.append(contentsOf: self.line(line).bytes)
                buffer.append("\n")
                buffer.flushIfLarge()
            }
        }
        buffer.flush()
    }

    private static func line(_ line: SampleLine) -> JSONTree {
        .object([
            .init("at", .string(HistoryTime.exact(line.sample.at))),
            .init("seconds", .integer(line.sample.span)),
            .init("backend", .string(line.entity.entity.backend)),
            .init("kind", .string(line.entity.entity.kind.rawValue)),
            .init("id", .string(line.entity.entity.id)), .init("name", .string(line.entity.name)),
            .init("device", .string(line.entity.device)), .init("field", .string(line.key.rawValue)),
            .init("mean", .number(line.exact(line.sample.mean))),
            .init("maximum", .number(line.exact(line.sample.maximum))),
            .init("unit", .string(line.unit)), .init("count", .integer(Int64(line.sample.count))),
        ])
    }

    private static func line(_ change: StateChange) -> JSONTree {
        func moment(_ moment: Timestamp?) -> JSONTree {
            moment.map { .string(HistoryTime.exact($0)) } ?? .null
        }
        return .object([
            .init("place", .integer(change.place)), .init("seen_at", moment(change.seenAt)),
            .init("said_at", moment(change.saidAt)), .init("last_seen_before", moment(change.lastSeenBefore)),
            .init("backend", .string(change.entity.backend)),
            .init("kind", .string(change.entity.kind.rawValue)), .init("id", .string(change.entity.id)),
            .init("name", .string(change.name)), .init("device", .string(change.device)),
            .init("site", .string(change.site)),
            .init("before", change.before.map { .string($0) } ?? .null),
            .init("after", .string(change.after)), .init("severity", .string(change.severity.word)),
            .init("severity_before", change.severityBefore.map { .string($0.word) } ?? .null),
            .init("note", .string(change.note)),
        ])
    }
}
