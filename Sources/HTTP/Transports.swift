/// The transport that adapters hold: it can only read, and only what was declared.
public protocol ReadTransport: Sendable {
    /// Sends a read and waits for the answer; follows at most three redirects within the same origin.
    func read(_ request: ReadRequest) async throws(TransportError) -> Response
}

/// The transport that changes servers; in read-only none is made.
public protocol CommandTransport: Sendable {
    /// Sends a step exactly once, on a connection of its own.
    ///
    /// - Throws: `refused` when nothing was sent, `outcomeUnknown` when it left and no answer came.
    func send(_ step: CommandStep, _ receipt: AuditReceipt) async throws(TransportError) -> Response
}
