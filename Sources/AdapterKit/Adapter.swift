public import Domain
public import HTTP

/// The code that speaks one kind of API for one configured backend.
///
/// It holds a transport that can only read, knows no screen, and says what it offers as data. It is called from
/// several tasks at once.
public protocol Adapter: Sendable {
    /// What can be listed, known after `check`; before it, what the API usually has.
    var resources: [ResourceDescriptor] { get }
    /// What can be done, known after `check`; before it, what the API usually has.
    var commands: [CommandDescriptor] { get }
    /// Kinds that links of a detail lead to and commands work on, and that are not listed by themselves.
    var linkedKinds: Set<ResourceKind> { get }

    /// Asks the server who it is: reachability, version, rights, clock.
    func check() async throws(BackendError) -> ServerInfo

    /// The server's clock as far as lists have told it; nil where it is as `check` said.
    var serverClock: ServerClock? { get }

    /// Finds out whether the account may change anything, by reading alone; asked only by who checks a configuration.
    func authority() async -> Authority

    /// Reads what a query asks for and hands rows to the sink as they come.
    ///
    /// - Throws: when nothing or not enough arrived; rows that were handed over before stay.
    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness

    /// Reads everything that a server says about one entity; secrets are left out.
    ///
    /// - Parameter partly: takes the detail as far as it is, each time that more of it arrived; may be called from
    ///   any task, one call after another, and never after the return.
    /// - Returns: all of it. A section that could not be read says so itself; only the entity's own fields are
    ///   worth an error.
    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail

    /// Reads what stands one level below an entity in the tree of a detail, as lines that lead to entities.
    ///
    /// Asked for lines that are `isExpandable`, when the operator unfolds them.
    func children(of entity: EntityRef) async throws(BackendError) -> [Detail.Line]

    /// Reads what the form of a command that opens filled begins with: an answer per field, and what is carried.
    func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value]

    /// Reads the same, with the questions where only the server knows them.
    func form(of command: Command) async throws(BackendError) -> Opening

    /// Looks around in all of the API; nil where the adapter has no catalogue.
    var browser: Browser? { get }

    /// What can be searched for at the server itself, known after `check`.
    var searches: [SearchDescriptor] { get }

    /// Has the server search entities of a kind, with more than lists show.
    func search(_ kind: ResourceKind, _ text: String) async throws(BackendError) -> Table

    /// Finds where an address is, by everything that the server knows of it; for those whose `searches` offer
    /// `whereabouts`.
    ///
    /// - Returns: rows that stand for the ports, devices and lines that know it; partial where something that the
    ///   server could have said did not arrive.
    func locate(_ address: NetworkAddress) async throws(BackendError) -> Located

    /// Reads what must be known first and makes the one plan that dialog, dry run, audit and sending share.
    func prepare(_ command: Command) async throws(BackendError) -> Plan

    /// Looks for evidence, read after sending, of what became of a plan: one outcome per entity.
    ///
    /// - Parameters:
    ///   - plan: what was sent; after a crash it has the command and no steps, and reading alone must tell.
    ///   - answers: what the server said to each step that was sent, in the plan's order.
    ///   - reporting: takes how far something is that takes its time, in words, while the evidence is waited for.
    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome]

    /// The headers that carry credentials, added to a step when it is sent and to nothing else.
    func credentials() async throws(BackendError) -> [Header]

    /// Whether an answer to a step says that its credentials are not accepted, so that the step did not run.
    func refusesCredentials(_ response: Response) -> Bool

    /// Makes new credentials after the server refused those that a step was sent with.
    ///
    /// - Returns: whether there are new ones, so that the step, which did not run, may be sent once more.
    func renewCredentials() async throws(BackendError) -> Bool

    /// What can be asked of the equipment itself, known after `check`: what it takes, in words, by kind.
    ///
    /// Such a question is slow or a burden, so that it is only ever asked on a key.
    var liveKinds: [ResourceKind: String] { get }

    /// Asks the equipment behind an entity itself; sections to be shown with its detail.
    func live(
        _ entity: EntityRef, reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> [Detail.Section]

    /// The kinds of entities of which the server keeps a log that can be read, known after `check`.
    var loggedKinds: Set<ResourceKind> { get }

    /// Reads what the server's own log says of an entity, the newest entries.
    ///
    /// Costs requests of its own, so that it is only ever asked on a key.
    ///
    /// - Parameter since: from when on.
    /// - Returns: nil where the server keeps none of this entity, so that nothing can be said.
    func log(of entity: EntityRef, since: Timestamp) async throws(BackendError) -> ServerLog?

    /// The kinds of entities that have a page in the server's own web interface, as far as its addresses are known.
    var webKinds: Set<ResourceKind> { get }

    /// The address of an entity in the server's own web interface; nil where it can't be told.
    ///
    /// - Parameter field: what the entity's row holds; none of what is in no list.
    func webAddress(of entity: EntityRef, field: (FieldKey) -> Value) -> String?

    /// The kinds of entities that the server draws pictures of, known after `check`.
    var picturedKinds: Set<ResourceKind> { get }

    /// The pictures that the server draws of an entity.
    func pictures(of entity: EntityRef) async throws(BackendError) -> [PictureDescriptor]

    /// A picture as a PNG file; whether it is whole is for others to find out.
    func picture(_ request: PictureRequest) async throws(BackendError) -> [UInt8]
}

