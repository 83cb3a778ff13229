/// Why an exchange with a server gave no answer.
public enum TransportError: Error, Sendable, Equatable {
    /// The host's name could not be resolved.
    case unresolved(host: String)
    /// No connection could be made.
    case unreachable(host: String, reason: String)
    /// TLS failed: an untrusted, expired or wrong certificate, or a pin that does not match.
    case untrusted(host: String, reason: String)
    /// A limit ran out before the answer was complete.
    case timedOut(Phase, seconds: Double)
    /// The connection ended before the answer was complete.
    case closed(reason: String)
    /// The answer is larger than the body cap, in bytes.
    case tooLarge(limit: Int)
    /// The server points elsewhere, or more often than is followed; the target has no credentials or query.
    case redirected(status: Int, to: String)
    /// The gate refused it: nothing was sent. The words say why.
    case refused(String)
    /// A command left, and what became of it is not known.
    case outcomeUnknown(reason: String)
    /// Nobody wants the answer any more.
    case cancelled
    /// The transport is shutting down.
    case stopped
    /// The proxy refused or failed.
    case proxy(reason: String)

    /// Which limit ran out.
    public enum Phase: String, Sendable, Equatable {
        /// Looking up the server's name.
        case resolving
        /// Making the connection.
        case connecting
        /// Agreeing on TLS, over a connection that stands.
        case handshake
        /// Waiting for the first byte of the answer.
        case firstByte
        /// The answer came slower than the stall limit.
        case stalled
        /// The whole exchange.
        case whole
    }
}
