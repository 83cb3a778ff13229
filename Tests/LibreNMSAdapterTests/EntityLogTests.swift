import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: what its logs say of an entity")
struct EntityLogTests {
    private static let everything = Timestamp(0)
    private static let alert: JSONTree = [
        "hostname": "a.example.net", "id": 1, "device_id": 40, "rule_id": 10, "state": 1, "alerted": 1,
        "open": 1, "timestamp": "2026-11-21 01:00:00", "severity": "warning", "name": "Port down",
    ]

    private static func event(
        _ number: Int64, _ time: String, _ message: String = "x", device: Int64 = 40, type: String = "system",
        reference: JSONTree = nil, severity: Int64 = 2, who: String = ""
    ) -> JSONTree {
        [
            "hostname": "a.example.net", "event_id": .integer(number), "device_id": .integer(device),
            "datetime": .string("2026-11-21 \(time)"), "message": .string(message), "type": .string(type),
            "reference": reference, "username": .string(who), "severity": .integer(severity),
        ]
    }

    private static func logs(_ rows: [JSONTree], total: Int64? = nil) -> Response {
        let envelope: JSONTree = ["status": "ok", "logs": .array(rows), "count": .integer(Int64(rows.count))]
        return .json(total.map { envelope.with("total", .integer($0)) } ?? envelope)
    }

    /// A probed server whose logs are answered as given.
    private static func server(
        _ release: String = "26.7", clock: ServerClock? = ServerClock(offset: 0, isCertain: true),
        _ log: @escaping @Sendable (ScriptedTransport.Asked) -> Response
    ) async throws -> (LibreNMSServer, ScriptedTransport) {
        let recorded = try RecordedLibreNMS(release)
        let transport = ScriptedTransport { asked in
            if asked.path.hasPrefix("/logs") { return log(asked) }
            if asked.path == "/ports/5" { return .list("port", [["port_id": 5, "device_id": 40]]) }
            return recorded.answer(asked, alerts: [alert])
        }
        let server = LibreNMSServer.unhurried(transport, clock: clock)
        _ = try await server.check()
        return (server, transport)
    }

    private func entity(_ kind: ResourceKind, _ id: String) -> EntityRef {
        EntityRef(BackendID(0), kind, id: id)
    }

    private func log(_ server: LibreNMSServer, _ kind: ResourceKind, _ id: String) async throws -> ServerLog {
        try #require(try await server.log(of: entity(kind, id), since: Self.everything))
    }

    @Test("the recorded events of a device are entries in order, with a level, a sort and clean words")
    func recorded() async throws {
        // One answer of the real server has each device once: here they are one device's.
        let body = try Recording("26.7", "eventlog").body
            .replacing(/"device_id": \d+/, with: "\"device_id\": 40")
        let (server, transport) = try await Self.server { _ in
            .text(body, type: "application/json")
        }
        let log = try await log(server, .device, "40")
        #expect(log.entries.count == 20 && log.completeness == .complete)
        #expect(log.entries.first?.words == "ünïcode 日本" && log.entries.first?.type == "system")
        #expect(log.entries.allSatisfy { $0.level == "info" && $0.severity == .unknown && $0.isTimeCertain })
        // The server has 391 of them.
        #expect(log.isCut && log.begins == log.entries.last?.time)
        let asked = transport.asked.filter { $0.path.hasPrefix("/logs") }
        #expect(asked.first?.description == "/logs/eventlog/40?limit=200&sortorder=DESC")
    }

    @Test("the recorded log of a device without events is empty and whole")
    func empty() async throws {
        let answer = try Recording("26.7", "eventlog-device").response
        let (server, _) = try await Self.server { _ in answer }
        let log = try await log(server, .device, "1")
        #expect(log.entries.isEmpty && log.completeness == .complete && !log.isCut && log.begins == nil)
    }

