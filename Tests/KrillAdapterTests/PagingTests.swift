import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import KrillAdapter

@Suite("Krill over HTTP: long lists")
struct PagingTests {
    @Test(
        "a list comes by bounded parallel pages, the first before the rest, each row once, next never followed"
    )
    func pages() async throws {
        try await withLiveKrill(world: World(scale: 1_200, extent: Extent(lines: 3_200))) { live in
            let sink = MergingSink()
            let words = Mutex<[String]>([])
            let completeness = try await live.server.readCPEs { table, page in
                sink.add(table, covering: page.coverage)
                words.withLock { $0.append(page.words("CPEs")) }
            }
            #expect(completeness == .complete)
            #expect(sink.table.count == 3_200 && sink.rows == 3_200)
            #expect(words.withLock { $0.first } == "500 of 3,200 CPEs")
            #expect(words.withLock { $0.last } == "3,200 of 3,200 CPEs")
            #expect(live.count("/v2/isp/cpes/") == 7)
            let targets = live.simulator.arrivals().map(\.target).filter { $0.contains("isp/cpes") }
            #expect(targets.allSatisfy { $0.contains("limit=500") && $0.contains("attrs=id") })
            #expect(!targets.contains { $0.contains("password") })
        }
    }

    @Test("a server that gives fewer rows than asked is asked in its own steps")
    func capped() async throws {
        try await withLiveKrill(KrillRelease(mostPerPage: 100)) { live in
            let table = try await live.table(.customer)
            #expect(table.count == Set(table.refs).count && table.count > 300)
            #expect(live.count("/v2/isp/customers/") == (table.count + 99) / 100)
        }
    }

    @Test("a list of several pages says that rows may have moved between them; a session is gone at once")
    func slices() async throws {
        let world = World(scale: 1_200, extent: Extent(lines: 90))
        for (most, expected) in [(25, Coverage.slice), (500, .page)] {
            try await withLiveKrill(KrillRelease(mostPerPage: most), world: world) { live in
                for kind: ResourceKind in [.customer, .onu, .cpe] {
                    let sink = MergingSink()
                    #expect(try await live.server.refresh(Query(kind), into: sink) == .complete)
                    #expect(sink.coverages.first == expected, "\(kind) by \(most)")
                    #expect(sink.coverages.contains(.slice) == (expected == .slice))
                }
                let sink = MergingSink()
                _ = try await live.server.refresh(Query(.session), into: sink)
                #expect(Set(sink.coverages) == [.page])
            }
        }
    }

    @Test(
        "a token that expires in the middle of parallel paging costs one refresh: nothing is lost, no row comes twice"
    )
    func expiry() async throws {
        let world = World(scale: 1_200, extent: Extent(lines: 4_000))
        try await withLiveKrill(KrillRelease(accessUses: 4), world: world) { live in
            let sink = MergingSink()
            let completeness = try await live.server.readCPEs { table, _ in sink.add(table, covering: .page) }
            #expect(completeness == .complete)
            #expect(sink.table.count == 4_000 && sink.rows == 4_000)
            #expect(live.count("/v2/auth/login/") == 1)
            // Eight pages by tokens that are good for four: one refresh.
            #expect(live.count("/v2/auth/refresh/") == 1)
        }
    }

    @Test("refresh refused: one login; the login refused too: nothing more is asked")
    func refused() async throws {
        try await withLiveKrill(KrillRelease(accessUses: 3, refusesRefresh: true)) { live in
            let table = try await live.table(.customer)
            #expect(table.count > 0)
            let logins = live.count("/v2/auth/login/")
            #expect(logins >= 1 && logins <= 1 + live.count("/v2/auth/refresh/"))
        }
    }

