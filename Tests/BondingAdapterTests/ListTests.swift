import AdapterKit
import Domain
import HTTP
import Testing

@testable import BondingAdapter

@Suite("Bonding: bonds, legs, nodes and alerts from lists")
struct ListTests {
    private func fake(pageSize: Int? = nil) -> FakeBonding {
        let fake = FakeBonding(pageSize: pageSize)
        fake.setAggregators()
        fake["/v3/bonds/"] =
            "["
            + [
                FakeBonding.bond(1, legs: [(11, "up"), (12, "up")], current: 1),
                FakeBonding.bond(2, legs: [(21, "up"), (22, "down")], current: 1),
                FakeBonding.bond(3, legs: [(31, "down")], current: 1),
                FakeBonding.bond(4, legs: [(41, "up"), (42, "wobbly")], current: 2),
                FakeBonding.bond(5, legs: [(51, "up"), (52, "idle")], current: 1),
            ].joined(separator: ",") + "]"
        fake["/v3/bonders/"] =
            #"[{"id":101,"name":"site-1","status":"up","username":"root","password":"ssh-pw"}]"#
        return fake
    }

    @Test(
        "a bond's status follows from its legs, and an unknown word never counts as up", arguments: [nil, 2])
    func statuses(pageSize: Int?) async throws {
        let table = try await fake(pageSize: pageSize).server().table(.bond)
        #expect(table.count == 5)
        #expect((1...5).map { table.word("\($0)", .status) } == ["up", "degraded", "down", "", "up"])
        #expect((1...5).map { table.number("\($0)", .legsUp) } == [2, 1, 0, 1, 1])
        #expect((1...5).map { table.number("\($0)", .legsTotal) } == [2, 2, 1, 2, 2])
        #expect(table.word("2", .legs) == "up down")
        #expect(table.word("4", .legs) == "up unknown")
        #expect(table.word("1", .name) == "site-1")
        #expect(table.word("1", .customer) == "Acme")
        #expect(table.word("1", .aggregator) == "agg-a")
        #expect(table.number("4", .failedOver) == 1)
        #expect(table.number("1", .failedOver) == 0)
    }

    @Test("all resources of a cycle share one answer per list, and asking again asks again")
    func requests() async throws {
        let fake = fake()
        let server = fake.server()
        _ = try await server.check()
        fake.forget()
        for kind in [ResourceKind.bond, .leg, .alert, .aggregator, .bonder] {
            _ = try await server.table(kind)
        }
        #expect(fake.asked.count { $0 == "GET /v3/bonds/" } == 1)
        #expect(fake.asked.count { $0 == "GET /v3/aggregators/" } == 1)
        #expect(fake.asked.count { $0 == "GET /v3/bonders/" } == 1)
        fake.forget()
        _ = try await server.table(.bond)
        #expect(fake.asked == ["GET /v3/bonds/", "GET /v3/aggregators/"])
    }

    @Test("tasks that ask while the list is read wait for the same answer")
    func coalesced() async throws {
        let fake = fake()
        let server = fake.server()
        _ = try await server.check()
        try await withThrowingTaskGroup(of: Int.self) { group in
            for kind in [ResourceKind.bond, .leg, .alert, .aggregator] {
                group.addTask { try await server.table(kind).count }
            }
            var counts: [Int] = []
            for try await count in group { counts.append(count) }
            #expect(counts.count == 4)
        }
        #expect(fake.asked.count { $0 == "GET /v3/bonds/" } == 1)
    }

    @Test("where bonds do not say which aggregator they are on, each aggregator is asked once")
    func current() async throws {
        let fake = FakeBonding()
        fake.setAggregators()
        fake["/v3/bonds/"] =
            "[\(FakeBonding.bond(1, legs: [(11, "up")])),\(FakeBonding.bond(2, legs: [(21, "up")]))]"
        fake["/v3/aggregators/1/bonds_current/"] = #"[{"id":1}]"#
        fake["/v3/aggregators/2/bonds_current/"] = #"[{"url":"https://ba/api/v3/bonds/2/"}]"#
        let table = try await fake.server().table(.bond)
        #expect(table.word("1", .aggregator) == "agg-a")
        #expect(table.word("2", .aggregator) == "agg-b")
        #expect(table.number("2", .failedOver) == 1)
        #expect(fake.asked.count { $0.contains("bonds_current") } == 2)
    }

