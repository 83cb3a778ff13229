internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Bonds, legs, spaces, addresses and routes that are edited: each at the resource that takes changes of it.
extension BondingServer {
    /// What the form of an edit begins with.
    func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value] {
        guard let record = EditableRecord.of(command.kind), let target = command.targets.first
        else { return [:] }
        guard let place = try await place(of: target) else { throw missing(target) }
        return record.opening(place.row)
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
    func editPlan(_ command: Command, _ record: EditableRecord) async throws(BackendError) -> Plan {
        var plan = Plan(command, steps: [], summary: [], tier: .touchesService)
        guard let target = command.targets.first else { return plan }
        guard let place = try await place(of: target) else {
            plan.excluded = [gone(target)]
            plan.shorten()
            return plan
        }
        let difference = try record.difference(
            of: command, from: place.row, named: place.name, at: settings.name)
        plan.changes = difference.changes
        guard !difference.members.isEmpty else {
            plan.excluded = [PlanPreview.Target(target, name: place.name, words: "it is all so already")]
            plan.shorten()
            return plan
        }
        let owner = target.kind == .customer ? Path.space : Path.bond
        try await demand(.patch, place.template, place.parameters, owner: owner)
        plan.steps = [
            Plan.Step(
                target, name: place.name, state: "\(difference.members.count) fields differ",
                request: .json(.patch, place.template, place.parameters, .object(difference.members)))
        ]
        plan.summary = ["Change the \(record.title) \(place.name) at \(settings.name)."]
        plan.undo = difference.undo.map { Command(command.kind, [target], $0) }
        return plan
    }

    /// Whether the server has what was to be written, and what it made of what it took.
    func editEvidence(
        _ plan: Plan, _ record: EditableRecord, _ target: EntityRef
    ) async throws(BackendError) -> Evidence {
        guard let place = try await place(of: target) else {
            return .unseen("the server has no such \(target.kind), or none that this account sees")
        }
        let found = RecordReadBack(record.members(of: plan, target), in: place.row)
        if let doubt = found.doubt { return doubt }
        if found.kept.isEmpty { return .unseen("what was to change is not known any more") }
        let remarks = found.remarks.map { "; \($0)" }.joined()
        return .done("the server has all of it as wanted" + remarks + (await updateWords(target, true)))
    }
}
