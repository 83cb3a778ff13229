import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import BondingAdapter

/// One kind of entity that can be edited: where it is read, and the rest of what it has there.
struct EditCase: Sendable, CustomStringConvertible {
    let kind: CommandKind
    let entity: EntityRef
    let path: String
    let rest: String

    var description: String { kind.rawValue }

    private init(_ kind: CommandKind, _ resource: ResourceKind, _ id: String, _ path: String, _ rest: String)
    {
        self.kind = kind
        entity = EntityRef(BackendID(0), resource, id: id)
        self.path = path
        self.rest = rest
    }

    static let all = [
        EditCase(
            "edit-bond", .bond, "1", "/v3/bonds/1/",
            #""id":1,"bonder":{"id":9,"name":"site"},"current_aggregator":null,"tunnel_security":null,"leg_list":[]"#
        ),
        EditCase(
            "edit-leg", .leg, "11", "/v3/bonds/1/dhcp_legs/11/",
            #""id":11,"type":"dhcp","state":"up","link_mode":null,"failover":false"#),
        EditCase("edit-space", .customer, "7", "/v3/spaces/7/", #""id":7,"parent":null,"level":1"#),
        EditCase(
            "edit-address", .address, "1/5", "/v3/bonds/1/connected_ips/5/",
            #""id":5,"enabled":false,"include_private_wan":null"#),
        EditCase(
            "edit-nat-address", .natAddress, "1/5", "/v3/bonds/1/cpe_nat_ips/5/", #""id":5,"enabled":false"#),
        EditCase("edit-route", .route, "1/5", "/v3/bonds/1/routes/5/", #""id":5,"enabled":false"#),
    ]

    var inputs: [RecordField] { EditableRecord.of(kind)?.fields ?? [] }

    /// What a server has in a field; nil where it does not give it.
    func server(_ values: [String: String]) -> BondingServer {
        let fake = FakeBonding()
        fake["/v3/bonds/"] = "[\(FakeBonding.bond(1, legs: [(11, "up")], current: 1))]"
        fake["/v3/bonds/1/"] = FakeBonding.bond(1, legs: [(11, "up")], current: 1)
        fake["/v3/bonds/1/legs/11/"] = #"{"id":11,"type":"dhcp","state":"up"}"#
        let members = values.map { #","\#($0.key)":\#($0.value)"# }.sorted().joined()
        fake[path] = "{\(rest)\(members)}"
        return fake.server()
    }

    /// Values that a field may have, as JSON.
    func values(_ input: RecordField) -> [String?] {
        input.isNumber
            ? ["10000000", #""10000000""#, "0", "null", nil]
            : [#""old""#, #""  with blanks ""#, #""two\nlines""#, #""""#, "4711", "null", nil]
    }
}

@Suite("Bonding: an edit sends what was asked for and nothing else")
struct EditTests {
    private func body(_ plan: Plan) throws -> [String: JSONTree] {
        guard let bytes = plan.steps.first?.request.body else { return [:] }
        let members = try #require(try JSONDocument(bytes).root.object)
        return Dictionary(members.map { ($0.key, JSONTree($0.value)) }, uniquingKeysWith: { $1 })
    }

    @Test("whatever the other fields hold, the one that was changed is sent alone", arguments: EditCase.all)
    func one(edit: EditCase) async throws {
        for changed in edit.inputs {
            for other in edit.inputs {
                for value in edit.values(other) {
                    var have = Dictionary(
                        uniqueKeysWithValues: edit.inputs.map {
                            ($0.key, $0.isNumber ? "5000000" : #""there""#)
                        })
                    have[other.key] = value
                    let server = edit.server(have)
                    var arguments = try await server.opening(Command(edit.kind, [edit.entity]))
                    let key = FieldKey(rawValue: changed.key)
                    let words = "\(changed.key) changed, \(other.key) \(value ?? "absent")"
                    if have[changed.key] == nil {
                        #expect(arguments[key] == nil, "\(words)")
                        continue
                    }
                    arguments[key] = .text(changed.isNumber ? "2.3M" : "new")
                    let plan = try await server.prepare(Command(edit.kind, [edit.entity], arguments))
                    let wanted: JSONTree = changed.isNumber ? .integer(2_300_000) : .string("new")
                    #expect(try body(plan) == [changed.key: wanted], "\(words)")
                    #expect(plan.steps.first?.request.method == .patch)
                }
            }
        }
    }

    @Test("a form that nobody touched sends nothing", arguments: EditCase.all)
    func none(edit: EditCase) async throws {
        for place in 0..<7 {
            var have: [String: String] = [:]
            for input in edit.inputs {
                let values = edit.values(input)
                have[input.key] = values[min(place, values.count - 1)]
            }
            let server = edit.server(have)
            let arguments = try await server.opening(Command(edit.kind, [edit.entity]))
            let plan = try await server.prepare(Command(edit.kind, [edit.entity], arguments))
            #expect(plan.steps.isEmpty, "\(have)")
            // From a script that names some field with what is there already.
            for (key, value) in arguments where key != .opened && value != .text("") {
                let same = try await server.prepare(Command(edit.kind, [edit.entity], [key: value]))
                #expect(same.steps.isEmpty, "\(key) \(have)")
            }
        }
    }

    @Test("putting back makes null what was null, and gives up where what was there can't be written")
    func undo() async throws {
        let edit = EditCase.all[0]
        let plan = try await edit.server(["circuit_id": "null", "note": #""old""#])
            .prepare(Command(edit.kind, [edit.entity], ["circuit_id": .text("C-1"), "note": .text("new")]))
        let undo = try #require(plan.undo)
        let after = edit.server(["circuit_id": #""C-1""#, "note": #""new""#])
        #expect(try body(try await after.prepare(undo)) == ["circuit_id": .null, "note": .string("old")])
        let lines = try await edit.server(["note": #""two\nlines""#])
            .prepare(Command(edit.kind, [edit.entity], ["note": .text("one")]))
        #expect(lines.steps.count == 1)
        #expect(lines.undo == nil)
    }

    @Test("what was deleted is made again with all that it had")
    func deleted() async throws {
        let fake = FakeBonding()
        fake["/v3/bonds/1/"] = FakeBonding.bond(1, legs: [(11, "up")], current: 1)
        fake["/v3/bonds/1/routes/"] = "[]"
        fake["/v3/bonds/1/routes/5/"] =
            #"{"url":"http://ba/api/v3/bonds/1/routes/5/","id":5,"bond":"http://ba/api/v3/bonds/1/","network":"192.0.2.0/24","gateway":null,"note":"","enabled":false,"include_private_wan":true}"#
        let server = fake.server()
        let route = EntityRef(BackendID(0), .route, id: "1/5")
        let undo = try #require(try await server.prepare(Command("delete-route", [route])).undo)
        #expect(
            try body(try await server.prepare(undo)) == [
                "network": .string("192.0.2.0/24"), "enabled": .bool(false),
                "include_private_wan": .bool(true),
            ])
    }

    @Test("switching sends the switch alone, and 10.4 is no speed")
    func others() async throws {
        let edit = EditCase.all[3]
        let server = edit.server(["ip": #""192.0.2.9""#, "note": "null"])
        let plan = try await server.prepare(Command("enable-address", [edit.entity]))
        #expect(try body(plan) == ["enabled": .bool(true)])
        let leg = EditCase.all[1]
        let mode = try await leg.server(["up_speed": "null"])
            .prepare(Command(.legMode, [leg.entity], ["mode": .text("idle")]))
        #expect(try body(mode) == ["link_mode": .string("idle")])
        await #expect(throws: BackendError.self) {
            try await leg.server(["up_speed": "1"])
                .prepare(Command(leg.kind, [leg.entity], ["up_speed": .text("10.4")]))
        }
    }
}
