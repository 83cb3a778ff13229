import AdapterKit
import Domain
import HTTP
import JSON
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: only the API itself says that something is gone")
struct GoneTests {
    private static let row: JSONTree = [
        "device_id": 7, "hostname": "a.example.net", "status": 1, "ignore": 0, "disabled": 0,
        "notes": "before",
    ]
    /// What says that there is no device 7.
    private static let goneAnswers: [Response] = [
        .json(["status": "error", "message": "Device 7 does not exist"], status: 404),
        .json(["status": "error", "message": "Device 7 not found"], status: 404),
        .list("devices", [["vrf_lite_cisco": [], "ip": ""]]),
    ]
    /// What says nothing of it.
    private static let otherAnswers: [Response] = [
        .text("<html><title>404 Not Found</title></html>", status: 404),
        .text("", status: 404),
        .json(["message": "Not Found"], status: 404),
        .json(["error": "device not found"], status: 404),
        .json(["status": "error", "message": "This API route doesn't exist."], status: 404),
        .list("devices", []),
        .list("devices", [["id": 7, "hostname": "a.example.net"]]),
        .list("devices", [["device_id": 8, "hostname": "b.example.net"]]),
    ]
    private static let ok = Response.json(["status": "ok", "message": "done"])

    /// A server that answers one path so, from a moment on.
    private static func server(
        _ path: String, _ answer: Response, at first: Response? = nil
    ) throws -> (LibreNMSServer, ScriptedTransport, ScriptedTransport.Script) {
        let recorded = try RecordedLibreNMS("26.7")
        func script(_ answer: Response) -> ScriptedTransport.Script {
            { $0.path == path ? answer : recorded.answer($0) }
        }
        let transport = ScriptedTransport(script(first ?? answer))
        return (LibreNMSServer.unhurried(transport), transport, script(answer))
    }

    /// What becomes of a command on device 7 that the server answered so, when this is read of it afterwards.
    private func outcome(
        _ command: CommandKind, _ arguments: [FieldKey: Value] = [:],
        answered: Result<Response, TransportError>,
        reading answer: Response
    ) async throws -> Outcome {
        let device = EntityRef(BackendID(0), .device, id: "7")
        let (server, transport, then) = try Self.server(
            "/devices/7", answer, at: .list("devices", [Self.row]))
        let plan = try await server.prepare(Command(command, [device], arguments))
        #expect(plan.steps.count == 1)
        transport.follow(then)
        let outcomes = await server.verify(plan, answers: [StepAnswer(device, answered)])
        return try #require(outcomes.first)
    }

    @Test("a device that the API says is not there was deleted", arguments: goneAnswers)
    func gone(answer: Response) async throws {
        let outcome = try await outcome(.deleteDevice, answered: .success(Self.ok), reading: answer)
        #expect(outcome.state == .verified && outcome.words == "the device is gone")
    }

    @Test("any other answer is no evidence that a device was deleted", arguments: otherAnswers)
    func notGone(answer: Response) async throws {
        let done = try await outcome(.deleteDevice, answered: .success(Self.ok), reading: answer)
        #expect(done.state == .accepted)
        let lost = try await outcome(
            .deleteDevice, answered: .failure(.outcomeUnknown(reason: "closed")), reading: answer)
        #expect(lost.state == .unknown)
    }

