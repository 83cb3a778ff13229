import Glibc

/// A listener on loopback that does to its clients what a script says, down to the bytes.
///
/// It counts what arrives, so that a test can prove that something was sent once, or not at all. Each
/// connection is served by a thread of its own; a script may block as long as it likes. When nobody holds the
/// server any more it stops.
public final class RawServer: Sendable {
    /// What has happened so far.
    public struct Record: Sendable {
        /// Connections that were accepted.
        public var connections = 0
        /// Requests that arrived whole, in order of arrival.
        public var requests: [Request] = []
        /// Connections that the client ended.
        public var departures = 0
        /// Whether the listener has ended.
        public var isGone = false
    }

    private let listener: Listener

    /// Starts a server that reads requests and lets the script answer each; a connection is kept until the
    /// script or the client ends it.
    public convenience init(
        answering script: @escaping @Sendable (Request, Connection) -> Void
    ) throws(NoListener) {
        try self.init(connected: { connection in
            while let request = connection.readRequest() {
                script(request, connection)
                if connection.isClosed { return }
            }
        })
    }

    /// Starts a server whose script has the bare connection, for what is not HTTP.
    public init(connected script: @escaping @Sendable (Connection) -> Void) throws(NoListener) {
        listener = try Listener()
        listener.start(script)
    }

    deinit { listener.stop() }

    /// The port on 127.0.0.1.
    public var port: Int { listener.port }

    /// `http://127.0.0.1:port`.
    public var url: String { "http://127.0.0.1:\(port)" }

    /// What has happened so far.
    public var record: Record { listener.record }

    /// The requests that arrived.
    public var requests: [Request] { record.requests }

    /// Waits until what has happened is enough; there is no time limit but the test's own.
    public func until(_ isMet: @escaping @Sendable (Record) -> Bool) async { await listener.until(isMet) }

    /// Ends the listener and every connection.
    public func stop() { listener.stop() }
}

/// No listener could be made on loopback.
public struct NoListener: Error {
    /// The system's error number.
    public let code: Int32
}