extension Adapter {
    /// Reads everything about an entity, for who only wants all of it.
    public func detail(of entity: EntityRef) async throws(BackendError) -> Detail {
        try await detail(of: entity) { _ in }
    }

    /// Looks for evidence, for who does not want to be told how far it is.
    public func verify(_ plan: Plan, answers: [StepAnswer]) async -> [Outcome] {
        await verify(plan, answers: answers) { _ in }
    }

    /// None: it is as `check` said.
    public var serverClock: ServerClock? { nil }

    /// Not known.
    public func authority() async -> Authority {
        Authority(nil, "this kind of server does not say it before a command is sent")
    }

    /// None: whatever has a command is listed.
    public var linkedKinds: Set<ResourceKind> { [] }

    /// 401 says so.
    public func refusesCredentials(_ response: Response) -> Bool { response.status == 401 }

    /// None: the credentials are as they are.
    public func renewCredentials() async throws(BackendError) -> Bool { false }

    /// None.
    public var liveKinds: [ResourceKind: String] { [:] }

    /// Throws: nothing can be asked.
    public func live(
        _ entity: EntityRef, reporting: @escaping @Sendable (String) -> Void
    ) async throws(BackendError) -> [Detail.Section] {
        throw BackendError(.unsupported, "this server can't ask a \(entity.kind) itself")
    }

    /// None.
    public var loggedKinds: Set<ResourceKind> { [] }

    /// Nothing.
    public func log(of entity: EntityRef, since: Timestamp) async throws(BackendError) -> ServerLog? { nil }

    /// Nothing.
    public func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value] { [:] }

    /// The questions of the descriptor.
    public func form(of command: Command) async throws(BackendError) -> Opening {
        Opening(values: try await opening(command))
    }

    /// None.
    public var browser: Browser? { nil }

    /// None.
    public func children(of entity: EntityRef) async throws(BackendError) -> [Detail.Line] { [] }

    /// None.
    public var searches: [SearchDescriptor] { [] }

    /// Refuses.
    public func search(_ kind: ResourceKind, _ text: String) async throws(BackendError) -> Table {
        throw BackendError(.unsupported, "this server can't search a \(kind)")
    }

    /// Refuses.
    public func locate(_ address: NetworkAddress) async throws(BackendError) -> Located {
        throw BackendError(.unsupported, "this server can't search an address")
    }

    /// None.
    public var webKinds: Set<ResourceKind> { [] }

    /// None.
    public func webAddress(of entity: EntityRef, field: (FieldKey) -> Value) -> String? { nil }

    /// None.
    public var picturedKinds: Set<ResourceKind> { [] }

    /// Throws: there are none.
    public func pictures(of entity: EntityRef) async throws(BackendError) -> [PictureDescriptor] {
        throw BackendError(.unsupported, "this kind of server draws no graphs")
    }

    /// Throws: there are none.
    public func picture(_ request: PictureRequest) async throws(BackendError) -> [UInt8] {
        throw BackendError(.unsupported, "this kind of server draws no graphs")
    }
}
