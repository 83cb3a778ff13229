internal import AdapterKit
internal import Domain
internal import HTTP
internal import Synchronization

/// One Krill server.
///
/// Every method may run on several tasks at once; what they share is behind the lock of `memory`, which is never
/// held while waiting.
final class KrillServer: Adapter {
    let settings: BackendSettings
    let transport: any ReadTransport
    private let memory = Mutex(Memory())
    let signing = AsyncMutex()
    let readingCPEs = AsyncMutex()
    let readingHosts = AsyncMutex()
    let readingProblems = AsyncMutex()

    init(_ settings: BackendSettings, _ transport: any ReadTransport) {
        self.settings = settings
        self.transport = transport
    }

    /// Lends what is remembered, to one task at a time.
    func withMemory<Result: Sendable>(_ body: (inout Memory) -> Result) -> Result {
        memory.withLock { body(&$0) }
    }

    var backend: BackendID { settings.id }

    var resources: [ResourceDescriptor] {
        withMemory { $0.version } == .v1
            ? [.cpe, .customer, .pots]
            : [
                .cpe, .device, .alert, .pon, .onu, .macDomain, .fiberNode, .unconfigured, .customer, .session,
                .pots,
                .pool,
            ]
    }

    var commands: [CommandDescriptor] {
        // API v1 is only read here.
        if withMemory({ $0.version }) == .v1 { return [] }
        let offers = withMemory { $0.version == nil ? nil : $0.offers }
        let monitoring = [CommandDescriptor.acknowledge, .recheck, .downtime].filter {
            offers?.contains($0.kind) ?? true
        }
        return monitoring + [
            .diagnostic, .reconfigure, .disconnect, .enableONU, .reboot, .reprovision, .unprovision,
            .factoryReset,
        ] + RecordKind.allCases.flatMap { CommandDescriptor.records($0, form($0)) }
    }

    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        switch query.kind {
        case .cpe: return try await refreshCPEs(query, into: sink)
        case .device: return try await refreshDevices(query, into: sink)
        case .alert: return try await refreshAlerts(into: sink)
        case .pon: return try await refreshPONs(query, into: sink)
        case .onu: return try await refreshONUs(query, into: sink)
        case .macDomain: return try await refreshCable(.macDomain, Path.macDomains, into: sink)
        case .fiberNode: return try await refreshCable(.fiberNode, Path.fiberNodes, into: sink)
        case .unconfigured: return try await refreshUnconfigured(into: sink)
        case .customer: return try await refreshCustomers(query, into: sink)
        case .session: return try await refreshSessions(query, into: sink)
        case .pots: return try await refreshPotses(query, into: sink)
        case .pool: return try await refreshPools(into: sink)
        default: throw BackendError(.unsupported, "Krill has no \(query.kind) list")
        }
    }

    func entity(_ kind: ResourceKind, _ id: String) -> EntityRef { EntityRef(backend, kind, id: id) }
}
