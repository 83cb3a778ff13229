import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill: what happened to a line")
struct LogTests {
    private static let cpe = EntityRef(BackendID(0), .cpe, id: "7")
    private static let everything = Timestamp(0)

    private static func event(_ start: String, _ end: JSONTree = nil, _ words: String) -> JSONTree {
        [
            "source": "provisioner", "type": "registration", "start_time": .string(start), "end_time": end,
            "data": ["text": .string(words), "password": "s3cret"],
        ]
    }

    private static func server(
        events: Response = .page([], of: 0), logs: Response = .json([])
    ) -> (KrillServer, ScriptedKrill) {
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": .json(["access": "opaque"])
            case "/v2/isp/cpes/7/events/": events
            case "/v2/isp/cpes/7/logs/": logs
            case "/v2/isp/cpes/": .page([], of: 0)
            default: .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        server.withMemory { $0.version = .v2 }
        return (server, krill)
    }

    private func words(_ completeness: Completeness?) -> String {
        if case .partial(let words)? = completeness { words } else { "" }
    }

    @Test("events and lines of a CPE are one log in order of time, clean and without secrets")
    func merged() async throws {
        let (server, krill) = Self.server(
            events: .page(
                [
                    Self.event("2026-11-21T03:00:00+01:00", "2026-11-21T03:12:00+01:00", "lo\u{1B}si"),
                    Self.event("2026-11-21T01:00:00+01:00", nil, "dyinggasp"),
                ], of: 2),
            logs: .json([
                ["time": "2026-11-21T01:30:00Z", "program": "dhcp", "message": "lease\n10.0.0.1"]
            ]))
        let log = try #require(try await server.log(of: Self.cpe, since: Self.everything))
        #expect(
            log.entries.map(\.words) == [
                "registration: losi, for 12m", "lease 10.0.0.1", "registration: dyinggasp",
            ])
        #expect(log.entries.map(\.type) == ["provisioner", "dhcp", "provisioner"])
        #expect(log.entries.first?.time == Timestamp(1_795_226_400) && log.completeness == .complete)
        #expect(log.entries.allSatisfy { $0.isTimeCertain && $0.severity == .unknown } && !log.isCut)
        #expect(!"\(log)".contains("s3cret"))
        let asked = krill.asked.filter { $0.path.hasPrefix("/v2/isp/cpes/7/") }
        #expect(asked.map(\.query["limit"]) == ["100", "100"] && asked.first?.query["sort"] == "-start_time")
        let onu = try await server.log(of: EntityRef(BackendID(0), .onu, id: "7"), since: Self.everything)
        #expect(onu == log)
    }

    @Test("an alert has the log of the CPE that its host is; that of another host is not known")
    func alerts() async throws {
        let (server, krill) = Self.server(
            events: .page([Self.event("2026-11-21T01:00:00Z", nil, "losi")], of: 1))
        let row = #"{"id":7,"internal_id":"met00007","cpename":"met00007","access":true,"active":true}"#
        let cpe = try #require(CPE(try JSONDocument(row).root))
        server.withMemory { $0.watch.take([cpe]) }
        for id in ["met00007", "met00007!txrx"] {
            let log = try await server.log(
                of: EntityRef(BackendID(0), .alert, id: id), since: Self.everything)
            #expect(log?.entries.count == 1)
        }
        let before = krill.asked.count
        for id in ["OLT01", "pon:OLT01-0/3/9"] {
            let log = try await server.log(
                of: EntityRef(BackendID(0), .alert, id: id), since: Self.everything)
            #expect(log == nil)
        }
        let device = EntityRef(BackendID(0), .device, id: "OLT01")
        #expect(try await server.log(of: device, since: Self.everything) == nil)
        #expect(krill.asked.count == before)
    }

    @Test("a server without both paths keeps no log; with one of them that is all of it")
    func absent() async throws {
        let (none, _) = Self.server(events: .status(404), logs: .status(404))
        #expect(try await none.log(of: Self.cpe, since: Self.everything) == nil)
        let (half, _) = Self.server(
            events: .status(404), logs: .json([["time": "2026-11-21T01:30:00Z", "message": "hello"]]))
        let log = try await half.log(of: Self.cpe, since: Self.everything)
        #expect(log?.entries.map(\.words) == ["hello"] && log?.completeness == .complete)
    }

    @Test("API v1 has no log, and is not asked; before the probe nothing is offered")
    func old() async throws {
        let (server, krill) = Self.server()
        server.withMemory { $0.version = .v1 }
        #expect(server.loggedKinds.isEmpty)
        #expect(try await server.log(of: Self.cpe, since: Self.everything) == nil)
        server.withMemory { $0.version = nil }
        #expect(server.loggedKinds.isEmpty && krill.asked.isEmpty)
        server.withMemory { $0.version = .v2 }
        #expect(server.loggedKinds == [.cpe, .onu, .alert])
    }

    @Test(
        "one that can't be read leaves the other and says so; both are an error, never an empty log",
        arguments: [
            (Response.status(403), BackendError.Kind.forbidden), (.status(500), .server),
            (
                Response(
                    status: 200, headers: [Header("Content-Type", "text/html")],
                    body: Body(Array("<html>".utf8))), .invalid
            ),
            (.json(["hello": "world"]), .invalid),
            (Response(status: 200, headers: [], body: Body(Array(#"{"results":["#.utf8))), .invalid),
        ])
    func faults(answer: Response, kind: BackendError.Kind) async throws {
        let (half, _) = Self.server(
            events: .page([Self.event("2026-11-21T01:00:00Z", nil, "losi")], of: 1), logs: answer)
        let log = try await half.log(of: Self.cpe, since: Self.everything)
        #expect(log?.entries.count == 1 && words(log?.completeness).contains("its logs can't be read"))
        let (none, _) = Self.server(events: answer, logs: answer)
        do {
            _ = try await none.log(of: Self.cpe, since: Self.everything)
            Issue.record("there is a log")
        } catch {
            #expect(error.kind == kind, "\(error.words)")
        }
    }

    @Test("rows without a time make it partial; a time without a zone is marked")
    func times() async throws {
        let (server, _) = Self.server(
            events: .page(
                [Self.event("2026-11-21 01:00:00", nil, "no zone"), Self.event("soon", nil, "no time")], of: 2
            ),
            logs: .json(["a bare line", ["message": "no time"]]))
        let log = try await server.log(of: Self.cpe, since: Self.everything)
        #expect(log?.entries.map(\.words) == ["registration: no zone"])
        #expect(log?.entries.first?.isTimeCertain == false)
        #expect(words(log?.completeness) == "1 events without \"start_time\"; 2 lines without \"time\"")
    }

    @Test("more than was read is said, as is a server that gives the oldest first")
    func more() async throws {
        let rows = [
            Self.event("2026-11-21T02:00:00Z", nil, "b"), Self.event("2026-11-21T01:00:00Z", nil, "a"),
        ]
        let (server, _) = Self.server(events: .page(rows, of: 40))
        let log = try await server.log(of: Self.cpe, since: Self.everything)
        #expect(log?.isCut == true && log?.begins == Timestamp(1_795_222_800))
        #expect(log?.completeness == .complete)
        let (other, _) = Self.server(events: .page(rows.reversed(), of: 40))
        let oldest = try await other.log(of: Self.cpe, since: Self.everything)
        #expect(
            oldest?.isCut == true && oldest?.begins == nil && words(oldest?.completeness).contains("oldest"))
    }

    @Test("over HTTP: a line that was cut has a log of it in order, by declared reads alone")
    func live() async throws {
        try await withLiveKrill { live in
            _ = try await live.server.check()
            let table = try await live.table(.cpe)
            let down = try #require(
                table.refs.indices.first { table.text($0, .status) == DeviceStatus.down.rawValue })
            let log = try #require(
                try await live.server.log(of: table.refs[down], since: Self.everything))
            #expect(log.completeness == .complete && !log.entries.isEmpty)
            #expect(log.entries.allSatisfy { $0.isTimeCertain && $0.time.seconds <= Int64(live.world.now) })
        }
    }
}
