public import Domain
internal import JSON

/// A command that is about to be sent, with all that the record says about it.
public struct AuditIntent: Sendable {
    /// The name of the backend.
    public var backend: String
    /// Where the server is, by a name that all screens of a team have for it; empty where nobody says.
    public var server = ""
    /// What the operator wants done.
    public var command: Command
    /// What the confirmed plan will send.
    public var preview: PlanPreview
    /// What the command's form asks; an argument is written only if a field that is no secret asks for it.
    public var form: [FormField]
    /// Seconds after which a command without a result counts as unknown.
    public var limit: Double

    /// Describes a command that is about to be sent.
    public init(
        backend: String, command: Command, preview: PlanPreview, form: [FormField], limit: Double = 60
    ) {
        self.backend = backend
        self.command = command
        self.preview = preview
        self.form = form
        self.limit = limit
    }

    /// The members of the record after the ones that every record has.
    var members: [JSONTree.Member] {
        [
            .init("backend", .string(backend))
        ] + (server.isEmpty ? [] : [.init("server", .string(server))]) + [
            .init("command", .string(command.kind.rawValue)),
            .init("tier", .integer(Int64(preview.tier.rawValue))),
            .init("limit", .integer(Int64(limit.rounded(.up)))),
            .init(
                "entities",
                .array(
                    preview.targets.map { target in
                        [
                            "kind": .string(target.entity.kind.rawValue), "id": .string(target.entity.id),
                            "name": .string(target.name),
                        ]
                    })),
            .init("arguments", .object(arguments)),
            .init("undo", undo),
            .init(
                "requests",
                .array(
                    preview.requests.map { request in
                        [
                            "entity": .string(request.entity.id), "method": .string(request.method),
                            "url": .string(request.url), "body": request.body.map { .string($0) } ?? .null,
                        ]
                    })),
        ]
    }

    private var arguments: [JSONTree.Member] {
        command.arguments.sorted { $0.key.rawValue < $1.key.rawValue }.map { key, value in
            switch form.first(where: { $0.key == key })?.input {
            case .secret, nil: .init(key.rawValue, "•••")
            case .line, .toggle, .choice, .carried: .init(key.rawValue, Self.tree(value))
            }
        }
    }

    /// What would put it back; a plan never has secrets in it.
    private var undo: JSONTree {
        guard let undo = preview.undo else { return .null }
        return [
            "command": .string(undo.kind.rawValue),
            "entities": .array(
                undo.targets.map { ["kind": .string($0.kind.rawValue), "id": .string($0.id)] }),
            "arguments": .object(
                undo.arguments.sorted { $0.key.rawValue < $1.key.rawValue }.map {
                    .init($0.key.rawValue, Self.tree($0.value))
                }),
        ]
    }

    private static func tree(_ value: Value) -> JSONTree {
        switch value {
        case .none: .null
        case .text(let text): .string(text)
        case .integer(let number): .integer(number)
        case .number(let number): .number(number)
        case .flag(let flag): .bool(flag)
        case .time(let moment): .string(AuditTime.text(moment))
        case .ref(let entity, let name): .string("\(entity) \(name)")
        }
    }
}

/// Times as the log writes them: `2026-11-21T03:14:22Z`.
enum AuditTime {
    static func text(_ moment: Timestamp) -> String {
        CivilTime.fields(moment, offset: 0).text.split(separator: " ").joined(separator: "T") + "Z"
    }

    static func moment(_ text: String) -> Timestamp? {
        CivilTime.parse(text, clock: ServerClock(offset: 0, isCertain: true))
    }
}
