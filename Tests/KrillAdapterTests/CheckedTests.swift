import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill: which devices there are, and when the server itself looked at them")
struct CheckedTests {
    private static let clock = TestClock()

    private static func moment(ago seconds: Int64) -> JSONTree {
        let fields = CivilTime.fields(Timestamp(clock.now.seconds - seconds), offset: 0).text
        return .string(fields.replacing(" ", with: "T") + "+00:00")
    }

    /// A host that is up.
    private static func host(_ name: String, _ more: [JSONTree.Member], impact: Int64 = 3) -> JSONTree {
        let own: [JSONTree.Member] = [
            .init("host_name", .string(name)), .init("service_name", ""), .init("state", 0),
            .init("problem", 0), .init("handled", 0), .init("acknowledged", 0), .init("downtime", 0),
            .init("business_impact", .integer(impact)), .init("vars", ["type": "olt"]),
        ]
        return ["type": "Host", "name": .string(name), "attrs": .object(own + more), "joins": [:]]
    }

    /// A server that filters by impact, as the adapter asks it to.
    private static func server(
        _ network: [JSONTree], lesser: [JSONTree] = []
    ) -> (server: KrillServer, krill: ScriptedKrill) {
        let krill = ScriptedKrill { asked in
            if asked.path == "/v2/auth/login/" { return .json(["access": "opaque"]) }
            guard asked.path == "/v2/monitoring/search/", asked.query["type"] == "Host",
                asked.query["problem"] == nil
            else { return .page([], of: 0) }
            let rows = asked.query["business_impact__gte"] == nil ? network + lesser : network
            return .page(rows, of: rows.count)
        }
        return (KrillServer(krillSettings(clock), krill), krill)
    }

    private static func late(_ table: Table) -> Polling.Late? { Polling(of: [table]).late(at: clock.now) }

    private static func devices(_ server: KrillServer) async throws -> Table {
        let sink = MergingSink()
        let arrived = try await server.refresh(Query(.device), into: sink)
        #expect(arrived == .complete)
        return sink.table
    }

    @Test("devices whose checks are due for three intervals are late, by the interval or by the next check")
    func dead() async throws {
        let old: [JSONTree.Member] = [.init("last_check", Self.moment(ago: 21_600))]
        let rows = [
            Self.host("by-interval", old + [.init("check_interval", 60)]),
            Self.host("by-next", old + [.init("next_check", Self.moment(ago: 21_300))]),
            Self.host(
                "alive",
                [
                    .init("last_check", Self.moment(ago: 30)), .init("check_interval", 60),
                    .init("next_check", Self.moment(ago: -30)),
                ]),
            // What it is told by others has no time at which it is due.
            Self.host("told", old + [.init("check_interval", 60), .init("enable_active_checks", 0)]),
            Self.host("daily", old + [.init("check_interval", 86_400)]),
        ]
        let table = try await Self.devices(Self.server(rows).server)
        #expect(Self.late(table)?.words == "2 of 5 devices not polled for 6h")
    }

    @Test("where no host says when it was checked, those that say how often are late, and others are not")
    func silent() async throws {
        let silent = try await Self.devices(
            Self.server([Self.host("a", [.init("check_interval", 60)])]).server)
        #expect(Self.late(silent)?.words == "1 of 1 devices do not say when they were polled")
        let nothing = try await Self.devices(Self.server([Self.host("a", [])]).server)
        #expect(Self.late(nothing) == nil)
    }

    @Test("a device of less impact is listed as well, and is not late by rows that are read seldom")
    func lesser() async throws {
        let checked: [JSONTree.Member] = [
            .init("last_check", Self.moment(ago: 600)), .init("check_interval", 60),
        ]
        let (server, krill) = Self.server(
            [Self.host("core", [])],
            lesser: [
                Self.host("closet", checked, impact: 1), Self.host("lab", checked, impact: 0),
                Self.host("daily", [.init("check_interval", 86_400)], impact: 1),
            ])
        let table = try await Self.devices(server)
        #expect(table.refs.map(\.id).sorted() == ["closet", "core", "daily", "lab"])
        #expect(Self.late(table) == nil)
        let daily = try #require(table.refs.firstIndex { $0.id == "daily" })
        #expect(table.integer(daily, .pollInterval) == 86_400)
        // The list of all hosts is long, so that the next refresh does without.
        func whole() -> Int {
            krill.asked.count { $0.query["problem"] == nil && $0.query["business_impact__gte"] == nil }
        }
        let before = whole()
        #expect(try await Self.devices(server).count == 4)
        #expect(whole() == before)
    }

    @Test(
        "the lists of a healthy server are whole, and each row says what decides: an open session has no end")
    func healthy() async throws {
        try await withLiveKrill(world: World(scale: 300)) { live in
            for resource in live.server.resources {
                let sink = MergingSink()
                let arrived = try await live.server.refresh(Query(resource.kind, isOnce: true), into: sink)
                #expect(arrived == .complete, "\(resource.kind)")
                #expect(sink.table.decidedness == .complete, "\(resource.kind)")
                if resource.kind == .session {
                    #expect(sink.table.rows { sink.table.text($0, .status) != "up" }.isEmpty)
                }
            }
        }
    }

    @Test(
        "who asks once for sessions or telephone lines is told whose they are",
        arguments: ["session", "pots"])
    func owners(kind: ResourceKind) async throws {
        try await withLiveKrill(world: World(scale: 300)) { live in
            let sink = MergingSink()
            let arrived = try await live.server.refresh(Query(kind, isOnce: true), into: sink)
            #expect(arrived == .complete)
            let table = sink.table
            #expect(table.count > 5)
            for row in 0..<table.count {
                guard case .ref(let customer, let name) = table.value(row, .customer) else {
                    Issue.record("\(table.refs[row]) has no customer")
                    return
                }
                #expect(customer.kind == .customer && !name.hasPrefix("customer "))
            }
        }
    }

    @Test("the detail of a session names its CPE and its customer, whatever was read before")
    func ownerInDetail() async throws {
        try await withLiveKrill(world: World(scale: 300)) { live in
            let sessions = try await live.table(.session)
            let session = try #require(sessions.refs.first)
            let detail = try await live.server.detail(of: session)
            let linked = detail.sections.flatMap(\.lines).compactMap { line -> ResourceKind? in
                if case .ref(let entity, let name) = line.value, !name.hasPrefix("customer ") {
                    entity.kind
                } else {
                    nil
                }
            }
            #expect(linked == [.cpe, .customer])
        }
    }
}
