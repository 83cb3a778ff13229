import AdapterContract
import Domain
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill: what a server leaves out is not known")
struct AbsenceTests {
    /// What decides whether something is wrong, or is counted.
    ///
    /// What the server says twice is not here, since either is enough: `acknowledged` and `acknowledgement`, `downtime`
    /// and its like, the PON by tag and by place, the business impact of a host.
    private static let members = [
        DecidingMember("attrs", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu, .customer),
        DecidingMember("attrs.state", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu, .customer),
        DecidingMember("attrs.problem", of: Path.search, decides: .alert, .device, .cpe, .customer),
        DecidingMember("attrs.handled", of: Path.search, decides: .alert),
        DecidingMember("attrs.vars", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu),
        DecidingMember("attrs.vars.administrative_info", of: Path.search, decides: .alert, .device, .cpe),
        DecidingMember("attrs.business_impact", of: Path.search, decides: .alert),
        DecidingMember("attrs.perfdata", of: Path.search, decides: .onu),
        DecidingMember("name", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu),
        DecidingMember("id", of: Path.cpes, decides: .cpe, .customer),
        DecidingMember("access", of: Path.cpes, decides: .cpe),
        DecidingMember("active", of: Path.cpes, decides: .cpe),
        DecidingMember("id", of: Path.customers, decides: .customer),
        DecidingMember("id", of: Path.potses, decides: .pots),
        DecidingMember("acctuniqueid", of: Path.sessions, decides: .session),
        DecidingMember("acctstoptime", of: Path.sessions, decides: .session),
    ]

    @Test(
        "a member that is left out, null or of another kind makes nothing well and nothing fewer")
    func absence() async throws {
        try await withLiveKrill(world: World(scale: 120)) { live in
            let contract = AdapterContract(Krill.descriptor, live.settings, live.transport)
            let faults = await contract.absence(of: Self.members)
            for fault in faults { Issue.record("\(fault)") }
        }
    }
}
