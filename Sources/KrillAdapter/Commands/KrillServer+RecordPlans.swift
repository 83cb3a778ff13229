internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Records of the CRM that are made, changed and removed. Only what changes is sent.
extension KrillServer {
    /// The form of a kind of record: as the server described it, else as it usually is.
    func form(_ record: RecordKind) -> EditableRecord {
        withMemory { $0.records[record] } ?? record.usualForm
    }

    /// Asks the server what its records take.
    func askForForms() async {
        for record in RecordKind.allCases {
            let asked = await inTime(settings.probeWait) {
                try? await self.read(record.list, method: .options, priority: 0)
            }
            guard let response = asked ?? nil, response.isSuccess, let root = try? response.json()
            else { continue }
            let form = record.usualForm.described(by: root)
            withMemory { $0.records[record] = form }
        }
    }

    func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value] {
        guard case (.edit, let record)? = RecordOperation.read(command.kind),
            let target = command.targets.first
        else { return [:] }
        guard let row = try await readRecord(record, target.id) else {
            throw BackendError(
                .missing, "the server has no \(record.title) \(Cleaning.clean(target.id)) any more")
        }
        return form(record).opening(row)
    }

    func recordPlan(
        _ command: Command, _ operation: RecordOperation, _ record: RecordKind
    ) async throws(BackendError) -> Plan {
        switch operation {
        case .add: return try addPlan(command, record)
        case .edit: return try await editPlan(command, record)
        case .delete: return try await deletePlan(command, record)
        }
    }

    private func addPlan(_ command: Command, _ record: RecordKind) throws(BackendError) -> Plan {
        guard let target = command.targets.first else { throw BackendError(.invalid, "nothing is named") }
        let form = form(record)
        if let missing = form.missing(in: command) {
            throw BackendError(.invalid, "\(missing.title) is missing")
        }
        let body = try form.members(ofNew: command)
        var plan = Plan(command, steps: [], summary: [], tier: .touchesService)
        let name = command.text("name") ?? command.text("sn") ?? command.text("external_id") ?? "a new one"
        plan.summary = ["Add \(record.title) \(Cleaning.clean(name)) at \(settings.name)."]
        plan.steps = [
            Plan.Step(
                target, name: Cleaning.clean(name), state: "new",
                request: step(.post, record.list, body: body))
        ]
        return plan
    }

    private func editPlan(_ command: Command, _ record: RecordKind) async throws(BackendError) -> Plan {
        var plan = Plan(command, steps: [], summary: [], tier: .touchesService)
        for target in command.targets {
            guard let row = try await readRecord(record, target.id) else {
                plan.excluded.append(gone(target, record))
                continue
            }
            let name = Self.name(row, record, target)
            let difference = try form(record).difference(
                of: command, from: row, named: name, at: settings.name)
            let body = difference.members
            plan.changes += difference.changes
            guard !body.isEmpty else {
                plan.excluded.append(PlanPreview.Target(target, name: name, words: "nothing changes"))
                continue
            }
            plan.summary.append("Change \(record.title) \(name) at \(settings.name).")
            let rights = body.filter { $0.key == "access" || $0.key == "active" }
            if rights.contains(where: { $0.value == .bool(false) }) {
                plan.tier = .hurts
                plan.warnings.append("\(name): the line may not be used any more, its customer is cut off.")
            } else if !rights.isEmpty {
                plan.warnings.append("\(name): the line may be used again.")
            }
            plan.undo = difference.undo.map { Command(command.kind, [target], $0) }
            plan.steps.append(
                Plan.Step(
                    target, name: name, state: "as read now",
                    request: step(.patch, record.one, ["id": target.id], body: body)))
        }
        plan.shorten()
        return plan
    }

    private func deletePlan(_ command: Command, _ record: RecordKind) async throws(BackendError) -> Plan {
        var plan = Plan(command, steps: [], summary: [], tier: .hurts)
        for target in command.targets {
            guard let row = try await readRecord(record, target.id) else {
                plan.excluded.append(gone(target, record))
                continue
            }
            let name = Self.name(row, record, target)
            plan.summary.append("Delete \(record.title) \(name) at \(settings.name).")
            let lines = withMemory { memory in
                memory.cpes.values.count { String($0.customer ?? -1) == target.id }
            }
            plan.warnings.append(
                record == .customer && lines > 0
                    ? "\(name) has \(lines) CPE\(lines == 1 ? "" : "s")." : "\(name) is deleted permanently.")
            plan.steps.append(
                Plan.Step(
                    target, name: name, state: "there",
                    request: .bare(.delete, record.one, ["id": target.id])))
        }
        plan.shorten()
        return plan
    }

    private func gone(_ target: EntityRef, _ record: RecordKind) -> PlanPreview.Target {
        let name = "\(record.title) \(Cleaning.clean(target.id))"
        return PlanPreview.Target(
            target, name: name, words: "gone: the server has none by that number any more")
    }

    static func name(_ row: JSONValue, _ record: RecordKind, _ target: EntityRef) -> String {
        if record == .customer, let customer = Customer(row) { return customer.name }
        for key in record.nameKeys {
            if let text = row[key]?.text, !text.isEmpty { return Cleaning.clean(text) }
        }
        return "\(record.title) \(Cleaning.clean(target.id))"
    }
}
