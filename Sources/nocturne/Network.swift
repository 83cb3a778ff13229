import AdapterKit
import Audit
import CurlTransport
import Dashboard
import Domain
import HTTP
import Runtime
import Team

/// The connected backends of a run.
struct Network: Sendable {
    let curl: CurlNetwork
    let connections: [Connection]
    let plans: [BackendPlan]
    let clock: any Clock
    /// What a team shares; nil without one.
    let team: TeamStore?

    /// Connects backends; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - isReadOnly: makes no transport for commands at all.
    ///   - team: makes the store that reads of lists are shared by, of who reads at each backend; nil shares none.
    ///   - observer: sees every answer to a read, with the place of its backend; called from any task.
    init(
        _ plans: [BackendPlan], isReadOnly: Bool, log: (@Sendable (String) -> Void)?,
        clock: any Clock = SystemClock(), team: (([TeamAccount]) -> TeamStore)? = nil,
        observer: (@Sendable (Int, Response) -> Void)? = nil
    ) throws {
        let curl: CurlNetwork
        do throws(TransportError) {
            curl = try CurlNetwork(version: Nocturne.version, log: log)
        } catch {
            throw Failure(.usage, BackendError(error).words)
        }
        if isReadOnly { curl.gate.seal(because: "this process is read-only") }
        let operatorName = AuditIdentity.current(connection: nil).user
        let accounts = plans.map(TeamAccount.init)
        let store = team?(accounts)
        self.team = store
        connections = plans.enumerated().map { place, plan in
            let backend = curl.backend(plan.name, at: plan.endpoint, headers: plan.headers)
            var settings = BackendSettings(
                id: BackendID(place), name: plan.name, endpoint: plan.endpoint, user: plan.user,
                secret: plan.secret, clock: plan.clock, now: { clock.wall })
            settings.operatorName = operatorName
            var reader = backend.reader(declaring: plan.descriptor.reads)
            var shared: SharedReads?
            if let store {
                let reads = SharedReads(
                    reader, store, backend: place, endpoint: plan.endpoint, descriptor: plan.descriptor,
                    account: accounts[place], secrets: [plan.secret] + plan.headers.map { Secret($0.value) })
                (reader, shared) = (reads, reads)
            }
            if let observer { reader = ObservedReader(inner: reader) { observer(place, $0) } }
            let adapter = plan.descriptor.make(settings, reader)
            var commander: (any CommandTransport)?
            if isReadOnly || plan.mode == .readOnly {
                backend.gate.seal(because: "\(plan.name) is read-only")
            } else {
                let plain = backend.commander(credentials: Self.credentials(of: adapter))
                commander = shared.map { NotedCommands(plain, $0) } ?? plain
            }
            return Connection(
                settings: settings, title: plan.descriptor.title, adapter: adapter, commander: commander,
                intervals: plan.intervals, server: plan.server, shut: { backend.gate.seal(because: $0) })
        }
        self.curl = curl
        self.plans = plans
        self.clock = clock
    }

    private static func credentials(
        of adapter: any Adapter
    ) -> @Sendable () async throws(TransportError) -> [Header] {
        { () async throws(TransportError) -> [Header] in
            do throws(BackendError) {
                return try await adapter.credentials()
            } catch {
                throw TransportError.refused("no credentials to send it with: \(error.words)")
            }
        }
    }

    /// The backends as the dashboard sees them before anything was asked.
    func states(now: Instant) -> [BackendState] {
        zip(connections, plans).map { connection, plan in
            BackendState(
                id: connection.settings.id, name: plan.name, title: connection.title,
                address: plan.endpoint.origin.description, isInsecure: plan.endpoint.trust.insecure,
                mode: plan.mode, intervals: plan.intervals, pollInterval: plan.pollInterval,
                resources: connection.adapter.resources,
                commands: connection.adapter.commands,
                now: now)
        }
    }
}

/// A reading transport whose answers somebody else sees too.
private struct ObservedReader: ReadTransport {
    let inner: any ReadTransport
    let observe: @Sendable (Response) -> Void

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let response = try await inner.read(request)
        observe(response)
        return response
    }
}
