internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension CommandDescriptor {
    /// `PATCH /ports/:id/description`.
    static let describePort = CommandDescriptor(
        .describePort, title: "Describe port", targets: [.port], tier: .touchesService,
        effect:
            "The server shows the description in place of the one that the device has, until it is removed.",
        form: [FormField("description", "Description, empty for the device's own", .line(required: false))])
}

/// The descriptions of ports that the server keeps in place of the devices' own.
extension LibreNMSServer {
    /// What the server puts in place of a description that is removed, until it polls the device.
    private static let repoll = "repoll"
    private static let before: FieldKey = "alias"

    func descriptionPlan(_ command: Command) async throws(BackendError) -> Plan {
        let dialect = try await dialect()
        guard dialect.offers("update_port_description") else {
            throw BackendError(.unsupported, "this LibreNMS does not change descriptions by its API")
        }
        let wanted = command.text("description") ?? ""
        if wanted == Self.repoll {
            throw BackendError(
                .unsupported, "\(wanted) takes a description away at this server: leave it empty for that")
        }
        var plan = Plan(command)
        for target in command.targets {
            guard let row = try await portRow(target.id) else {
                plan.excluded.append(.gone(target))
                continue
            }
            let name = title(ofPort: row, target)
            if let words = Self.reason(against: wanted, row) {
                plan.exclude(target, name: name, words: words)
                continue
            }
            let now = row["ifAlias"]?.text ?? ""
            var step = Plan.Step(
                target, name: name, state: Self.words(now),
                request: self.step(
                    .patch, Path.portDescription, ["id": target.id],
                    body: [.init("description", .string(wanted))]))
            step.before[Self.before] = .text(now)
            plan.steps.append(step)
            let new = wanted.isEmpty ? "the device's own" : Cleaning.clean(wanted)
            plan.summary.append("\(name): description: \(Self.words(now)) → \(new)")
            if command.targets.count == 1 {
                plan.changes = [Change("description", from: Cleaning.clean(now), to: Cleaning.clean(wanted))]
            }
        }
        plan.shorten()
        return plan
    }

    private static func words(_ text: String) -> String { text.isEmpty ? "none" : Cleaning.clean(text) }

    /// Why nothing is to be sent for a port.
    private static func reason(against wanted: String, _ row: JSONValue) -> String? {
        guard let now = row["ifAlias"] else { return "the server does not say what its description is" }
        if wanted.isEmpty {
            return now.text == repoll
                ? "it is removed already, the device's own comes with the next poll" : nil
        }
        return now.text == wanted ? "the description is so already" : nil
    }

    private func title(ofPort row: JSONValue, _ target: EntityRef) -> String {
        let name = ["ifName", "ifDescr"].compactMap { row[$0]?.text }.first { !$0.isEmpty }
        let device = row["device_id"]?.text.flatMap { id in withMemory { $0.deviceNames[id] } }
        let own = name.map { Cleaning.clean($0) } ?? "port \(target.id)"
        return device.map { "\(own) of \($0)" } ?? own
    }

    /// What the server shows as the description afterwards.
    func descriptionEvidence(_ plan: Plan, _ target: EntityRef) async throws(BackendError) -> Evidence {
        guard let row = try await portRow(target.id) else {
            return .unseen("the server has no such port any more")
        }
        guard let value = row["ifAlias"] else {
            return .unseen("the server does not say what the description is")
        }
        let wanted = plan.command.text("description") ?? ""
        let now = value.text ?? ""
        if wanted.isEmpty {
            if now == Self.repoll {
                return .done("the description is removed; the device's own comes with the next poll")
            }
            // The device's own may be the same text, or be there already.
            return .pending("the description is \(Self.words(now))")
        }
        switch KeptText(wanted, as: now) {
        case .same: return .done("the description is \(Self.words(now))")
        case .altered: return .done("the description is kept as \(Self.words(now))")
        case .other: return .not("the description is \(Self.words(now)), not \(Cleaning.clean(wanted))")
        }
    }

    /// The row of a port by its number, of newer releases; nil only where the server says that there is none.
    func portRow(_ id: String) async throws(BackendError) -> JSONValue? {
        let response = try await read(Path.port, ["id": id], priority: 0)
        if Verdict.saysGone("port", response) { return nil }
        // Until 2026 a port that is not there is an empty list.
        guard let array = try Verdict.list("port", in: response), !array.isEmpty else { return nil }
        guard let row = array.first(where: { $0["port_id"]?.id == id }) else {
            throw BackendError(
                .invalid,
                "the server answers without the port \(Cleaning.clean(id)), and does not say that it is gone")
        }
        return row
    }
}
