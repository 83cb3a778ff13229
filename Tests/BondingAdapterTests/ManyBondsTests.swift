import AdapterKit
import Domain
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: 2,000 bonds with 6,000 legs")
struct ManyBondsTests {
    private func world() -> World {
        World(scale: 2_400, withOddities: false, extent: Extent(bonds: 2_000))
    }

    /// The reads of one cycle of every resource, by their path.
    private func cycle(_ live: LiveBonding) async throws -> [String: Int] {
        let before = live.reads.count
        for kind in live.server.resources.map(\.kind) { _ = try await live.server.table(kind) }
        var counts: [String: Int] = [:]
        for target in live.reads[before...] {
            counts[String(target.prefix { $0 != "?" }), default: 0] += 1
        }
        return counts
    }

    @Test(
        "a cycle reads each list once, whatever the number of bonds, and histories of the few that are down")
    func bare() async throws {
        try await withLiveServer(world: world()) { live in
            _ = try await live.server.check()
            let first = try await cycle(live)
            let bonds = try await live.server.table(.bond)
            let legs = try await live.server.table(.leg)
            #expect(bonds.count == 2_000)
            #expect((5_000...7_000).contains(legs.count))
            let histories = first.filter { $0.key.hasSuffix("/state_history/") }
            let named = first.filter { $0.key.hasSuffix("/legs/") }
            #expect(histories.count <= 16)
            #expect(named.count <= 16)
            #expect(
                first.filter { histories[$0.key] == nil && named[$0.key] == nil } == [
                    "/v3/bonds/": 1, "/v3/aggregators/": 1, "/v3/bonders/": 1, "/v3/spaces/": 1,
                    "/v3/system/status/configupdates/": 2, "/v3/system/versions/": 1,
                ])
        }
    }

    @Test("in envelopes a list costs a request a page, and nothing else changes")
    func enveloped() async throws {
        try await withLiveServer(.v3Enveloped, world: world()) { live in
            _ = try await live.server.check()
            let counts = try await cycle(live)
            #expect(counts["/v3/bonds/"] == 20)
            #expect(counts["/v3/bonders/"] == 20)
            #expect(try await live.server.table(.bond).count == 2_000)
        }
    }

    @Test("what takes a request per bond is read for what is looked at alone")
    func focus() async throws {
        try await withLiveServer { live in
            let bonds = try await live.server.table(.bond).refs
            let before = live.reads.count
            let legs = try await live.server.table(.leg, focus: Array(bonds[4..<7]))
            let asked = live.reads[before...].filter { $0.hasSuffix("/legs/") }
            #expect(Set(asked) == Set(bonds[4..<7].map { "/v3/bonds/\($0.id)/legs/" }))
            let known = legs.refs.indices.count { !legs.text($0, "admin").isEmpty }
            #expect((3...12).contains(known))
            let again = live.reads.count
            _ = try await live.server.table(.leg, focus: Array(bonds[4..<7]))
            #expect(!live.reads[again...].contains { $0.hasSuffix("/legs/") })
        }
    }
}
