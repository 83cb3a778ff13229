import AdapterKit
import Domain
import Testing

@testable import BondingAdapter

@Suite("Bonding: nodes, and what they are called")
struct NodeTests {
    /// The moment of a `HandClock`, some seconds ago.
    private static func moment(ago seconds: Int64) -> String {
        let fields = CivilTime.fields(Timestamp(HandClock().now.seconds - seconds), offset: 0).text
        return fields.replacing(" ", with: "T") + "Z"
    }

    private func table(_ kind: ResourceKind, _ rows: [String]) async throws -> (Table, Completeness) {
        let fake = FakeBonding()
        fake["/v3/\(kind)s/"] = "[\(rows.joined(separator: ","))]"
        let server = fake.server()
        let snapshot = Snapshot(from: .empty(kind == .bonder ? .bonder : .aggregator, BackendID(0)))
        let arrived = try await server.refresh(Query(kind), into: snapshot)
        let (table, completeness) = snapshot.finish(arrived)
        return (table, completeness)
    }

    @Test(
        "a node without a word for its status is up when it reported a moment ago, and otherwise not known",
        arguments: [ResourceKind.bonder, .aggregator])
    func contact(kind: ResourceKind) async throws {
        let (table, completeness) = try await table(
            kind,
            [
                #"{"id":1,"name":"a","version":"6.6","last_contact":"\#(Self.moment(ago: 50))"}"#,
                #"{"id":2,"name":"b","version":"6.6","last_contact":"\#(Self.moment(ago: 7_200))"}"#,
                #"{"id":3,"name":"c","version":"6.6","last_contact":\#(HandClock().now.seconds - 500),"metric_reporting_interval":300}"#,
                #"{"id":4,"name":"d","version":"","last_contact":null}"#,
                #"{"id":5,"name":"e","version":"6.6","last_contact":"\#(Self.moment(ago: 7_200))","status":"up"}"#,
            ])
        #expect(completeness == .complete)
        #expect(
            ["1", "2", "3", "4", "5"].map { table.word($0, .status) } == [
                "up", "unknown", "up", "unknown", "up",
            ])
        #expect(table.number("1", .lastPolled) == HandClock().now.seconds - 50)
        #expect(table.number("4", .lastPolled) == nil)
        // How often it looks it does not say: nobody is late.
        #expect(Polling(of: [table]).late(at: HandClock().now) == nil)
    }

    @Test("a node of which neither is said, or a word that nobody knows, makes the list incomplete")
    func untold() async throws {
        for more in [
            "", #","last_contact":null"#, #","status":"resting","last_contact":"\#(Self.moment(ago: 9))""#,
        ] {
            let (table, completeness) = try await table(
                .bonder, [#"{"id":1,"name":"a","version":"6.6"\#(more)}"#])
            #expect(table.word("1", .status) == "")
            #expect(completeness != .complete, "\(more)")
        }
    }

    @Test(
        "bonders name aggregators by name, whatever was read before, and who asks once is told spaces by name"
    )
    func names() async throws {
        let fake = FakeBonding()
        fake.setAggregators()
        let bond = FakeBonding.bond(1, legs: [(11, "up")], current: 1)
            .replacing(#""name":"Acme","key":"acme""#, with: #""key":null"#)
        fake["/v3/bonds/"] = "[\(bond)]"
        fake["/v3/spaces/"] = #"[{"id":7,"name":"Acme"}]"#
        fake["/v3/bonders/"] =
            #"[{"id":101,"name":"site-1","status":"up","space":"https://ba/api/v3/spaces/7/"}]"#
        func once(_ kind: ResourceKind) async throws -> Table {
            let server = fake.server()
            let snapshot = Snapshot(
                from: .empty(server.resources.first { $0.kind == kind } ?? .bond, BackendID(0)))
            return snapshot.finish(try await server.refresh(Query(kind, isOnce: true), into: snapshot)).table
        }
        let bonders = try await once(.bonder)
        #expect(bonders.word("101", .aggregator) == "agg-a")
        #expect(bonders.word("101", .customer) == "Acme")
        #expect(try await once(.bond).word("1", .customer) == "Acme")
        fake["/v3/bonds/1/connected_ips/5/"] =
            #"{"id":5,"ip":"192.0.2.9","bond":"https://ba/api/v3/bonds/1/"}"#
        fake["/v3/bonds/1/"] = bond
        let detail = try await fake.server().detail(of: EntityRef(BackendID(0), .address, id: "1/5"))
        #expect(
            detail.sections.flatMap(\.lines).map(\.value).contains(
                .ref(EntityRef(BackendID(0), .bond, id: "1"), name: "site-1")))
    }

    @Test("who asks once for legs is told all of each; a schedule is not, since it takes a request per bond")
    func legs() async throws {
        let fake = FakeBonding()
        fake.setAggregators()
        let bonds = (1...30).map { FakeBonding.bond($0, legs: [($0 + 1_000, "up")], current: 1) }
        fake["/v3/bonds/"] = "[\(bonds.joined(separator: ","))]"
        for bond in 1...30 {
            fake["/v3/bonds/\(bond)/legs/"] =
                #"[{"id":\#(bond + 1_000),"type":"dhcp","state":"up","interface":"eth1","link_mode":"active","up_speed":10,"down_speed":50}]"#
        }
        let server = fake.server()
        let asked = Query(.leg, isOnce: true)
        let snapshot = Snapshot(from: .empty(.leg, BackendID(0)))
        let whole = try await server.refresh(asked, into: snapshot)
        #expect(whole == .complete)
        let table = snapshot.finish(.complete).table
        #expect(table.count == 30)
        for row in 0..<table.count {
            #expect(table.text(row, .name) == "eth1" && table.text(row, "admin") == "active")
            #expect(table.integer(row, "speed_bps") == 50)
        }
        fake.forget()
        _ = try await fake.server().table(.leg)
        #expect(!fake.asked.contains { $0.hasSuffix("/legs/") })
        fake.fail("/v3/bonds/3/legs/", 500)
        let again = Snapshot(from: .empty(.leg, BackendID(0)))
        let arrived = try await fake.server().refresh(asked, into: again)
        #expect(arrived != .complete)
        #expect(again.finish(arrived).table.count == 30)
    }

    @Test("details say in words what lies in objects and lists, and nothing of the server's inner addresses")
    func words() async throws {
        let fake = FakeBonding()
        fake.setAggregators()
        fake["/v3/bonders/101/"] = #"""
            {"id":101,"name":"site-1","status":"up","url":"http://inner:8000/api/v3/bonders/101/",
            "interfaces":[{"name":"eth0","speeds":{"up":10,"down":[1,2]},"password":"s3cret"},{"mtu":1500}],
            "tags":["a",{"id":3,"url":"http://inner:8000/api/v3/tags/3/","flag":true}],
            "a":{"b":{"c":{"d":{"e":{"f":1}}}}},"provider":"http://inner:8000/api/v3/mobileproviderprofiles/4/"}
            """#
        let detail = try await fake.server().detail(of: EntityRef(BackendID(0), .bonder, id: "101"))
        let lines = detail.sections.flatMap(\.lines)
        let texts = lines.map { "\($0.name): \(Quantity.text($0.value, $0.type, now: HandClock().now))" }
        for wanted in [
            "eth0: speeds up 10, down 1, 2", "interfaces 2: mtu 1500",
            "provider: mobileproviderprofiles 4",
        ] {
            #expect(texts.contains(wanted), "\(texts)")
        }
        for unwanted in ["{", "[", "inner", "s3cret"] {
            #expect(!texts.contains { $0.contains(unwanted) }, "\(texts)")
        }
    }
}
