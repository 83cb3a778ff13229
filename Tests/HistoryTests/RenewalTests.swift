import Domain
import Foundation
import Testing

@testable import History

@Suite("A history that is begun again while it is used")
struct RenewalTests {
    private func remove(_ archive: Archive) throws {
        for name in archive.files {
            try FileManager.default.removeItem(atPath: archive.directory + "/state/" + name)
        }
    }

    /// The damaged files, without what SQLite puts beside them.
    private func asideNames(_ archive: Archive) -> [String] {
        archive.files.filter { $0.contains("damaged") && !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }
    }

    @Test("holds all that there is again, so that the next start tells nothing of it as new")
    func renewed() throws {
        let archive = try Archive()
        let man = Watchman(archive.store)
        try man.read(Lists.devices([1: "up", 2: "up", 3: "up"]))
        try man.read(Lists.alerts([.init(id: 1), .init(id: 2)]))
        try remove(archive)
        #expect(try man.read(Lists.devices([1: "up", 2: "down", 3: "up"])).map(\.short) == ["edge2 up>down"])
        #expect(try man.read(Lists.alerts([.init(id: 1), .init(id: 2)])).isEmpty)
        try man.tidy()
        let facts = try archive.store.facts()
        #expect(facts.entities == 5)
        archive.store.close()
        let next = Watchman(archive.another(), from: 5_000)
        for _ in 0..<2 {
            #expect(try next.read(Lists.devices([1: "up", 2: "down", 3: "up"])).isEmpty)
            #expect(try next.read(Lists.alerts([.init(id: 1), .init(id: 2)])).isEmpty)
        }
        #expect(try next.read(Lists.alerts([.init(id: 1)])).map(\.short) == ["rule 2 open>cleared"])
    }

    @Test("what was seen before it was begun is not written into it as seen")
    func oldMoments() throws {
        let archive = try Archive()
        let man = Watchman(archive.store)
        for _ in 0..<2 { try man.read(Lists.devices([1: "up", 2: "up"])) }
        try remove(archive)
        try man.tidy()
        archive.store.close()
        #expect(try archive.store.facts().begins == nil)
        // As after a crash right then.
        let next = Watchman(archive.another(), from: 5_000)
        #expect(try next.read(Lists.devices([1: "up", 2: "up"])).isEmpty)
        #expect(try archive.all().isEmpty)
    }

    @Test("a partial answer that comes first does not make it known")
    func partialFirst() throws {
        let archive = try Archive()
        let man = Watchman(archive.store)
        try man.read(Lists.devices([1: "up", 2: "up"]))
        try remove(archive)
        #expect(
            try man.read(Lists.devices([1: "down", 2: "up"]), isComplete: false).map(\.short) == [
                "edge1 up>down"
            ])
        archive.store.close()
        let next = Watchman(archive.another(), from: 5_000)
        #expect(try next.read(Lists.devices([1: "down", 2: "up"])).isEmpty)
        #expect(try next.read(Lists.devices([1: "down", 2: "up", 3: "up"])).map(\.short) == ["edge3 ->up"])
    }

    @Test(
        "of two processes that find the same damaged file the later one leaves the new file of the other alone"
    )
    func setAsideOnce() throws {
        let archive = try Archive()
        let change = StateChange(
            EntityName(backend: "core", kind: .device, id: "1"), name: "edge1", before: "up", after: "down",
            seenAt: Timestamp(100))
        var other = change
        other.entity.id = "2"
        _ = try archive.store.record([change])
        archive.store.close()
        try Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(
            to: URL(filePath: archive.path))
        let first = archive.store
        let late = SQLiteHistory(path: archive.path) {
            // It knows that the file is damaged, and has not renamed it yet.
            _ = try? first.record([change])
            return Timestamp(1_800_000_005)
        }
        #expect(try late.record([other]).count == 1)
        #expect(try archive.all().map(\.entity.id) == ["1", "2"])
        #expect(asideNames(archive).count == 1)
        #expect(late.notices().isEmpty)
    }

    @Test("a second damaged file within the same second gets a name of its own")
    func twoAside() throws {
        let archive = try Archive()
        let change = StateChange(
            EntityName(backend: "core", kind: .device, id: "1"), name: "edge1", before: "up", after: "down",
            seenAt: Timestamp(100))
        for _ in 0..<3 {
            _ = try archive.store.record([change])
            archive.store.close()
            try Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }).write(
                to: URL(filePath: archive.path))
        }
        _ = try archive.store.record([change])
        #expect(try archive.all().count == 1)
        #expect(asideNames(archive).count == 3)
        #expect(archive.store.notices().count == 3)
    }
}
