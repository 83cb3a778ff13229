internal import AdapterKit
internal import Domain
internal import HTTP
internal import Synchronization

/// One management server of bonds.
///
/// Every method may run on several tasks at once; what they share is behind the lock of `memory`, which is never
/// held while waiting.
final class BondingServer: Adapter {
    let settings: BackendSettings
    let transport: any ReadTransport
    private let memory = Mutex(Memory())
    let probing = AsyncMutex()
    let bondList = SharedAnswer<BondList>()
    let aggregatorList = SharedAnswer<[WireNode]>()
    let bonderList = SharedAnswer<[WireNode]>()
    let spaceList = SharedAnswer<[WireSpace]>()

    init(_ settings: BackendSettings, _ transport: any ReadTransport) {
        self.settings = settings
        self.transport = transport
    }

    /// Lends what is remembered, to one task at a time.
    func withMemory<Result: Sendable>(_ body: (inout Memory) -> Result) -> Result {
        memory.withLock { body(&$0) }
    }

    var backend: BackendID { settings.id }
    var now: Timestamp { settings.now() }
    /// Times of this server name their zone; one that does not is read only where the configuration tells it.
    var clock: ServerClock { settings.clock ?? ServerClock(offset: 0, isCertain: true) }

    func entity(_ kind: ResourceKind, _ id: String) -> EntityRef { EntityRef(backend, kind, id: id) }

    var resources: [ResourceDescriptor] {
        let both: [ResourceDescriptor] = [.bond, .leg, .alert, .aggregator, .bonder, .space]
        return withMemory { $0.version } == .four ? both : both + [.system]
    }

    /// What belongs to one bond is reached from its detail; listing it would cost a request a bond.
    var linkedKinds: Set<ResourceKind> {
        [.address, .natAddress, .route, .speedTest, .tuning, .qosProfile]
    }

    /// A server that has v4 alone is only looked at: what of v4 is known says too little about changing.
    var commands: [CommandDescriptor] {
        withMemory { $0.version } == .four ? [] : CommandDescriptor.bonding
    }

    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        _ = try await version()
        switch query.kind {
        case .bond: return try await refreshBonds(query, into: sink)
        case .leg: return try await refreshLegs(query, into: sink)
        case .alert: return try await refreshAlerts(into: sink)
        case .aggregator: return try await refreshAggregators(query, into: sink)
        case .bonder: return try await refreshBonders(query, into: sink)
        case .customer: return try await refreshSpaces(into: sink)
        case .system: return try await refreshSystem(into: sink)
        default: throw BackendError(.unsupported, "a bonding server has no \(query.kind) list")
        }
    }

    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        _ = try await version()
        await learnNames(for: entity)
        switch entity.kind {
        case .bond: return try await bondDetail(entity, partly)
        case .leg: return try await legDetail(entity, partly)
        case .alert: return try await alertDetail(entity)
        case .aggregator: return try await aggregatorDetail(entity, partly)
        case .bonder: return try await bonderDetail(entity, partly)
        case .customer: return try await spaceDetail(entity, partly)
        case .system: return try await systemDetail(entity, partly)
        case .address, .natAddress, .route: return try await partDetail(entity)
        case .speedTest, .tuning: return try await testDetail(entity)
        case .qosProfile: return try await qosDetail(entity, partly)
        default: throw BackendError(.unsupported, "a bonding server has no detail of a \(entity.kind)")
        }
    }

    /// Forgets lists that a command may have changed.
    func forgetLists() {
        bondList.forget()
        aggregatorList.forget()
        bonderList.forget()
        spaceList.forget()
        withMemory { $0.spaces = nil }
    }
}
