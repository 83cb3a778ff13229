import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization

@testable import LibreNMSAdapter

/// A server that answers with recorded rows, filtered as the real one does.
struct RecordedLibreNMS: Sendable {
    let release: String
    let devices: Response
    let rules: Response
    let alerts: [JSONTree]
    let root: Response
    let system: Response
    let ports: Response?
    let devicePorts: Response

    var isOld: Bool { release == "2016" }

    init(_ release: String) throws {
        self.release = release
        devices = try Recording(release, "devices").response
        rules = try Recording(release, "rules").response
        root = try Recording(release, "root").response
        devicePorts = try Recording(release, "device-ports-columns").response
        if release == "2016" {
            alerts = try ["alerts", "alerts-state-2", "alerts-state-3"].flatMap {
                try Recording(release, $0).rows("alerts")
            }
            system = .text("<html><h1>404 Page Not Found</h1></html>", status: 404)
            ports = nil
        } else {
            alerts = try Recording(release, "alerts-state-all").rows("alerts")
            system = try Recording(release, "system").response
            ports = try Recording(release, "ports-all-columns").response
        }
    }

    /// The answer to a request, from these rows or from others.
    func answer(_ asked: ScriptedTransport.Asked, alerts: [JSONTree]? = nil) -> Response {
        let parts = asked.path.split(separator: "/").map(String.init)
        switch (parts.first, parts.count) {
        case (nil, _): return root
        case ("system", 1): return system
        case ("devices", 1): return devices
        case ("devices", 3): return parts[1] == "3" ? devicePorts : .list("ports", [])
        case ("rules", 1): return rules
        case ("ports", 1): return ports ?? .text("<html>404</html>", status: 404)
        case ("alerts", 1):
            // Releases of 2016 read `1,2` as 1.
            let words = (asked.query["state"] ?? "1").split(separator: ",").map(String.init)
            let states = isOld ? Array(words.prefix(1)) : words
            return .list(
                "alerts", (alerts ?? self.alerts).filter { states.contains($0["state"]?.word ?? "") })
        case ("alerts", 2):
            let state = asked.query["state"] ?? "1"
            return .list(
                "alerts",
                (alerts ?? self.alerts).filter { $0["id"]?.word == parts[1] && $0["state"]?.word == state })
        default: return .text("<html>404</html>", status: 404)
        }
    }

    func transport() -> ScriptedTransport {
        ScriptedTransport { asked in self.answer(asked) }
    }
}

/// Settings of a backend that nobody calls.
func backendSettings(
    clock: ServerClock? = ServerClock(offset: 0, isCertain: true), now: Int64 = 1_795_224_500,
    _ pause: @escaping @Sendable (Double) async throws(CancellationError) -> Void = patient
) -> BackendSettings {
    var settings = BackendSettings(
        id: BackendID(0), name: "core",
        endpoint: Endpoint(
            origin: Origin(scheme: "https", host: "nms.example.net", port: 443), basePath: "/api/v0"),
        secret: Secret("t0ken-of-the-test"), clock: clock, now: { Timestamp(now) },
        pause: pause)
    // However slow the machine is, the usual way to ask is not given up.
    settings.probeWait = 10_000
    return settings
}

/// Passes all pauses at once; what is given up after a moment is never given up.
@Sendable func patient(_ seconds: Double) async throws(CancellationError) {
    guard [LibreNMSServer.clockPatience, LibreNMSServer.alertLogPatience].contains(seconds) else { return }
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    for await _ in stream {}
    withExtendedLifetime(continuation) {}
    throw CancellationError()
}

extension LibreNMSServer {
    /// A server that never waits.
    static func unhurried(
        _ transport: any ReadTransport, clock: ServerClock? = ServerClock(offset: 0, isCertain: true)
    ) -> LibreNMSServer {
        LibreNMSServer(backendSettings(clock: clock), transport)
    }
}

/// A sink that merges pages as the application does.
final class MergingSink: SnapshotSink {
    private let state = Mutex((generation: Generation(), table: Table?.none, pages: 0, progress: [String]()))

    func add(_ page: Table, covering: Coverage) {
        state.withLock { state in
            state.table = state.generation.merge(page, covering: covering, into: state.table)
            state.pages += 1
        }
    }

    func progress(_ words: String) { state.withLock { $0.progress.append(words) } }

    /// What arrived.
    var table: Table { state.withLock { $0.table } ?? .empty(.device, BackendID(0)) }
    /// How many pages arrived.
    var pages: Int { state.withLock { $0.pages } }
    /// What was said on the way.
    var progress: [String] { state.withLock { $0.progress } }
}
