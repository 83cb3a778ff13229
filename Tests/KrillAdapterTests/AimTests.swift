import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import KrillAdapter

@Suite("Krill: what is sent names what was asked for")
struct AimTests {
    private static let orders: [CommandKind] = [.acknowledge, .downtime, .recheck]
    private let note: [FieldKey: Value] = [.note: .text("seen"), "duration": .text("2 h")]

    /// Half an hour in, so that lines are down.
    private func darkWorld() -> World {
        let world = World(scale: 1_200)
        world.advance(by: 90)
        return world
    }

    private func handling(_ live: LiveKrill, _ name: String) async throws -> [Bool] {
        let host = String(name.prefix { $0 != "!" })
        let objects = try await live.server.objects([EntityRef(BackendID(0), .alert, id: name)])
        return [host, name].flatMap { name in
            objects[name].map { [$0.isAcknowledged, $0.isInDowntime] } ?? []
        }
    }

    /// An open alert of a service whose host is well.
    private func service(_ live: LiveKrill) async throws -> EntityRef {
        _ = try await live.table(.cpe)
        let alerts = try await live.table(.alert)
        let hosts = live.server.withMemory { $0.watch.hosts }
        let row = try #require(
            (0..<alerts.count).first {
                let parts = alerts.refs[$0].id.split(separator: "!")
                return parts.count == 2 && alerts.text($0, .state) == "open"
                    && hosts[String(parts[0])]?.isDown == false
            })
        return alerts.refs[row]
    }

    @Test(
        "an action on a service is done to the service and leaves its host alone, however a server names services",
        arguments: [KrillRelease.ServiceActions.inBody, .byName, .belowHost, .apart])
    func services(way: KrillRelease.ServiceActions) async throws {
        try await withLiveKrill(KrillRelease(serviceActions: way), world: darkWorld()) { live in
            _ = try await live.server.check()
            let target = try await service(live)
            for kind in Self.orders {
                let plan = try await live.server.prepare(Command(kind, [target], note))
                #expect(plan.steps.count == 1, "\(kind): \(plan.excluded)")
                let names = String(decoding: plan.steps.first?.request.body ?? [], as: UTF8.self)
                #expect(names.contains("service_name") == (way == .inBody))
                let outcomes = await live.perform(plan)
                #expect(outcomes.map(\.state) == [.verified], "\(kind): \(outcomes)")
            }
            #expect(try await handling(live, target.id) == [false, false, true, true])
        }
    }

    @Test(
        "where a server can't be told which service is meant, nothing is sent, in words; hosts are acted on as ever"
    )
    func refused() async throws {
        try await withLiveKrill(KrillRelease(serviceActions: .none), world: darkWorld()) { live in
            _ = try await live.server.check()
            let target = try await service(live)
            for kind in Self.orders {
                let plan = try await live.server.prepare(Command(kind, [target], note))
                #expect(plan.steps.isEmpty)
                #expect(plan.excluded.first?.words.contains("can't be told which service") == true)
            }
            #expect(live.commands == [])
            let alerts = try await live.table(.alert)
            let row = try #require(
                (0..<alerts.count).first {
                    !alerts.refs[$0].id.contains { "!:".contains($0) } && alerts.text($0, .state) == "open"
                })
            let plan = try await live.server.prepare(Command(.acknowledge, [alerts.refs[row]], note))
            #expect(await live.perform(plan).map(\.state) == [.verified])
        }
    }

    @Test(
        "what a server does not know is not sent: what it costs is said, and what was asked for on purpose refused"
    )
    func unknownFields() async throws {
        let release = KrillRelease(unknownFields: ["all_services", "sticky", "comment"])
        try await withLiveKrill(release, world: darkWorld()) { live in
            _ = try await live.server.check()
            let alerts = try await live.table(.alert)
            let row = try #require(
                (0..<alerts.count).first {
                    !alerts.refs[$0].id.contains { "!:".contains($0) } && alerts.text($0, .state) == "open"
                })
            let target = alerts.refs[row]
            let silence = try await live.server.prepare(Command(.downtime, [target], note))
            #expect(silence.warnings.contains { $0.contains("services are not silenced") })
            #expect(silence.warnings.contains { $0.contains("takes no note") })
            let body = String(decoding: silence.steps.first?.request.body ?? [], as: UTF8.self)
            #expect(body.contains("end_time") && !body.contains("all_services") && !body.contains("comment"))
            let sticky = try await live.server.prepare(
                Command(.acknowledge, [target], [.untilClear: .flag(true)]))
            #expect(
                sticky.steps.isEmpty && sticky.excluded.first?.words.contains("until the problem") == true)
            #expect(try await live.server.prepare(Command(.acknowledge, [target])).steps.count == 1)
        }
    }

    /// A host with a service, of which either may be acknowledged.
    private func scripted(host: Bool, service: Bool, number: Int64 = 7) -> ScriptedKrill.Script {
        @Sendable func attributes(_ isAcknowledged: Bool) -> [JSONTree.Member] {
            [
                .init("state", 1), .init("problem", 1), .init("acknowledged", isAcknowledged ? 1 : 0),
                .init("downtime", 0), .init("handled", isAcknowledged ? 1 : 0),
            ]
        }
        return { asked in
            if asked.method == .options {
                return .json(
                    ["actions": ["POST": ["comment": [:], "service_name": [:]]]],
                    headers: [Header("Allow", "POST, OPTIONS")])
            }
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/monitoring/hosts/met7/":
                return .json([
                    "type": "Host", "name": "met7",
                    "attrs": .object(
                        attributes(host) + [
                            .init(
                                "vars",
                                ["administrative_info": ["id": .integer(number), "actions": ["acknowledge"]]])
                        ]),
                    "joins": [
                        "services": [
                            [
                                "type": "Service", "name": "met7!dhcp",
                                "attrs": .object(attributes(service) + [.init("service_name", "dhcp")]),
                            ]
                        ]
                    ],
                ])
            case "/v2/isp/cpes/7/": return .json(["id": 7, "cpename": "met7", "internal_id": "met7"])
            default: return .status(404)
            }
        }
    }

    @Test(
        "a server that did it to the host is found out, whether the service has it too or not",
        arguments: [true, false])
    func foundOut(isDoneToBoth: Bool) async throws {
        let krill = ScriptedKrill(scripted(host: false, service: false))
        let server = KrillServer(krillSettings(), krill)
        server.withMemory { $0.offers = [.acknowledge] }
        let target = EntityRef(BackendID(0), .alert, id: "met7!dhcp")
        let plan = try await server.prepare(Command(.acknowledge, [target]))
        #expect(plan.steps.count == 1)
        krill.follow(scripted(host: true, service: isDoneToBoth))
        let outcome = await server.verify(plan, answers: [StepAnswer(target, .success(.json([:])))])
        #expect(outcome.map(\.state) == [isDoneToBoth ? .accepted : .failed])
        #expect(outcome[0].words.contains("its host met7 is acknowledged now, which was not asked for"))
    }

    @Test("a CPE is found by its own host alone: not by its number as a name, nor by a host of another CPE")
    func hostOfCPE() async throws {
        let krill = ScriptedKrill(scripted(host: false, service: false, number: 8))
        let server = KrillServer(krillSettings(), krill)
        server.withMemory { $0.offers = [.recheck] }
        let other = try await server.prepare(Command(.recheck, [EntityRef(BackendID(0), .cpe, id: 7)]))
        #expect(other.steps.isEmpty && other.excluded.first?.words.contains("belongs to CPE 8") == true)
        let gone = try await server.prepare(Command(.recheck, [EntityRef(BackendID(0), .cpe, id: 9)]))
        #expect(gone.steps.isEmpty)
        #expect(krill.count("GET /v2/monitoring/hosts/9/") == 0)
        krill.follow { asked in
            asked.path == "/v2/auth/login/"
                ? .json(["access": "opaque"]) : .json(["id": 585, "cpename": "met585"])
        }
        await #expect(throws: BackendError.self) {
            _ = try await server.prepare(Command(.rebootCPE, [EntityRef(BackendID(0), .cpe, id: 7)]))
        }
    }

    @Test("of several sessions the newest is cut, the others are named, and its own number is the evidence")
    func sessions() async throws {
        let open = Mutex<[JSONTree]>([])
        func session(_ id: String, _ start: String) -> JSONTree {
            [
                "acctuniqueid": .string(id), "username": "a@isp", "krillcpename": "met7",
                "acctstarttime": .string(start), "acctstoptime": nil,
            ]
        }
        open.withLock {
            $0 = [session("old", "2026-11-20T01:00:00Z"), session("new", "2026-11-21T01:00:00Z")]
        }
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/oratio/accounting/":
                let rows = open.withLock { $0 }
                return .page(rows, of: rows.count)
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let target = EntityRef(BackendID(0), .session, id: "a@isp")
        let plan = try await server.prepare(Command(.disconnectPPPoE, [target]))
        #expect(plan.steps.map(\.request.target) == ["/v2/oratio/accounting/new/disconnect/"])
        #expect(plan.warnings.contains { $0.contains("2 sessions") })
        let answers = [StepAnswer(target, .success(.json([:])))]
        #expect(await server.verify(plan, answers: answers).map(\.state) == [.failed])
        open.withLock { $0 = [session("old", "2026-11-20T01:00:00Z")] }
        #expect(await server.verify(plan, answers: answers).map(\.state) == [.verified])
    }

    @Test(
        "an ONU is enabled for a CPE only where the server can be told for which", arguments: [true, false])
    func enabling(isKnown: Bool) async throws {
        let krill = ScriptedKrill { asked in
            switch asked.description {
            case "POST /v2/auth/login/": return .json(["access": "opaque"])
            case "GET /v2/gpon/unconfigured/": return .json([["id": 4, "serial_number": "48575443"]])
            case "GET /v2/isp/cpes/7/": return .json(["id": 7, "cpename": "met7"])
            case "OPTIONS /v2/gpon/unconfigured/4/enable/":
                return .json(
                    ["actions": ["POST": isKnown ? ["cpe": [:]] : ["force": [:]]]],
                    headers: [Header("Allow", "POST, OPTIONS")])
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let target = EntityRef(BackendID(0), .unconfigured, id: "4")
        let plan = try await server.prepare(Command(.enableONU, [target], ["cpe": .text("7")]))
        #expect(plan.steps.count == (isKnown ? 1 : 0))
        #expect(try await server.prepare(Command(.enableONU, [target])).steps.count == 1)
    }
}
