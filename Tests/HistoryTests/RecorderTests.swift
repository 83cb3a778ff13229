import Domain
import Synchronization
import Testing

@testable import History

@Suite("What is recorded of readings")
struct RecorderTests {
    @Test("what was there when recording began is no change", arguments: Shelf.all)
    func first(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        #expect(try man.read(Lists.devices([1: "up", 2: "down"])).isEmpty)
        #expect(try man.read(Lists.alerts([.init(id: 1)])).isEmpty)
        #expect(try archive.all().isEmpty)
    }

    @Test(
        "a device that goes down and comes back is told with both times between which it happened",
        arguments: Shelf.all)
    func downAndUp(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.devices([1: "up", 2: "up"]))
        try man.read(Lists.devices([1: "down", 2: "up"]))
        try man.read(Lists.devices([1: "down", 2: "up"]))
        try man.read(Lists.devices([1: "up", 2: "up"]))
        let all = try archive.all()
        #expect(all.map(\.short) == ["edge1 up>down", "edge1 down>up"])
        #expect(all.map(\.seenAt.seconds) == [1_022, 1_044])
        #expect(all.map(\.lastSeenBefore?.seconds) == [1_011, 1_033])
        #expect(all.map(\.severity) == [.critical, .ok])
        #expect(all.map(\.severityBefore) == [.ok, .critical])
        #expect(all.map(\.site) == ["Zurich", "Zurich"])
        #expect(all.map(\.place) == [1, 2])
        #expect(all[0].entity == EntityName(backend: "core", kind: .device, id: "1"))
    }

    @Test(
        "an alert has its severity, note, device, its device's site, and the time that the server says",
        arguments: Shelf.all)
    func alert(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        let devices = Lists.devices([1: "down"])
        try man.read(Lists.alerts([]))
        try man.read(Lists.alerts([.init(id: 7, since: 1_015)]), related: [devices])
        try man.read(
            Lists.alerts([.init(id: 7, state: "acknowledged", since: 1_015, note: "on it")]),
            related: [devices])
        try man.read(Lists.alerts([]))
        let all = try archive.all()
        #expect(
            all.map(\.short) == ["rule 7 ->open", "rule 7 open>acknowledged", "rule 7 acknowledged>cleared"])
        #expect(all.map(\.severity) == [.critical, .critical, .critical])
        #expect(all.map(\.device) == ["edge1", "edge1", "edge1"])
        #expect(all.map(\.site) == ["Zurich", "Zurich", "Zurich"])
        #expect(all.map(\.note) == ["", "on it", "on it"])
        // Since when it is open says nothing about when it was acknowledged or cleared.
        #expect(all.map(\.saidAt?.seconds) == [1_015, nil, nil])
    }

    @Test(
        "a note that is written later is with the alert when it clears, and is no change by itself",
        arguments: Shelf.all)
    func laterNote(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.alerts([.init(id: 7)]))
        #expect(try man.read(Lists.alerts([.init(id: 7, note: "a cut fibre")])).isEmpty)
        #expect(try man.read(Lists.alerts([])).map(\.note) == ["a cut fibre"])
    }

    @Test("an alert that comes back is new again, and not one that was cleared before", arguments: Shelf.all)
    func again(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        for rows in [[], [Lists.Alert(id: 7)], [], [Lists.Alert(id: 7)], []] {
            try man.read(Lists.alerts(rows))
        }
        #expect(
            try archive.all().map(\.short) == [
                "rule 7 ->open", "rule 7 open>cleared", "rule 7 ->open", "rule 7 open>cleared",
            ])
    }

    @Test(
        "a partial answer never says that something is gone, and tells of what it has", arguments: Shelf.all)
    func partial(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.devices([1: "up", 2: "up"]))
        #expect(try man.read(Lists.devices([1: "down"]), isComplete: false).map(\.short) == ["edge1 up>down"])
        #expect(try man.read(Lists.devices([1: "down", 2: "up"])).isEmpty)
        #expect(try man.read(Lists.devices([1: "down"])).map(\.short) == ["edge2 up>gone"])
    }

    @Test("a state that the server does not say is no state", arguments: Shelf.all)
    func unsaid(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.devices([1: "up"]))
        #expect(try man.read(Lists.devices([1: ""]), isComplete: false).isEmpty)
        #expect(try man.read(Lists.devices([1: "up"])).isEmpty)
        #expect(try man.read(Lists.devices([1: ""]), isComplete: false).isEmpty)
        #expect(try man.read(Lists.devices([1: "down"])).map(\.short) == ["edge1 up>down"])
    }

    @Test("what changed while nocturne did not run is told, with when the state before was seen last")
    func restart() throws {
        let archive = try Archive()
        let first = Watchman(archive.store)
        try first.read(Lists.devices([1: "up", 2: "up", 3: "up"]))
        try first.read(Lists.devices([1: "up", 2: "up", 3: "up"]))
        try first.tidy()
        archive.store.close()
        let second = Watchman(archive.another(), from: 50_000)
        var told = try second.read(Lists.devices([1: "down", 2: "up", 4: "up"]))
        #expect(told.map(\.short) == ["edge1 up>down", "edge4 ->up"])
        // That something is gone is believed when a second answer says so.
        told += try second.read(Lists.devices([1: "down", 2: "up", 4: "up"]))
        #expect(told.dropFirst(2).map(\.short) == ["edge3 up>gone"])
        #expect(told.map(\.lastSeenBefore?.seconds) == [1_022, 1_022, 1_022])
        #expect(told.map(\.seenAt.seconds) == [50_011, 50_011, 50_022])
    }

    @Test(
        "of ports only changes of state are told, not what is new, gone or carries other traffic",
        arguments: Shelf.all)
    func ports(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.ports(10))
        #expect(try man.read(Lists.ports(10, traffic: 5)).isEmpty)
        #expect(try man.read(Lists.ports(12, traffic: 6)).isEmpty)
        #expect(try man.read(Lists.ports(9, traffic: 7)).isEmpty)
        #expect(try man.read(Lists.ports(9) { $0 == 3 }).map(\.short) == ["Gi0/3 up>down"])
        #expect(try man.read(Lists.ports(9)).map(\.short) == ["Gi0/3 down>up"])
        #expect(try archive.all().map(\.severity) == [.warning, .ok])
    }

    @Test("of many ports at once some are told, and how many more there were", arguments: Shelf.all)
    func manyPorts(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let man = Watchman(archive.store)
        try man.read(Lists.ports(2_000))
        let down = try man.read(Lists.ports(2_000) { $0 < 1_500 })
        #expect(down.count == Recorder.mostOfReading + 1)
        #expect(down.last?.short == "1400 more of kind port ->changed")
        #expect(down.last?.entity.id == StateChange.several)
        // And within an hour no more than so many.
        for round in 0..<20 { try man.read(Lists.ports(2_000) { $0 < 1_500 && round % 2 == 1 }) }
        let told = try archive.all().filter { $0.entity.id != StateChange.several }
        #expect(told.count <= Recorder.mostOfHour)
        #expect(told.count >= Recorder.mostOfHour - Recorder.mostOfReading)
        // An hour later there is room again, and what is told is what happens then.
        try man.read(Lists.ports(2_000), at: man.now + 4_000)
        let later = try man.read(Lists.ports(2_000) { $0 == 5 })
        #expect(later.map(\.short) == ["Gi0/5 up>down"])
    }

    @Test("what could not be recorded is told by the next reading")
    func afterFailure() throws {
        let archive = try Archive()
        let store = FailingStore(archive.store)
        let man = Watchman(store)
        try man.read(Lists.devices([1: "up"]))
        store.fails.withLock { $0 = true }
        #expect(throws: HistoryError.self) { try man.read(Lists.devices([1: "down"])) }
        store.fails.withLock { $0 = false }
        #expect(try man.read(Lists.devices([1: "down"])).map(\.short) == ["edge1 up>down"])
    }

    @Test("when a list was read is noted later where it can't be noted at once")
    func notedLater() throws {
        let archive = try Archive()
        let store = FailingStore(archive.store)
        let man = Watchman(store)
        let list = HistoryList(backend: "core", kind: .device)
        for _ in 0..<2 { try man.read(Lists.devices([1: "up"])) }
        let seen = Timestamp(man.now)
        store.fails.withLock { $0 = true }
        #expect(throws: HistoryError.self) { try man.tidy() }
        store.fails.withLock { $0 = false }
        try man.read(Lists.alerts([]), at: man.now + 100)
        try man.tidy()
        #expect(try archive.store.last([list])[list]?.readAt == seen)
    }
}
