import AdapterKit
import Domain
import JSON
import Testing

@testable import BondingAdapter

@Suite("Bonding: a server that falls silent about what is wrong")
struct SilenceTests {
    private func fake(_ second: String = #","state":"down""#) -> FakeBonding {
        let fake = FakeBonding()
        fake.setAggregators()
        set(second, fake)
        return fake
    }

    private func set(_ second: String, _ fake: FakeBonding) {
        fake["/v3/bonds/"] =
            "["
            + FakeBonding.bond(1, legs: [(11, "up")], current: 1)
            .replacing(#"{"id":11,"state":"up"}"#, with: #"{"id":11,"state":"up"},{"id":12\#(second)}"#) + "]"
    }

    @Test(
        "legs without a state hide no alert: what was told stays, and neither that nor nothing counts as all",
        arguments: [
            "", #","state":null"#, #","state":7"#, #","state":{"word":"down"}"#, #","state":"askew""#,
        ])
    func legStates(second: String) async throws {
        let fresh = fake(second).server()
        #expect(try await fresh.table(.alert).count == 0)
        #expect(try await fresh.refresh(Query(.alert), into: DiscardingSink()) != .complete)
        #expect(try await fresh.table(.bond).word("1", .status) == "")
        let spaces = fake(second)
        spaces["/v3/spaces/"] = #"[{"id":7,"name":"Acme"}]"#
        #expect(try await spaces.server().table(.customer).word("7", .status) == "")

        let fake = fake()
        let server = fake.server()
        let told: Set = ["bond-1-degraded", "leg-12-down"]
        #expect(Set(try await server.table(.alert).refs.map(\.id)) == told)
        set(second, fake)
        #expect(Set(try await server.table(.alert).refs.map(\.id)) == told)
        #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) != .complete)
        set(#","state":"up""#, fake)
        #expect(try await server.table(.alert).count == 0)
        #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) == .complete)
    }

    @Test("a leg of which the server itself says that it does not know makes its bond unknown, with an alert")
    func saidUnknown() async throws {
        let server = fake(#","state":"unknown""#).server()
        #expect(try await server.table(.bond).word("1", .status) == "unknown")
        let alerts = try await server.table(.alert)
        #expect(alerts.refs.map(\.id) == ["bond-1-unknown"])
        #expect(alerts.word("bond-1-unknown", .severity) == "unknown")
        #expect(try await server.refresh(Query(.alert), into: DiscardingSink()) == .complete)
    }

    @Test("rows that do not say which they are make a list incomplete")
    func nameless() async throws {
        let fake = fake()
        fake["/v3/bonds/"] = #"[\#(FakeBonding.bond(1, legs: [(11, "up")], current: 1)),{"leg_list":[]}]"#
        let told = try await fake.server().refresh(Query(.bond), into: DiscardingSink())
        #expect(told == .partial(#"1 bonds without "id""#))
    }

    @Test("an aggregator that is null or a mere word is nowhere that a bond was moved to")
    func place() async throws {
        for word in ["null", #""elsewhere""#, "[]", #"{"name":"agg-b"}"#] {
            let fake = fake(#","state":"up""#)
            let bond = FakeBonding.bond(1, legs: [(11, "up")])
            fake["/v3/bonds/"] =
                "[\(bond.replacing(#""secondary"#, with: #""current_aggregator":\#(word),"secondary"#))]"
            let server = fake.server()
            let table = try await server.table(.bond)
            #expect(table.word("1", .status) == "", "\(word)")
            #expect(table.number("1", .failedOver) == nil, "\(word)")
            let nodes = try await server.table(.aggregator)
            #expect(nodes.number("1", .bondsCurrent) == nil, "\(word)")
        }
    }

    @Test(
        "configuration updates whose counts are missing are in no known state, never up",
        arguments: [
            (#"{"count":3,"failures":0,"status":{"pending":3}}"#, false),
            (#"{"count":3,"failures":9,"status":{"delivered":3}}"#, false),
            (#"{"count":3,"failures":9,"status":{"pending":3}}"#, true),
            (#"{"count":3,"status":{"failed":1}}"#, true), (#"{"count":3,"failures":0}"#, nil),
            (#"{"count":3,"status":{"pending":3}}"#, nil), ("{}", nil),
            (#"{"count":3,"failures":9,"status":{"held":3}}"#, nil),
            (#"{"count":3,"failures":9,"status":{"delivered":null}}"#, nil),
        ] as [(String, Bool?)])
    func updates(body: String, isFailing: Bool?) async throws {
        let fake = fake(#","state":"up""#)
        fake["/v3/system/status/configupdates/"] = body
        fake["/v3/system/versions/"] = #"{"bondingadmin":"6.6"}"#
        let server = fake.server()
        let system = try await server.table(.system)
        #expect(system.word("system", .status) == isFailing.map { $0 ? "warning" : "up" } ?? "")
        #expect(try await server.table(.alert).count == (isFailing == true ? 1 : 0))
        let told = try await server.refresh(Query(.alert), into: DiscardingSink())
        #expect((told == .complete) == (isFailing != nil))
    }
}
