import AdapterKit
import Domain
import HTTP
import Testing

@testable import BondingAdapter

@Suite("Bonding: the states that legs went through")
struct LogTests {
    private static let everything = Timestamp(0)
    private static let history =
        #"[{"state":"up","start":"2026-11-20T02:00:00Z","end":"2026-11-21T01:00:00Z"},"#
        + #"{"state":"down","start":"2026-11-21T01:00:00Z","end":"2026-11-21T01:12:00Z"},"#
        + #"{"state":"up","start":"2026-11-21T01:12:00Z","end":null}]"#

    private func fake() -> FakeBonding {
        let fake = FakeBonding()
        fake.setAggregators()
        let bond = FakeBonding.bond(2, legs: [(21, "up"), (22, "down")], current: 1)
        fake["/v3/bonds/"] = "[\(bond)]"
        fake["/v3/bonds/2/"] = bond
        fake["/v3/bonds/2/legs/"] =
            #"[{"id":21,"state":"up","type":"dhcp","interface":"eth1"},"#
            + #"{"id":22,"state":"down","type":"pppoe","interface":"eth7"}]"#
        fake["/v3/bonds/2/legs/21/state_history/"] = Self.history
        fake["/v3/bonds/2/legs/22/state_history/"] =
            #"[{"state":"down","start":"2026-11-21T00:30:00Z","end":null}]"#
        return fake
    }

    private func entity(_ kind: ResourceKind, _ id: String) -> EntityRef {
        EntityRef(BackendID(0), kind, id: id)
    }

    private func words(_ completeness: Completeness?) -> String {
        if case .partial(let words)? = completeness { words } else { "" }
    }

    @Test("a leg has its states, with how long each held; the first may have held before")
    func leg() async throws {
        let fake = fake()
        let server = fake.server()
        _ = try await server.check()
        let log = try #require(try await server.log(of: entity(.leg, "21"), since: Self.everything))
        #expect(
            log.entries.map(\.words) == [
                "leg up since then", "leg down for 12m", "leg up for 23h or longer",
            ])
        #expect(log.entries.map(\.severity) == [.ok, .warning, .ok])
        #expect(log.entries.first?.time == Timestamp(1_795_223_520))
        #expect(log.completeness == .complete && !log.isCut)
        // The server keeps 24 hours.
        #expect(log.begins == Timestamp(1_795_224_500 - 86_400))
    }

    @Test(
        "a bond has those of its legs, each by its name; so has an alert about it, and one of a node has none"
    )
    func bond() async throws {
        let fake = fake()
        fake.setAggregators(first: "down")
        let server = fake.server()
        _ = try await server.check()
        let log = try #require(try await server.log(of: entity(.bond, "2"), since: Self.everything))
        #expect(
            log.entries.map(\.words) == [
                "eth1 up since then", "eth1 down for 12m",
                "eth7 down since then or longer", "eth1 up for 23h or longer",
            ])
        #expect(log.entries.first?.about == entity(.leg, "21"))
        let alerts = try await server.table(.alert)
        let degraded = try #require(alerts.refs.first { $0.id.hasPrefix("bond-2") })
        #expect(try await server.log(of: degraded, since: Self.everything) == log)
        let node = try #require(alerts.refs.first { $0.id.hasPrefix("aggregator-") })
        fake.forget()
        #expect(try await server.log(of: node, since: Self.everything) == nil)
        #expect(try await server.log(of: entity(.aggregator, "1"), since: Self.everything) == nil)
        #expect(fake.asked.isEmpty)
    }

    @Test("a leg whose states can't be read leaves the others, and says which; none is an error")
    func faults() async throws {
        let fake = fake()
        let server = fake.server()
        _ = try await server.check()
        fake.fail("/v3/bonds/2/legs/22/state_history/", 500)
        let log = try await server.log(of: entity(.bond, "2"), since: Self.everything)
        #expect(log?.entries.count == 3 && words(log?.completeness).contains("eth7 can't be read"))
        for (status, body, kind) in [
            (403, #"{"detail":"no right"}"#, BackendError.Kind.forbidden), (500, "{}", .server),
            (404, "<html>404</html>", .missing), (200, "<html>hello</html>", .invalid), (200, "[{", .invalid),
            (200, #"{"hello":"world"}"#, .invalid),
        ] {
            fake.answer("/v3/bonds/2/legs/21/state_history/", status, body)
            do {
                _ = try await server.log(of: entity(.leg, "21"), since: Self.everything)
                Issue.record("\(status) \(body) is a log")
            } catch {
                #expect(error.kind == kind, "\(error.words)")
            }
        }
    }

    @Test("states without a time, or with one of no zone, make it partial")
    func times() async throws {
        let fake = fake()
        fake["/v3/bonds/2/legs/21/state_history/"] =
            #"[{"state":"up"},{"state":"down","start":"2026-11-21 01:00:00"},"#
            + #"{"state":"up","start":"2026-11-21T03:00:00+02:00","end":null}]"#
        let server = fake.server()
        _ = try await server.check()
        let log = try await server.log(of: entity(.leg, "21"), since: Self.everything)
        #expect(log?.entries.map(\.time) == [Timestamp(1_795_222_800)])
        #expect(words(log?.completeness) == "2 states without \"start or state\"")
    }

    @Test("before the probe nothing is offered; of many legs six are read, which is said")
    func bounds() async throws {
        let fake = fake()
        let legs = (1...9).map { #"{"id":\#($0),"state":"up","type":"dhcp","interface":"e\#($0)"}"# }
        fake["/v3/bonds/2/legs/"] = "[\(legs.joined(separator: ","))]"
        for leg in 1...9 { fake["/v3/bonds/2/legs/\(leg)/state_history/"] = "[]" }
        let server = fake.server()
        #expect(server.loggedKinds.isEmpty)
        _ = try await server.check()
        #expect(server.loggedKinds == [.leg, .bond, .alert])
        fake.forget()
        let log = try await server.log(of: entity(.bond, "2"), since: Self.everything)
        #expect(words(log?.completeness) == "the states of 6 of 9 legs are read")
        #expect(fake.asked.count { $0.hasSuffix("/state_history/") } == 6)
    }

    @Test("over HTTP: a bond whose leg is down has a log that says so, by declared reads alone")
    func live() async throws {
        try await withLiveServer { live in
            _ = try await live.server.check()
            let legs = try await live.server.table(.leg)
            let down = try #require(legs.refs.indices.first { legs.text($0, "oper") == "down" })
            let log = try #require(try await live.server.log(of: legs.refs[down], since: Self.everything))
            #expect(log.completeness == .complete)
            #expect(log.entries.first?.words.contains("down since then") == true, "\(log.entries)")
        }
    }
}
