import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: discovering devices and describing ports")
struct DiscoveryTests {
    private static let device = EntityRef(BackendID(0), .device, id: "7")
    private static let port = EntityRef(BackendID(0), .port, id: "9")
    private static let ok = Response.json(["status": "ok", "message": "done"])
    private static let lost = Result<Response, TransportError>.failure(.outcomeUnknown(reason: "closed"))

    @Test(
        "over HTTP: a device is discovered by a GET that only leaves as a command, and is seen to be due, then done"
    )
    func live() async throws {
        try await withLiveServer(.modern) { live in
            let device = try await live.table(.device).refs[1]
            live.simulator.forgetArrivals()
            let plan = try await live.server.prepare(Command(.discoverDevice, [device]))
            #expect(plan.tier == .touchesService && plan.steps.first?.request.method == .get)
            #expect(!live.simulator.arrivals().contains { $0.target.hasSuffix("/discover") })
            #expect(
                await live.perform(plan)
                    == [Outcome(device, .verified, "its discovery is due with the server's next run")])
            #expect(live.simulator.arrivals().count { $0.target.hasSuffix("/discover") } == 1)
            let again = try await live.server.prepare(Command(.discoverDevice, [device]))
            #expect(again.steps.isEmpty && again.excluded.first?.words.contains("is due already") == true)
            live.simulator.world.advance(by: 120)
            let late = await live.server.verify(plan, answers: [StepAnswer(device, Self.lost)])
            #expect(late.map(\.state) == [.verified])
            #expect(late.first?.words.contains("discovered since") == true)
        }
        try await withLiveServer(.release2016) { live in
            _ = try await live.server.check()
            #expect(!live.server.commands.contains { [.discoverDevice, .describePort].contains($0.kind) })
            let device = try await live.table(.device).refs[1]
            await #expect(throws: BackendError.self) {
                _ = try await live.server.prepare(Command(.discoverDevice, [device]))
            }
        }
    }

    @Test("no read may ever be one that discovers")
    func gate() {
        let reads = LibreNMS.descriptor.reads.map { "\($0)" }
        #expect(!reads.contains { $0.contains("discover") })
        #expect(throws: BackendError.self) { try GraphPlace("discover\u{1F}7") }
        #expect(throws: Never.self) { try GraphPlace("device_bits\u{1F}7") }
    }

    /// What becomes of a command when the row is one before it and another after it.
    private func outcome(
        _ command: Command, _ path: String, _ key: String, from before: JSONTree, to after: JSONTree,
        answered: Result<Response, TransportError> = .success(ok)
    ) async throws -> Outcome? {
        let recorded = try RecordedLibreNMS("26.7")
        func script(_ row: JSONTree) -> ScriptedTransport.Script {
            { $0.path == path ? .list(key, [row]) : recorded.answer($0) }
        }
        let transport = ScriptedTransport(script(before))
        let server = LibreNMSServer.unhurried(transport)
        let plan = try await server.prepare(command)
        #expect(plan.steps.count == 1)
        transport.follow(script(after))
        return await server.verify(plan, answers: [StepAnswer(command.targets[0], answered)]).first
    }

    @Test(
        "when the server discovered the device last is the evidence",
        arguments: [
            (nil, Outcome.State.verified, .verified), ("2026-11-27T09:00:00.000000Z", .verified, .verified),
            ("2026-11-26T09:00:00.000000Z", .failed, .unknown),
        ] as [(String?, Outcome.State, Outcome.State)])
    func discovered(after: String?, done: Outcome.State, lost: Outcome.State) async throws {
        let row: JSONTree = [
            "device_id": 7, "hostname": "a", "status": true, "ignore": false, "disabled": false,
            "last_discovered": "2026-11-26T09:00:00.000000Z",
        ]
        let later = row.with("last_discovered", after.map { JSONTree.string($0) } ?? .null)
        let command = Command(.discoverDevice, [Self.device])
        let taken = try await outcome(command, "/devices/7", "devices", from: row, to: later)
        #expect(taken?.state == done)
        let silent = try await outcome(
            command, "/devices/7", "devices", from: row, to: later, answered: Self.lost)
        #expect(silent?.state == lost)
        guard case .object(let members) = row else { return }
        let without = JSONTree.object(members.filter { $0.key != "last_discovered" })
        let unsaid = try await outcome(command, "/devices/7", "devices", from: row, to: without)
        #expect(unsaid?.state == .accepted)
    }

    // MARK: Descriptions

    @Test("over HTTP: a port is described, read back, and given back to its device")
    func describing() async throws {
        try await withLiveServer(.modern) { live in
            let ports = try await live.table(.port)
            let row = try #require(ports.refs.indices.first { !ports.text($0, "alias").isEmpty })
            let port = ports.refs[row]
            let own = ports.text(row, "alias")
            let command = Command(.describePort, [port], ["description": .text(" it's up – ü ")])
            let plan = try await live.server.prepare(command)
            #expect(plan.steps.first?.request.shownBody == #"{"description":"it's up – ü"}"#)
            #expect(plan.changes == [Change("description", from: own, to: "it's up – ü")])
            #expect(plan.tier == .touchesService)
            #expect(await live.perform(plan) == [Outcome(port, .verified, "the description is it's up – ü")])
            let now = try await live.table(.port)
            #expect(now.text(try #require(now.row(of: port)), "alias") == "it's up – ü")
            #expect(
                try await live.server.prepare(command).excluded.map(\.words)
                    == ["the description is so already"])
            let empty = Command(.describePort, [port], ["description": .text("")])
            let back = await live.perform(try await live.server.prepare(empty))
            #expect(back.map(\.state) == [.verified])
            #expect(back.first?.words.contains("removed") == true)
            #expect(try await live.server.prepare(empty).steps.isEmpty)
            live.simulator.world.advance(by: 900)
            let later = try await live.table(.port)
            #expect(later.text(try #require(later.row(of: port)), "alias") == own)
            #expect(live.commands.count == 2)
            #expect(live.commands.allSatisfy { $0 == "PATCH /api/v0/ports/\(port.id)/description" })
            await #expect(throws: BackendError.self) {
                _ = try await live.server.prepare(
                    Command(.describePort, [port], ["description": .text("repoll")]))
            }
        }
    }

    @Test(
        "what the server shows afterwards is the evidence",
        arguments: [
            ("new", "new", Outcome.State.verified, .verified), ("new", "old", .failed, .unknown),
            ("it's", #"it\'s"#, .verified, .verified), ("", "repoll", .verified, .verified),
            ("", "old", .accepted, .unknown),
        ] as [(String, String, Outcome.State, Outcome.State)])
    func described(wanted: String, shows: String, done: Outcome.State, lost: Outcome.State) async throws {
        let row: JSONTree = ["port_id": 9, "device_id": 1, "ifName": "xe-0", "ifAlias": "old"]
        let command = Command(.describePort, [Self.port], ["description": .text(wanted)])
        let later = row.with("ifAlias", .string(shows))
        #expect(try await outcome(command, "/ports/9", "port", from: row, to: later)?.state == done)
        #expect(
            try await outcome(command, "/ports/9", "port", from: row, to: later, answered: Self.lost)?.state
                == lost)
        let unsaid: JSONTree = ["port_id": 9, "ifName": "xe-0"]
        #expect(try await outcome(command, "/ports/9", "port", from: row, to: unsaid)?.state == .accepted)
    }

    @Test("a port is only left out as gone where the server says so, in the words of either release")
    func gone() async throws {
        let recorded = try RecordedLibreNMS("26.7")
        func plan(_ answer: Response) async throws -> Plan {
            let server = LibreNMSServer.unhurried(
                ScriptedTransport { $0.path == "/ports/9" ? answer : recorded.answer($0) })
            return try await server.prepare(
                Command(.describePort, [Self.port], ["description": .text("x")]))
        }
        let says = JSONTree.object([.init("status", "error"), .init("message", "Port 9 does not exist")])
        for answer in [Response.list("port", []), .json(says, status: 404)] {
            #expect(try await plan(answer).excluded.first?.words.hasPrefix("gone") == true)
        }
        for answer in [
            Response.text("<html>404</html>", status: 404), .json(["message": "Not Found"], status: 404),
            .list("port", [["port": 9]]),
        ] {
            await #expect(throws: BackendError.self) { _ = try await plan(answer) }
        }
        let unsaid = try await plan(.list("port", [["port_id": 9, "ifName": "xe-0"]]))
        #expect(unsaid.steps.isEmpty && unsaid.excluded.first?.words.contains("does not say") == true)
    }
}
