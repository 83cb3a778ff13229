import AdapterContract
import Domain
import Simulator
import Testing

@testable import KrillAdapter

@Suite("Krill: what a server leaves out is not known")
struct AbsenceTests {
    /// What decides whether something is wrong, or is counted.
    private static let members: [DecidingMember] = []

    /// The same where the adapter does not hold it yet; the test says when it does, and the line moves up.
    private static let awaited = [
        DecidingMember("attrs", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu),
        DecidingMember("attrs.state", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu),
        DecidingMember("attrs.problem", of: Path.search, decides: .alert, .device),
        DecidingMember("attrs.vars", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu),
        DecidingMember("attrs.vars.administrative_info", of: Path.search, decides: .alert, .device, .cpe),
        DecidingMember("attrs.vars.cpe_registration_tags", of: Path.search, decides: .alert, .pon, .onu),
        DecidingMember("attrs.acknowledgement", of: Path.search, decides: .alert),
        DecidingMember("attrs.business_impact", of: Path.search, decides: .alert),
        DecidingMember("name", of: Path.search, decides: .alert, .device, .cpe, .pon, .onu),
        DecidingMember("id", of: Path.cpes, decides: .cpe, .customer),
        DecidingMember("access", of: Path.cpes, decides: .cpe),
        DecidingMember("active", of: Path.cpes, decides: .cpe),
        DecidingMember("id", of: Path.customers, decides: .customer),
    ]

    @Test(
        "a member that is left out, null or of another kind makes nothing well and nothing fewer")
    func absence() async throws {
        try await withLiveKrill(world: World(scale: 120)) { live in
            let contract = AdapterContract(Krill.descriptor, live.settings, live.transport)
            let faults = await contract.absence(of: Self.members, awaiting: Self.awaited)
            for fault in faults { Issue.record("\(fault)") }
        }
    }
}
