import Domain
import Foundation
import RealServer
import Synchronization
import Testing

@testable import History
@testable import TeamHistory

/// What holds of a team's history alone.
@Suite("A team's history", .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed"))
struct TeamHistoryTests {
    private func devices(_ count: Int, _ state: (Int) -> String) -> Table {
        var builder = TableBuilder(Lists.devices, Lists.backend)
        for id in 0..<count {
            builder.begin(EntityRef(Lists.backend, .device, id: Int64(id)))
            builder.set(0, text: state(id))
            builder.set(1, text: "edge\(id)")
        }
        return builder.finish()
    }

    @Test(
        "ten stores that record the same readings at once have each change once, in order, and each is told once"
    )
    func tenAtOnce() throws {
        let database = try TeamDatabase()
        let stores = (0..<10).map { _ in database.store() }
        nonisolated(unsafe) let men = stores.map { Watchman($0) }  // each is used by one thread at a time
        let heard = Mutex(stores.map { _ in [StateChange]() })
        for round in 0..<12 {
            let table = devices(20) { (round + $0) % 3 == 0 ? "down" : "up" }
            DispatchQueue.concurrentPerform(iterations: 10) { place in
                do {
                    let own = try men[place].read(table, at: 2_000 + Int64(round) * 60)
                    let news = stores[place].news()
                    heard.withLock { $0[place] += own + news }
                } catch { Issue.record(error) }
            }
        }
        var told = heard.withLock { $0 }
        for place in stores.indices { told[place] += stores[place].news() }
        let all = try stores[0].recall(HistoryQuery(since: Timestamp(0), limit: 10_000)).changes
        #expect(all.count > 140)
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.place < $1.place && $0.seenAt <= $1.seenAt })
        for id in 0..<20 {
            let own = all.filter { $0.entity.id == "\(id)" }
            // What is recorded of one follows from what was recorded before: none twice, none lost.
            #expect(zip(own, own.dropFirst()).allSatisfy { $0.after == $1.before })
            #expect(
                own.map(\.after)
                    == (1..<12).compactMap { round -> String? in
                        let (now, before) = ((round + id) % 3 == 0, (round - 1 + id) % 3 == 0)
                        return now == before ? nil : now ? "down" : "up"
                    })
        }
        for own in told {
            #expect(own.map(\.place).sorted() == all.map(\.place))
        }
    }

    @Test(
        "who took a reading leaves it to its reader, is told of it, and records it where that one never does")
    func taken() throws {
        let database = try TeamDatabase()
        let (reader, taker) = (database.store(), database.store())
        let man = Watchman(reader)
        let other = Watchman(taker)
        let up = Lists.devices([1: "up", 2: "up"])
        try man.read(up)
        try other.read(up, isTaken: true)
        let one = Lists.devices([1: "down", 2: "up"])
        // The reader comes second.
        #expect(try other.read(one, isTaken: true).isEmpty)
        #expect(try database.sql("SELECT count(*) FROM nocturne.history_changes") == "0\n")
        #expect(try man.read(one).map(\.short) == ["edge1 up>down"])
        #expect(taker.news().map(\.short) == ["edge1 up>down"])
        #expect(taker.news().isEmpty && reader.news().isEmpty)
        #expect(try other.read(one, isTaken: true).isEmpty)
        // This time the reader dies before it records.
        let two = Lists.devices([1: "down", 3: "up"])
        #expect(try other.read(two, isTaken: true).isEmpty)
        #expect(try other.read(two, isTaken: true).map(\.short).sorted() == ["edge2 up>gone", "edge3 ->up"])
        #expect(try database.sql("SELECT count(*) FROM nocturne.history_changes") == "3\n")
    }

    @Test(
        "what was measured is recorded by its reader, with what somebody looks at elsewhere, and by a taker where not"
    )
    func takenSamples() throws {
        let database = try TeamDatabase()
        let (reader, taker) = (Meter(database.store()), database.store())
        func take(at seconds: Int64, _ carried: Double) throws {
            var reading = SampleReading(
                HistoryList(backend: "core", kind: .port), Meter.table(3) { _ in carried },
                at: Timestamp(seconds))
            reading.isTaken = true
            try taker.record(reading)
        }
        try reader.read(at: 1_000_000) { _ in 5 }
        try take(at: 1_000_001, 9)
        #expect(try reader.samples(of: 1).map { $0.mean.rounded() } == [5])
        try take(at: 1_000_300, 7)
        #expect(try reader.samples(of: 1).map { $0.mean.rounded() } == [5, 7])
        #expect(try database.sql("SELECT count(*) FROM nocturne.history_readings") == "2\n")
    }

    @Test("each screen has the servers by its own names, and each account its own history of a server")
    func names() throws {
        let database = try TeamDatabase()
        let man = Watchman(database.store())
        try man.read(Lists.devices([1: "up"]))
        try man.read(Lists.devices([1: "down"]))
        let lost = StateChange(
            EntityName(backend: "core", kind: "backend", id: "core"), name: "core", before: "up",
            after: "lost",
            seenAt: Timestamp(2_000))
        #expect(try database.store().record([lost]).count == 1)
        let renamed = database.store(named: ["zrh": "core", "core": "other"])
        let found = try renamed.recall(HistoryQuery(since: Timestamp(0))).changes
        #expect(found.map(\.entity.backend) == ["zrh", "zrh"])
        #expect(found.map(\.entity.id) == ["1", "zrh"] && found.last?.name == "zrh")
        #expect(
            try renamed.recall(HistoryQuery(.device("zrh"), since: Timestamp(0))).changes.map(\.after) == [
                "lost"
            ])
        #expect(try renamed.recall(HistoryQuery(.device("core"), since: Timestamp(0))).changes.isEmpty)
        // Another account may see other rows.
        let other = database.store(token: "an-admins-t0ken-of-32-letters-00")
        #expect(try other.recall(HistoryQuery(since: Timestamp(0))).changes.isEmpty)
        #expect(try other.last([HistoryList(backend: "core", kind: .device)]).isEmpty)
        #expect(try other.travel(PastQuery(.earlier)) == nil)
        // A token that could be guessed has none, and fails nothing.
        let short = database.store(token: "short")
        let watch = Watchman(short)
        for state in ["up", "down"] { #expect(try watch.read(Lists.devices([1: state])).isEmpty) }
        // That nothing is recorded of such a server does not mean that nothing happened there.
        #expect(throws: HistoryError.self) {
            try short.recall(
                HistoryQuery(
                    .entities([EntityName(backend: "core", kind: .device, id: "1")]), since: Timestamp(0)))
        }
        let nothing = try short.recall(HistoryQuery(since: Timestamp(0)))
        #expect(nothing.changes.isEmpty && nothing.unrecorded == ["core", "edge"])
        #expect(try database.store().recall(HistoryQuery(since: Timestamp(0))).unrecorded.isEmpty)
        #expect(
            try database.sql("SELECT count(*) FROM nocturne.history_sources WHERE began IS NOT NULL") == "1\n"
        )
    }

    @Test("when one operator looked last says nothing of another")
    func looked() throws {
        let database = try TeamDatabase()
        try database.store(name: "ana@noc1").setLooked(Timestamp(500))
        #expect(try database.store(name: "ana@noc1").recall(HistoryQuery(since: nil)).since == Timestamp(500))
        #expect(try database.store(name: "ben@noc1").recall(HistoryQuery(since: nil)).since == nil)
    }

    @Test("a wallboard's account reads all and writes nothing, whatever the program tries")
    func wallboard() throws {
        let database = try TeamDatabase()
        let man = Watchman(database.store())
        for (store, isAccount) in [
            (database.store(as: "wall"), true), (database.store(use: .reads), false),
        ] {
            try man.read(Lists.devices([1: "up"]))
            let wall = Watchman(store)
            try wall.read(Lists.devices([1: "up"]))
            let before = try database.sql("SELECT count(*) FROM nocturne.history_changes")
            #expect(try wall.read(Lists.devices([1: "down"])).isEmpty)
            try Meter(store).read(at: 1_000_000) { _ in 5 }
            try wall.tidy()
            #expect(try store.record([]).isEmpty)
            #expect(try database.sql("SELECT count(*) FROM nocturne.history_changes") == before)
            #expect(try database.sql("SELECT count(*) FROM nocturne.history_readings") == "0\n")
            try man.read(Lists.devices([1: "down"]))
            #expect(store.news().map(\.short) == ["edge1 up>down"])
            #expect(throws: HistoryError.self) { try store.setLooked(Timestamp(5)) }
            guard isAccount else { continue }
            for table in ["changes", "current", "sheets", "facts"] {
                #expect(throws: (any Error).self) {
                    try database.sql("SET ROLE wall; DELETE FROM nocturne.history_\(table)")
                }
            }
        }
        // Nobody chooses the place of a change: all behind the last one would be told to nobody.
        for table in ["changes", "readings", "bundles", "samplings", "sources"] {
            let key = table == "changes" ? "place" : "id"
            #expect(
                try database.sql(
                    "SELECT has_column_privilege('noc', 'nocturne.history_\(table)', '\(key)', 'INSERT')")
                    == "f\n", "\(table)")
        }
        // Who shares adds to the record of changes, and changes nothing in it.
        #expect(throws: (any Error).self) {
            try database.sql("SET ROLE noc; UPDATE nocturne.history_changes SET after = 'up'")
        }
    }

    @Test(
        "text that somebody put into the database obeys no terminal, and too long names and ids break nothing"
    )
    func hostile() throws {
        let database = try TeamDatabase()
        let store = database.store()
        let man = Watchman(store)
        func table(_ state: String) -> Table {
            var builder = TableBuilder(Lists.devices, Lists.backend)
            for id in ["1", String(repeating: "x", count: 5_000)] {
                builder.begin(EntityRef(Lists.backend, .device, id: id))
                builder.set(0, text: state)
                builder.set(1, text: String(repeating: "ü", count: 3_000))
                builder.set(2, text: "it's \"here\", {NULL} \\ and\tthere")
            }
            return builder.finish()
        }
        try man.read(table("up"))
        let told = try man.read(table("down"))
        #expect(told.count == 1)
        let all = try store.recall(HistoryQuery(since: Timestamp(0))).changes
        #expect(
            all.count == 1 && all[0].site == table("up").text(0, .location) && all[0].name.utf8.count <= 400)
        try database.sql(
            "UPDATE nocturne.history_changes SET name = E'a\\x1b[2Jb\\u202Ec', note = E'x\\ny', after = E'do\\x07wn'"
        )
        let seen = try store.recall(HistoryQuery(since: Timestamp(0))).changes
        #expect(
            seen.map(\.name) == ["a[2Jbc"] && seen.map(\.note) == ["x y"] && seen.map(\.after) == ["down"])
    }

    @Test("of a row nothing is stored but its state, names, place and, of an alert, what people wrote to it")
    func noSecrets() throws {
        let database = try TeamDatabase()
        let man = Watchman(database.store())
        for state in ["up", "down", "up"] {
            for resource in [Lists.devices, Lists.alerts, Lists.ports] {
                var builder = TableBuilder(resource, Lists.backend)
                builder.begin(EntityRef(Lists.backend, resource.kind, id: 4))
                for (place, field) in resource.fields.enumerated() {
                    switch field.type {
                    case .state: builder.set(place, text: state)
                    case .severity: builder.set(place, text: "critical")
                    case .text, .word: builder.set(place, text: "marker-\(resource.kind)-\(field.key)")
                    case .ref(let kind):
                        builder.set(place, ref: EntityRef(Lists.backend, kind, id: 1), name: "marker-ref")
                    default: break
                    }
                }
                try man.read(builder.finish())
            }
        }
        let dump = try database.dump()
        for kept in ["marker-device-name", "marker-device-location", "marker-alert-note", "marker-ref"] {
            #expect(dump.contains(kept), "\(kept)")
        }
        for secret in [
            "marker-device-password", "marker-device-ip", "marker-device-note", "marker-alert-output",
        ] {
            #expect(!dump.contains(secret), "\(secret)")
        }
    }

    @Test("a day of readings, and ten more of nothing but trimming, leave no more than is kept")
    func day() throws {
        let database = try TeamDatabase()
        let stores = [database.store(days: 3, name: "ana@noc1"), database.store(days: 1, name: "ben@noc2")]
        var random = Random(seed: 5)
        let day: Int64 = 86_400
        let start = 1_800_000_000 / day * day
        var men = stores.map { Watchman($0, from: start) }
        let meter = Meter(stores[0], ports: 30)
        func rows() throws -> [Int] {
            try ["changes", "current", "spans", "readings", "sheets", "bundles", "blocks", "sampled"].map {
                Int(try database.sql("SELECT count(*) FROM nocturne.history_\($0)").dropLast()) ?? -1
            }
        }
        var sizes: [[Int]] = []
        for number in 0..<8 as Range<Int64> {
            for step in stride(from: number * day, to: (number + 1) * day, by: 1_800) {
                let table = devices(30) { _ in random.next(20) == 0 ? "down" : "up" }
                try men[random.next(2)].read(table, at: start + step)
                try meter.read(at: start + step) { Double($0) * Double(step) }
                for place in men.indices { try men[place].tidy() }
            }
            for store in stores { while try store.trim(at: Timestamp(start + (number + 1) * day)) {} }
            sizes.append(try rows())
        }
        men = []
        // From when on as much goes as comes there is no growth, within what chance makes of a day.
        for (kind, later) in sizes[7].enumerated() {
            #expect(later <= sizes[4][kind] * 13 / 10 + 10, "\(sizes)")
        }
        // The one that wants less does not remove what the other one wants.
        let oldest = Int64(try database.sql("SELECT min(seen) FROM nocturne.history_changes").dropLast()) ?? 0
        #expect(oldest >= start + 5 * day && oldest < start + 6 * day)
        // What is counted is what is there.
        let counted = try database.sql("SELECT value FROM nocturne.history_facts WHERE name = 'sample_bytes'")
        let there = try database.sql(
            """
            SELECT (SELECT coalesce(sum(octet_length(codes)), 0) FROM nocturne.history_sheets)
                + (SELECT coalesce(sum(octet_length(codes)), 0) FROM nocturne.history_blocks)
                + (SELECT coalesce(sum(octet_length(times)), 0) FROM nocturne.history_bundles)
            """)
        #expect(counted == there)
        for store in stores { while try store.trim(at: Timestamp(start + 40 * day)) {} }
        let left = try rows()
        #expect(left[0] == 0 && left[3...].allSatisfy { $0 == 0 }, "\(left)")
    }

    @Test(
        "a server that nobody reads as an account any more is forgotten with its rows, and is no news when it is read again"
    )
    func forgotten() throws {
        let database = try TeamDatabase()
        let (old, new) = (
            database.store(days: 1, token: "a-token-that-is-replaced-some-day"), database.store(days: 1)
        )
        let man = Watchman(old, from: 1_000)
        for state in ["up", "down"] { try man.read(Lists.devices([1: state, 2: "up"])) }
        let later: Int64 = 1_000 + 5 * 86_400
        let other = Watchman(new, from: later)
        for state in ["up", "down"] { try other.read(Lists.devices([1: state])) }
        while try new.trim(at: Timestamp(later + 100)) {}
        #expect(try database.sql("SELECT count(*) FROM nocturne.history_current") == "1\n")
        let again = Watchman(database.store(token: "a-token-that-is-replaced-some-day"), from: later + 200)
        #expect(try again.read(Lists.devices([1: "up", 2: "up"])).isEmpty)
        #expect(try again.read(Lists.devices([1: "down", 2: "up"])).count == 1)
    }

    @Test("where there is no room, the oldest goes first")
    func large() throws {
        let database = try TeamDatabase()
        let store = database.store(bytes: 1_000_000)
        for round in 0..<20 {
            _ = try store.record(
                (0..<1_000).map {
                    StateChange(
                        EntityName(backend: "core", kind: .device, id: "\($0 % 50)"), name: "edge",
                        before: nil,
                        after: "state \(round) \($0)", seenAt: Timestamp(1_000 + Int64(round)))
                })
            while try store.trim(at: Timestamp(1_100)) {}
        }
        let all = try store.recall(HistoryQuery(since: Timestamp(0), limit: 100_000)).changes
        #expect(all.last?.place == 20_000 && all.count < 5_000 && all.count > 500)
        #expect(try store.recall(HistoryQuery(since: Timestamp(0))).begins == all.first?.seenAt)
    }

    @Test("what was begun and not recorded takes no room")
    func missingPlaces() throws {
        let database = try TeamDatabase()
        let store = database.store(bytes: 1_000_000)
        for round in 0..<2 as Range<Int64> {
            _ = try store.record(
                (0..<20).map {
                    StateChange(
                        EntityName(backend: "core", kind: .device, id: "\($0)"), name: "edge", before: nil,
                        after: "state \(round)", seenAt: Timestamp(1_000 + round))
                })
            // As many writes that fail leave it.
            try database.sql(
                "SELECT setval(pg_get_serial_sequence('nocturne.history_changes', 'place'), 10000000)")
        }
        while try store.trim(at: Timestamp(1_100)) {}
        #expect(try store.facts().changes == 40)
    }
}
