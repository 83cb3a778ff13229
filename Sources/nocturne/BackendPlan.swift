import AdapterKit
import Dashboard
import Domain
import HTTP
import Team

/// One backend as it is to be connected, wherever that was said.
struct BackendPlan: Sendable {
    var name: String
    var descriptor: AdapterDescriptor
    var endpoint: Endpoint
    var user: String?
    var secret: Secret
    /// What every request carries for something that stands before the API; secrets.
    var headers: [Header] = []
    /// What is odd about it and can be meant, in words.
    var remarks: [String] = []
    var clock: ServerClock?
    var mode: BackendMode
    /// Seconds between refreshes where the configuration says it, by the singular of the kind.
    var intervals: [String: Double] = [:]
    /// Seconds between two looks of the server itself at a device, where the configuration says it.
    var pollInterval: Double?

    /// The name that all screens of a team have for it.
    var server: String { endpoint.teamServer(descriptor) }
}

extension AdapterDescriptor {
    /// The same kind of adapter for a backend that can't log in: nothing is ever sent, and the words say why.
    func locked(because words: String) -> AdapterDescriptor {
        let make = make
        return AdapterDescriptor(
            kind: kind, file: file, title: title, basePath: basePath, authentication: authentication,
            credentialHeader: credentialHeader, reads: [], secrets: secrets,
            make: { LockedAdapter(inner: make($0, $1), words: words) })
    }
}

/// An adapter without a secret: it offers what its kind offers, and answers every question with the reason.
private struct LockedAdapter: Adapter {
    let inner: any Adapter
    let words: String

    var resources: [ResourceDescriptor] { inner.resources }
    var commands: [CommandDescriptor] { inner.commands }
    private var error: BackendError { BackendError(.refused, words) }

    func check() async throws(BackendError) -> ServerInfo { throw error }
    func refresh(_ query: Query, into sink: any SnapshotSink) async throws(BackendError) -> Completeness {
        throw error
    }
    func detail(
        of entity: EntityRef, partly: @escaping @Sendable (Detail) -> Void
    ) async throws(BackendError) -> Detail { throw error }
    var searches: [SearchDescriptor] { inner.searches }
    func search(_ kind: ResourceKind, _ text: String) async throws(BackendError) -> Table { throw error }
    func locate(_ address: NetworkAddress) async throws(BackendError) -> Located { throw error }
    func opening(_ command: Command) async throws(BackendError) -> [FieldKey: Value] { throw error }
    func prepare(_ command: Command) async throws(BackendError) -> Plan { throw error }
    func verify(
        _ plan: Plan, answers: [StepAnswer], reporting: @escaping @Sendable (String) -> Void
    ) async -> [Outcome] {
        plan.command.targets.map { Outcome($0, .unknown, words) }
    }
    func credentials() async throws(BackendError) -> [Header] { throw error }
}
