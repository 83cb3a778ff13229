internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What a form may change of one kind of entity.
struct Editing: Sendable {
    /// One field: its key at the server, what stands before the input, and whether it is a number.
    struct Input: Sendable {
        var key: String
        var title: String
        var isNumber = false
    }

    let title: String
    let inputs: [Input]

    static let bond = Editing(
        title: "bond",
        inputs: [
            Input(key: "circuit_id", title: "Circuit"), Input(key: "note", title: "Note"),
            Input(key: "product", title: "Product"),
        ])

    static let leg = Editing(
        title: "leg",
        inputs: [
            Input(key: "up_speed", title: "Up, as in 10M", isNumber: true),
            Input(key: "down_speed", title: "Down, as in 50M", isNumber: true),
            Input(key: "circuit_id", title: "Circuit"), Input(key: "note", title: "Note"),
        ])

    static let space = Editing(
        title: "space",
        inputs: [
            Input(key: "name", title: "Name"), Input(key: "key", title: "Key"),
            Input(key: "crm_id", title: "Customer no."),
        ])

    init(title: String, inputs: [Input]) {
        self.title = title
        self.inputs = inputs
    }

    init(part: BondPart) {
        self.init(title: part.title, inputs: part.inputs.map { Input(key: $0.key, title: $0.title) })
    }

    /// The editing that a command is; nil for any other command.
    static func of(_ kind: CommandKind) -> Editing? {
        switch kind {
        case "edit-bond": return bond
        case "edit-leg": return leg
        case "edit-space": return space
        default:
            guard let (part, verb) = BondPart.of(kind), verb == "edit" else { return nil }
            return Editing(part: part)
        }
    }

    /// The form; what was read when it was opened goes along, so that another's change is seen.
    var form: [FormField] {
        inputs.map { FormField(FieldKey(rawValue: $0.key), $0.title, .line(required: false)) }
            + [FormField(.opened, "Opened", .carried), FormField(.nulls, "Nothing", .carried)]
    }

    /// The fields that a row has; what the server does not give is not sent either.
    func values(of row: JSONValue) -> [(input: Input, text: String)] {
        inputs.compactMap { input in
            guard let value = row[input.key] else { return nil }
            return (input, Cleaning.clean(value.text ?? ""))
        }
    }
}

extension FieldKey {
    /// What else something had that was deleted, as JSON: making it again sets that too.
    static let rest: FieldKey = "rest"
}