    @Test("alerts say what is wrong, what it follows from and since when, and go with their cause")
    func alerts() async throws {
        let fake = fake()
        fake.setAggregators(first: "down")
        fake["/v3/bonds/2/legs/22/state_history/"] =
            #"[{"state":"up","start":"2026-11-21T00:00:00Z","end":"2026-11-21T01:00:00Z"},"#
            + #"{"state":"down","start":"2026-11-21T01:00:00Z","end":null}]"#
        fake["/v3/bonds/2/legs/"] =
            #"[{"id":21,"state":"up"},{"id":22,"state":"down","type":"pppoe","interface":"eth7"}]"#
        fake["/v3/system/status/configupdates/"] =
            #"{"count":3,"failures":9,"status":{"failed":1,"delivered":2}}"#
        let server = fake.server()
        let table = try await server.table(.alert)
        #expect(
            Set(table.refs.map(\.id)) == [
                "aggregator-1-down", "config-updates-failing", "bond-2-degraded", "leg-22-down",
                "bond-3-down",
                "leg-31-down", "bond-4-failed-over", "bond-1-unknown", "bond-5-unknown",
            ])
        #expect(table.word("bond-2-degraded", .severity) == "warning")
        #expect(table.word("bond-3-down", .severity) == "critical")
        #expect(table.word("leg-31-down", .severity) == "critical")
        func cause(_ id: String) -> String? {
            let row = table.refs.firstIndex { $0.id == id }
            guard let row, case .ref(let entity, _) = table.value(row, .cause) else { return nil }
            return entity.id
        }
        #expect(cause("leg-22-down") == "bond-2-degraded")
        #expect(cause("leg-31-down") == "bond-3-down")
        #expect(cause("bond-4-failed-over") == "aggregator-1-down")
        #expect(cause("bond-3-down") == "aggregator-1-down")
        let oneInTheMorning: Int64 = 1_795_222_800
        #expect(table.number("leg-22-down", .since) == oneInTheMorning)
        #expect(table.number("bond-2-degraded", .since) == oneInTheMorning)
        #expect(table.word("leg-22-down", .sinceFrom) == "")
        #expect(table.word("leg-31-down", .sinceFrom) == "seen here")
        #expect(table.word("leg-22-down", .rule) == "Leg down: eth7 (PPPoE)")
        fake.setAggregators()
        fake["/v3/bonds/"] = "[\(FakeBonding.bond(2, legs: [(21, "up"), (22, "up")], current: 1))]"
        fake["/v3/system/status/configupdates/"] = #"{"count":3,"failures":9,"status":{"delivered":3}}"#
        let later = try await server.table(.alert)
        #expect(Set(later.refs.map(\.id)) == ["config-updates-failing"])
        #expect(fake.asked.count { $0.hasSuffix("/22/state_history/") } == 1)
    }

    @Test(
        "a leg that works badly makes its bond degraded since the history says so; going down is new from then on"
    )
    func impaired() async throws {
        let fake = FakeBonding()
        fake.setAggregators()
        let clock = HandClock()
        let start = clock.now.seconds - 700
        fake["/v3/bonds/"] = "[\(FakeBonding.bond(2, legs: [(21, "up"), (22, "packet_loss")], current: 1))]"
        fake["/v3/bonds/2/legs/22/state_history/"] =
            #"[{"state":"up","start":\#(start - 50),"end":\#(start)},{"state":"packet_loss","start":\#(start),"end":null}]"#
        let server = fake.server(clock)
        let table = try await server.table(.alert)
        #expect(table.refs.map(\.id) == ["bond-2-degraded"])
        #expect(table.number("bond-2-degraded", .since) == start)
        clock.advance(by: 30)
        let down = clock.now.seconds
        fake["/v3/bonds/"] = "[\(FakeBonding.bond(2, legs: [(21, "up"), (22, "down")], current: 1))]"
        fake["/v3/bonds/2/legs/22/state_history/"] =
            #"[{"state":"packet_loss","start":\#(start),"end":\#(down)},{"state":"down","start":\#(down),"end":null}]"#
        let later = try await server.table(.alert)
        #expect(later.number("leg-22-down", .since) == down)
    }

    @Test("a time without a zone is never taken for one in UTC, unless the configuration says so")
    func zones() {
        let utc = ServerClock(offset: 0, isCertain: true)
        #expect(WireTime.read("2026-11-21T01:00:00Z", clock: nil) == Timestamp(1_795_222_800))
        #expect(WireTime.read("2026-11-21T02:00:00.123+01:00", clock: nil) == Timestamp(1_795_222_800))
        #expect(WireTime.read("2026-11-21 01:00:00", clock: nil) == nil)
        #expect(WireTime.read("2026-11-21 01:00:00", clock: utc) == Timestamp(1_795_222_800))
    }

    @Test("a right that is missing for one resource leaves the others alone")
    func rights() async throws {
        let fake = fake()
        fake.fail("/v3/aggregators/", 403)
        let server = fake.server()
        let bonds = try await server.table(.bond)
        #expect(bonds.count == 5)
        #expect(bonds.word("1", .aggregator) == "aggregator 1")
        #expect(try await server.table(.alert).count == 5)
        let told = try await server.refresh(Query(.alert), into: DiscardingSink())
        #expect(
            told
                == .partial(
                    "whether aggregators are well is not known: the account has no right for this (no)"))
        await #expect(throws: BackendError.self) { try await server.table(.aggregator) }
        do throws(BackendError) {
            _ = try await server.refresh(Query(.aggregator), into: DiscardingSink())
        } catch {
            #expect(error.kind == .forbidden)
        }
    }

    @Test("what is not known any more stays as it was told, what is known goes, and neither counts as all")
    func silence() async throws {
        let clock = HandClock()
        let fake = fake()
        fake.setAggregators(first: "down")
        fake["/v3/system/status/configupdates/"] = #"{"count":3,"failures":9,"status":{"failed":1}}"#
        let server = fake.server(clock)
        _ = try await server.table(.alert)
        for status in [500, 403] {
            fake.fail("/v3/aggregators/", status)
            fake.fail("/v3/system/status/configupdates/", status)
            fake["/v3/bonds/"] = "[\(FakeBonding.bond(2, legs: [(21, "up"), (22, "up")], current: 1))]"
            clock.advance(by: 120)
            let table = try await server.table(.alert)
            #expect(
                Set(table.refs.map(\.id)) == [
                    "aggregator-1-down", "config-updates-failing", "bond-2-unknown",
                ])
            #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) != .complete)
        }
        fake.fail("/v3/aggregators/", nil)
        fake.fail("/v3/system/status/configupdates/", nil)
        fake.setAggregators()
        fake["/v3/system/status/configupdates/"] = #"{"count":0,"failures":0,"status":{}}"#
        clock.advance(by: 120)
        #expect(try await server.table(.alert).count == 0)
        #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) == .complete)
    }

    @Test("rows beside which the bonds are told are there without them, and say that they are missing")
    func withoutBonds() async throws {
        let fake = fake()
        fake["/v3/spaces/"] = #"[{"id":7,"name":"Acme"}]"#
        fake.fail("/v3/bonds/", 500)
        let server = fake.server()
        for kind: ResourceKind in [.aggregator, .bonder, .customer] {
            #expect(try await server.table(kind).count > 0)
            let told = try await server.refresh(Query(kind), into: DiscardingSink())
            #expect(told == .partial("their bonds are not known: the server failed (500): no"), "\(kind)")
        }
    }

    @Test("where the API has an entity is no part of its detail: it is the server's own inner address")
    func addresses() async throws {
        let fake = fake()
        fake["/v3/bonds/2/"] =
            #"{"id":2,"name":"b","url":"http://ba-int:8080/api/v3/bonds/2/","space":{"id":3,"url":"http://ba-int:8080/api/v3/spaces/3/"},"extra":{"url":"http://ba-int:8080/api/v3/x/","homepage":"https://acme.example"}}"#
        let detail = try await fake.server().detail(of: EntityRef(BackendID(0), .bond, id: "2"))
        let lines = detail.sections.flatMap(\.lines)
        #expect(!lines.contains { $0.name.hasSuffix("url") })
        #expect(!lines.contains { "\($0.value)".contains("ba-int") })
        #expect(lines.contains { $0.name == "extra.homepage" })
    }

    @Test("a bond and its legs alone cost one request each, and the other rows stay")
    func only() async throws {
        let fake = fake()
        let server = fake.server()
        _ = try await server.table(.bond)
        fake["/v3/bonds/2/"] = FakeBonding.bond(2, legs: [(21, "up"), (22, "up")], current: 1)
        fake["/v3/bonds/2/legs/"] =
            #"[{"id":21,"state":"up","type":"dhcp"},{"id":22,"state":"up","type":"pppoe"}]"#
        fake.forget()
        let bond = EntityRef(BackendID(0), .bond, id: "2")
        let table = try await server.table(.bond, scope: .only([bond]))
        #expect(table.word("2", .status) == "up")
        let legs = try await server.table(.leg, scope: .only([bond]))
        #expect(legs.word("22", "type") == "PPPoE")
        #expect(fake.asked == ["GET /v3/bonds/2/", "GET /v3/bonds/2/legs/"])
    }
}
