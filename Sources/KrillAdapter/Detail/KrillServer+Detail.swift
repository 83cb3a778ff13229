internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        switch entity.kind {
        case .cpe: return try await cpeDetail(entity, partly)
        case .device: return try await deviceDetail(entity)
        case .alert: return try await alertDetail(entity)
        case .pon: return try await ponDetail(entity)
        case .customer: return try await customerDetail(entity)
        case .onu: return try await onuDetail(entity, partly)
        case .session: return try await sessionDetail(entity)
        case .pots: return try await potsDetail(entity)
        case .pool: return try await poolDetail(entity)
        case .unconfigured: return try await plantDetail(entity, Path.unconfigured, "unconfigured ONU")
        case .macDomain: return try await plantDetail(entity, Path.macDomains, "MAC domain")
        case .fiberNode: return try await plantDetail(entity, Path.fiberNodes, "fibre node")
        default: throw BackendError(.unsupported, "Krill has no detail of a \(entity.kind)")
        }
    }

    /// Fields with the links that this adapter knows.
    var fields: Fields {
        let memory = withMemory { $0 }
        return .krill { [self] key, id in
            switch key {
            case "customer":
                .ref(
                    entity(.customer, id),
                    name: Int64(id).flatMap { memory.customers[$0]?.name } ?? "customer \(Cleaning.clean(id))"
                )
            default: nil
            }
        }
    }

    /// A section of what the monitoring says of a host or service.
    func watchSection(_ title: String, _ attributes: JSONValue?) -> [Detail.Section] {
        guard let attributes, attributes.kind == .object else { return [] }
        return fields.sections(
            attributes,
            [
                FieldGroup(
                    title: title,
                    keys: [
                        "host_name", "service_name", "address", "state_long", "output", "long_output",
                        "last_state_change", "last_check", "next_check", "acknowledged", "downtime",
                        "handled", "problem", "alarm", "business_impact", "severity",
                    ])
            ]
        ).map { $0.title == "Other" ? Detail.Section("\(title): the rest", $0.lines) : $0 }
    }
}
