@_spi(AuditMint) import HTTP
import CurlTransport
import RawServer
import Synchronization
import Testing

/// One network with one backend that points at a scripted server, without the environment's proxy.
struct Line {
    let network: CurlNetwork
    let backend: CurlBackend
    let log = Log()

    init(
        to url: String, headers: [Header] = [], _ adjust: (inout Endpoint) -> Void = { _ in }
    ) throws {
        let (origin, path) = try #require(Origin.parse(url))
        var endpoint = Endpoint(origin: origin, basePath: path, proxy: "")
        adjust(&endpoint)
        let log = log
        network = try CurlNetwork(version: "1.2.3", log: { log.append($0) })
        backend = network.backend("core", at: endpoint, headers: headers)
    }

    static let reads: [ReadDeclaration] = [
        ReadDeclaration("/alerts"), ReadDeclaration("/alerts/{id}"),
        ReadDeclaration("/alerts", method: .head),
        ReadDeclaration("/alerts", method: .options), ReadDeclaration("/login", method: .post),
        ReadDeclaration("/v1/alerts/{id}"),
    ]

    var reader: any ReadTransport { backend.reader(declaring: Line.reads) }
    var commander: any CommandTransport { backend.commander() }

    /// Reads, and gives the error instead of throwing it.
    func failure(of request: ReadRequest) async -> TransportError? {
        do throws(TransportError) {
            _ = try await reader.read(request)
            return nil
        } catch { return error }
    }

    /// Sends, and gives the error instead of throwing it.
    func failure(of step: CommandStep, _ receipt: AuditReceipt = .next()) async -> TransportError? {
        do throws(TransportError) {
            _ = try await commander.send(step, receipt)
            return nil
        } catch { return error }
    }
}

extension AuditReceipt {
    private static let numbers = Atomic(0)

    /// A receipt as the audit log would give it.
    static func next() -> AuditReceipt {
        AuditReceipt(record: "test-\(numbers.add(1, ordering: .relaxed).newValue)", step: 0)
    }
}

/// Log lines as they come.
final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

extension Response {
    var text: String { body.text() }
}
