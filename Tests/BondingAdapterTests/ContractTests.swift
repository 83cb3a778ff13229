import AdapterContract
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: what every adapter owes")
struct ContractTests {
    /// Some hours into the life of the world, when something is wrong.
    private func late() -> World {
        let world = World(scale: 2_400, withOddities: false)
        world.advance(by: 7_200)
        return world
    }

    @Test(
        "lists and details of a healthy server are whole, clean and declared",
        arguments: LiveBonding.releases)
    func reading(release: BondingRelease) async throws {
        try await withLiveServer(release, world: late()) { live in
            let faults = await contract(live).reading()
            #expect(faults == [])
        }
    }

    @Test("a server in trouble never looks like one without rows", arguments: LiveBonding.releases)
    func trouble(release: BondingRelease) async throws {
        try await withLiveServer(release) { live in
            let faults = await contract(live).trouble()
            #expect(faults == [])
        }
    }

    @Test(
        "commands are made from what was read, outcomes from what is read after",
        arguments: LiveBonding.releases)
    func commanding(release: BondingRelease) async throws {
        try await withLiveServer(release) { live in
            #expect(await contract(live).commanding() == [])
            #expect(live.commands == [])
        }
    }

    private func contract(_ live: LiveBonding) -> AdapterContract {
        AdapterContract(Bonding.descriptor, live.settings, live.transport)
    }
}
