import AdapterKit
import Domain
import HTTP
import JSON
import Simulator
import Testing

@testable import LibreNMSAdapter

@Suite("LibreNMS over HTTP: the inventory as a tree")
struct TreeTests {
    private func part(_ line: Detail.Line) -> EntityRef? {
        guard case .ref(let entity, _) = line.value, entity.kind == .part else { return nil }
        return entity
    }

    @Test(
        "a device's inventory is unfolded level by level to its last part", arguments: LiveLibreNMS.releases)
    func levels(release: LibreNMSRelease) async throws {
        try await withLiveServer(release) { live in
            let devices = try await live.table(.device)
            let core = try #require(devices.refs.indices.first { devices.name($0).contains("core") })
            let detail = try await live.server.detail(of: devices.refs[core])
            let section = try #require(detail.sections.first { $0.title.hasPrefix("Inventory") })
            var waiting = section.lines
            var seen: Set<EntityRef> = []
            var levels = 0
            var unfolded = 0
            while !waiting.isEmpty {
                var next: [Detail.Line] = []
                for line in waiting {
                    let entity = try #require(part(line))
                    #expect(entity.id.hasPrefix("\(devices.refs[core].id)/"))
                    #expect(seen.insert(entity).inserted, "\(entity) is in two places")
                    // One branch to its end and the others one level deep: old servers ask a request each.
                    guard line.isExpandable, unfolded < 12 else { continue }
                    unfolded += 1
                    next += try await live.server.children(of: entity)
                }
                waiting = next
                levels += 1
            }
            #expect(levels > 2)
            #expect(seen.count > 10)
            let asked = live.simulator.arrivals().map(\.target).filter {
                $0.contains("entPhysicalContainedIn=")
            }
            #expect(asked.count >= unfolded)
            // Who gave the whole inventory knows that a leaf is one.
            let leaves = section.lines.count { !$0.isExpandable }
            #expect(release == .modern || leaves == 0)
        }
    }

    @Test("other devices' parts, and a part that contains itself, are not among what is inside")
    func foreign() async throws {
        let recorded = try RecordedLibreNMS("2016")
        func part(_ index: Int64, in parent: Int64, of device: Int64 = 3, kind: String = "module") -> JSONTree
        {
            [
                "device_id": .integer(device), "entPhysicalIndex": .integer(index),
                "entPhysicalContainedIn": .integer(parent), "entPhysicalName": .string("P\(index)"),
                "entPhysicalClass": .string(kind),
            ]
        }
        let rows = [part(7, in: 7), part(8, in: 7), part(9, in: 7, of: 4), part(6, in: 7, kind: "sensor")]
        let transport = ScriptedTransport { asked in
            asked.path == "/inventory/3" ? .list("inventory", rows) : recorded.answer(asked)
        }
        let server = LibreNMSServer.unhurried(transport)
        let lines = try await server.children(of: EntityRef(BackendID(0), .part, id: "3/0/7"))
        #expect(lines.compactMap(self.part).map(\.id) == ["3/7/6", "3/7/8"])
        #expect(lines.map(\.isExpandable) == [false, true])
        #expect(transport.asked.last?.query == ["entPhysicalContainedIn": "7"])
        #expect(try await server.children(of: EntityRef(BackendID(0), .device, id: "3")).isEmpty)
        await #expect {
            _ = try await server.children(of: EntityRef(BackendID(0), .part, id: "nonsense"))
        } throws: { ($0 as? BackendError)?.kind == .missing }
    }
}
