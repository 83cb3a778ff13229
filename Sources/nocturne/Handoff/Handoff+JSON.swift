import Dashboard
import Domain
import JSON

extension Handoff {
    /// The whole as one object; moments are in UTC.
    var tree: JSONTree {
        .object([
            .init("since", .string(since.iso8601)), .init("until", .string(until.iso8601)),
            .init("open", .array(open.map(\.tree))),
            .init("acknowledged", .array(acknowledged.map(\.tree))),
            .init("claimed", .array(claimed.map(\.tree))),
            .init("snoozed", .array(snoozed.map(\.tree))), .init("done", .array(done.map(\.tree))),
            .init("recovered", .array(recovered.map(\.tree))), .init("lost", .array(lost.map(\.tree))),
            .init("remarks", .array(remarks.map { .string($0) })),
            .init(
                "complete",
                [
                    "alerts": .bool(known.alerts), "commands": .bool(known.commands),
                    "history": .bool(known.history),
                ]),
        ])
    }
}

extension Handoff.Item {
    fileprivate var tree: JSONTree {
        func text(_ text: String) -> JSONTree { text.isEmpty ? .null : .string(text) }
        return .object([
            .init("backend", .string(entity.backend)), .init("kind", .string(entity.kind.rawValue)),
            .init("id", .string(entity.id)), .init("name", .string(name)), .init("device", text(device)),
            .init("severity", .string(severity.word)), .init("state", text(state)),
            .init("since", since.map { .string($0.iso8601) } ?? .null),
            .init("seconds", seconds.map { .integer($0) } ?? .null), .init("times", .integer(Int64(times))),
            .init("at_most", .bool(isAtMost)),
            .init("owner", text(owner)),
            .init("note", text(note)), .init("impact", text(impact)), .init("end", text(end)),
        ])
    }
}

extension Handoff.Deed {
    fileprivate var tree: JSONTree {
        .object([
            .init("at", .string(time.iso8601)), .init("what", .string(what)), .init("who", .string(who)),
            .init("targets", .array(targets.map { .string($0) })), .init("result", .string(result)),
            .init("words", .array(words.map { .string($0) })),
        ])
    }
}