    @Test("what is not said to be gone is not left out of a plan as gone", arguments: otherAnswers)
    func plan(answer: Response) async throws {
        let (server, _, _) = try Self.server("/devices/7", answer)
        await #expect(throws: BackendError.self) {
            try await server.prepare(Command(.deleteDevice, [EntityRef(BackendID(0), .device, id: "7")]))
        }
    }

    @Test("a field that is not read back any more did not fail")
    func field() async throws {
        guard case .object(let members) = Self.row else { return }
        let without = JSONTree.object(members.filter { $0.key != "notes" })
        let outcome = try await outcome(
            .updateDevice, ["field": .text("notes"), "data": .text("after")], answered: .success(Self.ok),
            reading: .list("devices", [without]))
        #expect(outcome.state == .accepted)
        #expect(outcome.words.contains("does not say what notes is"))
    }

    @Test(
        "a device is only said not to be there before it is added where the API says so",
        arguments: otherAnswers)
    func adding(answer: Response) async throws {
        let (server, _, _) = try Self.server("/devices/c.example.net", answer)
        await #expect(throws: BackendError.self) {
            try await server.prepare(
                Command(
                    .addDevice, [.new(BackendID(0), .device)],
                    ["hostname": .text("c.example.net"), "community": .text("x")]))
        }
    }

    @Test(
        "a rule is not deleted because its number is missing, or the list is another's 404",
        arguments: [
            .list("rules", [["rule_number": 1, "name": "a", "disabled": 0]]),
            .json(["message": "Not Found"], status: 404),
            .text("<html>404</html>", status: 404),
        ] as [Response])
    func rule(answer: Response) async throws {
        let rule: JSONTree = ["id": 1, "name": "a", "severity": "warning", "disabled": 0, "builder": [:]]
        let entity = EntityRef(BackendID(0), .rule, id: "1")
        let (server, transport, then) = try Self.server("/rules", answer, at: .list("rules", [rule]))
        let plan = try await server.prepare(Command(.deleteRule, [entity]))
        #expect(plan.steps.count == 1)
        transport.follow(then)
        let outcomes = await server.verify(plan, answers: [StepAnswer(entity, .success(Self.ok))])
        #expect(outcomes.map(\.state) == [.accepted])
    }

    @Test("a rule that does not say whether it is enabled is not seen enabled")
    func enabling() async throws {
        let rule: JSONTree = [
            "id": 1, "name": "a", "severity": "warning", "disabled": 1, "devices": [], "groups": [],
            "locations": [], "extra": ["mute": false],
            "builder": [
                "condition": "AND",
                "rules": [
                    [
                        "id": "devices.status", "field": "devices.status", "type": "integer",
                        "input": "radio", "operator": "equal", "value": "0",
                    ]
                ], "valid": true,
            ],
        ]
        let entity = EntityRef(BackendID(0), .rule, id: "1")
        let (server, transport, then) = try Self.server(
            "/rules", .list("rules", [rule.with("disabled", .null)]), at: .list("rules", [rule]))
        let plan = try await server.prepare(Command(.enableRule, [entity]))
        #expect(plan.steps.count == 1)
        transport.follow(then)
        let outcomes = await server.verify(plan, answers: [StepAnswer(entity, .success(Self.ok))])
        #expect(outcomes.map(\.state) == [.accepted])
    }

    @Test("an alert that does not say its state is neither sent to nor seen unmuted")
    func alert() async throws {
        let alert: JSONTree = [
            "id": 1, "device_id": 1, "rule_id": 1, "state": 2, "timestamp": "2026-11-21 01:00:00",
            "severity": "warning", "name": "a",
        ]
        let entity = EntityRef(BackendID(0), .alert, id: "1")
        let silent = Response.list("alerts", [alert.with("state", .null)])
        let (server, transport, then) = try Self.server("/alerts", silent, at: .list("alerts", [alert]))
        let plan = try await server.prepare(Command(.unmute, [entity]))
        transport.follow(then)
        let outcomes = await server.verify(plan, answers: [StepAnswer(entity, .success(Self.ok))])
        #expect(outcomes.map(\.state) == [.accepted])
        let later = try await server.prepare(Command(.acknowledge, [entity]))
        #expect(later.steps.isEmpty)
        #expect(later.excluded.map(\.words) == ["the server does not say in which state it is"])

        transport.follow { (asked) throws(TransportError) -> Response in
            if asked.path == "/alerts" { return .list("alerts", [["number": 1, "state": 2]]) }
            return try then(asked)
        }
        let unnamed = try await server.prepare(Command(.unmute, [entity]))
        #expect(unnamed.excluded.map(\.words) == [LibreNMSServer.unnamedWords])
    }

    @Test("newer servers say of an alert and of a rule that there is none", arguments: [true, false])
    func newest(isAlert: Bool) async throws {
        let path = isAlert ? "/alerts/9" : "/rules/9"
        let words = isAlert ? "Alert 9 does not exist" : "Alert rule 9 does not exist"
        let (server, _, _) = try Self.server(
            path, .json(["status": "error", "message": .string(words)], status: 404))
        if isAlert {
            #expect(try await server.cleared("9").get()?.id == nil)
        } else {
            #expect(try await server.wireRule("9")?.id == nil)
        }
    }

    @Test("the 404 of something else is no empty list", arguments: ["devices", "ports", "bills", "groups"])
    func lists(key: String) {
        for message in ["Not Found", "no route", "not found"] {
            #expect(throws: BackendError.self) {
                try Verdict.list(key, in: .json(["message": .string(message)], status: 404))
            }
        }
    }
}
