import AdapterContract
import Domain
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: what a server leaves out is not known")
struct AbsenceTests {
    /// What decides whether something is wrong, or is counted.
    private static let members = [
        DecidingMember("status", of: Path.aggregators, decides: .aggregator, .alert),
        DecidingMember("status", of: Path.bonders, decides: .bonder),
        DecidingMember("leg_list.state", of: Path.bonds, decides: .bond, .leg, .alert),
    ]

    /// The same where the adapter does not hold it yet; the test says when it does, and the line moves up.
    private static let awaited = [
        DecidingMember("leg_list", of: Path.bonds, decides: .bond, .leg, .alert),
        DecidingMember("current_aggregator", of: Path.bonds, decides: .bond, .alert),
        DecidingMember("aggregator", of: Path.bonds, decides: .bond, .alert),
        DecidingMember("leg_list.id", of: Path.bonds, decides: .bond, .leg, .alert),
        DecidingMember("failures", of: Path.configUpdates, decides: .system, .alert),
    ]

    @Test(
        "a member that is left out, null or of another kind makes nothing well and nothing fewer",
        arguments: LiveBonding.releases)
    func absence(release: BondingRelease) async throws {
        let world = World(scale: 300, withOddities: false)
        world.advance(by: 7_200)
        try await withLiveServer(release, world: world) { live in
            let contract = AdapterContract(Bonding.descriptor, live.settings, live.transport)
            let faults = await contract.absence(of: Self.members, awaiting: Self.awaited)
            for fault in faults { Issue.record("\(fault)") }
        }
    }
}
