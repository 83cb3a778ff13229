/// What stands below a CPE: its relations, and the GETs that act.
extension KrillPaths {
    static func cpes(_ root: String) -> [KrillPath] {
        [
            .get("\(root)/customer", "Cpe Customer", forgivesSlash: true) { call in
                guard let cpe = call.cpe(named: call["id"]), let customer = call.customer(of: cpe) else {
                    return call.notFound()
                }
                return call.json(Column.object(customer, CustomerColumns.resource.columns))
            },
            ofCPE("\(root)/profile", "Cpe Profile") { _, cpe in cpe.profile.value },
            ofCPE("\(root)/model", "Cpe Model") { _, cpe in cpe.modelValue },
            ofCPE("\(root)/potses", "Cpe Potses") { call, cpe in
                .list(call.potses(of: cpe.line).map { Column.object($0, PotsColumns.resource.columns) })
            },
        ]
            + CPEAction.allCases.map { action in
                .command("\(root)/\(action.path)", "Cpe \(action.path)") { $0.act(action) }
            }
    }

    /// A path that shows something of the CPE which it names.
    static func ofCPE(
        _ path: String, _ title: String, _ show: @escaping @Sendable (KrillCall, CPE) -> Value
    ) -> KrillPath {
        .get(path, title, forgivesSlash: true) { call in
            guard let cpe = call.cpe(named: call["id"]) else { return call.notFound() }
            return call.json(show(call, cpe))
        }
    }
}

/// What may be done to a CPE, each by a GET.
///
/// That a reboot is one is documented; that the others are too is inferred, as are all answers.
enum CPEAction: String, Sendable, CaseIterable {
    case reboot, reprovision, unprovision, factory, reconfig, diagnostic

    var path: String { self == .diagnostic ? "cwmp_diagnostic" : rawValue }
}

extension KrillCall {
    func act(_ action: CPEAction) -> Reply {
        guard let cpe = cpe(named: self["id"]) else { return notFound() }
        let line = cpe.line
        switch action {
        case .reprovision, .unprovision:
            if cpe.isFrozen {
                return detail(409, "disable_provision is set on \(cpe.name): it is not to be provisioned.")
            }
        case .reconfig:
            if !cpe.isReconfigurable {
                return detail(409, "disable_reconfig is set on \(cpe.name): it is not to be configured.")
            }
            fallthrough
        case .diagnostic:
            if line.technology != .gpon { return detail(400, "\(cpe.name) has no TR-069.") }
        case .reboot, .factory: break
        }
        let tick = view.tick
        let isUp = view.state(of: line).isUp
        let author = account?.user ?? ""
        krill.world.changeLines { changes in
            changes.note(.init(line: line.id, at: tick, action: action.rawValue, author: author))
            switch action {
            // What is out of reach hears no order.
            case .reboot: if isUp { changes.restarts[line.id] = .init(at: tick, length: 90) }
            case .factory: if isUp { changes.restarts[line.id] = .init(at: tick, length: 180) }
            case .unprovision: changes.unprovisioned[line.id] = tick
            case .reprovision:
                changes.unprovisioned[line.id] = nil
                changes.disconnections[line.id] = tick
            case .reconfig, .diagnostic: break
            }
        }
        return json(["result": .text("\(action.rawValue) ordered")])
    }
}
