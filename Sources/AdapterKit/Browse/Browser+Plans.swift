public import Domain
internal import HTTP
internal import JSON

extension Browser {
    /// Makes the plan of a command from what is read now.
    public func plan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            let place = try place(of: target, for: command.kind)
            guard place.address.steps.isEmpty else {
                throw BackendError(.unsupported, "this is a part of an object: change the object")
            }
            guard let method = method(of: command.kind, at: place.entry) else {
                throw BackendError(
                    .unsupported, "\(place.entry.title): the API has nothing for \(command.kind) there")
            }
            try refuseUnfilled(place)
            try await add(target, method, place, command, to: &plan)
            if place.entry.hurting.contains(method) { plan.tier = .hurts }
            let note = "Note: \(place.entry.note)"
            if !place.entry.note.isEmpty, !plan.summary.contains(note) { plan.summary.append(note) }
        }
        plan.shorten()
        return plan
    }

    private func add(
        _ target: EntityRef, _ method: Method, _ place: BrowsePlace, _ command: Command, to plan: inout Plan
    ) async throws(BackendError) {
        let row: JSONValue?
        do throws(BackendError) {
            row = try await self.row(command.kind, place)
        } catch {
            guard error.kind == .missing else { throw error }
            plan.exclude(target, name: Cleaning.clean(place.address.text), words: "gone: \(error.words)")
            return
        }
        let name = row.map { self.name(of: $0, place) } ?? Cleaning.clean(place.address.text)
        switch command.kind {
        case .deleteResource:
            plan.summary.append("Delete \(name) at \(settings.name): \(place.address.path).")
            plan.add(
                target, name: name, state: row == nil ? "not read" : "it is there",
                request: step(.delete, place, try typedBody(command)))
        case .createResource, .callOperation:
            let body = try await newBody(method, place, command, in: &plan)
            let verb = command.kind == .createResource ? "Create in" : "Run"
            plan.summary.append("\(verb) \(place.entry.title.lowercased()) at \(settings.name).")
            plan.add(
                target, name: name, state: command.kind == .createResource ? "new" : "",
                request: step(method, place, body))
        default:
            guard let row else {
                return try changeUnread(target, method, place, command, named: name, in: &plan)
            }
            try await change(target, method, place, row, named: name, command, in: &plan)
        }
    }

    /// The body of what is new: what was answered, or what was typed as JSON.
    private func newBody(
        _ method: Method, _ place: BrowsePlace, _ command: Command, in plan: inout Plan
    ) async throws(BackendError) -> JSONTree? {
        if method == .get { return nil }
        if let typed = try typedBody(command) { return typed }
        guard let record = try await record(method, place, nil) else {
            return command.kind == .createResource ? .object([]) : nil
        }
        if let missing = record.missing(in: command) {
            throw BackendError(.invalid, "\(missing.title) (\(missing.key)) has to be filled in")
        }
        try refuseUnknown(command, record)
        let members = try record.members(ofNew: command)
        plan.form = record.questions
        return members.isEmpty && command.kind == .callOperation ? nil : .object(members)
    }

    /// Sends what was typed where the API has nothing to compare it with.
    private func changeUnread(
        _ target: EntityRef, _ method: Method, _ place: BrowsePlace, _ command: Command, named name: String,
        in plan: inout Plan
    ) throws(BackendError) {
        guard let typed = try typedBody(command) else {
            throw BackendError(.unsupported, "\(name) can't be read: give a body, which is sent as it is")
        }
        plan.summary.append("Change \(name) at \(settings.name).")
        plan.warnings.append("The API can't show \(name): nothing is compared before or after.")
        plan.add(target, name: name, state: "not read", request: step(method, place, typed))
    }

    private func change(
        _ target: EntityRef, _ method: Method, _ place: BrowsePlace, _ row: JSONValue, named name: String,
        _ command: Command, in plan: inout Plan
    ) async throws(BackendError) {
        if let typed = try typedBody(command) {
            plan.summary.append("Change \(name) at \(settings.name).")
            plan.changes = typed.changes(of: row, manners.secrets.joined(by: place.entry.secrets))
            plan.add(target, name: name, state: "as read now", request: step(method, place, typed))
            return
        }
        guard let record = try await record(method, place, row) else {
            throw BackendError(.invalid, "the server does not say which fields it takes: give a body")
        }
        try refuseUnknown(command, record)
        plan.form = record.changes
        let difference = try record.difference(of: command, from: row, named: name, at: settings.name)
        plan.changes = difference.changes
        guard !difference.members.isEmpty else {
            plan.exclude(target, name: name, words: "it is all so already")
            return
        }
        let count = difference.members.count
        plan.summary.append("Change \(name) at \(settings.name).")
        plan.undo = difference.undo.map { Command(command.kind, [target], $0) }
        var members = difference.members
        if method == .put {
            let (all, masked) = whole(record, row, difference.members)
            members = all
            if !masked.isEmpty {
                plan.warnings.append(
                    "The server gives dots for \(masked.joined(separator: ", ")): left out of what is sent.")
            }
        }
        plan.add(
            target, name: name, state: count == 1 ? "1 field differs" : "\(count) fields differ",
            request: step(method, place, .object(members)))
    }

    /// An object as it was read, of what it takes, with what was changed; and the secrets that can't be written back,
    /// because the server itself masks them.
    private func whole(
        _ record: EditableRecord, _ row: JSONValue, _ changed: [JSONTree.Member]
    ) -> (members: [JSONTree.Member], masked: [String]) {
        var members: [JSONTree.Member] = []
        var masked: [String] = []
        for field in record.fields where !changed.contains(where: { $0.key == field.key }) {
            // A secret that was not read is not made up.
            guard let now = row[field.key], !(field.isSecret && now.isNull) else { continue }
            if let text = now.string, !text.isEmpty, text.allSatisfy({ "*•●".contains($0) }) {
                masked.append(Cleaning.clean(field.key))
                continue
            }
            members.append(.init(field.key, JSONTree(now)))
        }
        return (members + changed, masked)
    }

    private func refuseUnknown(_ command: Command, _ record: EditableRecord) throws(BackendError) {
        let known = Set(record.fields.map(\.id)).union([.opened, .seenUpdated, .nulls])
        let unknown = command.arguments.keys.filter { !known.contains($0) }.map(\.rawValue).sorted()
        guard let first = unknown.first else { return }
        throw BackendError(.invalid, "the server takes no field \(Cleaning.clean(first)) here")
    }

    /// The body that was typed as JSON; nil where none was.
    private func typedBody(_ command: Command) throws(BackendError) -> JSONTree? {
        guard let text = command.text(Self.body) else { return nil }
        do {
            return JSONTree(try JSONDocument(text).root)
        } catch {
            throw BackendError(.invalid, "the body is no JSON: \(error)")
        }
    }

    private func step(_ method: Method, _ place: BrowsePlace, _ body: JSONTree?) -> CommandStep {
        var step =
            body.map { body in
                CommandStep.json(
                    method, place.entry.template, place.parameters, body,
                    hiding: manners.secrets.joined(by: place.entry.secrets))
            } ?? .bare(method, place.entry.template, place.parameters)
        step.query = place.address.pairs
        return step
    }
}

extension JSONTree {
    /// Old and new of each member that differs from an object.
    fileprivate func changes(of row: JSONValue, _ secrets: SecretKeys) -> [Change] {
        guard case .object(let members) = self else { return [] }
        return members.compactMap { member in
            let key = Cleaning.clean(member.key)
            if secrets.holds(member.key) { return Change(key, from: Browser.mask, to: Browser.mask) }
            let now = row[member.key]
            if now?.isSame(as: member.value) ?? false { return nil }
            let old = now.map { secrets.masking(JSONTree($0)).written } ?? ""
            let new = secrets.masking(member.value).written
            return Change(key, from: Cleaning.clean(old), to: Cleaning.clean(new))
        }
    }
}
