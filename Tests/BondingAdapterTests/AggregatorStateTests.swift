import AdapterKit
import Domain
import Testing

@testable import BondingAdapter

@Suite("Bonding: bonds and the aggregators that they end at")
struct AggregatorStateTests {
    /// Bonds whose legs say up: 1 at home with a secondary, 2 at home without one, 3 moved to the secondary.
    private func fake(_ first: String, _ second: String) -> FakeBonding {
        let fake = FakeBonding()
        setAggregators(fake, first, second)
        let alone = FakeBonding.bond(2, legs: [(21, "up")], current: 1)
            .replacing(
                #""secondary_aggregator":"https://ba/api/v3/aggregators/2/""#,
                with: #""secondary_aggregator":null"#)
        fake["/v3/bonds/"] =
            "[\(FakeBonding.bond(1, legs: [(11, "up")], current: 1)),\(alone),"
            + "\(FakeBonding.bond(3, legs: [(31, "up")], current: 2))]"
        fake["/v3/spaces/"] = #"[{"id":7,"name":"Acme"},{"id":8,"name":"Empty"}]"#
        return fake
    }

    private func setAggregators(_ fake: FakeBonding, _ first: String, _ second: String) {
        fake["/v3/aggregators/"] =
            #"[{"id":1,"name":"agg-a"\#(first)},{"id":2,"name":"agg-b"\#(second)}]"#
    }

    private static let up = #","status":"up""#
    private static let down = #","status":"down""#

    private func statuses(_ server: BondingServer) async throws -> [String?] {
        let table = try await server.table(.bond)
        return (1...3).map { table.word("\($0)", .status) }
    }

    private func cause(_ id: String, _ table: Table) -> String? {
        guard let row = table.refs.firstIndex(where: { $0.id == id }),
            case .ref(let entity, _) = table.value(row, .cause)
        else { return nil }
        return entity.id
    }

    @Test("a bond on an aggregator that is down is down where it can go nowhere, and never up")
    func dead() async throws {
        let server = fake(Self.down, Self.up).server()
        #expect(try await statuses(server) == ["unknown", "down", "up"])
        let alerts = try await server.table(.alert)
        #expect(
            Set(alerts.refs.map(\.id)) == [
                "aggregator-1-down", "bond-1-unknown", "bond-2-down", "bond-3-failed-over",
            ])
        #expect(alerts.word("bond-2-down", .severity) == "critical")
        #expect(alerts.word("bond-1-unknown", .severity) == "unknown")
        for bond in ["bond-1-unknown", "bond-2-down", "bond-3-failed-over"] {
            #expect(cause(bond, alerts) == "aggregator-1-down")
        }
        let why = try #require(alerts.word("bond-2-down", .note))
        #expect(why == "agg-a is down and it has no other to move to; its legs say: 1 of 1 leg up")
        let spaces = try await server.table(.customer)
        #expect(spaces.word("7", .status) == "down")
        #expect(spaces.number("7", "bonds_down") == 1)
        #expect(spaces.word("8", .status) == "unmonitored")
        let detail = try await server.detail(of: EntityRef(BackendID(0), .alert, id: "bond-2-down"))
        #expect(detail.sections.flatMap(\.lines).contains { $0.name == "follows from" })
    }

    @Test("where both aggregators are down, all that are on them are down")
    func bothDead() async throws {
        let server = fake(Self.down, Self.down).server()
        #expect(try await statuses(server) == ["down", "down", "down"])
        let alerts = try await server.table(.alert)
        #expect(cause("bond-3-down", alerts) == "aggregator-2-down")
        #expect(alerts.word("bond-1-down", .note)?.contains("is down as well") == true)
    }

    @Test("a bond on its secondary is not moved on: it is down with that, and its primary stands beside it")
    func onSecondary() async throws {
        let server = fake(Self.up, Self.down).server()
        #expect(try await statuses(server) == ["up", "up", "down"])
        let note = try await server.table(.alert).word("bond-3-down", .note)
        #expect(note?.contains("its primary, agg-a, is up: restore it") == true)
    }

    @Test("a bond whose aggregator is in no known state is not up")
    func unknown() async throws {
        let said = fake(#","status":"unknown""#, Self.up).server()
        #expect(try await statuses(said) == ["unknown", "unknown", "up"])
        for word in ["", #","status":null"#, #","status":"resting""#] {
            let fake = fake(word, Self.up)
            let server = fake.server()
            #expect(try await statuses(server) == ["", "", "up"], "\(word)")
            #expect(try await server.table(.aggregator).word("1", .status) == "", "\(word)")
            #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) != .complete, "\(word)")
            let spaces = try await server.table(.customer)
            #expect(spaces.word("7", .status) == "", "\(word)")
            #expect(spaces.number("7", "bonds_down") == nil, "\(word)")
        }
    }

    @Test("a bond without legs is not watched, and one whose legs are gone all at once is doubted once")
    func emptied() async throws {
        let clock = HandClock()
        let fake = fake(Self.up, Self.up)
        let server = fake.server(clock)
        _ = try await server.table(.alert)
        fake["/v3/bonds/"] = "[\(FakeBonding.bond(1, legs: [], current: 1))]"
        clock.advance(by: 30)
        #expect(try await server.table(.bond).word("1", .status) == "")
        #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) != .complete)
        clock.advance(by: 30)
        #expect(try await server.table(.bond).word("1", .status) == "unmonitored")
        #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) == .complete)
    }

    @Test(
        "where aggregators can't be read any more, what followed from them still does, and that is incomplete"
    )
    func folding() async throws {
        let clock = HandClock()
        let fake = fake(Self.down, Self.up)
        let server = fake.server(clock)
        let before = try await server.table(.alert)
        for (status, wait) in [(500, 30), (500, 3_600), (403, 30)] as [(Int, Int64)] {
            fake.fail("/v3/aggregators/", status)
            clock.advance(by: wait)
            let after = try await server.table(.alert)
            #expect(Set(after.refs) == Set(before.refs))
            for row in after.refs.indices {
                #expect(
                    after.value(row, .cause) == before.value(before.row(of: after.refs[row]) ?? 0, .cause))
            }
            #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) != .complete)
            #expect(try await statuses(server)[1] == "down")
            let told = try await server.refresh(Query(.bond), into: DiscardingSink())
            #expect(told != .complete)
        }
        fake.fail("/v3/aggregators/", nil)
        setAggregators(fake, Self.up, Self.up)
        clock.advance(by: 30)
        #expect(try await server.table(.alert).refs.map(\.id) == ["bond-3-failed-over"])
    }

    @Test("an aggregator that was up is taken for up for minutes after it can't be read, not for hours")
    func old() async throws {
        let clock = HandClock()
        let fake = fake(Self.up, Self.up)
        let server = fake.server(clock)
        #expect(try await statuses(server) == ["up", "up", "up"])
        fake.fail("/v3/aggregators/", 500)
        clock.advance(by: 60)
        #expect(try await statuses(server) == ["up", "up", "up"])
        clock.advance(by: 3_600)
        #expect(try await statuses(server) == ["", "", ""])
    }

    @Test(
        "an account that sees no aggregators has the legs' word for its bonds, and is told that it is not all"
    )
    func hidden() async throws {
        let fake = fake(Self.down, Self.up)
        fake.fail("/v3/aggregators/", 403)
        let server = fake.server()
        #expect(try await statuses(server) == ["up", "up", "up"])
        let told = try await server.refresh(Query(.bond), into: DiscardingSink())
        #expect(
            told
                == .partial(
                    "whether aggregators are well is not known: the account has no right for this (no)"))
    }
}
