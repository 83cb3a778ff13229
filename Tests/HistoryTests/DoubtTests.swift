import Domain
import Foundation
import Testing

@testable import History

@Suite("What an answer lacks that may still be there")
struct DoubtTests {
    /// Alerts of which one does not say how severe it is, so that the answer is partial.
    private func unsaid(_ id: Int64) -> Table { Lists.alerts([.init(id: id, severity: "")]) }

    @Test("what went in a partial answer is told by the next whole one, once", arguments: Shelf.all)
    func goneInPartial(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.alerts([.init(id: 1), .init(id: 2)]))
        #expect(try man.read(unsaid(1), isComplete: false).allSatisfy { $0.entity.id == "1" })
        try man.read(unsaid(1), isComplete: false)
        try man.read(Lists.alerts([.init(id: 1)]))
        try man.read(Lists.alerts([.init(id: 1)]))
        let told = try archive.all().filter { $0.entity.id == "2" }
        #expect(told.map(\.short) == ["rule 2 open>cleared"])
        #expect(told.map(\.lastSeenBefore?.seconds) == [1_011])
    }

    @Test("what went in a partial answer and is back in a whole one never was gone", arguments: Shelf.all)
    func backAgain(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.alerts([.init(id: 1), .init(id: 2)]))
        try man.read(unsaid(1), isComplete: false)
        try man.read(Lists.alerts([.init(id: 1), .init(id: 2)]))
        #expect(try archive.all().allSatisfy { $0.entity.id == "1" })
    }

    @Test("the first answer after a start that is empty does not make everything gone; a second one does")
    func emptyAfterStart() throws {
        let archive = try Archive()
        let first = Watchman(archive.store)
        try first.read(Lists.devices([1: "up", 2: "up", 3: "up"]))
        archive.store.close()
        for start: Int64 in [5_000, 6_000] {
            let store = archive.another()
            let man = Watchman(store, from: start)
            #expect(try man.read(Lists.devices([:])).isEmpty)
            #expect(try man.read(Lists.devices([1: "up", 2: "up", 3: "up"])).isEmpty)
            try man.tidy()
        }
        let last = Watchman(archive.another(), from: 9_000)
        #expect(try last.read(Lists.devices([:])).isEmpty)
        #expect(
            try last.read(Lists.devices([:])).map(\.short) == [
                "edge1 up>gone", "edge2 up>gone", "edge3 up>gone",
            ])
        #expect(try last.read(Lists.devices([:])).isEmpty)
        // They were there in the last answer of the process before, and in no answer of this one.
        #expect(try archive.all().map(\.lastSeenBefore?.seconds) == [6_022, 6_022, 6_022])
    }

    @Test("a process that starts while another still doubts does not take its word for having seen anything")
    func startInDoubt() throws {
        let archive = try Archive()
        try Watchman(archive.store).read(Lists.devices([1: "up", 2: "up"]))
        archive.store.close()
        try Watchman(archive.another(), from: 5_000).read(Lists.devices([1: "up"]))
        let last = Watchman(archive.another(), from: 6_000)
        try last.read(Lists.devices([1: "up"]))
        let told = try last.read(Lists.devices([1: "up"]))
        #expect(told.map(\.short) == ["edge2 up>gone"])
        #expect(told.map(\.lastSeenBefore?.seconds) == [1_011])
    }

    @Test("a row that is kept although an answer lacked it was not seen in that answer", arguments: Shelf.all)
    func keptInDoubt(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.devices([1: "up", 2: "up"]))
        try man.tidy()
        // The table still has both: that one was missing is known to whoever put it together alone.
        for _ in 0..<3 { try man.read(Lists.devices([1: "up", 2: "up"]), doubts: 1) }
        try man.tidy()
        #expect(try man.read(Lists.devices([1: "up"])).map(\.lastSeenBefore?.seconds) == [1_011])
    }

    @Test("an entity that could not be judged was not seen then, by whichever process", arguments: Shelf.all)
    func unsettledIsNotSeen(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let one = Watchman(archive.store)
        let slow = Watchman(archive.another(), from: 1_000)
        for man in [one, slow] { try man.read(Lists.devices([1: "up"])) }
        try one.read(Lists.devices([1: "down"]), at: 1_100)
        #expect(try slow.read(Lists.devices([1: "up"]), taking: 60, at: 1_090).isEmpty)
        let told = try slow.read(Lists.devices([1: "up"]), at: 1_200)
        #expect(told.map(\.short) == ["edge1 down>up"])
        // One saw it down at 1101; at 1150 the other saw it up, so that nobody saw it down then.
        #expect(told.map(\.lastSeenBefore?.seconds) == [1_101])
    }
}
