internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What is done by a POST without a body: MTU detection, DHCP renewal, going back to the primary aggregator.
extension BondingServer {
    func restorePlan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            guard let bond = try await bond(target.id) else {
                plan.excluded.append(gone(target))
                continue
            }
            guard bond.isFailedOver != false else {
                plan.exclude(target, name: bond.name, words: "it is on its primary aggregator already")
                continue
            }
            let parameters = ["bond": bond.id]
            try await demand(.post, Path.restorePrimary, parameters)
            let name = bond.primary.map { primary in withMemory { $0.name(ofAggregator: primary) } }
            let health = BondHealth(bond.legs, on: aggregatorState(of: bond))
            plan.add(
                target, name: bond.name, state: words(of: bond, bond.legs ?? []),
                request: .bare(.post, Path.restorePrimary, parameters))
            plan.summary.append(
                "Move \(bond.name) back to \(name ?? "its primary aggregator") at \(settings.name): \(health.words)."
            )
            if let primary = bond.primary,
                withMemory({ $0.aggregators.nodes?[primary.id]?.status == .down })
            {
                plan.warnings.append(
                    "\(name ?? "The primary aggregator") was down when it was last looked at.")
            }
        }
        plan.shorten()
        if !plan.steps.isEmpty { plan.warnings.append("Traffic stops for a moment while a bond moves.") }
        return plan
    }

    func restored(
        _ target: EntityRef, looks: Int, _ reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> Evidence {
        var last = "where the bond is is not known"
        let seen = try await follow(looks: looks, reporting) { _ throws(BackendError) in
            guard let bond = try await bond(target.id) else {
                return .evidence(.unseen("the server has no such bond any more"))
            }
            let place = bond.current.map { current in withMemory { $0.name(ofAggregator: current) } }
            last = place.map { "the bond is on \($0)" } ?? last
            switch bond.isFailedOver {
            case false: return .evidence(.done("\(last), its primary"))
            case nil: return .evidence(.unseen(last))
            default: return .notYet(last)
            }
        }
        return seen ?? .unseen("\(last) still")
    }

    // MARK: MTU

    func detectPlan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            guard let owner = try await owner(of: target), let legs = try await legs(of: owner),
                target.kind == .bond || legs.contains(where: { $0.id == target.id })
            else {
                plan.excluded.append(gone(target))
                continue
            }
            let bond = withMemory { $0.name(ofBond: owner) }
            let isBond = target.kind == .bond
            let measured = legs.filter { isBond ? ($0.linkMode ?? "active") == "active" : $0.id == target.id }
            let name = isBond ? bond : "\(bond) \(measured.first?.title ?? "leg \(target.id)")"
            guard !measured.isEmpty else {
                plan.exclude(target, name: name, words: "none of its legs is in use")
                continue
            }
            let path = isBond ? Path.detectLegMTUs : Path.legMTU
            let parameters = isBond ? ["bond": owner] : ["bond": owner, "leg": target.id]
            try await demand(.post, path, parameters)
            let state = Self.mtuWords(measured)
            plan.add(target, name: name, state: state, request: .bare(.post, path, parameters))
            plan.summary.append("Measure the largest packet of \(name) at \(settings.name): \(state).")
        }
        plan.shorten()
        return plan
    }

    static func mtuWords(_ legs: [WireLeg]) -> String {
        legs.map { "\($0.title) \($0.mtu.map { "\($0)" } ?? "not known")" }.joined(separator: ", ")
    }

    func detected(
        _ plan: Plan, _ target: EntityRef, looks: Int, _ reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> Evidence {
        let before = plan.step(of: target)?.state
        var last = ""
        // Measuring takes some seconds; that it finds what was there before looks like nothing at all.
        let seen = try await follow(looks: before == nil ? 1 : looks, reporting) { _ throws(BackendError) in
            guard let owner = try await owner(of: target), let legs = try await legs(of: owner) else {
                return .evidence(.unseen("the server has no such \(target.kind) any more"))
            }
            let measured = legs.filter {
                target.kind == .bond ? ($0.linkMode ?? "active") == "active" : $0.id == target.id
            }
            last = Self.mtuWords(measured)
            if let before, before != last { return .evidence(.done("MTU now \(last), before \(before)")) }
            return .notYet("MTU \(last)")
        }
        return seen ?? .unseen(before == nil ? "MTU \(last)" : "MTU \(last), as before")
    }

    // MARK: DHCP

    func renewPlan(_ command: Command) async throws(BackendError) -> Plan {
        var plan = Plan(command)
        for target in command.targets {
            guard let owner = try await owner(of: target),
                let leg = try await legRow(target.id, of: owner)?.leg
            else {
                plan.excluded.append(gone(target))
                continue
            }
            let name = "\(withMemory { $0.name(ofBond: owner) }) \(leg.title)"
            guard leg.type == .dhcp else {
                let kind = leg.type.map { "a \($0.title) leg" } ?? "of no known kind"
                plan.exclude(target, name: name, words: "it is \(kind): only DHCP legs are renewed")
                continue
            }
            let parameters = ["bond": owner, "leg": leg.id]
            try await demand(.post, Path.renew, parameters)
            withMemory { $0.before[target] = Before(ids: [], words: [leg.id: leg.word]) }
            plan.add(
                target, name: name, state: "\(leg.word), address \(leg.address ?? "not known")",
                request: .bare(.post, Path.renew, parameters))
            plan.summary.append("Have \(name) ask for its address again, at \(settings.name).")
        }
        plan.shorten()
        if !plan.steps.isEmpty { plan.warnings = ["A leg carries nothing until it has its address."] }
        return plan
    }

    func renewed(
        _ target: EntityRef, looks: Int, sentAt: Timestamp, _ reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> Evidence {
        var last = ""
        let before = withMemory { $0.before[target] }
        let seen = try await follow(looks: before == nil ? 1 : looks, reporting) { _ throws(BackendError) in
            guard let owner = try await owner(of: target),
                let leg = try await legRow(target.id, of: owner)?.leg
            else { return .evidence(.unseen("the server has no such leg any more")) }
            last = "\(leg.word), address \(leg.address ?? "not known")"
            if leg.state.carries, let history = try? await history(of: leg.id, bond: owner),
                history.begins(after: sentAt)
            {
                return .evidence(.done("renewed: the leg is \(last)"))
            }
            return .notYet("the leg is \(last)")
        }
        return seen ?? .unseen("the leg is \(last), a renewal was not observed")
    }
}
