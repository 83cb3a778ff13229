public import HTTP

/// One backend's way through the network: its endpoint, its queue, its gate.
///
/// Reader and commander of a backend come from the same value, so that they share the limit of requests at
/// once. Keep one for each configured server.
public struct CurlBackend: Sendable {
    /// The name that log lines carry.
    public let name: String
    /// Where the backend is and how it is reached.
    public let endpoint: Endpoint
    /// What this backend's commands pass; seal it to make the backend read-only while the process lives.
    public let gate = CommandGate()
    let network: CurlNetwork
    private let lane: Int
    /// What every request carries besides its own fields, for whatever stands before the API; secrets.
    let headers: [Header]

    init(name: String, endpoint: Endpoint, headers: [Header], network: CurlNetwork, lane: Int) {
        self.name = name
        self.endpoint = endpoint
        self.headers = headers
        self.network = network
        self.lane = lane
    }

    /// The transport that adapters hold: it sends what was declared and refuses everything else.
    ///
    /// A redirect is followed (three at most) when it stays at the same scheme, host and port and leads to the
    /// request's own path or another declared template filled with the same values, with or without a slash at
    /// its end.
    public func reader(declaring reads: [ReadDeclaration]) -> any ReadTransport {
        CurlReader(backend: self, gate: ReadGate(reads))
    }

    /// The transport that commands leave by; do not call it for a read-only backend.
    ///
    /// It sends each receipt's step once, on a connection of its own, over HTTP/1.1. A 301 or 308 to the same
    /// path plus `/` proves that the command did not run: it is sent once in that form. Any other redirect is
    /// thrown as `redirected`, which says nothing about whether the command ran.
    ///
    /// - Parameter credentials: The headers that a step does not hold, asked for before each sending.
    public func commander(
        credentials: @escaping @Sendable () async throws(TransportError) -> [Header] = { [] }
    ) -> any CommandTransport {
        CurlCommander(backend: self, credentials: credentials)
    }

    func order(
        target: String, method: Method, headers: [Header], body: [UInt8]?, priority: Int, whole: Double
    ) -> TransferOrder {
        TransferOrder(
            endpoint: endpoint, target: target.isEmpty ? "/" : target, method: method,
            headers: headers + self.headers, body: body, userAgent: network.userAgent, lane: lane,
            priority: priority, whole: whole)
    }

    func perform(_ order: TransferOrder) async throws(TransportError) -> Response {
        let start = ContinuousClock.now
        let result = await network.loop.perform(order)
        if let log = network.log {
            log(LogLine(name, order, result, elapsed: ContinuousClock.now - start).text)
        }
        return try result.get()
    }
}
