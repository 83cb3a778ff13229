extension Monitored {
    /// The variables of a host: what the CRM and the last registration say of it.
    var variables: Value {
        switch source {
        case .device(let index): deviceVariables(index)
        case .line(let state): lineVariables(state)
        }
    }

    private func deviceVariables(_ index: Int) -> Value {
        let device = call.access.network.devices[index]
        let technology = call.access.nodes.first { $0.index == index }?.technology
        let type: String =
            switch technology {
            case .gpon: "olt"
            case .docsis: "cmts"
            case .wimax: "basestation"
            case .ethernet: "switch"
            case nil: "router"
            }
        return [
            "type": .text(type), "vendor": .text(device.identity.hardware ?? ""),
            "model": .text(device.identity.hardware ?? ""), "business_impact": .integer(impact),
            "hostname": .text(device.hostname),
        ]
    }

    private func lineVariables(_ state: LineState) -> Value {
        let line = state.line
        var members: [Value.Member] = [
            .init("type", .text("cpe")), .init("vendor", .text(line.model.vendor)),
            .init("model", .text(line.model.name)), .init("business_impact", .integer(1)),
            .init("search", .text("")),
        ]
        members += registration(state)
        members.append(.init("administrative_info", administration(call.cpe(line))))
        return .object(members)
    }

    /// Real servers print a word, a list, an empty list, or the placeholders of a template.
    private func registration(_ state: LineState) -> [Value.Member] {
        guard !state.isNew else {
            return [
                .init("cpe_registration_host", .text("__reghost__")),
                .init("cpe_registration_id", .text("__regid__")),
                .init("cpe_registration_state", .text("__regstate__")),
                .init("cpe_registration_tags", .list([.text("__regtags__")])),
            ]
        }
        // One in twenty was last written when the line was well, whatever it is now.
        let word = state.line.id % 20 == 11 ? "online" : registrationState
        let written: Value
        switch state.line.id % 12 {
        case 3, 7: written = .list([.text(word)])
        case 9 where state.isUp: written = .list([])
        default: written = .text(word)
        }
        return [
            .init("cpe_registration_host", .text(nodeName)),
            .init("cpe_registration_id", .text(registrationID)),
            .init("cpe_registration_state", written),
            .init(
                "cpe_registration_tags",
                state.line.id % 12 == 3 ? .list(tags.map(Value.text)) : .text(tags.first ?? "")),
        ]
    }

    private func administration(_ cpe: CPE) -> Value {
        let customer = call.customer(of: cpe)
        func written(_ field: String) -> Value {
            CPEColumns.byName[field]?.value(cpe) ?? .null
        }
        var members: [Value.Member] = [
            .init("id", .integer(cpe.id)), .init("access", written("access")),
            .init("active", written("active")), .init("actions", .list(hostActions(cpe).map(Value.text))),
            .init("address", written("address")), .init("address_profile", written("address_profile")),
            .init("customer_address", .text("")),
            .init("customer_external_id", .text(orNull: customer?.subscriber?.externalID)),
            .init("customer_name", .text(customer?.fullName ?? "")), .init("external_voip", .flag(false)),
            .init("latitude", cpe.coordinates.map { .literal("\($0.latitude)") } ?? .null),
            .init("longitude", cpe.coordinates.map { .literal("\($0.longitude)") } ?? .null),
            .init("line_profile", written("line_profile")), .init("model", written("model")),
            .init("potses", .list(call.potses(of: cpe.line).map { .text($0.name) })),
            .init("profile_downstream", .text(cpe.profile.words)),
            .init("profile_name", .text(cpe.profile.name)),
            .init("profile_upstream", .text(cpe.profile.words)), .init("realm", .text(cpe.line.realm)),
            .init("services", .list(cpe.services.map(Value.text))), .init("sn", written("sn")),
            .init("tech", .text(cpe.line.technology.rawValue)), .init("topology", .text(cpe.topology)),
            .init("tr069", written("tr069")), .init("vendor", .text(cpe.line.model.vendor)),
        ]
        if cpe.line.traits.contains(.speaks) { members.append(.init("voip_profile", .text("sip"))) }
        return .object(members)
    }

    /// What may be done to the host by whoever asks; the last three are inferred.
    private func hostActions(_ cpe: CPE) -> [String] {
        let monitoring = ["acknowledge", "downtime", "recheck"]
        let isOffered = call.role == .admin && call.release.offersMonitoringActions
        return cpe.actions + (isOffered ? monitoring : [])
    }
}

extension KrillCustomer {
    var fullName: String {
        let name = written["name"]?.plain ?? subscriber?.name ?? ""
        let surname = written["surname"]?.plain ?? subscriber?.surname ?? ""
        return surname.isEmpty ? name : "\(name) \(surname)"
    }
}
