import AdapterContract
import Domain
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS: what a server leaves out is not known")
struct AbsenceTests {
    /// What decides whether something is wrong, or is counted.
    private static let members = [
        DecidingMember("status", of: Path.devices, decides: .device),
        DecidingMember("severity", of: Path.rules, decides: .rule),
        DecidingMember("state", of: Path.alerts, decides: .alert),
    ]

    /// The same where the adapter does not hold it yet; the test says when it does, and the line moves up.
    private static let awaited = [
        DecidingMember("disabled", of: Path.devices, decides: .device),
        DecidingMember("ignore", of: Path.devices, decides: .device),
        DecidingMember("device_id", of: Path.devices, decides: .device),
        DecidingMember("id", of: Path.alerts, decides: .alert),
        DecidingMember("disabled", of: Path.rules, decides: .rule),
        DecidingMember("id", of: Path.rules, decides: .rule),
    ]

    private static func members(_ release: LibreNMSRelease) -> [DecidingMember] {
        let ports = release == .modern ? Path.ports : Path.devicePorts
        // Where alerts say it themselves, the rule's severity is as good.
        let severity = release == .modern ? [] : [DecidingMember("severity", of: Path.rules, decides: .alert)]
        return members + severity + [DecidingMember("ifOperStatus", of: ports, decides: .port)]
    }

    private static func awaited(_ release: LibreNMSRelease) -> [DecidingMember] {
        let ports = release == .modern ? Path.ports : Path.devicePorts
        return awaited + [
            DecidingMember("ifAdminStatus", of: ports, decides: .port),
            DecidingMember("port_id", of: ports, decides: .port),
        ]
    }

    @Test(
        "a member that is left out, null or of another kind makes nothing well and nothing fewer",
        arguments: LiveLibreNMS.releases)
    func absence(release: LibreNMSRelease) async throws {
        try await withLiveServer(release, world: World(scale: 120)) { live in
            let contract = AdapterContract(LiveLibreNMS.descriptor, live.settings, live.transport)
            let faults = await contract.absence(of: Self.members(release), awaiting: Self.awaited(release))
            for fault in faults { Issue.record("\(fault)") }
        }
    }
}
