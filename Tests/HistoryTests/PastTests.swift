import Domain
import Foundation
import Testing

@testable import History

@Suite("Earlier moments")
struct PastTests {
    private static let names = [Lists.backend: "core"]

    /// Walks through a store as the dashboard does, from the rows of now.
    private final class Walker {
        let store: any HistoryStore
        let now: [Table]
        private(set) var record: PastRecord?
        private(set) var isNow = true

        private var lists: Set<HistoryList> {
            let whole = now.filter { $0.resource.recording == .everything }
            return Set(whole.map { HistoryList(backend: "core", kind: $0.resource.kind) })
        }

        init(_ store: any HistoryStore, now: [Table]) {
            self.store = store
            self.now = now
        }

        @discardableResult
        func go(_ step: PastQuery.Step) throws -> PastFindings {
            let found = record?.findings
            let query = PastQuery(
                step, from: found?.place, at: found?.time, last: found?.last ?? 0, lists: lists)
            let findings = try #require(try store.travel(query))
            isNow = findings.isNow
            record =
                isNow
                ? nil
                : record?.moved(by: findings)
                    ?? PastRecord(findings, tables: now, names: PastTests.names)
            return findings
        }

        /// The rows of a kind as `name state`, in order of names.
        func rows(_ kind: ResourceKind) -> [String] {
            let tables = record?.tables ?? now
            guard let table = tables.first(where: { $0.resource.kind == kind }),
                let fields = RecordedFields(table.resource)
            else { return [] }
            return PastTests.rows(table, fields)
        }
    }

    private static func rows(_ table: Table, _ fields: RecordedFields) -> [String] {
        (0..<table.count).filter { !Judgement.isOver(table.text($0, fields.state)) }.map { row in
            let severity = fields.severity.map { " " + table.text(row, $0) } ?? ""
            return "\(table.name(row)) \(table.text(row, fields.state))\(severity)"
        }.sorted()
    }

