import Domain
import Foundation
import Testing

@testable import History

@Suite("The store of changes")
struct StoreTests {
    private func change(
        _ id: String, _ after: String, at seen: Int64, device: String = "", site: String = "",
        kind: ResourceKind = .device, backend: String = "core"
    ) -> StateChange {
        StateChange(
            EntityName(backend: backend, kind: kind, id: id), name: "\(kind) \(id)", device: device,
            site: site, before: nil, after: after, seenAt: Timestamp(seen))
    }

    @Test("an entity, a device with what belongs to it, a site and everything are asked for by their names")
    func subjects() throws {
        let archive = try Archive()
        _ = try archive.store.record([
            change("1", "down", at: 100, site: "Zurich"),
            change("9", "open", at: 110, device: "device 1", site: "Zurich", kind: .alert),
            change("2", "down", at: 120, site: "Geneva"), change("1", "down", at: 130, backend: "edge"),
            change("1", "up", at: 140, site: "Zurich"),
        ])
        func asked(_ subject: HistoryQuery.Subject, since: Int64 = 0, until: Int64? = nil) throws -> [Int64] {
            try archive.store.recall(
                HistoryQuery(subject, since: Timestamp(since), until: until.map { Timestamp($0) })
            ).changes.map(\.seenAt.seconds)
        }
        #expect(try asked(.everything) == [100, 110, 120, 130, 140])
        #expect(try asked(.everything, since: 110, until: 130) == [110, 120, 130])
        let device = EntityName(backend: "core", kind: .device, id: "1")
        let alert = EntityName(backend: "core", kind: .alert, id: "9")
        #expect(try asked(.entities([device])) == [100, 140])
        #expect(try asked(.entities([alert, device, device])) == [100, 110, 140])
        #expect(try asked(.device("device 1")) == [100, 110, 130, 140])
        #expect(try asked(.site("Zurich")) == [100, 110, 140])
        #expect(try asked(.site("")) == [])
        #expect(try asked(.device("' OR 1=1 --")) == [])
        #expect(try archive.store.entities(kind: .device, id: "1").map(\.backend) == ["core", "edge"])
    }

    @Test("of more than is asked for the latest is given, and that there is more", arguments: Shelf.all)
    func limit(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        _ = try archive.store.record((0..<50).map { change("\($0)", "down", at: 100 + Int64($0)) })
        let found = try archive.store.recall(HistoryQuery(since: Timestamp(0), limit: 10))
        #expect(found.isCut)
        #expect(found.changes.map(\.seenAt.seconds) == Array(140..<150))
        #expect(found.begins == Timestamp(100))
        #expect(try !archive.store.recall(HistoryQuery(since: Timestamp(0), limit: 50)).isCut)
    }

