import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: what fired")
struct FiredTests {
    private static let alert: JSONTree = [
        "hostname": "a.example.net", "id": 1, "device_id": 18, "rule_id": 5, "state": 1, "alerted": 1,
        "open": 1, "timestamp": "2026-11-21 01:00:00", "severity": "warning", "name": "Port down",
    ]

    /// A line of the log that names ports.
    private static func line(
        _ number: Int64, _ time: String, state: Int64 = 1, ports: [String] = [], device: Int64 = 18
    ) -> JSONTree {
        let rows = ports.map { name -> JSONTree in
            [
                "device_id": .integer(device), "port_id": .integer(Int64(name.utf8.count)),
                "ifName": .string(name), "community": "s3cret-community",
            ]
        }
        return [
            "hostname": "a.example.net", "id": .integer(number), "rule_id": 5, "device_id": .integer(device),
            "state": .integer(state), "time_logged": .string("2026-11-21 \(time)"),
            "details": ["rule": .array(rows), "contacts": ["ana@example.net": "Ana"]],
        ]
    }

    /// A server with one alert and a log that is given as a server would.
    private static func server(
        _ log: @escaping @Sendable (ScriptedTransport.Asked) -> Response
    ) throws -> (LibreNMSServer, ScriptedTransport) {
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked in
            asked.path.hasPrefix("/logs/alertlog")
                ? log(asked) : recorded.answer(asked, alerts: [alert])
        }
        return (LibreNMSServer.unhurried(transport), transport)
    }

    private func fired(_ server: LibreNMSServer) async throws -> String {
        let sink = MergingSink()
        #expect(try await server.refresh(Query(.alert), into: sink) == .complete)
        let row = try #require(sink.table.row(of: EntityRef(BackendID(0), .alert, id: "1")))
        return sink.table.text(row, .fired)
    }

    @Test(
        "the newest line of the alert's device and rule names what fired: the first thing and how many more")
    func named() async throws {
        let lines = [
            Self.line(3, "01:00:01", ports: ["xe-0/0/1", "xe-0/0/10", "xe-0/0/100"]),
            Self.line(2, "00:50:00", ports: ["ge-9"]),
        ]
        let (server, transport) = try Self.server { _ in .list("logs", lines) }
        #expect(try await fired(server) == "xe-0/0/1 +2 (xe-0/0/10, xe-0/0/100)")
        let asked = transport.asked.filter { $0.path.hasPrefix("/logs") }
        #expect(asked.map(\.description) == ["/logs/alertlog?limit=100&sortorder=DESC"])
        // Nothing changed: nothing is asked.
        _ = try await fired(server)
        #expect(transport.asked.count { $0.path.hasPrefix("/logs") } == 1)
    }

    @Test(
        "an older line, one of another rule, and a recovery name nothing",
        arguments: [
            [line(3, "00:30:00", ports: ["xe-0/0/1"])],
            [line(3, "01:00:01", ports: ["xe-0/0/1"], device: 19)],
            [line(4, "01:00:30", state: 0), line(3, "01:00:01", ports: ["xe-0/0/1"])],
            [line(3, "01:00:01", ports: [])],
            [],
        ])
    func notNamed(lines: [JSONTree]) async throws {
        let (server, _) = try Self.server { _ in .list("logs", lines) }
        #expect(try await fired(server) == "")
    }

    @Test(
        "an alert that is older than the newest lines is found in its device's log, which is asked for once")
    func older() async throws {
        let (server, transport) = try Self.server { asked in
            .list("logs", asked.path == "/logs/alertlog" ? [] : [Self.line(3, "01:00:01", ports: ["xe-1"])])
        }
        #expect(try await fired(server) == "xe-1")
        _ = try await fired(server)
        #expect(transport.asked.count { $0.path == "/logs/alertlog/18" } == 1)
    }

    @Test("a release that knows no order gives the oldest first; its last lines are asked for")
    func oldestFirst() async throws {
        let (server, transport) = try Self.server { asked in
            let old = [Self.line(1, "00:01:00"), Self.line(2, "00:02:00")]
            let new = [Self.line(500, "01:00:00", ports: ["xe-7"])]
            let envelope: JSONTree = [
                "status": "ok", "logs": .array(asked.query["start"] == "400" ? new : old), "total": "500",
            ]
            return .json(envelope)
        }
        #expect(try await fired(server) == "xe-7")
        #expect(transport.asked.contains { $0.query["start"] == "400" })
    }

    @Test(
        "a log that can't be read leaves the alerts complete, is not known, and is left alone for a while",
        arguments: [
            .text("{\"message\":\"no\"}", status: 403), .text("", status: 500),
            .text("<html>no", status: 404),
            .json(["status": "ok"]), .text("{\"status\":\"ok\",\"logs\":["),
        ] as [Response])
    func unreadable(answer: Response) async throws {
        let (server, transport) = try Self.server { _ in answer }
        for _ in 0..<3 { #expect(try await fired(server) == "unknown") }
        #expect(transport.asked.count { $0.path.hasPrefix("/logs") } == 1)
    }

    @Test("a device whose log fails is asked again, and until then not known")
    func unreadableDevice() async throws {
        let isBroken = Mutex(true)
        let recorded = try RecordedLibreNMS("26.7")
        let transport = ScriptedTransport { asked in
            switch asked.path {
            case "/logs/alertlog": .list("logs", [])
            case "/logs/alertlog/18":
                isBroken.withLock { $0 }
                    ? .text("", status: 500) : .list("logs", [Self.line(3, "01:00:01", ports: ["xe-1"])])
            default: recorded.answer(asked, alerts: [Self.alert])
            }
        }
        let now = Mutex<Int64>(1_795_224_500)
        let usual = backendSettings()
        let settings = BackendSettings(
            id: usual.id, name: usual.name, endpoint: usual.endpoint, secret: usual.secret,
            clock: usual.clock, now: { Timestamp(now.withLock { $0 }) }, pause: patient)
        let server = LibreNMSServer(settings, transport)
        #expect(try await fired(server) == "unknown")
        isBroken.withLock { $0 = false }
        now.withLock { $0 += 301 }
        #expect(try await fired(server) == "xe-1")
    }

    @Test(
        "a log that hangs holds the alerts up for a moment only: they are there before it, and complete after it"
    )
    func hanging() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        let transport = HangingTransport(
            transport: ScriptedTransport { recorded.answer($0, alerts: [Self.alert]) }
        ) { $0.hasPrefix("/logs") }
        let waited = Mutex<[Double]>([])
        let settings = backendSettings { seconds in waited.withLock { $0.append(seconds) } }
        let server = LibreNMSServer(settings, transport)
        let sink = MergingSink()
        #expect(try await server.refresh(Query(.alert), into: sink) == .complete)
        #expect(waited.withLock { $0 } == [LibreNMSServer.alertLogPatience])
        #expect(sink.table.count == 1 && sink.pages == 2)
        #expect(sink.table.text(0, .fired) == "unknown")
    }

    @Test("the detail leads to each port, tells the history, and shows neither contacts nor communities")
    func detail() async throws {
        let lines = [
            Self.line(4, "01:00:01", ports: ["xe-0/0/1\u{1B}[31m", "xe-0/0/10"]),
            Self.line(3, "00:40:00", state: 0), Self.line(2, "00:20:00", ports: ["ge-9"]),
        ]
        let (server, _) = try Self.server { _ in .list("logs", lines) }
        let detail = try await server.detail(of: EntityRef(BackendID(0), .alert, id: "1"))
        let things = try #require(detail.sections.first { $0.title == "What fired (2)" })
        #expect(things.lines.map(\.name) == ["port", "port"])
        #expect(
            things.lines[1].value
                == .ref(EntityRef(BackendID(0), .port, id: "9"), name: "xe-0/0/10"))
        let history = try #require(detail.sections.first { $0.title.hasPrefix("History") })
        #expect(
            history.lines.map(\.name) == ["fired  xe-0/0/1[31m +1 (xe-0/0/10)", "cleared", "fired  ge-9"])
        let text = "\(detail)"
        #expect(!text.contains("ana@example.net") && !text.contains("s3cret-community"))
        #expect(!text.contains("\u{1B}"))
    }

    @Test("every kind of thing is named as the recorded log has it, and as rules on other tables would")
    func kinds() throws {
        let recorded = try Recording("26.7", "alertlog").rows("logs")
        #expect(recorded.count == 20)
        let document = try JSONDocument(recorded[0].text)
        let port = FiredThing.all(in: document.root["details"]).things
        #expect(port.map(\.name) == ["xe-0/0/1"])
        #expect(port.first?.words == "50% <b>Ü</b> [31m  down")
        let rows: [(JSONTree, String)] = [
            (
                [
                    "sensor_id": 7, "sensor_class": "temperature", "sensor_descr": "Inlet", "device_id": 3,
                    "sensor_current": 71.5, "sensor_limit": 60,
                ], "sensor Inlet temperature  71.5  limit 60"
            ),
            (
                ["bgpPeerIdentifier": "192.0.2.1", "bgpPeerState": "idle", "bgpPeerRemoteAs": 64_500],
                "BGP session 192.0.2.1 idle  AS64500"
            ),
            (
                [
                    "service_id": 1, "service_type": "http", "service_desc": "web",
                    "service_message": "refused",
                ],
                "service web http  refused"
            ),
            (["storage_descr": "/var", "storage_perc": 97], "storage /var 97 %"),
            (["device_id": 3, "hostname": "a"], ""),
        ]
        for (row, words) in rows {
            let details: JSONTree = ["rule": .object([JSONTree.Member("3", row)])]
            let things = FiredThing.all(in: try JSONDocument(details.text).root).things
            #expect(things.map { "\($0.kind) \($0.name) \($0.words)" }.joined() == words)
        }
    }

    @Test(
        "over HTTP: ports, sensors and sessions that are wrong are named; 2016 has no such log and asks for none",
        arguments: LiveLibreNMS.releases)
    func live(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            live.simulator.world.advance(by: 7_200)
            let table = try await live.table(.alert)
            let named = table.refs.indices.filter { !table.text($0, .fired).isEmpty }
            let asked = live.simulator.arrivals().filter { $0.target.contains("alertlog") }
            guard release == .modern else {
                #expect(named.isEmpty && asked.isEmpty)
                return
            }
            #expect(asked.count <= 1 + AlertLog.devicesAtOnce)
            let row = try #require(named.first { table.text($0, .rule).hasPrefix("Port status") })
            let detail = try await live.server.detail(of: table.refs[row])
            let things = try #require(detail.sections.first { $0.title.hasPrefix("What fired") })
            guard case .ref(let port, _) = things.lines.first?.value else {
                Issue.record("no link to a port")
                return
            }
            #expect(port.kind == .port)
            let title = try await live.server.detail(of: port).title
            #expect(table.text(row, .fired).hasPrefix(title))
            #expect(!"\(detail)".contains("n0c-c0mmunity"))
        }
    }
}

/// A transport that never answers some paths, until nobody waits any more.
private struct HangingTransport: ReadTransport {
    let transport: any ReadTransport
    let hangs: @Sendable (String) -> Bool

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        guard hangs(request.template.path(request.parameters) ?? "") else {
            return try await transport.read(request)
        }
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        for await _ in stream {}
        withExtendedLifetime(continuation) {}
        throw .cancelled
    }
}
