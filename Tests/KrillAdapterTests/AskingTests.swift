import AdapterContract
import AdapterKit
import Dashboard
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill: only what was asked for is sent")
struct AskingTests {
    private static func manners(_ cpe: String) -> AskingManners {
        AskingManners(
            objects: [
                "edit-cpe": [Path.cpe], "edit-customer": [Path.customer], "edit-pots": [Path.pots],
            ],
            samples: ["customer": "4711", "profile": "4712", "cpe": cpe, "duration": "2 h"],
            bodies: [
                .acknowledge: ["comment", "sticky", "persistent", "notify", "service_name"],
                .downtime: [
                    "comment", "start_time", "end_time", "fixed", "all_services", "service_name",
                ], .recheck: ["service_name"], .enableONU: ["cpe"],
            ])
    }

    @Test("a form changes what is changed in it, whatever the server has nothing for")
    func asking() async throws {
        let world = World(scale: 300)
        world.advance(by: 90)
        try await withLiveKrill(world: world) { live in
            let contract = AdapterContract(
                Krill.descriptor, live.settings,
                PatientTransport(transport: live.transport, world: live.world))
            let cpe = try #require(try await live.table(.cpe).refs.first)
            let faults = await contract.asking(Self.manners(cpe.id))
            for fault in faults { Issue.record("\(fault)") }
            #expect(live.commands == [])
        }
    }

    @Test("whatever comes back for a command, its outcome claims no more than is known")
    func outcomes() async throws {
        let world = World(scale: 300)
        world.advance(by: 90)
        try await withLiveKrill(world: world) { live in
            let contract = AdapterContract(
                Krill.descriptor, live.settings,
                PatientTransport(transport: live.transport, world: live.world))
            let cpe = try #require(try await live.table(.cpe).refs.first)
            let faults = await contract.outcomes(
                Self.manners(cpe.id), happening: [.recheck, .rebootCPE, .factoryResetCPE, .disconnectPPPoE]
            ) { await live.send($0) }
            for fault in faults { Issue.record("\(fault)") }
        }
    }

    /// A server with one CPE, whose OPTIONS says what it likes.
    private func server(_ cpe: JSONTree, options: JSONTree = ["actions": ["POST": [:]]]) -> KrillServer {
        let krill = ScriptedKrill { asked in
            switch asked.path {
            case "/v2/auth/login/": return .json(["access": "opaque"])
            case "/v2/isp/cpes/7/": return .json(cpe)
            case "/v2/isp/cpes/": return .json(options)
            default: return .status(404)
            }
        }
        return KrillServer(krillSettings(), krill)
    }

    /// What is sent for answers to the form of an edit.
    private func sent(_ cpe: JSONTree, _ answers: [FieldKey: Value]) async throws -> String? {
        let server = server(cpe)
        let target = EntityRef(BackendID(0), .cpe, id: 7)
        var form = CommandForm(try #require(server.commands.first { $0.kind == "edit-cpe" }).form)
        form.fill(try await server.opening(Command("edit-cpe", [target])))
        form.answer(answers)
        let plan = try await server.prepare(Command("edit-cpe", [target], form.arguments))
        return plan.steps.first?.request.shownBody
    }

    @Test("a null address profile is no profile, and stays none while something else is changed")
    func unset() async throws {
        let cpe: JSONTree = [
            "id": 7, "cpename": "met7", "address_profile": .null, "access": .null, "tech": "gpon",
            "city": "A",
        ]
        #expect(try await sent(cpe, [:]) == nil)
        #expect(try await sent(cpe, ["city": .text("B")]) == #"{"city":"B"}"#)
        #expect(try await sent(cpe, ["address_profile": .text("nat")]) == #"{"address_profile":"nat"}"#)
    }

    @Test("a text that a form can't show as it is goes back untouched: it is not sent")
    func cleaned() async throws {
        let cpe: JSONTree = ["id": 7, "cpename": "met7", "notes": "two\nlines\u{1B}[31m", "city": "A"]
        #expect(try await sent(cpe, [:]) == nil)
        #expect(try await sent(cpe, ["city": .text("B")]) == #"{"city":"B"}"#)
    }
}
