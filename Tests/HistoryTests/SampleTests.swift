import Domain
import Foundation
import Testing

@testable import History

@Suite("What was measured, in the history")
struct SampleTests {
    private let day: Int64 = 86_400
    /// The beginning of a day.
    private let start: Int64 = 1_800_000_000 / 86_400 * 86_400

    @Test(
        "a list that is read more often than usual has each of its readings, by its own interval",
        arguments: Shelf.all)
    func configuredInterval(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let list = HistoryList(backend: "core", kind: .port)
        for step in 0..<10 {
            let at = Timestamp(1_000_000 + Int64(step) * 30)
            try archive.store.record(
                SampleReading(list, Meter.table(1) { _ in Double(step + 1) }, at: at, interval: 30))
        }
        let polls = try archive.store.polls(
            list, since: Timestamp(0), until: Timestamp(.max), most: 24)
        #expect(polls.polls.count == 10)
    }

    @Test("each reading is recorded with its moment; what was not measured is no value", arguments: Shelf.all)
    func plain(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let meter = Meter(archive.store)
        for step in 0..<10 as Range<Int64> {
            try meter.read(at: start + step * 301) { $0 == 1 && step == 4 ? nil : Double(step) * 1e6 }
        }
        let found = try meter.samples(of: 1)
        #expect(found.map(\.at.seconds) == [0, 1, 2, 3, 5, 6, 7, 8, 9].map { start + $0 * 301 })
        #expect(found.allSatisfy { $0.count == 1 && $0.span == 0 && $0.mean == $0.maximum })
        for (sample, value) in zip(found, [0, 1e6, 2e6, 3e6, 5e6, 6e6, 7e6, 8e6, 9e6]) {
            #expect(abs(sample.mean - value) <= value / 1_000)
        }
        #expect(try meter.samples(of: 2).count == 10)
        #expect(try meter.samples(of: 2, "errors_per_s").map(\.mean) == Array(repeating: 0, count: 10))
        #expect(try meter.samples(of: 1, since: start + 301, until: start + 602).count == 2)
        let all = try archive.store.recall(
            SampleQuery(Meter.name(1), since: Timestamp(0), until: Timestamp(.max)))
        #expect(all.isRecorded && all.interval == 300 && all.begins == Timestamp(start))
        let other = try archive.store.recall(
            SampleQuery(Meter.name(77), since: Timestamp(0), until: Timestamp(.max)))
        #expect(
            !other.isRecorded && !other.isBounded && other.series.isEmpty && other.begins == Timestamp(start))
    }

    @Test(
        "of a partial answer a number that is as before is no value, and the next answer adds what it lacked",
        arguments: Shelf.all)
    func partial(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let meter = Meter(archive.store)
        try meter.read(at: start) { _ in 5 }
        try meter.read(at: start + 300, before: Meter.table(3) { _ in 5 }) { $0 == 1 ? 6 : 5 }
        #expect(try meter.samples(of: 1).count == 2)
        #expect(try meter.samples(of: 2).count == 1)
        try meter.read(at: start + 330) { _ in 7 }
        #expect(try meter.samples(of: 1).map { $0.mean.rounded() } == [5, 6])
        #expect(try meter.samples(of: 2).map { $0.mean.rounded() } == [5, 7])
        #expect(try archive.faults().isEmpty)
    }

    @Test(
        "a value that a reading lacked and a later one has keeps the time of the later one, and is recorded once",
        arguments: Shelf.all)
    func ownTime(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let meters = [Meter(archive.store), Meter(archive.another()), Meter(archive.another())]
        try meters[0].read(at: start) { $0 == 0 ? 4 : nil }
        for (place, meter) in meters.enumerated() {
            try meter.read(at: start + 100 + Int64(place) * 70) { _ in 9 }
        }
        #expect(try meters[0].samples(of: 0).map(\.at.seconds) == [start])
        #expect(try meters[0].samples(of: 1).map(\.at.seconds) == [start + 100])
        #expect(try meters[0].samples(of: 1).map { $0.mean.rounded() } == [9])
    }

    @Test(
        "what the server has not measured for long is no value, however often the list gives it",
        arguments: Shelf.all)
    func stale(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let resource = ResourceDescriptor(
            .port, plural: "ports", pane: "ports",
            fields: [
                Field(.name, "Port", .text), Field("in_bps", "In", .rate),
                Field(.lastPolled, "Polled", .time),
            ], interval: 300, measured: ["in_bps"])
        for step in 0..<20 as Range<Int64> {
            var builder = TableBuilder(resource, Lists.backend)
            builder.begin(EntityRef(Lists.backend, .port, id: 1))
            builder.set(0, text: "Gi0/1")
            builder.set(1, integer: 5_000)
            // The server stops to measure after the fifth.
            builder.set(2, time: Timestamp(start + min(step, 4) * 300))
            let list = HistoryList(backend: "core", kind: .port)
            try archive.store.record(
                SampleReading(list, builder.finish(), at: Timestamp(start + step * 300)))
        }
        let found = try Meter(archive.store).samples(of: 1)
        #expect(found.map(\.at.seconds) == (0..<7).map { start + $0 * 300 })
    }

    @Test("several processes record a value once, whenever each of them reads", arguments: Shelf.all)
    func shared(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let meters = [Meter(archive.store), Meter(archive.another()), Meter(archive.another())]
        for step in 0..<30 as Range<Int64> {
            for (place, meter) in meters.enumerated() {
                try meter.read(at: start + step * 300 + Int64(place) * 70) { _ in Double(step) }
            }
        }
        for port in 0..<3 {
            let found = try meters[1].samples(of: port)
            #expect(found.map { $0.mean.rounded() } == (0..<30).map { Double($0) })
        }
    }

    @Test("a clock that steps back leaves the order, and records nothing twice", arguments: Shelf.all)
    func stepBack(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let meter = Meter(archive.store)
        for step in 0..<20 as Range<Int64> { try meter.read(at: start + step * 300) { _ in 1 } }
        for step in 0..<24 as Range<Int64> { try meter.read(at: start + 3_000 + step * 300) { _ in 2 } }
        let found = try meter.samples(of: 1)
        #expect(found.map(\.at.seconds) == (0..<34).map { start + $0 * 300 })
        #expect(
            found.map { $0.mean.rounded() } == Array(repeating: 1, count: 20) + Array(repeating: 2, count: 14)
        )
        // By days, into a day whose values were put together already.
        try meter.trim(at: start + 2 * day)
        for step in 0..<4 as Range<Int64> { try meter.read(at: start + step * 300 + 30) { _ in 3 } }
        try meter.trim(at: start + 2 * day)
        let again = try meter.samples(of: 1)
        #expect(again.reduce(0) { $0 + $1.count } == 38)
        #expect(zip(again, again.dropFirst()).allSatisfy { $0.at < $1.at })
        #expect(again[0].count == 2 && again[0].maximum.rounded() == 3 && again[0].mean.rounded() == 2)
        #expect(try archive.faults().isEmpty)
    }

    @Test(
        "what is thinned keeps sums, means, maxima, order and gaps",
        arguments: [300, 1_800, 7_200] as [Int64])
    func thinned(step: Int64) throws {
        let archive = try Archive(retention: .init(days: 30))
        var meter = Meter(archive.store)
        meter.ports = 2
        var random = SystemRandomNumberGenerator()
        var values: [Int64: Double] = [:]
        for second in stride(from: start, to: start + day, by: Int(step)) {
            // Five hours without any.
            if (start + 18_000..<start + 36_000).contains(second) { continue }
            values[second] = Double.random(in: 0...1e9, using: &random)
            try meter.read(at: second) { _ in values[second] }
        }
        let raw = try meter.samples(of: 1)
        #expect(raw.count == values.count)
        let sum = raw.reduce(0) { $0 + $1.mean }
        for age in [2, 9] as [Int64] {
            try meter.trim(at: start + age * day)
            let found = try meter.samples(of: 1)
            #expect(found.reduce(0) { $0 + $1.count } == raw.count)
            let kept = found.reduce(0) { $0 + $1.mean * Double($1.count) }
            #expect(abs(kept - sum) <= sum / 1_000)
            #expect(found.map(\.maximum).max() == raw.map(\.maximum).max())
            #expect(zip(found, found.dropFirst()).allSatisfy { $0.at.seconds + $0.span <= $1.at.seconds })
            #expect(!found.contains { (start + 18_000..<start + 36_000).contains($0.at.seconds) })
            #expect(found.count == (age == 9 && step < 3_600 ? 19 : raw.count))
            for sample in found {
                let own = raw.filter {
                    sample.span == 0
                        ? $0.at == sample.at
                        : (sample.at.seconds..<sample.at.seconds + sample.span).contains($0.at.seconds)
                }
                #expect(own.count == sample.count && own.map(\.maximum).max() == sample.maximum)
                #expect(sample.mean <= sample.maximum)
            }
            #expect(try archive.store.sampleFacts(isThorough: true).faults.isEmpty)
        }
        // And what is too old is gone, with its list.
        try meter.trim(at: start + 40 * day)
        #expect(try meter.samples(of: 1).isEmpty)
        let facts = try archive.store.sampleFacts(isThorough: true)
        #expect(facts == SQLiteHistory.SampleFacts(samples: 0))
    }

    @Test("what is asked for over the edge of what was thinned has all of it, once", arguments: Shelf.all)
    func edge(kind: Shelf.Kind) throws {
        let archive = try Shelf(kind)
        let meter = Meter(archive.store)
        for step in 0..<864 as Range<Int64> { try meter.read(at: start + step * 300) { _ in Double(step) } }
        try meter.trim(at: start + 3 * day)
        let found = try meter.samples(of: 1)
        #expect(found.map(\.at.seconds) == (0..<864).map { start + $0 * 300 })
        let polls = try archive.store.polls(
            HistoryList(backend: "core", kind: .port), since: Timestamp(0), until: Timestamp(.max), most: 24)
        #expect(polls.polls.map(\.at.seconds) == (840..<864).map { start + $0 * 300 })
        #expect(polls.keys == ["in_bps", "out_bps", "errors_per_s"] && polls.places.count == 3)
    }

    @Test("of a long list those that carry most are recorded, and whatever somebody looks at")
    func bounded() throws {
        let archive = try Archive()
        var meter = Meter(archive.store, ports: StoredSamples.mostOfList + 400)
        try meter.read(at: start) { Double($0) * 1_000 }
        let most = StoredSamples.mostOfList
        #expect(try archive.store.sampleFacts().entities == Int64(most))
        #expect(try meter.samples(of: 399).isEmpty && meter.samples(of: 400).count == 1)
        try meter.read(at: start + 300, wanted: ["3", "777777"]) { Double($0) * 1_000 }
        #expect(try meter.samples(of: 3).count == 1 && meter.samples(of: 4).isEmpty)
        let left = try archive.store.recall(
            SampleQuery(Meter.name(4), since: Timestamp(0), until: Timestamp(.max)))
        #expect(left.isBounded && !left.isRecorded)
        // What carries nothing for a day makes room for what does.
        try meter.read(at: start + 2 * day) { $0 < 600 ? 1_000 : 0 }
        #expect(try meter.samples(of: 4).count == 1 && meter.samples(of: 399).count == 1)
        #expect(try archive.store.sampleFacts().entities <= Int64(most) + 1)
        meter.ports = 10
        try meter.read(at: start + 2 * day + 300) { _ in 5 }
        #expect(try meter.samples(of: 4).count == 2)
    }

    @Test("where the file is too large, the oldest values go first, and the changes stay")
    func size() throws {
        let archive = try Archive(retention: .init(days: 60, bytes: 400_000))
        let change = StateChange(
            EntityName(backend: "core", kind: .device, id: "1"), name: "edge1", before: "up", after: "down",
            seenAt: Timestamp(start))
        _ = try archive.store.record([change])
        let meter = Meter(archive.store, ports: 250)
        var random = SystemRandomNumberGenerator()
        for step in 0..<400 as Range<Int64> {
            try meter.read(at: start + step * 7_200) { _ in Double.random(in: 0...1e9, using: &random) }
        }
        let end = start + 400 * 7_200
        try meter.trim(at: end)
        let found = try meter.samples(of: 1)
        #expect(found.count > 40 && found.count < 400)
        #expect(found.last?.at.seconds == start + 399 * 7_200)
        #expect(try archive.store.sampleFacts(isThorough: true).faults.isEmpty)
        #expect(try archive.store.facts().changes == 1)
        _ = try archive.store.prune(at: Timestamp(end))
        #expect(try archive.store.facts().bytes < 500_000)
    }

    @Test("a full disk records no part of a reading, and the next one when there is room")
    func full() throws {
        let archive = try Archive()
        let meter = Meter(archive.store, ports: 2_000)
        try meter.read(at: start) { Double($0) }
        archive.store.close()
        archive.store.limit(pages: 1)
        #expect(throws: HistoryError.self) {
            for step in 1..<200 as Range<Int64> { try meter.read(at: start + step * 300) { Double($0) } }
        }
        archive.store.close()
        archive.store.limit(pages: nil)
        let counts = Set(try [0, 700, 1_999].map { try meter.samples(of: $0).count })
        #expect(counts.count == 1)
        try meter.read(at: start + 900_000) { Double($0) }
        #expect(try meter.samples(of: 1_999).last?.at.seconds == start + 900_000)
        #expect(try archive.store.sampleFacts(isThorough: true).faults.isEmpty)
    }

    @Test("nothing but numbers, ids and names is stored of what is measured")
    func noSecrets() throws {
        let archive = try Archive()
        var builder = TableBuilder(Lists.ports, Lists.backend)
        builder.begin(EntityRef(Lists.backend, .port, id: 4))
        builder.set(0, text: "marker-state")
        builder.set(2, text: "marker-name")
        builder.set(3, integer: 9)
        try archive.store.record(
            SampleReading(HistoryList(backend: "core", kind: .port), builder.finish(), at: Timestamp(start)))
        let text = String(decoding: archive.bytes, as: UTF8.self)
        #expect(text.contains("marker-name") && !text.contains("marker-state"))
    }
}
