import AdapterContract
import Domain
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: what a server leaves out is not known")
struct AbsenceTests {
    /// What decides whether something is wrong, or is counted.
    ///
    /// Not alone: a leg's id stands in its address too, where bonds are in the aggregators' lists, and failed updates
    /// are counted twice; `SilenceTests` takes both away.
    private static let members = [
        DecidingMember("status", of: Path.aggregators, decides: .aggregator, .bond, .customer, .alert),
        DecidingMember("status", of: Path.bonders, decides: .bonder),
        DecidingMember("leg_list", of: Path.bonds, decides: .bond, .leg, .customer, .alert),
        DecidingMember("leg_list.state", of: Path.bonds, decides: .bond, .leg, .customer, .alert),
        DecidingMember("aggregator", of: Path.bonds, decides: .bond, .alert),
        DecidingMember("space", of: Path.bonds, decides: .customer),
        DecidingMember("status", of: Path.configUpdates, decides: .system, .alert),
    ]

    @Test(
        "a member that is left out, null or of another kind makes nothing well and nothing fewer",
        arguments: LiveBonding.releases)
    func absence(release: BondingRelease) async throws {
        let world = World(scale: 300, withOddities: false)
        world.advance(by: 7_200)
        try await withLiveServer(release, world: world) { live in
            let contract = AdapterContract(Bonding.descriptor, live.settings, live.transport)
            let faults = await contract.absence(of: Self.members, awaiting: [])
            for fault in faults { Issue.record("\(fault)") }
        }
    }
}