extension BondingServer {
    /// What the form of an edit begins with.
    func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value] {
        guard let editing = Editing.of(command.kind), let target = command.targets.first else { return [:] }
        guard let place = try await place(of: target) else { throw missing(target) }
        var values: [FieldKey: Value] = [:]
        var members: [JSONTree.Member] = []
        for (input, text) in editing.values(of: place.row) {
            values[FieldKey(rawValue: input.key)] = .text(text)
            members.append(.init(input.key, .string(text)))
        }
        values[.opened] = .text(JSONTree.object(members).text)
        return values
    }

    /// Where an entity is changed, and how it is now.
    struct EditPlace {
        var row: JSONValue
        var name: String
        var template: PathTemplate
        var parameters: [String: String]
    }

    /// Reads an entity at the resource that takes changes of it; nil for one that is not there.
    func place(of target: EntityRef) async throws(BackendError) -> EditPlace? {
        switch target.kind {
        case .bond:
            guard let (bond, row) = try await bondRow(target.id) else { return nil }
            return EditPlace(row: row, name: bond.name, template: Path.bond, parameters: ["bond": bond.id])
        case .leg:
            guard let owner = try await owner(of: target), let found = try await legRow(target.id, of: owner)
            else { return nil }
            guard let type = found.leg.type else {
                throw BackendError(
                    .unsupported,
                    "what kind of leg \(found.leg.title) is the server does not say: it can't be changed")
            }
            return EditPlace(
                row: found.row, name: "\(withMemory { $0.name(ofBond: owner) }) \(found.leg.title)",
                template: type.path, parameters: ["bond": owner, "leg": target.id])
        case .customer:
            guard let row = try await row(Path.space, ["id": target.id], priority: 0),
                let space = WireSpace(row)
            else { return nil }
            return EditPlace(row: row, name: space.name, template: Path.space, parameters: ["id": target.id])
        default:
            guard let part = BondPart.of(target.kind), let row = try await partRow(target) else { return nil }
            return EditPlace(
                row: row, name: "\(part.name(row)) of \(withMemory { $0.name(ofBond: target.path[0]) })",
                template: part.item, parameters: ["bond": target.path[0], "part": target.path[1]])
        }
    }

    /// Changes what differs from what is there, unless somebody else changed it since the form was opened.
    func editPlan(_ command: Command, _ editing: Editing) async throws(BackendError) -> Plan {
        var plan = Plan(command, steps: [], summary: [], tier: .touchesService)
        guard let target = command.targets.first else { return plan }
        guard let place = try await place(of: target) else {
            plan.excluded = [gone(target)]
            plan.shorten()
            return plan
        }
        try refuseConflict(command, editing, place)
        try refuseUnknown(command, editing, place)
        let difference = try editing.difference(of: command, from: place.row)
        let body = difference.body
        plan.changes = difference.changes
        guard !body.isEmpty else {
            plan.excluded = [PlanPreview.Target(target, name: place.name, words: "it is all so already")]
            plan.shorten()
            return plan
        }
        let owner = target.kind == .customer ? Path.space : Path.bond
        try await demand(.patch, place.template, place.parameters, owner: owner)
        plan.steps = [
            Plan.Step(
                target, name: place.name, state: "\(body.count) fields differ",
                request: json(.patch, place.template, place.parameters, .object(body)))
        ]
        plan.summary = ["Change the \(editing.title) \(place.name) at \(settings.name)."]
        plan.undo = difference.undo.map { Command(command.kind, [target], $0) }
        return plan
    }

    private func refuseConflict(
        _ command: Command, _ editing: Editing, _ place: EditPlace
    ) throws(BackendError) {
        guard case .text(let text) = command.arguments[.opened], let opened = try? JSONDocument(text).root
        else { return }
        let changed = editing.values(of: place.row).filter { input, now in
            opened[input.key].map { $0.string != now } ?? false
        }
        guard !changed.isEmpty else { return }
        let words = changed.map { "\($0.input.title): now \($0.text.isEmpty ? "empty" : $0.text)" }
        throw BackendError(
            .conflict,
            "nothing was sent: somebody changed the \(editing.title) since it was opened (\(words.joined(separator: "; ")))"
        )
    }

    /// A field that the server does not give can't be compared with anything, so it is not written either.
    private func refuseUnknown(
        _ command: Command, _ editing: Editing, _ place: EditPlace
    ) throws(BackendError) {
        let asked = editing.inputs.filter { command.arguments[FieldKey(rawValue: $0.key)]?.isNone == false }
        guard let unknown = asked.first(where: { place.row[$0.key] == nil }) else { return }
        throw BackendError(
            .unsupported, "\(settings.name) gives no \(unknown.key) of \(place.name): it can't be changed")
    }

    /// What differs from what was to be written, read back, and what the server made of what it took; nil for an
    /// entity that is not there.
    func readBack(
        _ plan: Plan, _ target: EntityRef
    ) async throws(BackendError) -> (differences: [String], remarks: [String])? {
        guard let place = try await place(of: target) else { return nil }
        let sent = plan.steps.first { $0.entity == target }?.request.body.flatMap {
            try? JSONDocument($0).root
        }
        var pairs: [(key: String, wanted: String, now: String)] = []
        if let members = sent?.object {
            pairs = members.map { key, value in (key, value.text ?? "", place.row[key]?.text ?? "") }
        } else if let editing = Editing.of(plan.command.kind) {
            pairs = editing.values(of: place.row).compactMap { input, now in
                plan.command.text(FieldKey(rawValue: input.key)).map { (input.key, $0, now) }
            }
        } else {
            return nil
        }
        func shown(_ text: String) -> String { text.isEmpty ? "empty" : Cleaning.clean(text) }
        var (differences, remarks): ([String], [String]) = ([], [])
        for (key, wanted, now) in pairs {
            switch KeptText(wanted, as: now) {
            case .same: break
            case .altered: remarks.append("\(Cleaning.clean(key)) is kept as \(shown(now))")
            case .other: differences.append("\(Cleaning.clean(key)) is \(shown(now)), not \(shown(wanted))")
            }
        }
        return (differences, remarks)
    }
}
