import Domain
import Foundation
import RealServer
import Testing

@testable import History

/// Random readings recorded by both stores: whatever is asked of one is answered alike by the other.
@Suite(
    "A team's history beside one's own", .enabled(if: Postgres.programs != nil, "PostgreSQL is not installed")
)
struct SameHistoryTests {
    @Test("the same readings give the same timelines, moments, last rows and charts", arguments: 0..<8)
    func same(seed: UInt64) throws {
        var random = Random(seed: seed &* 7 &+ 3)
        let shelves = [try Shelf(.sqlite, days: 3), try Shelf(.postgres, days: 3)]
        // Two processes on each, of which now one and now the other reads.
        let men = shelves.map { shelf in
            [shelf.store, shelf.another()].map { Watchman($0, from: 1_799_971_200) }
        }
        var now: Int64 = 1_799_971_200
        var alerts = (1...8).map { Lists.Alert(id: $0) }
        for step in 0..<60 {
            now += Int64(random.next(7_000)) + 20
            for index in alerts.indices where random.next(4) == 0 {
                alerts[index].state = ["open", "acknowledged", "cleared", "worse"][random.next(4)]
                alerts[index].severity = ["critical", "warning", "ok"][random.next(3)]
                alerts[index].note = ["", "ana: mine", "it's\u{202E} \\odd"][random.next(3)]
                alerts[index].since = random.next(3) == 0 ? nil : now - Int64(random.next(500))
            }
            let table: Table
            switch random.next(3) {
            case 0: table = Lists.alerts(alerts.filter { _ in random.next(9) > 0 })
            case 1:
                let states = (0..<6).map { _ in ["up", "down", "", "degraded"][random.next(4)] }
                table = Lists.devices([1: states[0], 2: states[1], 3: states[2], 4: states[3]])
            default:
                let isMany = random.next(4) == 0
                table = Lists.ports(150) { [seed] in ($0 * 7 + step + Int(seed)) % (isMany ? 2 : 29) == 0 }
            }
            let (isComplete, doubts) = (random.next(6) > 0, random.next(8) == 0 ? 1 : 0)
            let (who, taking) = (random.next(2), Int64(random.next(15)) + 1)
            let told = try men.map {
                try $0[who].read(table, isComplete: isComplete, doubts: doubts, taking: taking, at: now)
            }
            #expect(told[0].map(\.short).sorted() == told[1].map(\.short).sorted())
            #expect(told[0].map(\.place).sorted() == told[1].map(\.place).sorted())
            let carried = (0..<5).map { _ in random.next(5) == 0 ? nil : Double(random.next(1_000_000)) }
            for shelf in shelves {
                try Meter(shelf.store, ports: 5).read(at: now, wanted: ["1"]) { carried[$0] }
            }
            if random.next(5) == 0 {
                let change = StateChange(
                    EntityName(backend: "core", kind: "backend", id: "core"), name: "core", before: "up",
                    after: ["lost", "up"][random.next(2)], severity: .critical, severityBefore: .ok,
                    lastSeenBefore: Timestamp(now - 30), seenAt: Timestamp(now))
                let made = try shelves.map { try $0.store.record([change]) }
                #expect(made[0] == made[1])
            }
            if random.next(6) == 0 { for shelf in shelves { try shelf.store.setLooked(Timestamp(now)) } }
            if random.next(4) == 0 { for own in men { for man in own { try man.tidy() } } }
            if random.next(10) == 0 {
                for shelf in shelves { while try shelf.store.trim(at: Timestamp(now)) {} }
            }
        }
        try compare(shelves, &random, now)
        for shelf in shelves { while try shelf.store.trim(at: Timestamp(now + 2 * 86_400)) {} }
        try compare(shelves, &random, now)
    }

    private func compare(_ shelves: [Shelf], _ random: inout Random, _ now: Int64) throws {
        func same<Answer: Equatable>(
            _ what: String, _ ask: (any HistoryStore) throws -> Answer
        ) throws {
            let answers = try shelves.map { try ask($0.store) }
            #expect(answers[0] == answers[1], "\(what)")
        }
        let lists = Set([ResourceKind.alert, .device, .port].map { HistoryList(backend: "core", kind: $0) })
        let names = (1...8).map { EntityName(backend: "core", kind: [.alert, .device][$0 % 2], id: "\($0)") }
        for subject in [
            HistoryQuery.Subject.everything, .device("edge1"), .device("core"), .site("Zurich"),
            .entities(names),
        ] {
            for limit in [5, 10_000] {
                for since in [Timestamp(0), Timestamp(now - Int64(random.next(200_000))), nil] {
                    try same("recall") { try $0.recall(HistoryQuery(subject, since: since, limit: limit)) }
                }
            }
        }
        try same("last") { try $0.last(lists) }
        for list in lists { try same("touched") { try $0.touched(list, after: 3).ids } }
        var found: PastFindings?
        for _ in 0..<40 {
            let step: PastQuery.Step =
                switch random.next(3) {
                case 0: .earlier
                case 1: .later
                default: .moment(Timestamp(now - Int64(random.next(200_000))))
                }
            let query = PastQuery(
                step, from: found?.place, at: found?.time, last: found?.last ?? 0, lists: lists)
            try same("travel") { try $0.travel(query) }
            found = try shelves[0].store.travel(query)
            if found?.isNow == true { found = nil }
        }
        for port in 0..<5 {
            let query = SampleQuery(
                Meter.name(port), since: Timestamp(now - Int64(random.next(300_000))), until: Timestamp(now))
            try same("samples") { try $0.recall(query) }
        }
        try same("polls") { store in
            let polls = try store.polls(
                HistoryList(backend: "core", kind: .port), since: Timestamp(0), until: Timestamp(.max),
                most: 24)
            let fields = polls.keys.count
            return polls.polls.map { poll in
                polls.places.sorted { $0.key < $1.key }.map { id, place in
                    "\(id) \(poll.at) \(poll.codes[place * fields..<(place + 1) * fields])"
                }
            }
        }
    }
}