    @Test(
        "each step back takes back what one reading saw, each step on does it again, and the end is now",
        arguments: Shelf.all)
    func steps(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.devices([1: "up", 2: "up", 3: "up"]))
        try watchman.read(Lists.devices([1: "down", 2: "down", 3: "up"]))
        try watchman.read(Lists.devices([1: "down", 2: "up", 3: "up"]))
        let now = Lists.devices([1: "down", 2: "up", 4: "up"])
        try watchman.read(now)
        let walker = Walker(archive.store, now: [now])
        let last = try walker.go(.earlier)
        #expect(last.changes.map(\.short).sorted() == ["edge3 up>gone", "edge4 ->up"])
        #expect(walker.rows(.device) == ["edge1 down", "edge2 up", "edge4 up"])
        #expect(try walker.go(.earlier).changes.map(\.short) == ["edge2 down>up"])
        #expect(walker.rows(.device) == ["edge1 down", "edge2 up", "edge3 up"])
        try walker.go(.earlier)
        #expect(walker.rows(.device) == ["edge1 down", "edge2 down", "edge3 up"])
        let oldest = try walker.go(.earlier)
        #expect(oldest.isOldest)
        #expect(walker.rows(.device) == ["edge1 up", "edge2 up", "edge3 up"])
        #expect(try walker.go(.earlier).place == oldest.place)
        #expect(walker.rows(.device) == ["edge1 up", "edge2 up", "edge3 up"])
        for rows in [["edge1 down", "edge2 down", "edge3 up"], ["edge1 down", "edge2 up", "edge3 up"]] {
            try walker.go(.later)
            #expect(walker.rows(.device) == rows)
        }
        #expect(try !walker.go(.later).isNow)
        #expect(try walker.go(.later).isNow)
    }

    @Test(
        "whichever way leads to a moment, its rows are those that were read then", arguments: Shelf.all,
        0..<12)
    func anyWay(kind: Shelf.Kind, seed: UInt64) throws {
        var random = Random(seed: seed)
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        var alerts = (1...6).map { Lists.Alert(id: $0) }
        var states = ["up", "up", "down", "up"]
        var seen: [(time: Timestamp, alerts: [String], devices: [String])] = []
        var now: [Table] = []
        for _ in 0..<25 {
            for index in alerts.indices where random.next(3) == 0 {
                alerts[index].state = ["open", "acknowledged", "cleared", "worse"][random.next(4)]
                alerts[index].severity = ["critical", "warning"][random.next(2)]
            }
            for index in states.indices where random.next(4) == 0 {
                states[index] = ["up", "down", "degraded"][random.next(3)]
            }
            let listed = alerts.filter { _ in random.next(8) > 0 }
            let table = Lists.alerts(listed)
            var devices = TableBuilder(Lists.devices, Lists.backend)
            for (index, state) in states.enumerated() {
                devices.begin(EntityRef(Lists.backend, .device, id: Int64(index)))
                devices.set(0, text: state)
                devices.set(1, text: "edge\(index)")
            }
            now = [table, devices.finish()]
            try watchman.read(now[0])
            try watchman.read(now[1])
            // Not within a second of the next reading: a moment is what was seen by then.
            let fields = try #require(RecordedFields(Lists.alerts))
            let other = try #require(RecordedFields(Lists.devices))
            seen.append(
                (Timestamp(watchman.now + 1), Self.rows(now[0], fields), Self.rows(now[1], other)))
        }
        let walker = Walker(archive.store, now: now)
        for _ in 0..<60 {
            switch random.next(3) {
            case 0: try walker.go(.earlier)
            case 1: try walker.go(.later)
            default: try walker.go(.moment(seen[random.next(seen.count)].time))
            }
            guard !walker.isNow, let time = walker.record?.findings.time else { continue }
            guard let moment = seen.first(where: { $0.time == time }) else { continue }
            #expect(walker.rows(.alert) == moment.alerts)
            #expect(walker.rows(.device) == moment.devices)
        }
    }

    @Test(
        "a row has the note and the time that it had then, and nothing that is not recorded",
        arguments: Shelf.all)
    func fields(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.alerts([.init(id: 1, severity: "warning", since: 900)]))
        try watchman.read(
            Lists.alerts([.init(id: 1, state: "acknowledged", severity: "warning", note: "ana: mine")]))
        try watchman.read(Lists.alerts([.init(id: 1, severity: "critical", since: 1_030, note: "ana: mine")]))
        let now = Lists.alerts([.init(id: 1, severity: "critical", since: 1_030, note: "later words")])
        try watchman.read(now)
        let walker = Walker(archive.store, now: [now])
        try walker.go(.earlier)
        try walker.go(.earlier)
        let table = try #require(walker.record?.tables.first)
        #expect(table.text(0, .state) == "acknowledged")
        #expect(table.text(0, .severity) == "warning")
        #expect(table.text(0, .note) == "ana: mine")
        #expect(table.value(0, "output") == .none)
        try walker.go(.earlier)
        let before = try #require(walker.record?.tables.first)
        #expect(before.text(0, .state) == "open")
        #expect(before.text(0, .note) == "")
        #expect(before.value(0, .since) == .none)
    }

    @Test("what is recorded while one looks back is of now, not of the moment", arguments: Shelf.all)
    func meanwhile(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.devices([1: "up", 2: "up"]))
        try watchman.read(Lists.devices([1: "down", 2: "up"]))
        try watchman.read(Lists.devices([1: "up", 2: "up"]))
        // These rows have what is recorded only after the first step.
        let now = Lists.devices([1: "up", 2: "down", 3: "up"])
        let walker = Walker(archive.store, now: [now])
        try walker.go(.earlier)
        try watchman.read(now)
        try walker.go(.earlier)
        #expect(walker.rows(.device) == ["edge1 down", "edge2 up"])
        try walker.go(.later)
        try walker.go(.later)
        #expect(walker.rows(.device) == ["edge1 up", "edge2 down", "edge3 up"])
    }

    @Test(
        "rows on the screen that are older than what is recorded, or not all, are no matter",
        arguments: Shelf.all)
    func olderScreen(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.devices([1: "up", 2: "up", 3: "up"]))
        try watchman.read(Lists.devices([1: "down", 2: "up", 3: "up"]))
        let walker = Walker(archive.store, now: [Lists.devices([1: "up", 2: "up"])])
        #expect(try walker.go(.earlier).changes.map(\.short) == ["edge1 up>down"])
        #expect(walker.rows(.device) == ["edge1 down", "edge2 up", "edge3 up"])
        try walker.go(.earlier)
        #expect(walker.rows(.device) == ["edge1 up", "edge2 up", "edge3 up"])
    }

    @Test("from between two readings a step back goes to the one before", arguments: Shelf.all)
    func between(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.devices([1: "up"]))
        try watchman.read(Lists.devices([1: "down"]))
        let seen = watchman.now
        try watchman.read(Lists.devices([1: "down"]))
        try watchman.read(Lists.devices([1: "up"]))
        let walker = Walker(archive.store, now: [Lists.devices([1: "up"])])
        #expect(try walker.go(.moment(Timestamp(seen + 5))).changes.isEmpty)
        #expect(try walker.go(.earlier).time == Timestamp(seen))
        #expect(try walker.go(.earlier).isOldest)
    }

    @Test(
        "what is no longer listed belongs to its device, and no time is later than the moment",
        arguments: Shelf.all)
    func references(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        let devices = Lists.devices([1: "up"])
        try watchman.read(devices)
        try watchman.read(Lists.alerts([.init(id: 1, since: 900), .init(id: 2, since: 900)]))
        let seen = watchman.now
        try watchman.read(Lists.alerts([.init(id: 2, since: seen + 5)]))
        let now = Lists.alerts([.init(id: 2, since: seen + 5)])
        let walker = Walker(archive.store, now: [now, devices])
        try walker.go(.moment(Timestamp(seen)))
        let table = try #require(walker.record?.tables.first { $0.resource.kind == .alert })
        #expect(table.count == 2)
        for row in 0..<2 {
            // Of the other one no change is recorded that says since when.
            #expect(table.value(row, .since) == .none)
            #expect(
                table.value(row, .device) == .ref(EntityRef(Lists.backend, .device, id: 1), name: "edge1"))
        }
    }

    @Test("a time is shown at every moment that is later, whichever way led there", arguments: Shelf.all)
    func timesOnTheWay(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.alerts([.init(id: 1), .init(id: 2)]))
        let seen = watchman.now
        let now = Lists.alerts([.init(id: 2, since: seen + 5)])
        try watchman.read(now)
        let walker = Walker(archive.store, now: [now])
        func since() throws -> Value {
            let table = try #require(walker.record?.tables.first)
            let row = try #require(table.row(of: EntityRef(Lists.backend, .alert, id: 2)))
            return table.value(row, .since)
        }
        try walker.go(.moment(Timestamp(seen)))
        #expect(try since() == .none)
        try walker.go(.moment(Timestamp(seen + 6)))
        #expect(try since() == .time(Timestamp(seen + 5)))
    }

    @Test("a moment at which a list was not read says from when to when it was not", arguments: Shelf.all)
    func unread(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let first = Watchman(archive.store)
        try first.read(Lists.devices([1: "up"]))
        try first.read(Lists.devices([1: "up"]))
        try first.tidy()
        let ended = first.now
        let second = Watchman(archive.another(), from: 20_000)
        try second.read(Lists.devices([1: "down"]))
        try second.read(Lists.devices([1: "up"]))
        let list = HistoryList(backend: "core", kind: .device)
        let walker = Walker(archive.store, now: [Lists.devices([1: "up"])])
        let inside = try walker.go(.moment(Timestamp(10_000)))
        #expect(!inside.read.contains(list))
        #expect(inside.unread[list]?.since.map { abs($0.seconds - ended) <= 60 } == true)
        #expect(inside.unread[list]?.until == Timestamp(20_011))
        #expect(try walker.go(.later).read.contains(list))
        #expect(try walker.go(.moment(Timestamp(ended))).read.contains(list))
        #expect(inside.read.isEmpty && inside.unread.count == 1)
    }

    @Test(
        "where more changed than was recorded one by one, that is said until behind it", arguments: Shelf.all)
    func omitted(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.ports(400))
        try watchman.read(Lists.ports(400) { $0 < 300 })
        try watchman.read(Lists.ports(400) { $0 < 301 })
        let walker = Walker(archive.store, now: [Lists.ports(400) { $0 < 301 }])
        let list = HistoryList(backend: "core", kind: .port)
        #expect(try walker.go(.earlier).omitted == [])
        #expect(try walker.go(.earlier).omitted == [])
        #expect(try walker.go(.earlier).omitted == [list])
    }

    @Test(
        "where nothing was recorded there is no past, and a way over too many changes is refused in words",
        arguments: Shelf.all)
    func refusals(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        #expect(try archive.store.travel(PastQuery(.earlier)) == nil)
    }

    @Test(
        "the rows of the last session are those that were read last, without what is over",
        arguments: Shelf.all)
    func last(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.alerts([.init(id: 1), .init(id: 2, note: "ana: mine"), .init(id: 3)]))
        try watchman.read(Lists.alerts([.init(id: 1, state: "cleared"), .init(id: 2, note: "ana: mine")]))
        try watchman.read(Lists.ports(3))
        let list = HistoryList(backend: "core", kind: .alert)
        let found = try archive.another().last([list, HistoryList(backend: "edge", kind: .alert)])
        let rows = try #require(found[list])
        #expect(found.count == 1 && Array(rows.states.keys) == ["2"])
        #expect(rows.readAt == Timestamp(1_022))
        let table = Table.empty(Lists.alerts, Lists.backend).past(rows.states)
        #expect(table.text(0, .state) == "open" && table.text(0, .note) == "ana: mine")
        #expect(table.text(0, .device) == "edge1" && table.value(0, .since) == .time(Timestamp(900)))
    }

    @Test("of a backend it is known when it was lost", arguments: Shelf.all)
    func backends(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let watchman = Watchman(archive.store)
        try watchman.read(Lists.devices([1: "up"]))
        let name = EntityName(backend: "core", kind: "backend", id: "core")
        for (time, before, after) in [(1_100, "up", "lost"), (1_200, "lost", "up")] {
            _ = try archive.store.record([
                StateChange(
                    name, name: "core", before: before, after: after, seenAt: Timestamp(Int64(time)))
            ])
        }
        let walker = Walker(archive.store, now: [Lists.devices([1: "up"])])
        try walker.go(.moment(Timestamp(1_150)))
        #expect(walker.record?.state(of: name)?.word == "lost")
        try walker.go(.moment(Timestamp(1_050)))
        #expect(walker.record?.state(of: name)?.word == "up")
    }
}

/// Numbers that look like chance and are the same for the same seed.
struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(count))
    }
}
