import AdapterKit
import Dashboard
import Domain
import JSON
import Runtime

/// What a command of the command line says, and what it exits with.
struct ActReport {
    /// For standard output.
    private(set) var output = ""
    /// For standard error, with the program's name in front.
    private(set) var complaint: String?
    private(set) var code = ExitCodes.fine

    /// A dry run: what would be sent, and what would be asked for it.
    init(dryRun ready: Acting.Ready, _ objection: Failure?, _ format: ListFormat) {
        switch format {
        case .text:
            output = "a dry run: nothing is sent\n" + Self.text(ready)
            for request in ready.parts.flatMap(\.prepared.preview.requests) {
                output += "\(request.method) \(request.url)\n"
                if let body = request.body { output += "  \(body)\n" }
            }
            if let objection { complaint = objection.words }
        case .json:
            var rows: [JSONTree] = []
            for part in ready.parts {
                let preview = part.prepared.preview
                for request in preview.requests {
                    let target = preview.targets.first { $0.entity == request.entity }
                    rows.append(
                        Self.row(
                            ready, part.connection.settings.name, request.entity, target?.confirmation,
                            [
                                .init("outcome", "dry-run"), .init("method", .string(request.method)),
                                .init("url", .string(request.url)),
                                .init("body", request.body.map { .string($0) } ?? .null),
                                .init("tier", .integer(Int64(ready.tier.rawValue))),
                            ]))
                }
                rows += preview.excluded.map {
                    Self.row(
                        ready, part.connection.settings.name, $0.entity, $0.confirmation,
                        [.init("outcome", "skipped"), .init("words", .string($0.words))])
                }
            }
            output = Self.lines(rows)
        }
    }

    /// A command that was not sent, because it is not confirmed.
    init(refused ready: Acting.Ready, _ objection: Failure) {
        complaint = Self.text(ready) + objection.words
        code = objection.code
    }

    /// A command that was carried out, or that had nothing to do.
    init(_ ready: Acting.Ready, _ endings: [Acting.Ending], _ format: ListFormat) {
        switch format {
        case .text:
            for ending in endings {
                output += "\(ending.name): \(ending.outcome.words) (\(ending.outcome.state.rawValue))\n"
            }
        case .json:
            output = Self.lines(
                endings.map { ending in
                    Self.row(
                        ready, ending.backend, ending.outcome.entity, ending.name,
                        [
                            .init("outcome", .string(ending.outcome.state.rawValue)),
                            .init("words", .string(ending.outcome.words)),
                            .init("record", ending.record.map { .string($0) } ?? .null),
                        ])
                })
        }
        let states = Set(endings.map(\.outcome.state))
        // What may have happened matters more to who reads it than what did not.
        code = states.contains(.unknown) ? .outcomeUnknown : states.contains(.failed) ? .commandFailed : .fine
        if let unknown = endings.first(where: { $0.outcome.state == .unknown })?.record {
            complaint =
                "what became of it is not known, and it is not sent again by itself: look at the server, "
                + "then at record \(unknown) of nocturne audit"
        }
    }

    /// What the plan says, in words.
    private static func text(_ ready: Acting.Ready) -> String {
        var lines: [String] = []
        for part in ready.parts {
            let preview = part.prepared.preview
            let backend = part.connection.settings.name
            lines += preview.summary.map { "\(backend): \($0)" }
            lines += preview.targets.map { "  \($0.confirmation) (\($0.entity))" + words($0.words) }
            lines += preview.excluded.map { "  not \($0.confirmation) (\($0.entity))" + words($0.words) }
            lines += preview.changes.map { "  \($0.title): \($0.old) → \($0.new)" }
            lines += preview.warnings.map { "  ! \($0)" }
            if let lastDone = part.prepared.lastDone { lines.append("  last done \(lastDone)") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func words(_ text: String) -> String { text.isEmpty ? "" : ": \(text)" }

    private static func row(
        _ ready: Acting.Ready, _ backend: String, _ entity: EntityRef, _ name: String?,
        _ members: [JSONTree.Member]
    ) -> JSONTree {
        .object(
            [
                .init("backend", .string(backend)), .init("kind", .string(entity.kind.rawValue)),
                .init("id", .string(entity.id)), .init("name", name.map { .string($0) } ?? .null),
                .init("command", .string(ready.descriptor.kind.rawValue)),
            ] + members)
    }

    private static func lines(_ rows: [JSONTree]) -> String {
        guard !rows.isEmpty else { return "[]\n" }
        return "[\n" + rows.map(\.text).joined(separator: ",\n") + "\n]\n"
    }
}
