internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension CommandDescriptor {
    /// `GET oratio/accounting/{acctuniqueid}/disconnect/`.
    static let disconnect = CommandDescriptor(
        .disconnectPPPoE, title: "Disconnect PPPoE", targets: [.session, .cpe], tier: .touchesService,
        effect: "The customer's session ends; his equipment dials in again by itself, usually at once.",
        guardWindow: 600)

    /// `POST gpon/unconfigured/{id}/enable/`.
    static let enableONU = CommandDescriptor(
        .enableONU, title: "Enable ONU", targets: [.unconfigured], tier: .touchesService,
        effect: "The ONU is taken into service on its PON.",
        form: [FormField("cpe", "For CPE number", .line(required: false))])
}

/// Sessions that are cut, and ONUs that are taken into service.
extension KrillServer {
    func disconnectPlan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            let name = await sessionName(target)
            let online = try await sessions(of: target) ?? []
            guard let session = online.first else {
                plan.exclude(target, name: name, words: "no session is online: there is nothing to cut")
                continue
            }
            let since =
                session.since.map { ", online since \(CivilTime.fields($0, offset: 0).text) UTC" } ?? ""
            plan.summary.append("Disconnect \(session.key) at \(settings.name)\(since).")
            plan.warnings.append("\(name): no service until the equipment has dialled in again")
            if online.count > 1 {
                plan.warnings.append(
                    "\(name) has \(online.count) sessions: the newest is cut, the others stay.")
            }
            // The number of the session stands in the path, so that a newer one is never cut.
            plan.add(
                target, name: session.key, state: "online\(since)",
                request: .bare(.get, Acting.disconnect, ["id": session.id]))
        }
        plan.shorten()
        return plan
    }

    private func sessionName(_ target: EntityRef) async -> String {
        guard target.kind == .cpe else { return Cleaning.clean(target.id) }
        let known = withMemory { memory in Int64(target.id).flatMap { memory.cpes[$0]?.name } }
        return known ?? "CPE \(Cleaning.clean(target.id))"
    }

    /// What a target has online now, the newest first; nil where the CPE is not there.
    private func sessions(of target: EntityRef) async throws(BackendError) -> [PPPoESession]? {
        guard target.kind == .cpe else { return try await sessions(of: target.id).map(\.0) }
        guard let cpe = try await readCPE(target.id).flatMap({ CPE($0) }) else { return nil }
        return try await sessions(ofCPE: cpe.name).map(\.0)
    }

    func verifyDisconnect(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan, { CommandAnswer($0, of: plan, in: answers) }, reporting: reporting
        ) { open in
            await Evidence.each(open) { (target) async throws(BackendError) in
                try await disconnected(target, plan)
            }
        }
    }

    private func disconnected(_ target: EntityRef, _ plan: Plan) async throws(BackendError) -> Evidence {
        guard let cut = plan.step(of: target)?.request.parameters["id"] else {
            return .unseen("which session was meant is not known any more")
        }
        guard let now = try await sessions(of: target)?.map(\.id) else {
            return .unseen("the server has no such CPE any more")
        }
        if now.contains(cut) { return .not("the same session is still online") }
        return .done(
            now.isEmpty
                ? "the session is gone, none is online yet" : "the session is gone, another one is online")
    }

    func enablePlan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        let waiting = try await unconfigured()
        let cpe = command.text("cpe")
        if let cpe {
            guard let number = Int64(cpe) else {
                throw BackendError(
                    .invalid, "a CPE is given by its number, and \(Cleaning.clean(cpe)) is none")
            }
            guard try await readCPE(String(number)) != nil else {
                throw BackendError(.missing, "the server has no CPE \(number)")
            }
        }
        for target in command.targets {
            guard let onu = waiting[target.id] else {
                plan.exclude(
                    target, name: "ONU \(Cleaning.clean(target.id))",
                    words: "gone: it does not wait any more, or was enabled")
                continue
            }
            if onu.isForbidden == true {
                plan.exclude(
                    target, name: onu.serial, words: "it is not to be provisioned (disable_provision)")
                continue
            }
            if cpe != nil, try await offer(at: Acting.enableONU, ["id": target.id])?.names("cpe") != true {
                plan.exclude(
                    target, name: onu.serial,
                    words: "the server can't be told for which CPE: it would be enabled for none")
                continue
            }
            let place = [onu.olt, onu.place].compactMap { $0 }.joined(separator: " ")
            plan.summary.append(
                "Enable ONU \(onu.serial)\(place.isEmpty ? "" : " on \(place)") at \(settings.name).")
            if onu.isForbidden == nil {
                plan.warnings.append("\(onu.serial): the server does not say whether it may be provisioned")
            }
            if let obstacle = onu.obstacle {
                plan.warnings.append("\(onu.serial): the server says: \(obstacle)")
            }
            let body: [JSONTree.Member] = cpe.flatMap { Int64($0) }.map { [.init("cpe", .integer($0))] } ?? []
            plan.add(
                target, name: onu.serial, state: "waiting",
                request: step(.post, Acting.enableONU, ["id": target.id], body: body))
        }
        plan.shorten()
        return plan
    }

    func verifyEnable(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        await following.outcomes(
            of: plan, { CommandAnswer($0, of: plan, in: answers) }, reporting: reporting
        ) { open in
            await Evidence.all(
                open, in: { () async throws(BackendError) in try await unconfigured() }
            ) { target, waiting in
                if waiting[target.id] != nil { return .not("it still waits") }
                if plan.steps.isEmpty {
                    return .unseen("it does not wait any more; whether it was enabled is open")
                }
                return .done("it does not wait any more")
            }
        }
    }

    private func unconfigured() async throws(BackendError) -> [String: UnconfiguredONU] {
        var waiting: [String: UnconfiguredONU] = [:]
        try await readUnconfigured { waiting[$0.id] = $0 }.demandAll()
        return waiting
    }
}
