internal import AdapterKit
internal import Domain
internal import HTTP
internal import Synchronization

/// One LibreNMS server.
///
/// Every method may run on several tasks at once; what they share is behind the lock of `memory`, which is never
/// held while waiting.
final class LibreNMSServer: Adapter {
    let settings: BackendSettings
    let transport: any ReadTransport
    private let memory: Mutex<Memory>
    let probing = AsyncMutex()

    init(_ settings: BackendSettings, _ transport: any ReadTransport) {
        self.settings = settings
        self.transport = transport
        memory = Mutex(Memory(clock: settings.clock))
    }

    /// Lends what is remembered, to one task at a time.
    func withMemory<Result: Sendable>(_ body: (inout Memory) -> Result) -> Result {
        memory.withLock { body(&$0) }
    }

    var backend: BackendID { settings.id }

    var resources: [ResourceDescriptor] {
        [.device, .port, .alert, .bill, .rule, .group, .oxidized] + resourcesOfToday
    }

    var commands: [CommandDescriptor] {
        let dialect = withMemory { $0.dialect } ?? .modern(nil)
        var commands: [CommandDescriptor] = [
            .acknowledge(dialect), .unmute(dialect), .enableRule, .disableRule, .editRule(dialect),
            .addRule(dialect), .deleteRule, .addDevice, .deleteDevice, .updateDevice,
        ]
        if dialect.offers("maintenance_device") { commands.append(.maintenance(dialect)) }
        if dialect.offers("trigger_device_discovery") { commands.append(.discoverDevice) }
        if dialect.offers("update_port_description") { commands.append(.describePort) }
        return commands
    }

    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        switch query.kind {
        case .device: return try await refreshDevices(query.scope, into: sink)
        case .port: return try await refreshPorts(query, into: sink)
        case .alert: return try await refreshAlerts(into: sink)
        case .rule: return try await refreshRules(into: sink)
        case .bill: return try await refreshBills(into: sink)
        case .group: return try await refreshGroups(into: sink)
        case .oxidized: return try await refreshOxidized(into: sink)
        default: return try await refreshToday(query.kind, into: sink)
        }
    }

    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        switch entity.kind {
        case .device: return try await deviceDetail(entity, partly)
        case .port: return try await portDetail(entity, partly)
        case .alert: return try await alertDetail(entity)
        case .rule: return try await ruleDetail(entity)
        case .bill: return try await billDetail(entity, partly)
        case .group: return try await groupDetail(entity)
        case .part: return try await partDetail(entity, partly)
        case .sensor: return try await sensorDetail(entity)
        case .oxidized: return try await oxidizedDetail(entity)
        default: return try await detailOfToday(entity)
        }
    }

    func credentials() async throws(BackendError) -> [Header] {
        [Header("X-Auth-Token", settings.secret.exposed)]
    }

    func entity(_ kind: ResourceKind, _ id: String) -> EntityRef { EntityRef(backend, kind, id: id) }

    var serverClock: ServerClock? { withMemory { $0.clock } }
}
