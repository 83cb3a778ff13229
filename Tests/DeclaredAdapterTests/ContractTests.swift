import AdapterContract
import AdapterKit
import DeclaredAdapter
import Domain
import HTTP
import Testing

@Suite("Declared adapters: what every adapter owes")
struct ContractTests {
    private static let names = ScriptedServer.shipped.map(\.name)

    private func contract(_ name: String) throws -> (AdapterContract, ScriptedServer) {
        let server = ScriptedServer.make(name)
        let descriptor = Declared.descriptor(try shipped(name))
        return (AdapterContract(descriptor, ScriptedServer.settings, server), server)
    }

    @Test("lists and details of a healthy server are whole, clean and declared", arguments: names)
    func reading(name: String) async throws {
        #expect(try await contract(name).0.reading() == [])
    }

    @Test("a server in trouble never looks like one without rows", arguments: names)
    func trouble(name: String) async throws {
        #expect(try await contract(name).0.trouble() == [])
    }

    @Test("commands are made from what was read, outcomes from what is read after", arguments: names)
    func commanding(name: String) async throws {
        let (contract, server) = try contract(name)
        #expect(await contract.commanding() == [])
        #expect(server.sent.isEmpty)
    }

    /// What decides whether something is wrong, or is counted; not what tells rows apart: another identity is another row.
    private static let members: [String: [DecidingMember]] = [
        "alertmanager": [
            DecidingMember("labels", of: "/api/v2/alerts", decides: .alert),
            DecidingMember("labels.severity", of: "/api/v2/alerts", decides: .alert),
            DecidingMember("status", of: "/api/v2/alerts", decides: .alert),
            DecidingMember("status.silencedBy", of: "/api/v2/alerts", decides: .alert),
            DecidingMember("status.state", of: "/api/v2/alerts", decides: .alert),
        ],
        "prometheus": [
            DecidingMember("data.activeTargets.health", of: "/api/v1/targets", decides: .device),
            DecidingMember("data.alerts.state", of: "/api/v1/alerts", decides: .alert),
        ],
        "icinga2": [
            DecidingMember("attrs.state", of: "/v1/objects/hosts", decides: .device),
            DecidingMember("attrs.state", of: "/v1/objects/services", decides: .alert),
            DecidingMember("attrs.acknowledgement", of: "/v1/objects/services", decides: .alert),
        ],
    ]

    @Test(
        "a member that is left out, null or of another kind makes nothing well and nothing fewer",
        arguments: names)
    func absence(name: String) async throws {
        for fault in await (try contract(name).0).absence(of: Self.members[name] ?? []) {
            Issue.record("\(fault)")
        }
    }

    private static let manners = AskingManners(
        objects: [:], samples: ["length": "3h"],
        bodies: ["recheck": ["type", "service", "host", "force"], "unmute": ["type", "service"]])

    @Test("whatever comes back for a command, its outcome claims no more than is known", arguments: names)
    func outcomes(name: String) async throws {
        let (contract, server) = try contract(name)
        let faults = await contract.outcomes(Self.manners) { await $0.send(by: server) }
        for fault in faults { Issue.record("\(fault)") }
    }

    @Test("a form changes what is changed in it", arguments: ["alertmanager", "icinga2"])
    func asking(name: String) async throws {
        var manners = Self.manners
        manners.bodies["acknowledge"] =
            name == "icinga2"
            ? ["type", "service", "author", "comment", "sticky", "notify"]
            : ["matchers", "startsAt", "endsAt", "createdBy", "comment"]
        if name == "icinga2" {
            manners.bodies["downtime"] = [
                "type", "host", "all_services", "author", "comment", "start_time", "end_time", "fixed",
            ]
        } else {
            manners.bodies = ["acknowledge": manners.bodies["acknowledge"] ?? [], "unmute": []]
        }
        for fault in await (try contract(name).0).asking(manners) { Issue.record("\(fault)") }
    }
}
