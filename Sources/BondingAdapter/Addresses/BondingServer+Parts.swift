internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    /// The sections of a bond's addresses and routes: links to each with its own detail.
    func partSections(_ part: BondPart, of bond: String) async throws(BackendError) -> [Detail.Section] {
        let listing = try await list(part.list, ["bond": bond], priority: 0)
        let lines = listing.rows.compactMap { row -> Detail.Line? in
            guard let reference = Reference(row) else { return nil }
            let state = part.isEnabled(row).map { $0 ? "enabled" : "disabled" } ?? ""
            var name = part.name(row)
            for extra in [row.words("gateway").map { "via \($0)" }, row.words("note")] {
                if let extra { name += ", \(extra)" }
            }
            return Detail.Line(
                state, .ref(entity(part.kind, "\(bond)/\(reference.id)"), name: name), .ref(part.kind))
        }
        return lines.isEmpty ? [] : [Detail.Section(part.plural, lines)]
    }

    /// Reads one of a bond's parts; nil for one that is not there.
    func partRow(_ entity: EntityRef) async throws(BackendError) -> JSONValue? {
        guard let part = BondPart.of(entity.kind), entity.path.count == 2 else { return nil }
        return try await row(part.item, ["bond": entity.path[0], "part": entity.path[1]], priority: 0)
    }

    /// Everything about one of a bond's parts.
    func partDetail(_ entity: EntityRef) async throws(BackendError) -> Detail {
        guard let part = BondPart.of(entity.kind), let row = try await partRow(entity) else {
            throw missing(entity)
        }
        var lines = fields.lines(row)
        if !lines.contains(where: { $0.name == "bond" }) {
            let bond = entity.path[0]
            lines.append(
                Detail.Line(
                    "bond", .ref(self.entity(.bond, bond), name: withMemory { $0.name(ofBond: bond) }),
                    .ref(.bond)))
        }
        return Detail(entity, title: part.name(row), sections: [Detail.Section(part.title, lines)])
    }

    // MARK: Commands

    /// Switches, makes, changes or deletes; each target is read first.
    func partPlan(
        _ command: Command, _ part: BondPart, _ verb: String
    ) async throws(BackendError) -> Plan {
        if verb == "add" { return try await addPlan(command, part) }
        if verb == "edit" { return try await editPlan(command, part.record) }
        let wanted = verb == "enable"
        // A disabled route leaves the customer's addresses; a disabled address does not.
        let hurts = verb == "delete" || !wanted && part.kind != .route
        var plan = Plan(command, tier: hurts ? .hurts : .touchesService)
        for target in command.targets {
            guard let row = try await partRow(target) else {
                plan.excluded.append(gone(target))
                continue
            }
            let bond = withMemory { $0.name(ofBond: target.path[0]) }
            let name = "\(part.name(row)) of \(bond)"
            let parameters = ["bond": target.path[0], "part": target.path[1]]
            if verb == "delete" {
                try await demand(.delete, part.item, parameters)
                plan.add(
                    target, name: name, state: state(of: row, part),
                    request: .bare(.delete, part.item, parameters))
                plan.summary.append("Delete the \(part.title) \(name) at \(settings.name).")
                if command.targets.count == 1 { plan.undo = undo(deleting: row, part, target) }
                continue
            }
            guard part.isEnabled(row) != wanted else {
                plan.exclude(target, name: name, words: "it is \(verb)d already")
                continue
            }
            try await demand(.patch, part.item, parameters)
            plan.add(
                target, name: name, state: state(of: row, part),
                request: .json(.patch, part.item, parameters, ["enabled": .bool(wanted)]))
            plan.summary.append(
                "\(wanted ? "Enable" : "Disable") the \(part.title) \(name) at \(settings.name).")
        }
        if !plan.steps.isEmpty, verb != "enable" { plan.warnings = [part.loss] }
        if verb != "delete" {
            let back = CommandKind(rawValue: "\(wanted ? "disable" : "enable")-\(part.kind)")
            plan.undo = plan.steps.isEmpty ? nil : Command(back, plan.steps.map(\.entity))
        }
        plan.shorten()
        return plan
    }

    private func state(of row: JSONValue, _ part: BondPart) -> String {
        part.isEnabled(row).map { $0 ? "enabled" : "disabled" } ?? "state not known"
    }

    /// What would make a deleted one again, with all that it had; it gets a new number then.
    private func undo(deleting row: JSONValue, _ part: BondPart, _ target: EntityRef) -> Command? {
        guard let members = row.object else { return nil }
        var arguments: [FieldKey: Value] = [:]
        var rest: [JSONTree.Member] = []
        for (key, value) in members {
            if part.fields.contains(where: { $0.key == key }) {
                guard let text = value.text, !text.isEmpty else { continue }
                // What was cleaned for the screen can't be written back from there.
                guard Cleaning.clean(text) == text else { return nil }
                arguments[FieldKey(rawValue: key)] = .text(text)
            } else if !["id", "url", "bond"].contains(key), !value.isNull, !SecretKeys.bonding.holds(key) {
                rest.append(.init(key, JSONTree(value)))
            }
        }
        if !rest.isEmpty { arguments[.rest] = .text(JSONTree.object(rest).text) }
        return Command(
            CommandKind(rawValue: "add-\(part.kind)"), [entity(.bond, target.path[0])], arguments)
    }

    private func addPlan(_ command: Command, _ part: BondPart) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        guard let target = command.targets.first else { return plan }
        guard let bond = try await bond(target.id) else {
            plan.excluded = [gone(target)]
            plan.shorten()
            return plan
        }
        try await demand(.post, part.list, ["bond": bond.id])
        let rights = try? await rights(part.list, ["bond": bond.id])
        let missing = part.record.missing(in: command) { field in
            field.isRequired || rights?.rule(field.key)?.isRequired == true
        }
        if let missing {
            throw BackendError(.invalid, "a \(part.title) needs \(missing.title.lowercased())")
        }
        var body = try part.record.members(ofNew: command)
        if case .text(let text) = command.arguments[.rest], let rest = try? JSONDocument(text).root.object {
            for (key, value) in rest where rights?.rule(key)?.isReadOnly != true {
                body.append(.init(key, JSONTree(value)))
            }
        }
        let listing = try await list(part.list, ["bond": bond.id], priority: 0)
        let key = part.fields[0].key
        let name = command.text(part.fields[0].id) ?? ""
        if listing.rows.contains(where: { $0[key]?.text == name }) {
            plan.excluded = [
                PlanPreview.Target(
                    target, name: bond.name, words: "it has the \(part.title) \(Cleaning.clean(name)) already"
                )
            ]
            plan.shorten()
            return plan
        }
        plan.steps = [
            Plan.Step(
                target, name: bond.name, state: "\(listing.rows.count) of them so far",
                request: .json(.post, part.list, ["bond": bond.id], .object(body)))
        ]
        plan.summary = [
            "Add the \(part.title) \(Cleaning.clean(name)) to \(bond.name) at \(settings.name)."
        ]
        return plan
    }

    /// What became of one of a bond's parts, by what is read of it afterwards.
    func partEvidence(
        _ command: Command, _ part: BondPart, _ verb: String, _ target: EntityRef, isSent: Bool
    ) async throws(BackendError) -> Evidence {
        switch verb {
        case "add":
            let key = part.fields[0].key
            guard let name = command.text(part.fields[0].id) else {
                return .unseen("what was to be added is not known")
            }
            let listing = try await list(part.list, ["bond": target.id], priority: 0)
            guard listing.rows.contains(where: { KeptText(name, as: $0[key]?.text ?? "") != .other }) else {
                return .not("the \(part.title) \(Cleaning.clean(name)) is not there")
            }
            return .done(
                "the \(part.title) \(Cleaning.clean(name)) is there" + (await updateWords(target, true)))
        case "delete":
            if try await partRow(target) != nil { return .not("the \(part.title) is still there") }
            guard isSent else {
                return .unseen("the server has none such; whether it was deleted now is open")
            }
            return .done("the \(part.title) is gone" + (await updateWords(target, true)))
        default:
            guard let row = try await partRow(target) else {
                return .unseen("the server has no such \(part.title) any more")
            }
            guard let isEnabled = part.isEnabled(row) else {
                return .unseen("the \(part.title) is in no known state")
            }
            let found = "the \(part.title) is \(isEnabled ? "enabled" : "disabled")"
            return isEnabled == (verb == "enable")
                ? .done(found + (await updateWords(target, true))) : .not(found)
        }
    }
}
