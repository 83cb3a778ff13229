import AdapterKit
import Configuration
import Domain
import Glibc
import HTTP
import LibreNMSAdapter
import Presets

/// What an adapter that is a file costs, beside one in Swift: as many alerts from answers that are here already.
enum AdaptersReport {
    static func run(count: Int = 10_000) async {
        let files = Presets.adapters.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) }
        let library = AdapterLibrary(shipped: files, directory: nil)
        guard let declared = library.descriptors.first(where: { $0.file == "alertmanager" }) else { return }
        await measure(
            "Alertmanager, a file", declared,
            [
                "/alerts": "[\(list(count, alertmanager))]",
                "/status": #"{"versionInfo":{"version":"0.25.0"}}"#,
            ])
        await measure(
            "LibreNMS, Swift", LibreNMS.descriptor,
            [
                "/alerts": #"{"status":"ok","count":\#(count),"alerts":[\#(list(count, libreNMS))]}"#,
                "/rules":
                    #"{"status":"ok","count":1,"rules":[{"id":1,"name":"Device down","severity":"critical"}]}"#,
                "/system": #"{"status":"ok","system":[{"local_ver":"26.7.0"}],"count":1}"#,
            ])
    }

    private static func list(_ count: Int, _ row: (Int) -> String) -> String {
        (0..<count).map(row).joined(separator: ",")
    }

    private static func alertmanager(_ number: Int) -> String {
        """
        {"annotations":{"summary":"Link \(number) is down","description":"no light since the cut"},
        "endsAt":"2026-11-28T08:00:00.000Z","fingerprint":"\(String(number, radix: 16))a2c5d7e9",
        "receivers":[{"name":"team"}],"startsAt":"2026-11-28T05:00:00.000Z",
        "status":{"inhibitedBy":[],"silencedBy":[],"state":"active"},"updatedAt":"2026-11-28T05:00:00.000Z",
        "generatorURL":"http://prometheus.example.net/graph?g0.expr=up","labels":{"alertname":"LinkDown",
        "instance":"edge\(number):9100","job":"node","severity":"critical"}}
        """
    }

    private static func libreNMS(_ number: Int) -> String {
        """
        {"hostname":"edge\(number).example.net","id":\(number + 1),"device_id":\(number + 1),"rule_id":1,"state":1,
        "alerted":1,"open":1,"note":null,"timestamp":"2026-11-28 05:00:00","info":"","severity":"critical",
        "name":"Device down","proc":null,"notes":null}
        """
    }

    private static func measure(_ what: String, _ kind: AdapterDescriptor, _ bodies: [String: String]) async {
        let settings = BackendSettings(
            id: BackendID(0), name: "bench",
            endpoint: Endpoint(origin: Origin(scheme: "http", host: "localhost", port: 80), basePath: ""),
            secret: Secret("none"), now: { Timestamp(1_795_842_000) })
        let adapter = kind.make(settings, Answers(bodies: bodies.mapValues { Array($0.utf8) }))
        guard let resource = adapter.resources.first(where: { $0.kind == .alert }) else { return }
        do {
            _ = try await adapter.check()
            var times: [Double] = []
            var rows = 0
            for _ in 0..<7 {
                let snapshot = Snapshot(from: .empty(resource, BackendID(0)))
                let start = ContinuousClock.now
                let answer = try await adapter.refresh(Query(.alert), into: snapshot)
                rows = snapshot.finish(answer).table.count
                let taken = start.duration(to: .now).components
                times.append(Double(taken.seconds) * 1e3 + Double(taken.attoseconds) / 1e15)
            }
            times.sort()
            Report.line(
                "refresh \(rows) alerts: \(what)", "\((times[3] * 100).rounded() / 100) ms",
                "worst \((times[6] * 100).rounded() / 100) ms")
        } catch {
            Report.line("refresh alerts: \(what)", "failed", error.words)
        }
    }
}

/// A server that has its answers ready, so that only the adapter's own work is measured.
private struct Answers: ReadTransport {
    let bodies: [String: [UInt8]]

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let path = "\(request.template)"
        let body = bodies.first { path.hasSuffix($0.key) }?.value
        return Response(
            status: body == nil ? 404 : 200, headers: [Header("Content-Type", "application/json")],
            body: Body(body ?? Array(#"{"status":"error","message":"none"}"#.utf8)))
    }
}