    @Test("the recorded log of alerts tells what an alert went through, without contacts")
    func alertLog() async throws {
        let answer = try Recording("26.7", "alertlog-device").response
        let (server, transport) = try await Self.server { asked in
            asked.path.hasPrefix("/logs/alertlog")
                ? answer : Self.logs([Self.event(1, "01:00:00", "Issued warning alert")], total: 1)
        }
        let log = try await log(server, .alert, "1")
        #expect(log.entries.contains { $0.words == "Issued warning alert" })
        let own = log.entries.filter { $0.type == "alert" }
        #expect(!own.isEmpty && own.allSatisfy { $0.words.contains("xe-0/0/1") }, "\(log.entries)")
        #expect(!"\(log)".contains("noc@x.test"))
        #expect(
            Set(transport.asked.map(\.path).filter { $0.hasPrefix("/logs") }) == [
                "/logs/eventlog/40", "/logs/alertlog/40",
            ])
    }

    @Test("a release of 2016 has no log: it is not asked, and nothing is claimed")
    func old() async throws {
        let (server, transport) = try await Self.server("2016") { _ in .list("logs", []) }
        #expect(server.loggedKinds.isEmpty)
        for kind in [ResourceKind.device, .port, .alert] {
            #expect(try await server.log(of: entity(kind, "1"), since: Self.everything) == nil)
        }
        #expect(!transport.asked.contains { $0.path.hasPrefix("/logs") })
    }

    @Test("before the server is probed nothing is offered; then devices, ports and alerts")
    func kinds() async throws {
        #expect(LibreNMSServer.unhurried(ScriptedTransport { _ in .text("") }).loggedKinds.isEmpty)
        let (server, _) = try await Self.server { _ in Self.logs([]) }
        #expect(server.loggedKinds == [.device, .port, .alert])
        #expect(try await server.log(of: entity(.bill, "1"), since: Self.everything) == nil)
    }

    @Test("of a port only its own events are there, and how far back was looked; an event of a port names it")
    func port() async throws {
        let rows = [
            Self.event(9, "01:09:00", "other", type: "interface", reference: "55", severity: 5),
            Self.event(
                8, "01:08:00", "down", type: "interface", reference: "5", severity: 5, who: "admin"),
            Self.event(7, "01:07:00", "up", type: "interface", reference: 5, severity: 1),
            Self.event(6, "01:06:00", "a sensor", type: "sensor", reference: "5"),
            Self.event(5, "01:05:00", "the device"),
        ]
        let (server, transport) = try await Self.server { _ in Self.logs(rows, total: 900) }
        let log = try await log(server, .port, "5")
        #expect(log.entries.map(\.words) == ["down", "up"])
        #expect(log.entries.map(\.severity) == [.critical, .ok])
        #expect(log.entries.map(\.level) == ["error", "ok"] && log.entries.first?.who == "admin")
        #expect(log.isCut && log.begins == Timestamp(1_795_223_100))
        #expect(transport.asked.contains { $0.path == "/logs/eventlog/40" && $0.query["limit"] == "500" })
        let whole = try await self.log(server, .device, "40")
        #expect(
            whole.entries.map(\.about) == [
                entity(.port, "55"), entity(.port, "5"), entity(.port, "5"), nil, nil,
            ])
    }

    @Test("rows that don't say what they are about, or when, make the log partial and are not guessed")
    func lacking() async throws {
        let rows = [
            Self.event(1, "01:00:00", "kept", type: "interface", reference: "5"),
            [
                "device_id": 40, "message": "no reference", "type": "interface",
                "datetime": "2026-11-21 01:00:00",
            ],
            Self.event(3, "soon", "no time", type: "interface", reference: "5"),
            [
                "message": "of nobody", "datetime": "2026-11-21 01:00:00", "type": "interface",
                "reference": "5",
            ],
            ["device_id": 40, "datetime": "2026-11-21 01:00:00", "type": "interface", "reference": "5"],
        ]
        let (server, _) = try await Self.server { _ in Self.logs(rows, total: 5) }
        let log = try await log(server, .port, "5")
        #expect(log.entries.map(\.words) == ["kept"])
        guard case .partial(let words) = log.completeness else {
            Issue.record("the log is whole")
            return
        }
        for field in ["reference", "datetime", "device_id", "message"] { #expect(words.contains(field)) }
    }

    @Test("a server that answers with the log of other devices gives none of it, and is partial")
    func others() async throws {
        let rows = [Self.event(1, "01:00:00", "own"), Self.event(2, "01:01:00", "other", device: 41)]
        let (server, _) = try await Self.server { _ in Self.logs(rows, total: 2) }
        let log = try await log(server, .device, "40")
        #expect(log.entries.map(\.words) == ["own"])
        #expect(log.completeness == .partial("the server answers with the log of other devices"))
    }

    @Test("times are the server's own: another zone is taken into account, an unknown one is marked")
    func zones() async throws {
        let rows = [Self.event(1, "02:00:00")]
        let (known, _) = try await Self.server(clock: ServerClock(offset: 3_600, isCertain: true)) { _ in
            Self.logs(rows, total: 1)
        }
        let entry = try await log(known, .device, "40").entries.first
        #expect(entry?.time == Timestamp(1_795_222_800) && entry?.isTimeCertain == true)
        let (guessed, _) = try await Self.server(clock: nil) { _ in Self.logs(rows, total: 1) }
        #expect(try await log(guessed, .device, "40").entries.first?.isTimeCertain == false)
    }

    @Test("a release that knows no order is asked for its end, or said to have given its beginning")
    func oldestFirst() async throws {
        let old = [Self.event(1, "00:01:00", "old"), Self.event(2, "00:02:00", "old")]
        let (server, transport) = try await Self.server { asked in
            asked.query["start"] == nil
                ? Self.logs(old, total: 500)
                : Self.logs([Self.event(499, "01:08:00"), Self.event(500, "01:09:00", "new")], total: 500)
        }
        let log = try await log(server, .device, "40")
        #expect(log.entries.first?.words == "new" && log.completeness == .complete && log.isCut)
        #expect(transport.asked.contains { $0.path == "/logs/eventlog/40" && $0.query["start"] == "300" })
        let many = (0..<200).map { Self.event(Int64($0), "00:0\($0 / 60):\(10 + $0 % 50)") }
            .sorted { ($0["datetime"]?.word ?? "") < ($1["datetime"]?.word ?? "") }
        let (silent, _) = try await Self.server { _ in Self.logs(many) }
        let beginning = try await self.log(silent, .device, "40")
        #expect(beginning.isCut && beginning.begins == nil)
        guard case .partial(let words) = beginning.completeness else {
            Issue.record("the beginning of a log is taken for its end")
            return
        }
        #expect(words.contains("oldest"))
    }

    @Test(
        "a log that is refused, broken or not JSON is an error and never an empty log",
        arguments: [
            (
                Response.text("{\"message\":\"no\"}", status: 403, type: "application/json"),
                BackendError.Kind.forbidden
            ),
            (.text("{}", status: 401, type: "application/json"), .refused),
            (.text("", status: 500), .server),
            (.text("<html>no", status: 404), .missing), (.text("<html>hello</html>"), .invalid),
            (.text("{\"status\":\"ok\",\"logs\":["), .invalid), (.json(["status": "ok"]), .invalid),
        ])
    func faults(answer: Response, kind: BackendError.Kind) async throws {
        let (server, _) = try await Self.server { _ in answer }
        for (of, id) in [(ResourceKind.device, "40"), (.port, "5"), (.alert, "1")] {
            do {
                _ = try await server.log(of: entity(of, id), since: Self.everything)
                Issue.record("a \(of) has a log")
            } catch {
                #expect(error.kind == kind, "\(error.words)")
            }
        }
    }

    @Test("one of an alert's two logs that can't be read leaves the other, and says which")
    func half() async throws {
        let (server, _) = try await Self.server { asked in
            asked.path.hasPrefix("/logs/alertlog")
                ? .text("", status: 500) : Self.logs([Self.event(1, "01:00:00", "kept")], total: 1)
        }
        let log = try await log(server, .alert, "1")
        #expect(log.entries.map(\.words) == ["kept"])
        guard case .partial(let words) = log.completeness else {
            Issue.record("half of a log is taken for all of it")
            return
        }
        #expect(words.contains("its alert log can't be read"))
    }

    @Test("hostile texts are clean, and nothing older than asked for is given")
    func hostile() async throws {
        let rows = [
            Self.event(2, "01:00:00", "\u{1B}[31mred\n\u{202E}", type: "a\u{0}b", who: "\u{9B}2J"),
            Self.event(1, "00:00:00", "old"),
        ]
        let (server, _) = try await Self.server { _ in Self.logs(rows, total: 2) }
        let log = try await server.log(of: entity(.device, "40"), since: Timestamp(1_795_222_000))
        #expect(log?.entries.map(\.words) == ["[31mred"] && log?.entries.first?.type == "ab")
        #expect(log?.entries.first?.who == "2J" && log?.isCut == false)
    }

    @Test("over HTTP: device, port and alert have logs in order, by the clock of a server in another zone")
    func live() async throws {
        try await withLiveServer(.modern, zone: 7_200, clock: ServerClock(offset: 7_200, isCertain: true)) {
            live in
            live.simulator.world.advance(by: 7_200)
            _ = try await live.server.check()
            let events = try await live.table(.event)
            let row = try #require(events.refs.indices.first { events.text($0, "source") == "interface" })
            guard case .ref(let device, _) = events.value(row, .device) else { return }
            let log = try #require(try await live.server.log(of: device, since: Self.everything))
            let now = Int64(live.simulator.world.now)
            #expect(log.completeness == .complete && !log.entries.isEmpty)
            #expect(log.entries.allSatisfy { $0.time.seconds <= now && $0.isTimeCertain })
            #expect(log.entries.contains { $0.time.seconds == events.integer(row, .time) })
            let port = try #require(log.entries.lazy.compactMap(\.about).first)
            let own = try #require(try await live.server.log(of: port, since: Self.everything))
            #expect(!own.entries.isEmpty && own.entries.allSatisfy { $0.about == port })
            #expect(own.entries.count == log.entries.count { $0.about == port })
            let alert = try #require(try await live.table(.alert).refs.first)
            let story = try #require(try await live.server.log(of: alert, since: Self.everything))
            #expect(story.entries.contains { $0.type == "alert" && $0.words.hasPrefix("fired") })
        }
        try await withLiveServer(.release2016) { live in
            _ = try await live.server.check()
            #expect(live.server.loggedKinds.isEmpty)
            #expect(
                try await live.server.log(of: entity(.device, "1"), since: Self.everything) == nil)
            #expect(!live.simulator.arrivals().contains { $0.target.contains("/logs/") })
        }
    }
}
