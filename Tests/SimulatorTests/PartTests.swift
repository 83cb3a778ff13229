import Foundation
import Testing

@testable import Simulator

@Suite("a network divided between many servers") struct PartTests {
    @Test(
        "every device is on one server and no server is empty, however many there are", arguments: [2, 7, 10])
    func shares(_ count: Int) {
        let world = World(scale: 10_000)
        var seen: [Int: Int] = [:]
        for part in 0..<count {
            let indices = world.view(of: .part(part, of: count)).deviceIndices
            #expect(!indices.isEmpty)
            for index in indices { seen[index, default: 0] += 1 }
        }
        #expect(seen.count == world.life.network.devices.count)
        #expect(seen.values.allSatisfy { $0 == 1 })
    }

    @Test("what feeds a device is on the same server")
    func parents() {
        let world = World(scale: 10_000, withOddities: false)
        let view = world.view(of: .part(3, of: 10))
        let indices = Set(view.deviceIndices)
        let parents = indices.compactMap { world.life.network.devices[$0].parent }
        #expect(!parents.isEmpty && parents.allSatisfy(indices.contains))
    }

    @Test("each bill is on one server")
    func bills() async throws {
        let world = World(scale: 5_000)
        var ids: [Int] = []
        for part in 0..<5 {
            try await withServer(.modern, world: world, territory: .part(part, of: 5)) {
                client async throws in
                ids += try await client.get("/api/v0/bills").rows("bills").compactMap {
                    $0["bill_id"] as? Int
                }
            }
        }
        #expect(ids.sorted() == world.life.network.bills.map(\.id).sorted())
    }

    @Test("a fleet of several has a server of today for each part, with a Krill and a Bonding behind them")
    func fleet() {
        let world = World(scale: 1_500, withOddities: false)
        let fleet = SimulatedFleet(
            world: world, backends: 3, hasSubscribers: true, bonds: .v3, clock: .standing)
        #expect(fleet.members.map(\.name) == ["nms1", "nms2", "nms3", "access", "bonds"])
        #expect(fleet.members.prefix(3).allSatisfy { $0.server.api == .libreNMS(.modern) })
        #expect(Set(fleet.members.map(\.token)).count == 5)
    }

    @Test("an answer of several megabytes arrives as it was written, to several clients at once")
    func large() async throws {
        let world = World(scale: 12_000, withOddities: false)
        let columns =
            "port_id,ifName,ifAlias,ifDescr,ifOperStatus,ifAdminStatus,ifInOctets_rate,ifOutOctets_rate"
        try await withServer(.modern, world: world) { client async throws in
            let ids = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        let reply = try await client.get("/api/v0/ports?columns=\(columns)")
                        return reply.rows("ports").compactMap { $0["port_id"] as? Int }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let areAllThere = ids.map { $0 == Array(1...12_000) }
            #expect(areAllThere == [true, true, true])
        }
    }

    @Test("no two of 100,000 devices have the same address, serial number or name")
    func identities() {
        var builder = NetworkBuilder(seed: 1, scale: 1_000_000, withOddities: false, extent: Extent())
        let devices = builder.build().devices
        #expect(devices.count == 100_000)
        #expect(Set(devices.map(\.address)).count == devices.count)
        #expect(Set(devices.map(\.hostname)).count == devices.count)
        // Below 10,000 devices two may share a serial number by chance, as they always did.
        #expect(Set(devices.dropFirst(10_000).compactMap(\.serial)).count == devices.count - 10_000)
    }
}
