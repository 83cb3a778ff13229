internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Krill does what a link of `_links.actions` says as soon as anybody reads it: so the CPE is read first, and the
/// link's path goes into a step of a plan, which alone can be sent.
extension KrillServer {
    func actionPlan(_ command: Command, _ action: CPEAction) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            guard let row = try await readCPE(target.id), let cpe = CPE(row) else {
                plan.excluded.append(.gone(target, "CPE"))
                continue
            }
            let host = await watched(cpe)
            if let reason = action.obstacle(cpe) ?? Self.lacks(action, row, host) {
                plan.exclude(target, name: cpe.name, words: reason)
                continue
            }
            add(action, of: cpe, row, host, target, to: &plan)
        }
        plan.shorten()
        return plan
    }

    private func add(
        _ action: CPEAction, of cpe: CPE, _ row: JSONValue, _ host: Watched?, _ target: EntityRef,
        to plan: inout Plan
    ) {
        plan.summary.append("\(action.verb) \(cpe.name) at \(settings.name).")
        let whose = [host?.crm.customerName, action.cost].compactMap { $0 }.filter { !$0.isEmpty }
        if action.cost != nil { plan.warnings.append("\(cpe.name): \(whose.joined(separator: ": "))") }
        if let doubt = action.doubt(cpe) { plan.warnings.append("\(cpe.name): \(doubt).") }
        if let obstacle = cpe.obstacle {
            plan.warnings.append("\(cpe.name) has no service anyway: \(obstacle).")
        }
        if host?.isDown == true, action != .unprovision {
            plan.warnings.append("\(cpe.name) is down: it may not hear this.")
        }
        let link = row["_links"]?["actions"]?[action.rawValue]?.string
        let method: Method = withMemory { $0.actionMethods[action] } == .post ? .post : .get
        plan.add(
            target, name: cpe.name, state: Self.state(cpe, host),
            request: .bare(method, action.template(by: link, of: target.id), ["id": target.id]))
    }

    /// What the monitoring says of a CPE now; nil where it says nothing.
    func watched(_ cpe: CPE) async -> Watched? {
        (try? await objectIfThere(Path.host, ["name": cpe.host])).flatMap { $0 }.flatMap { Watched($0) }
    }

    /// Why the server does not offer an action on this CPE; nil where it does, or says nothing of actions.
    private static func lacks(_ action: CPEAction, _ row: JSONValue, _ host: Watched?) -> String? {
        let words = "the server does not offer this for it to this account"
        if let links = row["_links"]?["actions"], links.kind == .object {
            return links[action.rawValue] == nil ? words : nil
        }
        guard let actions = host?.crm.actions, !actions.isEmpty else { return nil }
        return actions.contains(action.rawValue) ? nil : words
    }

    private static func state(_ cpe: CPE, _ host: Watched?) -> String {
        guard let host else { return "state not known" }
        // Its services were not asked.
        let status =
            CPERows.status(cpe, host, [], knowing: .init(hosts: true, services: true))?.rawValue
            ?? "state not known"
        let reason = CPERows.reason(cpe, host)
        return reason.isEmpty ? status : "\(status): \(reason)"
    }
}
