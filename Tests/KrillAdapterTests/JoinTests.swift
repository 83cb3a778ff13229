import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import KrillAdapter

@Suite("Krill: what is joined is as fresh as what it is joined of")
struct JoinTests {
    private func lists(_ table: Table) -> [EntityRef: String] {
        Dictionary(uniqueKeysWithValues: table.refs.indices.map { (table.refs[$0], table.text($0, .status)) })
    }

    /// Half an hour in, so that a PON has gone dark.
    private func darkWorld() -> World {
        let world = World(scale: 1_200, extent: Extent(lines: 600))
        world.advance(by: 90)
        return world
    }

    @Test("each list alone, read by a process that read nothing else, says what all of them together say")
    func alone() async throws {
        let world = darkWorld()
        var alone: [ResourceKind: [EntityRef: String]] = [:]
        let kinds: [ResourceKind] = [.cpe, .customer, .device]
        for kind in kinds {
            try await withLiveKrill(world: world) { live in
                let sink = MergingSink()
                let arrived = try await live.server.refresh(Query(kind), into: sink)
                #expect(arrived == .complete && sink.table.decidedness == .complete, "\(kind)")
                alone[kind] = lists(sink.table)
            }
        }
        try await withLiveKrill(world: world) { live in
            for kind in [ResourceKind.alert, .session, .pots] { _ = try await live.table(kind) }
            for kind in kinds {
                let table = try await live.table(kind)
                #expect(lists(table) == alone[kind], "\(kind)")
            }
            let failing = live.server.withMemory { $0.watch.servicesByHost }
            let cpes = try await live.table(.cpe)
            let failingCPEs = cpes.rows { failing[cpes.text($0, "host_name")]?.isEmpty == false }
            #expect(failingCPEs.count > 5)
            #expect(!failingCPEs.contains { cpes.text($0, .status) == "up" })
        }
    }

    @Test("when a PON goes dark, its CPEs, ONUs and customers are down with the next look at what is wrong")
    func dark() async throws {
        let world = World(scale: 1_200, extent: Extent(lines: 600))
        try await withLiveKrill(world: world) { live in
            let kinds: [ResourceKind] = [.cpe, .onu, .customer]
            for kind in kinds { _ = try await live.table(kind) }
            world.advance(by: 90)
            _ = try await live.table(.alert)
            live.simulator.forgetArrivals()
            var changed: [ResourceKind: Table] = [:]
            for kind in kinds { changed[kind] = try await live.table(kind, .changes) }
            // The alerts were just read: nothing has to be asked for.
            #expect(live.simulator.arrivals().isEmpty)
            let down = Set(
                live.server.withMemory { memory in
                    memory.watch.hosts.values.filter(\.isDown).compactMap { memory.cpe(ofHost: $0.name) }
                })
            let cpes = try #require(changed[.cpe])
            #expect(cpes.refs.contains { Int64($0.id).map { down.contains($0) } == true })
            let onus = try #require(changed[.onu])
            #expect(onus.count > 0)
            for row in 0..<onus.count {
                let isDown = Int64(onus.refs[row].id).map { down.contains($0) } == true
                #expect((onus.text(row, "oper") == "down") == isDown, "\(onus.refs[row])")
            }
            let customers = try #require(changed[.customer])
            #expect(customers.rows { (customers.integer($0, "cpes_down") ?? 0) > 0 }.count > 3)
            let again = try await live.table(.customer, .changes)
            #expect(again.count == 0)
        }
    }

    private func scripted(
        services: @escaping @Sendable () -> Response, cpes: @escaping @Sendable () -> Response
    ) -> ScriptedKrill {
        ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/isp/cpes/": return cpes()
            case "/v2/isp/customers/": return .page([["id": 3, "name": "Ana"]], of: 1)
            case "/v2/monitoring/search/":
                if asked.query["type"] == "Service" { return services() }
                if asked.query["problem"] != nil { return .page([], of: 0) }
                return .page(
                    [
                        [
                            "type": "Host", "name": "met7",
                            "attrs": [
                                "state": 0, "problem": 0,
                                "vars": ["type": "cpe", "administrative_info": ["id": 7]],
                            ],
                        ]
                    ], of: 1)
            default: return .status(404)
            }
        }
    }

    private static let cpe: JSONTree = [
        "id": 7, "cpename": "met7", "customer": 3, "access": true, "active": true,
    ]

    @Test("a status that is made without one of its lists is empty, and says which is missing")
    func withoutServices() async throws {
        let server = KrillServer(
            krillSettings(),
            scripted(services: { .status(502) }, cpes: { .page([Self.cpe], of: 1) }))
        for kind: ResourceKind in [.cpe, .customer] {
            let sink = MergingSink()
            let arrived = try await server.refresh(Query(kind), into: sink)
            #expect(sink.table.count == 1 && sink.table.value(0, .status).isNone, "\(kind)")
            guard case .partial(let words) = arrived else {
                Issue.record("\(kind) are complete")
                continue
            }
            #expect(words.contains("missing"))
        }
        #expect(try await server.refresh(Query(.device), into: MergingSink()) != .complete)
    }

    @Test("of a part of the CPEs nothing is counted, and a customer is not called well")
    func partOfCPEs() async throws {
        let isWhole = Mutex(false)
        let server = KrillServer(
            krillSettings(),
            scripted(
                services: { .page([], of: 0) },
                cpes: { .page([Self.cpe], of: isWhole.withLock { $0 } ? 1 : 2) }))
        let sink = MergingSink()
        #expect(try await server.refresh(Query(.customer), into: sink) != .complete)
        #expect(sink.table.count == 1)
        #expect(sink.table.value(0, "cpes").isNone && sink.table.value(0, .status).isNone)
    }
}
