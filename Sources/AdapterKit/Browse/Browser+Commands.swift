public import Domain
package import HTTP
internal import JSON

/// What can be changed at any path: asked for, prepared, confirmed and verified like every other command.
extension Browser {
    /// The commands, which work on every path that takes them.
    public static let commands: [CommandDescriptor] = [
        CommandDescriptor(
            .createResource, title: "Create here", targets: [.collection], tier: .touchesService,
            effect: "Makes something new in this collection, by POST.", bulk: false, opensFilled: true),
        CommandDescriptor(
            .changeResource, title: "Change the object", targets: [.resource], tier: .touchesService,
            effect: "Sends the fields that you changed, by PATCH where the server has it.", bulk: false,
            opensFilled: true),
        CommandDescriptor(
            .replaceResource, title: "Write the whole object", targets: [.resource], tier: .touchesService,
            effect: "Sends the object as it is with what you changed, by PUT.", bulk: false, opensFilled: true
        ),
        CommandDescriptor(
            .deleteResource, title: "Delete the object", targets: [.resource, .operation], tier: .hurts,
            effect: "Deletes the object permanently, by DELETE.", bulk: true),
        CommandDescriptor(
            .callOperation, title: "Run the operation", targets: [.operation], tier: .touchesService,
            effect: "Has the server do what the path stands for.", bulk: false, opensFilled: true),
    ]

    /// Whether a command is one of these.
    public static func has(_ kind: CommandKind) -> Bool { commands.contains { $0.kind == kind } }

    /// The key of a body that is typed as JSON, where a server does not say which fields it takes.
    package static let body: FieldKey = "body"

    /// The method that a command sends at a place; nil where the place takes none for it.
    package func method(of kind: CommandKind, at entry: CatalogueEntry) -> Method? {
        let acting = entry.acting
        return switch kind {
        case .createResource: entry.isReadable && acting.contains(.post) ? .post : nil
        case .changeResource: [.patch, .put].first { acting.contains($0) }
        case .replaceResource: acting.contains(.put) ? .put : nil
        case .deleteResource: acting.contains(.delete) ? .delete : nil
        // What is read is changed by the other commands: its first method may write all of it.
        case .callOperation: entry.isReadable || entry.isAskedByPost ? nil : acting.first
        default: nil
        }
    }

    /// Why commands are not possible at a place.
    func refusals(at place: BrowsePlace, _ response: Response) -> [CommandKind: String] {
        let allowed = response.header("allow").map { header in
            Set(header.split(whereSeparator: { $0 == "," || $0 == " " }).map { $0.uppercased() })
        }
        var refusals: [CommandKind: String] = [:]
        for command in Self.commands where command.kind != .callOperation {
            let entry = catalogue.place(
                at: place.address, preferring: { method(of: command.kind, at: $0) != nil })?.entry
            if let method = method(of: command.kind, at: entry ?? place.entry) {
                if let allowed, !allowed.contains(method.rawValue) {
                    refusals[command.kind] = "the server takes no \(method.rawValue) here"
                }
            } else {
                refusals[command.kind] = "the API has nothing for it at \(place.entry.template)"
            }
        }
        return refusals
    }

    var innerRefusals: [CommandKind: String] {
        Dictionary(
            Self.commands.map { ($0.kind, "this is a part of an object: go back and change the object") },
            uniquingKeysWith: { first, _ in first })
    }

    // MARK: Forms

    /// The questions of a command's form, and what they begin with.
    func form(of command: Command) async throws(BackendError) -> Opening {
        guard let target = command.targets.first else { return Opening() }
        let place = try place(of: target, for: command.kind)
        guard let method = method(of: command.kind, at: place.entry) else {
            throw BackendError(
                .unsupported, "\(place.entry.title): the API has nothing for \(command.kind) there")
        }
        try refuseUnfilled(place)
        if method == .delete {
            // What takes members out of something is told which; without, some servers take all.
            let takesBody = !place.entry.isReadable && !manners.describesFields
            return takesBody
                ? Opening(form: [FormField(Self.body, "Body, as JSON", .line(required: false))]) : Opening()
        }
        let row = try await row(command.kind, place)
        guard let record = try await record(method, place, row) else {
            // An operation without fields is run as it is; elsewhere a body is typed.
            if command.kind == .callOperation, method == .get { return Opening() }
            let isRequired = command.kind != .callOperation
            return Opening(form: [FormField(Self.body, "Body, as JSON", .line(required: isRequired))])
        }
        if let row { return Opening(values: record.opening(row), form: record.changes) }
        return Opening(form: record.questions)
    }

    /// The object that a command changes, as it is now; nil where there is none yet.
    func row(_ kind: CommandKind, _ place: BrowsePlace) async throws(BackendError) -> JSONValue? {
        guard kind == .changeResource || kind == .replaceResource || kind == .deleteResource,
            place.entry.isReadable
        else { return nil }
        return manners.object(in: try (try await body(at: place)).json()).value
    }

    /// The fields that a method takes at a place; nil where the server does not say.
    ///
    /// - Throws: where it says that this account may send nothing there.
    func record(
        _ method: Method, _ place: BrowsePlace, _ row: JSONValue?
    ) async throws(BackendError) -> EditableRecord? {
        guard manners.describesFields, method != .get else { return nil }
        let response = try await read(
            ReadRequest(place.entry.template, place.parameters, method: .options, priority: 0))
        if response.status == 405 || response.status == 404 { return nil }
        if let problem = manners.problem(response) { throw problem }
        let root = try response.json()
        guard let fields = FieldMetadata.fields(in: root, for: method) else {
            if place.entry.isReadable, root["actions"] == nil {
                throw BackendError(
                    .forbidden, "\(place.entry.title): the server offers this account no \(method.rawValue)")
            }
            return nil
        }
        return EditableRecord(place.entry.title.lowercased(), fields, of: row, place, manners)
    }
}
