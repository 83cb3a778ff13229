import AdapterContract
import Domain
import Simulator
import Testing

@testable import BondingAdapter

@Suite("Bonding: only what was asked for is sent")
struct AskingTests {
    private static let manners = AskingManners(
        objects: [
            "edit-bond": [Path.bond], "edit-space": [Path.space],
            "edit-leg": [Path.leg] + LegType.allCases.map(\.path),
            "edit-address": [Path.connectedIP], "edit-nat-address": [Path.natIP],
            "edit-route": [Path.route],
        ],
        samples: [
            "up_speed": "12345", "down_speed": "23M", "mode": "idle", "length": "5",
            "ip": "192.0.2.77", "network": "192.0.2.128/25", "gateway": "192.0.2.129",
        ],
        bodies: [
            .legMode: ["link_mode"], .testLeg: ["leg", "direction", "protocol", "length"],
            .testBond: ["direction", "protocol", "length"],
            "enable-nat-address": ["enabled"], "disable-route": ["enabled"],
            "disable-address": ["enabled"], "disable-nat-address": ["enabled"],
            "add-address": ["ip", "network", "interface", "note"],
            "add-nat-address": ["ip", "note"], "add-route": ["network", "gateway", "note"],
        ])

    @Test(
        "a form changes what is changed in it, whatever the server has nothing for",
        arguments: LiveBonding.releases)
    func asking(release: BondingRelease) async throws {
        let world = World(scale: 300, withOddities: false)
        world.advance(by: 7_200)
        try await withLiveServer(release, world: world) { live in
            let contract = AdapterContract(Bonding.descriptor, live.settings, live.transport)
            let faults = await contract.asking(Self.manners)
            for fault in faults { Issue.record("\(fault)") }
            #expect(live.commands == [])
        }
    }

    @Test(
        "whatever comes back for a command, its outcome claims no more than is known",
        arguments: LiveBonding.releases)
    func outcomes(release: BondingRelease) async throws {
        let world = World(scale: 300, withOddities: false)
        world.advance(by: 7_200)
        try await withLiveServer(release, world: world) { live in
            let contract = AdapterContract(Bonding.descriptor, live.settings, live.transport)
            let faults = await contract.outcomes(
                Self.manners, happening: [.restartBond, .restorePrimary, .renewDHCP]
            ) { await live.send($0) }
            for fault in faults { Issue.record("\(fault)") }
        }
    }

    @Test("a mode, a direction or a protocol that nobody chose is not sent")
    func unchosen() async throws {
        try await withLiveServer { live in
            let leg = try #require(try await live.server.table(.leg).refs.first)
            await #expect(throws: BackendError.self) {
                try await live.server.prepare(Command(.legMode, [leg]))
            }
            let mode = try #require(live.server.commands.first { $0.kind == .legMode }?.form.first)
            #expect(mode.input == .choice(["", "active", "idle", "offline"]))
        }
    }
}
