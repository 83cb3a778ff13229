import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: maintenance of groups and locations")
struct MaintenanceTests {
    private static let arguments: [FieldKey: Value] = ["duration": .text("90 m"), "title": .text("splicing")]
    private static let group = EntityRef(BackendID(0), .group, id: "1")
    private static let ok = Response.json(
        ["status": "ok", "message": "moved into maintenance mode"], status: 201)

    @Test(
        "over HTTP: a group and a location are silenced by their numbers, with how many devices that is, and seen to be",
        arguments: [ResourceKind.group, .location])
    func live(kind: ResourceKind) async throws {
        try await withLiveServer(.modern) { live in
            _ = try await live.server.check()
            let table = try await live.table(kind)
            let devices = try await live.table(.device)
            var place: (entity: EntityRef, devices: [EntityRef])?
            for entity in table.refs {
                let lines =
                    try await live.server.detail(of: entity).sections
                    .first { $0.title.hasPrefix("Devices (") }?.lines ?? []
                let members = lines.compactMap {
                    if case .ref(let device, _) = $0.value { device } else { nil }
                }
                if members.count > 3 { place = (entity, members) }
            }
            let (entity, members) = try #require(place)
            #expect(members.allSatisfy { devices.row(of: $0) != nil } && members.count < devices.count)
            let name = "\(kind) \(table.name(try #require(table.row(of: entity))))"
            let plan = try await live.server.prepare(Command(.maintenance, [entity], Self.arguments))
            #expect(
                plan.summary == [
                    "\(name): no alert of its \(Quantity.count(members.count)) devices is told for 1:30 hours."
                ])
            #expect(plan.tier == .touchesService && plan.warnings == [])
            #expect(plan.steps.first?.request.shownBody == #"{"duration":"1:30","title":"splicing"}"#)
            #expect(
                await live.perform(plan)
                    == [Outcome(entity, .verified, "under maintenance, as 3 of its devices say")])
            let path = kind == .group ? "devicegroups" : "locations"
            #expect(live.commands == ["POST /api/v0/\(path)/\(entity.id)/maintenance"])
            // What was silent before shows nothing.
            let again = try await live.server.prepare(Command(.maintenance, [entity], Self.arguments))
            #expect(again.steps.first?.state == "under maintenance already")
            #expect(await live.perform(again).map(\.state) == [.accepted])
            // A device of it is under maintenance as well, and one form serves all three.
            let both = try await live.server.prepare(
                Command(.maintenance, [members[0], entity], Self.arguments))
            #expect(both.steps.map(\.request.target?.isEmpty) == [false, false])
        }
    }

    @Test("over HTTP: what has no devices is silenced all the same, and nothing shows it")
    func empty() async throws {
        try await withLiveServer(.modern) { live in
            let table = try await live.table(.group)
            let row = try #require(table.refs.indices.first { table.name($0) == "Empty group" })
            let plan = try await live.server.prepare(
                Command(.maintenance, [table.refs[row]], Self.arguments))
            #expect(plan.summary.first?.contains("of its 0 devices") == true)
            let outcomes = await live.perform(plan)
            #expect(outcomes.map(\.state) == [.accepted])
        }
    }

    @Test("it is offered for what the server has it for")
    func offered() throws {
        let all = try RecordedLibreNMS("26.7").root.json().object?.map(\.key) ?? []
        var dialect = Dialect.modern("26.7")
        dialect.take(Set(all))
        #expect(CommandDescriptor.maintenance(dialect).targets == [.device, .group, .location])
        for (missing, kind) in [
            ("maintenance_devicegroup", ResourceKind.group), ("maintenance_location", .location),
            ("list_locations", .location),
        ] {
            dialect.take(Set(all.filter { $0 != missing }))
            #expect(!CommandDescriptor.maintenance(dialect).targets.contains(kind))
        }
        #expect(CommandDescriptor.maintenance(dialect).tier == .touchesService)
    }

    /// A server with a group of three devices, which say so whether they are under maintenance.
    private static func server(
        members: Response = .list("devices", [["device_id": 1], ["device_id": 2], ["device_id": 3]]),
        _ isSilent: @escaping @Sendable (String) -> JSONTree
    ) throws -> LibreNMSServer {
        let recorded = try RecordedLibreNMS("26.7")
        let groups = try Recording("26.7", "devicegroups").response
        return .unhurried(
            ScriptedTransport { asked in
                switch asked.path {
                case "/devicegroups": return groups
                case "/devicegroups/1": return members
                case let path where path.hasSuffix("/maintenance"):
                    let device = String(path.split(separator: "/")[1])
                    return .json(["status": "ok", "is_under_maintenance": isSilent(device)])
                default: return recorded.answer(asked)
                }
            })
    }

    @Test(
        "how many devices it silences is ? where that can't be read, and the reason stands beside it",
        arguments: [
            .text("", status: 500), .text("<html>404</html>", status: 404), .list("devices", [["id": 1]]),
            .json(["message": "Not Found"], status: 404),
        ] as [Response])
    func unknownCount(answer: Response) async throws {
        let server = try Self.server(members: answer) { _ in false }
        let plan = try await server.prepare(Command(.maintenance, [Self.group], Self.arguments))
        #expect(plan.summary.first?.contains("no alert of its ? devices is told for 1:30 hours") == true)
        #expect(plan.warnings.count == 1 && plan.steps.count == 1)
        let outcomes = await server.verify(plan, answers: [StepAnswer(Self.group, .success(Self.ok))])
        #expect(outcomes.map(\.state) == [.accepted])
    }

    @Test(
        "what its devices say decides: all, none, some, and nothing that is known",
        arguments: [
            ([true, true, true], Outcome.State.verified, .verified),
            ([false, false, false], .failed, .unknown),
            ([true, false, true], .accepted, .unknown), ([nil, nil, nil], .accepted, .unknown),
        ] as [([Bool?], Outcome.State, Outcome.State)])
    func evidence(says: [Bool?], done: Outcome.State, lost: Outcome.State) async throws {
        let isSent = Mutex(false)
        let server = try Self.server { device in
            guard isSent.withLock({ $0 }) else { return false }
            return says[(Int(device) ?? 1) - 1].map { JSONTree.bool($0) } ?? .null
        }
        let plan = try await server.prepare(Command(.maintenance, [Self.group], Self.arguments))
        isSent.withLock { $0 = true }
        let taken = await server.verify(plan, answers: [StepAnswer(Self.group, .success(Self.ok))])
        #expect(taken.map(\.state) == [done])
        let nothing = StepAnswer(Self.group, .failure(.outcomeUnknown(reason: "closed")))
        #expect(await server.verify(plan, answers: [nothing]).map(\.state) == [lost])
        // After a crash nothing is known of what was so before.
        let bare = Plan(plan.command, steps: [], summary: [], tier: .touchesService)
        #expect(await server.verify(bare, answers: [nothing]).map(\.state) == [.unknown])
    }

    @Test("a group that the server does not name is left out; one that it may have without saying so is not")
    func gone() async throws {
        let nobody = EntityRef(BackendID(0), .group, id: "4711")
        let server = try Self.server { _ in false }
        let plan = try await server.prepare(Command(.maintenance, [nobody], Self.arguments))
        #expect(plan.steps.isEmpty)
        #expect(plan.excluded.map(\.words) == ["gone: the server has no such group any more"])
        let recorded = try RecordedLibreNMS("26.7")
        let unnamed = LibreNMSServer.unhurried(
            ScriptedTransport { asked in
                asked.path == "/devicegroups" ? .list("groups", [["name": "Core"]]) : recorded.answer(asked)
            })
        await #expect(throws: BackendError.self) {
            try await unnamed.prepare(Command(.maintenance, [nobody], Self.arguments))
        }
    }
}