    @Test("everything that is asked for at once shares the two long lists")
    func sharing() async throws {
        try await withLiveKrill { live in
            let kinds: [ResourceKind] = [.cpe, .pon, .onu, .customer, .device, .alert]
            let failures = await withTaskGroup(of: String?.self) { group in
                for kind in kinds {
                    group.addTask {
                        do throws(BackendError) {
                            return try await live.table(kind).count > 0 ? nil : "no \(kind)"
                        } catch {
                            return "\(kind): \(error.words)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
            }
            #expect(failures == [])
            let targets = live.simulator.arrivals().map(\.target)
            #expect(targets.count { $0.contains("isp/cpes/") && !$0.contains("offset") } == 1)
            #expect(targets.count { $0.hasSuffix("search/?type=Host&limit=500") } == 1)
            #expect(live.count("/v2/auth/login/") == 1)
        }
    }

    @Test("a page that fails leaves the others, and says what is missing")
    func broken() async throws {
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/isp/customers/":
                let offset = asked.query["offset"].flatMap { Int64($0) } ?? 0
                if offset == 4 { return .status(502) }
                return .page((0..<2).map { ["id": .integer(offset + $0), "name": "x"] }, of: 8)
            case "/v2/isp/cpes/": return .page([["id": 1, "cpename": "a"]], of: 1)
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let sink = MergingSink()
        let completeness = try await server.refresh(Query(.customer), into: sink)
        #expect(sink.table.count == 6)
        guard case .partial(let words) = completeness else {
            Issue.record("it is complete")
            return
        }
        #expect(words.hasPrefix("6 of 8 customers"))
    }

    @Test(
        "what ends or begins while a list is read costs a second look, and no row",
        arguments: [[2, 3, 4, 5], [0, 1, 2, 3, 4, 5]])
    func slipped(later: [Int]) async throws {
        let looks = Mutex(0)
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/oratio/accounting/":
                let offset = asked.query["offset"].flatMap { Int($0) } ?? 0
                let all = looks.withLock { looks in
                    looks += 1
                    return looks == 1 ? [1, 2, 3, 4, 5] : later
                }
                let rows = all.dropFirst(offset).prefix(2).map { number -> JSONTree in
                    [
                        "acctuniqueid": .string("s\(number)"), "username": .string("u\(number)"),
                        "acctstoptime": nil,
                    ]
                }
                return .page(rows, of: all.count)
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let sink = MergingSink()
        let completeness = try await server.refresh(Query(.session), into: sink)
        #expect(completeness == .complete)
        #expect(Set(sink.table.refs.map(\.id)).isSuperset(of: later.map { "u\($0)" }))
        #expect(sink.table.refs.count == Set(sink.table.refs).count)
        #expect((5...6).contains(krill.count("GET /v2/oratio/accounting/")))
    }

    @Test("a list that moves while it is read is not called complete")
    func moving() async throws {
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/isp/customers/":
                // A row before the second page was deleted: the third row slipped to the first page.
                let offset = asked.query["offset"].flatMap { Int64($0) } ?? 0
                let rows: [Int64] = offset == 0 ? [1, 2] : offset == 2 ? [4, 5] : []
                return .page(rows.map { ["id": .integer($0), "name": "x"] }, of: 5)
            case "/v2/isp/cpes/": return .json([["id": 1, "cpename": "a"]])
            case "/v2/monitoring/search/": return .page([], of: 0)
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let completeness = try await server.refresh(Query(.customer), into: MergingSink())
        #expect(completeness == .partial("4 of 5 customers: the list moved while it was read"))
    }

    @Test("with API v1 alone there are CPEs, customers and telephone lines from bare lists, and nothing else")
    func old() async throws {
        try await withLiveKrill(.v1Only) { live in
            let info = try await live.server.check()
            #expect(info.product == "Krill, API v1")
            #expect(live.server.commands.isEmpty && live.server.liveKinds.isEmpty)
            for kind in live.server.resources.map(\.kind) {
                let table = try await live.table(kind)
                #expect(table.count > 0, "\(kind)")
                _ = try await live.server.detail(of: try #require(table.refs.first))
            }
            #expect(live.count("/cpes/") > 0 && live.count("/customers/") > 0 && live.count("/potses/") > 0)
            #expect(live.count("/v2/monitoring/search/") == 0)
        }
    }

    @Test("a page that says that there are more, and not how many, is no whole list")
    func uncounted() async throws {
        let krill = ScriptedKrill { asked in
            asked.path == "/v2/auth/login/"
                ? .json(["access": "opaque"])
                : .json(["next": "http://pre1:4280/x/?offset=1", "results": [["id": 1, "lineid": "met1-1"]]])
        }
        let server = KrillServer(krillSettings(), krill)
        let completeness = try await server.refresh(Query(.pots), into: MergingSink())
        #expect(
            completeness == .partial("the first telephone lines: the server does not say how many there are"))
    }
}
