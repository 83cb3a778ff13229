internal import AdapterKit
internal import Domain

/// Lists that only newer releases have: each is offered where the server names its route.
extension LibreNMSServer {
    /// A list and the name of the route that it is read from.
    private static let lists: [(resource: ResourceDescriptor, route: String)] = [
        (.sensor, "list_sensors"), (.service, "list_services"), (.event, "list_eventlog"),
        (.syslog, "list_syslog"), (.poller, "list_pollers"), (.location, "list_locations"),
    ]

    /// What the server has beside what every release has; before it was asked, what newer ones have.
    var resourcesOfToday: [ResourceDescriptor] {
        let dialect = withMemory { $0.dialect } ?? .modern(nil)
        return Self.lists.filter { dialect.offers($0.route) }.map(\.resource)
    }

    /// Reads one of these lists.
    func refreshToday(
        _ kind: ResourceKind, into sink: any SnapshotSink
    ) async throws(BackendError) -> Completeness {
        _ = try await dialect()
        switch kind {
        case .sensor: return try await refreshSensors(into: sink)
        case .service: return try await refreshServices(into: sink)
        case .event: return try await refreshLog(.events, into: sink)
        case .syslog: return try await refreshLog(.syslog, into: sink)
        case .poller: return try await refreshPollers(into: sink)
        case .location: return try await refreshLocations(into: sink)
        default: throw BackendError(.unsupported, "LibreNMS has no \(kind) list")
        }
    }

    /// The detail of a row of one of these lists.
    func detailOfToday(_ entity: EntityRef) async throws(BackendError) -> Detail {
        _ = try await dialect()
        switch entity.kind {
        case .service: return try await serviceDetail(entity)
        case .event: return try await lineDetail(entity, .events)
        case .syslog: return try await lineDetail(entity, .syslog)
        case .poller: return try await pollerDetail(entity)
        case .location: return try await locationDetail(entity)
        default: throw BackendError(.unsupported, "LibreNMS has no detail of a \(entity.kind)")
        }
    }
}

extension Memory {
    /// What a device is called: as in the list of devices, else as a row has it.
    func name(ofDevice device: DeviceID, host: String?) -> String {
        if let name = deviceNames[device] { return name }
        return host.flatMap { $0.isEmpty ? nil : $0 } ?? "device \(device)"
    }
}
