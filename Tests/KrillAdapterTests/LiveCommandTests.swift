import AdapterKit
import CurlTransport
import Domain
import HTTP
import JSON
import Simulator
import Synchronization
import Testing

@testable import KrillAdapter

@Suite("Krill over HTTP: commands")
struct LiveCommandTests {
    /// A CPE that is up, with words about why.
    private func cpe(
        _ live: LiveKrill, where isWanted: (Table, Int) -> Bool = { _, _ in true }
    ) async throws -> EntityRef {
        let table = try await live.table(.cpe)
        let row = try #require(
            (0..<table.count).first {
                table.text($0, .status) == "up" && table.text($0, "tech") == "gpon"
                    && table.text($0, "registration") == "online" && isWanted(table, $0)
            })
        return table.refs[row]
    }

    @Test("a reboot is one GET by the link that the server gave; the OLT shows that it happened")
    func reboot() async throws {
        try await withLiveKrill { live in
            let target = try await cpe(live)
            let plan = try await live.server.prepare(Command(.rebootCPE, [target]))
            #expect(live.commands == [])
            #expect(plan.steps.count == 1 && !plan.warnings.isEmpty)
            let told = Mutex<[String]>([])
            let outcomes = await live.perform(plan) { words in told.withLock { $0.append(words) } }
            #expect(outcomes.map(\.state) == [.verified], "\(outcomes)")
            #expect(outcomes[0].words.contains("online again") || outcomes[0].words.contains("back online"))
            #expect(told.withLock { $0.contains { $0.contains("offline after") } })
            #expect(live.commands == ["GET /api/v2/cpes/\(target.id)/reboot/"])
        }
    }

    @Test("a factory reset is one GET, and the OLT shows the restart")
    func factory() async throws {
        try await withLiveKrill { live in
            let target = try await cpe(live)
            let outcomes = await live.perform(
                try await live.server.prepare(Command(.factoryResetCPE, [target])))
            #expect(outcomes.map(\.state) == [.verified], "\(outcomes)")
            #expect(live.commands == ["GET /api/v2/cpes/\(target.id)/factory/"])
        }
    }

    @Test("without its short links the document's own path is used")
    func longPath() async throws {
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/isp/cpes/7/":
                return .json([
                    "id": 7, "cpename": "met7",
                    "_links": ["actions": ["reboot": "http://pre1:4280/api/v2/isp/cpes/7/reboot"]],
                ])
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let plan = try await server.prepare(Command(.rebootCPE, [EntityRef(BackendID(0), .cpe, id: 7)]))
        #expect(plan.steps.first?.request.target == "/v2/isp/cpes/7/reboot/")
        #expect(plan.steps.first?.request.method == .get)
        let factory = try await server.prepare(
            Command(.factoryResetCPE, [EntityRef(BackendID(0), .cpe, id: 7)]))
        #expect(factory.steps.isEmpty)
        #expect(factory.excluded.first?.words.contains("does not offer") == true)
    }

    @Test("a line that may not be provisioned or configured is left alone, with words")
    func forbidden() async throws {
        try await withLiveKrill { live in
            let target = try await cpe(live)
            var edit = Command(
                "edit-cpe", [target], ["disable_provision": .flag(true), "disable_reconfig": .flag(true)])
            #expect(await live.perform(try await live.server.prepare(edit)).map(\.state) == [.verified])
            for kind in [CommandKind.reprovisionCPE, .unprovisionCPE, .reconfigureCPE] {
                let plan = try await live.server.prepare(Command(kind, [target]))
                #expect(plan.steps.isEmpty, "\(kind)")
                #expect(plan.excluded.first?.words.contains("disable_") == true, "\(kind)")
            }
            #expect(try await live.server.prepare(Command(.rebootCPE, [target])).steps.count == 1)
            edit.arguments["disable_provision"] = .flag(false)
            #expect(await live.perform(try await live.server.prepare(edit)).map(\.state) == [.verified])
        }
    }

    @Test("taking a line out of its OLT and putting it back shows in its service ports")
    func provisioning() async throws {
        try await withLiveKrill { live in
            let target = try await cpe(live)
            let out = await live.perform(try await live.server.prepare(Command(.unprovisionCPE, [target])))
            #expect(out.map(\.state) == [.verified], "\(out)")
            let back = await live.perform(try await live.server.prepare(Command(.reprovisionCPE, [target])))
            #expect(back.map(\.state) == [.accepted], "\(back)")
            #expect(back[0].words.contains("service port"))
        }
    }

    @Test("what nobody can see the end of is called accepted, and says where that ends")
    func unseen() async throws {
        try await withLiveKrill { live in
            let target = try await cpe(live)
            for kind in [CommandKind.diagnostic, .reconfigureCPE] {
                let outcomes = await live.perform(try await live.server.prepare(Command(kind, [target])))
                #expect(outcomes.map(\.state) == [.accepted], "\(kind)")
            }
            #expect(live.commands.count == 2)
        }
    }

    @Test("a server that wants POST says so, nothing was done, and the next plan sends that")
    func post() async throws {
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/isp/cpes/7/": return .json(["id": 7, "cpename": "met7"])
            default: return .status(404)
            }
        }
        let server = KrillServer(krillSettings(), krill)
        let target = EntityRef(BackendID(0), .cpe, id: 7)
        let plan = try await server.prepare(Command(.diagnostic, [target]))
        let refusal = Response.status(
            405, "Method \"GET\" not allowed.", headers: [Header("Allow", "POST, OPTIONS")])
        let outcomes = await server.verify(plan, answers: [StepAnswer(target, .success(refusal))])
        #expect(outcomes.map(\.state) == [.failed])
        #expect(try await server.prepare(Command(.diagnostic, [target])).steps.first?.request.method == .post)
    }

    @Test("a session is cut by its own number, and another one is the evidence")
    func disconnecting() async throws {
        try await withLiveKrill { live in
            _ = try await live.table(.cpe)
            let sessions = try await live.table(.session)
            let target = try #require(sessions.refs.first)
            let plan = try await live.server.prepare(Command(.disconnectPPPoE, [target]))
            #expect(plan.tier == .touchesService)
            let outcomes = await live.perform(plan)
            #expect(outcomes.map(\.state) == [.verified], "\(outcomes)")
            #expect(live.commands.count == 1 && live.commands[0].hasSuffix("/disconnect/"))
        }
    }

    @Test("an ONU that waits is enabled and waits no more; one that must not be is left out")
    func enabling() async throws {
        try await withLiveKrill { live in
            let table = try await live.table(.unconfigured)
            let row = try #require((0..<table.count).first { table.text($0, "why_not").isEmpty })
            let outcomes = await live.perform(
                try await live.server.prepare(Command(.enableONU, [table.refs[row]])))
            #expect(outcomes.map(\.state) == [.verified], "\(outcomes)")
            for row in 0..<table.count where table.text(row, "why_not").contains("disable_provision") {
                #expect(try await live.server.prepare(Command(.enableONU, [table.refs[row]])).steps.isEmpty)
            }
        }
    }

    @Test(
        "problems are acknowledged, checked again and silenced where the server offers it, hosts and services"
    )
    func monitoring() async throws {
        let world = World(scale: 1_200)
        world.advance(by: 90)
        try await withLiveKrill(world: world) { live in
            _ = try await live.server.check()
            _ = try await live.table(.cpe)
            let alerts = try await live.table(.alert)
            for isService in [false, true] {
                let row = try #require(
                    (0..<alerts.count).first {
                        alerts.refs[$0].id.contains("!") == isService && alerts.text($0, .state) == "open"
                            && !alerts.refs[$0].id.hasPrefix("pon:")
                    })
                let target = alerts.refs[row]
                let note: [FieldKey: Value] = [.note: .text("seen"), "duration": .text("2 h")]
                for kind in [CommandKind.acknowledge, .downtime, .recheck] {
                    let plan = try await live.server.prepare(Command(kind, [target], note))
                    #expect(plan.steps.count == 1, "\(kind): \(plan.excluded)")
                    let outcomes = await live.perform(plan)
                    #expect(outcomes.map(\.state) == [.verified], "\(kind): \(outcomes)")
                }
                let more = try await live.server.prepare(Command(.downtime, [target], note))
                #expect(more.warnings.contains { $0.hasSuffix("is in a downtime already.") })
                #expect(await live.perform(more).map(\.state) == [.accepted], "nothing shows the second one")
                let again = try await live.server.prepare(Command(.acknowledge, [target], note))
                #expect(again.steps.isEmpty && again.excluded.first?.words == "already acknowledged")
            }
            let derived = try #require(alerts.refs.first { $0.id.hasPrefix("pon:") })
            let plan = try await live.server.prepare(Command(.acknowledge, [derived]))
            #expect(plan.steps.isEmpty && plan.excluded.first?.words.contains("derived") == true)
        }
    }

    @Test("a server that offers nothing of it has no such commands")
    func notOffered() async throws {
        try await withLiveKrill(KrillRelease(offersMonitoringActions: false)) { live in
            _ = try await live.server.check()
            let kinds = Set(live.server.commands.map(\.kind))
            #expect(kinds.isDisjoint(with: [.acknowledge, .recheck, .downtime]))
            #expect(kinds.contains(.rebootCPE))
        }
    }
}
