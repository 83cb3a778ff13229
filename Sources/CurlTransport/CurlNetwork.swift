import CCurl
public import HTTP
import Synchronization

/// libcurl for the whole process: one thread, every backend's connections.
///
/// Safe from every thread. Make one, ask it for backends, and `stop()` it before the process ends; when nobody
/// holds it any more it stops by itself.
public final class CurlNetwork: Sendable {
    /// What all commands of the process pass; seal it to make the process read-only for good.
    public let gate = CommandGate()
    let userAgent: String
    let log: (@Sendable (String) -> Void)?
    let loop: CurlLoop
    let receipts = UsedReceipts()
    private let lanes = Atomic(0)

    /// Starts the network's thread.
    ///
    /// - Parameters:
    ///   - version: nocturne's version, for the User-Agent header.
    ///   - log: Takes one line for each exchange, without headers, bodies and secrets; called from any thread.
    /// - Throws: `refused` when the system gives no thread or no memory.
    public init(version: String, log: (@Sendable (String) -> Void)? = nil) throws(TransportError) {
        userAgent = "nocturne/\(version)"
        self.log = log
        loop = try CurlLoop()
    }

    deinit { loop.stop() }

    /// Loads libcurl, unless it is loaded: some milliseconds, which a start may spend on another thread.
    ///
    /// - Returns: What is wrong, printable; nil when it is loaded.
    @discardableResult
    public static func load() -> String? {
        ccurl_load().map { problem in
            String(
                decoding: String(cString: problem).utf8.map { (32..<127).contains($0) ? $0 : 63 },
                as: UTF8.self)
        }
    }

    /// The way to one configured server, with a queue and a gate of its own.
    ///
    /// - Parameter headers: What each of its requests carries, for a proxy or firewall before the API. They go to the
    ///   endpoint's origin alone, never to where a redirect leads.
    public func backend(_ name: String, at endpoint: Endpoint, headers: [Header] = []) -> CurlBackend {
        let lane = lanes.add(1, ordering: .relaxed).newValue
        return CurlBackend(name: name, endpoint: endpoint, headers: headers, network: self, lane: lane)
    }

    /// Answers everything that is under way and ends the thread; later requests are answered with `stopped`.
    ///
    /// A read is answered with `stopped`, a command that may have left with `outcomeUnknown`.
    public func stop() async {
        loop.stop()
        await loop.ended()
    }
}
