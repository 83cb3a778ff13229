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
        DecidingMember("disabled", of: Path.devices, decides: .device),
        DecidingMember("ignore", of: Path.devices, decides: .device),
        DecidingMember("device_id", of: Path.devices, decides: .device),
        DecidingMember("severity", of: Path.rules, decides: .rule),
        DecidingMember("disabled", of: Path.rules, decides: .rule),
        DecidingMember("id", of: Path.rules, decides: .rule),
        DecidingMember("state", of: Path.alerts, decides: .alert),
        DecidingMember("id", of: Path.alerts, decides: .alert),
        DecidingMember("bill_id", of: Path.bills, decides: .bill),
        DecidingMember("bill_type", of: Path.bills, decides: .bill),
        DecidingMember("rate_95th", of: Path.bills, decides: .bill),
        DecidingMember("total_data", of: Path.bills, decides: .bill),
        DecidingMember("id", of: Path.groups, decides: .group),
    ]

    /// The same in the lists that only newer releases have.
    private static let membersOfToday = [
        DecidingMember("sensor_id", of: Path.sensors, decides: .sensor),
        DecidingMember("device_id", of: Path.sensors, decides: .sensor),
        DecidingMember("sensor_current", of: Path.sensors, decides: .sensor),
        DecidingMember("sensor_limit", of: Path.sensors, decides: .sensor),
        DecidingMember("event_id", of: Path.eventLogOfAll, decides: .event),
        DecidingMember("seq", of: Path.syslog, decides: .syslog),
        DecidingMember("id", of: Path.pollers, decides: .poller),
        DecidingMember("last_report", of: Path.pollers, decides: .poller),
        DecidingMember("id", of: Path.locations, decides: .location),
    ]

    /// Services stand on servers, which only a larger network has; beside them what every adapter must name.
    private static let membersOfServices = [
        DecidingMember("service_id", of: Path.services, decides: .service),
        DecidingMember("service_status", of: Path.services, decides: .service),
        DecidingMember("service_disabled", of: Path.services, decides: .service),
        DecidingMember("service_ignore", of: Path.services, decides: .service),
        DecidingMember("status", of: Path.devices, decides: .device),
        DecidingMember("state", of: Path.alerts, decides: .alert),
    ]

    private static func members(_ release: LibreNMSRelease) -> [DecidingMember] {
        let ports = release == .modern ? Path.ports : Path.devicePorts
        // Where alerts say it themselves, the rule's severity is as good.
        let severity = release == .modern ? [] : [DecidingMember("severity", of: Path.rules, decides: .alert)]
        // Newer servers say what is allowed a second time.
        let allowed = release == .modern ? [] : ["bill_cdr", "bill_quota"]
        // A port without ifAdminStatus, which is known to be up, is switched on.
        return members + severity + (release == .modern ? membersOfToday : [])
            + allowed.map { DecidingMember($0, of: Path.bills, decides: .bill) } + [
                DecidingMember("ifOperStatus", of: ports, decides: .port),
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
            let faults = await contract.absence(of: Self.members(release))
            for fault in faults { Issue.record("\(fault)") }
        }
    }

    @Test("a service that does not say how it is, or can't be told from others, is neither well nor left out")
    func services() async throws {
        try await withLiveServer(.modern, world: World(scale: 400)) { live in
            let contract = AdapterContract(LiveLibreNMS.descriptor, live.settings, live.transport)
            let faults = await contract.absence(of: Self.membersOfServices)
            for fault in faults { Issue.record("\(fault)") }
        }
    }
}
