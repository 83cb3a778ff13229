internal import Domain
internal import HTTP

/// An adapter whose API can be looked around in as a whole: the catalogue is one more list, and what is found there can
/// be opened and changed like what the panes show.
struct BrowsingAdapter: Adapter {
    private let base: any Adapter
    private let own: Browser

    init(_ base: any Adapter, _ browser: Browser) {
        self.base = base
        own = browser
    }

    var browser: Browser? { own }
    var resources: [ResourceDescriptor] { base.resources + [Browser.resource] }
    /// A server that is only looked at is so at every path.
    var commands: [CommandDescriptor] { base.commands.isEmpty ? [] : base.commands + Browser.commands }
    var linkedKinds: Set<ResourceKind> { base.linkedKinds.union([.resource, .operation]) }

    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        guard query.kind == .collection else { return try await base.refresh(query, into: sink) }
        await own.refresh(into: sink)
        return .complete
    }

    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail {
        guard entity.isBrowsed else { return try await base.detail(of: entity, partly: partly) }
        return try await own.detail(of: entity)
    }

    func children(of entity: EntityRef) async throws(BackendError) -> [Detail.Line] {
        entity.isBrowsed ? try await own.children(of: entity) : try await base.children(of: entity)
    }

    func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value] {
        try await form(of: command).values
    }

    func form(of command: Command) async throws(BackendError) -> Opening {
        Browser.has(command.kind) ? try await own.form(of: command) : try await base.form(of: command)
    }

    func prepare(_ command: Command) async throws(BackendError) -> Plan {
        Browser.has(command.kind) ? try await own.plan(command) : try await base.prepare(command)
    }

    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        guard Browser.has(plan.command.kind) else {
            return await base.verify(plan, answers: answers, reporting: reporting)
        }
        return await own.verify(plan, answers: answers, reporting: reporting)
    }

    func webAddress(of entity: EntityRef, field: (FieldKey) -> Value) -> String? {
        base.webAddress(of: entity, field: field)
    }

    // MARK: As it is

    var serverClock: ServerClock? { base.serverClock }
    var searches: [SearchDescriptor] { base.searches }
    var liveKinds: [ResourceKind: String] { base.liveKinds }
    var loggedKinds: Set<ResourceKind> { base.loggedKinds }
    var webKinds: Set<ResourceKind> { base.webKinds }
    var picturedKinds: Set<ResourceKind> { base.picturedKinds }

    func check() async throws(BackendError) -> ServerInfo { try await base.check() }
    func authority() async -> Authority { await base.authority() }
    func search(_ kind: ResourceKind, _ text: String) async throws(BackendError) -> Table {
        try await base.search(kind, text)
    }
    func locate(_ address: NetworkAddress) async throws(BackendError) -> Located {
        try await base.locate(address)
    }
    func credentials() async throws(BackendError) -> [Header] { try await base.credentials() }
    func refusesCredentials(_ response: Response) -> Bool { base.refusesCredentials(response) }
    func renewCredentials() async throws(BackendError) -> Bool { try await base.renewCredentials() }
    func live(
        _ entity: EntityRef, reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> [Detail.Section] {
        try await base.live(entity, reporting: reporting)
    }
    func log(of entity: EntityRef, since: Timestamp) async throws(BackendError) -> ServerLog? {
        try await base.log(of: entity, since: since)
    }
    func pictures(of entity: EntityRef) async throws(BackendError) -> [PictureDescriptor] {
        try await base.pictures(of: entity)
    }
    func picture(_ request: PictureRequest) async throws(BackendError) -> [UInt8] {
        try await base.picture(request)
    }
}
