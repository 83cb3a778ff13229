internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Taking legs into use, aside, and out of service; only the resource of the leg's own type takes the change.
extension BondingServer {
    static let linkModes = ["active", "idle", "offline"]

    func legModePlan(_ command: Command) async throws(BackendError) -> Plan {
        guard let mode = command.text("mode")?.lowercased(), Self.linkModes.contains(mode) else {
            throw BackendError(.invalid, "a leg is active, idle or offline: choose one")
        }
        var plan = Plan(command)
        var taken: [String: Set<String>] = [:]
        var before: Set<String> = []
        for target in command.targets {
            guard let owner = try await owner(of: target),
                let leg = try await legRow(target.id, of: owner)?.leg
            else {
                plan.excluded.append(gone(target))
                continue
            }
            let bond = withMemory { $0.name(ofBond: owner) }
            let name = "\(bond) \(leg.title)"
            guard let type = leg.type else {
                plan.exclude(
                    target, name: name,
                    words: "the server does not say what kind of leg it is: it can't be changed")
                continue
            }
            guard leg.linkMode != mode else {
                plan.exclude(target, name: name, words: "it is \(mode) already")
                continue
            }
            let parameters = ["bond": owner, "leg": leg.id]
            try await demand(.patch, type.path, parameters)
            plan.add(
                target, name: name, state: "\(leg.word), \(leg.linkMode ?? "in no known mode")",
                request: .json(.patch, type.path, parameters, ["link_mode": .string(mode)]))
            plan.summary.append(
                "Set \(name) (\(type.title)) from \(leg.linkMode ?? "an unknown mode") to \(mode) at \(settings.name)."
            )
            before.insert(leg.linkMode ?? "")
            if mode != "active" { taken[owner, default: []].insert(leg.id) }
        }
        plan.shorten()
        for (owner, legs) in taken.sorted(by: { $0.key < $1.key }) {
            try await warnOfLast(owner, without: legs, &plan)
        }
        if mode == "idle", !plan.steps.isEmpty {
            plan.summary.append(
                "An idle leg keeps its address and can be tested; it carries no traffic of the bond.")
        }
        // Legs that were in different modes can't be put back by one command.
        if before.count == 1, let old = before.first, Self.linkModes.contains(old) {
            plan.undo = Command(.legMode, plan.steps.map(\.entity), ["mode": .text(old)])
        }
        return plan
    }

    /// Raises a plan that takes the last legs of a bond that carry traffic.
    func warnOfLast(
        _ bond: String, without legs: Set<String>, _ plan: inout Plan
    ) async throws(BackendError) {
        let all = try await self.legs(of: bond) ?? []
        let left = all.filter { leg in
            leg.state.carries && (leg.linkMode ?? "active") == "active" && !legs.contains(leg.id)
        }
        guard left.isEmpty else { return }
        plan.tier = .hurts
        let name = withMemory { $0.name(ofBond: bond) }
        plan.warnings.append("No other leg of \(name) carries traffic: its customer is cut off.")
    }

    func legModeEvidence(_ plan: Plan, _ target: EntityRef) async throws(BackendError) -> Evidence {
        guard let mode = plan.command.text("mode")?.lowercased() else {
            return .unseen("the mode that was asked for is not known")
        }
        guard let owner = try await owner(of: target), let leg = try await legRow(target.id, of: owner)?.leg
        else { return .unseen("the server has no such leg, or none that this account sees") }
        let isSo = leg.linkMode == mode
        let found =
            "the server has it as \(leg.linkMode ?? "nothing"), the leg is \(leg.word)"
            + (await updateWords(target, isSo))
        return isSo ? .done(found) : .not(found)
    }
}