    @Test("a change that was recorded already is not recorded again", arguments: Shelf.all)
    func known(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        #expect(
            try archive.store.record([change("core", "lost", at: 100, kind: "backend")]).map(\.place) == [1])
        #expect(try archive.another().record([change("core", "lost", at: 101, kind: "backend")]).isEmpty)
        #expect(try archive.store.record([change("core", "fresh", at: 102, kind: "backend")]).count == 1)
    }

    @Test(
        "what became so again, and nobody recorded that it was otherwise meanwhile, is recorded",
        arguments: Shelf.all)
    func onceMore(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        var lost = change("core", "lost", at: 100, kind: "backend")
        #expect(try archive.store.record([lost]).count == 1)
        // As another process that heard it last before that, and one that heard it later.
        (lost.lastSeenBefore, lost.seenAt) = (Timestamp(90), Timestamp(110))
        #expect(try archive.store.record([lost]).isEmpty)
        (lost.lastSeenBefore, lost.seenAt) = (Timestamp(500), Timestamp(530))
        #expect(try archive.store.record([lost]).count == 1)
    }

    @Test("the last look stands, and without any nothing is told of since", arguments: Shelf.all)
    func looked(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        _ = try archive.store.record((0..<5).map { change("\($0)", "down", at: 100 + Int64($0)) })
        let nobody = try archive.store.recall(HistoryQuery(since: nil))
        #expect(nobody.since == nil && nobody.changes.isEmpty)
        try archive.store.setLooked(Timestamp(103))
        try archive.another().setLooked(Timestamp(101))
        let found = try archive.another().recall(HistoryQuery(since: nil))
        #expect(found.since == Timestamp(103))
        #expect(found.changes.map(\.seenAt.seconds) == [103, 104])
        // A clock that was a year ahead does not hide everything until then.
        try archive.store.setLooked(Timestamp(40_000_000))
        try archive.store.setLooked(Timestamp(110))
        #expect(try archive.store.recall(HistoryQuery(since: nil)).since == Timestamp(110))
    }

    @Test("a clock that goes back changes no order", arguments: Shelf.all)
    func clock(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store, from: 10_000)
        try man.read(Lists.devices([1: "up"]))
        try man.read(Lists.devices([1: "down"]))
        try man.read(Lists.devices([1: "up"]), at: 7_000)
        try man.read(Lists.devices([1: "down"]))
        let all = try archive.all()
        #expect(all.map(\.short) == ["edge1 up>down", "edge1 down>up", "edge1 up>down"])
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.seenAt <= $1.seenAt && $0.place < $1.place })
        #expect(all.allSatisfy { change in change.lastSeenBefore.map { $0 <= change.seenAt } ?? true })
    }

    @Test("what is older than is kept goes, in steps, and the names that nothing needs with it")
    func old() throws {
        let archive = try Archive(retention: .init(days: 1))
        let day: Int64 = 86_400
        _ = try archive.store.record((0..<5_000).map { change("\($0)", "gone", at: day + Int64($0)) })
        _ = try archive.store.record([change("new", "down", at: 3 * day)])
        #expect(try archive.store.trim(at: Timestamp(3 * day)))
        #expect(try archive.store.facts().changes == 3_001)
        while try archive.store.trim(at: Timestamp(3 * day)) {}
        #expect(try archive.all().map(\.entity.id) == ["new"])
        let facts = try archive.store.facts()
        #expect(facts.begins == Timestamp(2 * day))
        #expect(facts.entities == 1)
    }

    @Test("the file stays within its bytes: the oldest goes")
    func large() throws {
        let archive = try Archive(retention: .init(bytes: 400_000))
        for round in 0..<20 {
            _ = try archive.store.record(
                (0..<1_000).map { change("\($0)", "state \(round)", at: 1_000 + Int64(round)) })
            while try archive.store.trim(at: Timestamp(1_100)) {}
        }
        let all = try archive.all()
        #expect(all.last?.place == 20_000)
        #expect((all.first?.place ?? 0) > 10_000)
        #expect(try archive.store.prune(at: Timestamp(1_100)) == 0)
        #expect(try archive.store.facts(isThorough: true).faults.isEmpty)
        #expect(try archive.store.facts().bytes < 500_000)
    }

    @Test("where the entities alone are more than the file may hold, pruning ends and changes stay")
    func manyEntities() throws {
        let archive = try Archive(retention: .init(bytes: 100_000))
        let man = Watchman(archive.store)
        func devices(_ state: String) -> Table {
            var builder = TableBuilder(Lists.devices, Lists.backend)
            for id in 0..<3_000 {
                builder.begin(EntityRef(Lists.backend, .device, id: Int64(id)))
                builder.set(0, text: id < 20 ? state : "up")
                builder.set(1, text: "edge\(id)")
            }
            return builder.finish()
        }
        for state in ["up", "down"] { try man.read(devices(state)) }
        #expect(try archive.store.facts().bytes > 200_000)
        #expect(try !archive.store.trim(at: Timestamp(1_100)))
        #expect(try archive.store.prune(at: Timestamp(1_100)) == 0)
        #expect(try archive.all().count == 20)
        // And what is recorded after that is not without an end either.
        for round in 0..<20 {
            _ = try archive.store.record(
                (0..<1_000).map { change("\($0)", "state \(round)", at: 1_200 + Int64(round)) })
        }
        #expect(try archive.store.prune(at: Timestamp(1_300)) > 10_000)
        #expect(try archive.all().last?.place == 20_020)
        #expect(try archive.all().count > 100)
    }
}
