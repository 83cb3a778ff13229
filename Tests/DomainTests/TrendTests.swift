import Domain
import Testing

@Suite("What was measured lately")
struct TrendTests {
    private static let resource = ResourceDescriptor(
        .port, plural: "ports", pane: .ports,
        fields: [
            Field(.name, "Name", .text), Field("in_bps", "In", .rate), Field("rx", "Rx", .decibelMilliwatts),
        ], interval: 300, trends: ["in_bps", "rx"])
    private static let backend = BackendID(0)

    private func entity(_ id: Int64) -> EntityRef { EntityRef(Self.backend, .port, id: id) }

    private func table(_ rows: [(Int64, Int64?, Double?)]) -> Table {
        var builder = TableBuilder(Self.resource, Self.backend)
        for (id, rate, power) in rows {
            builder.begin(entity(id))
            builder.set(0, text: "p\(id)")
            if let rate { builder.set(1, integer: rate) }
            if let power { builder.set(2, number: power) }
        }
        return builder.finish()
    }

    private func at(_ seconds: Double) -> Instant { Instant(seconds: seconds) }

    private func isNear(_ value: Double?, _ wanted: Double) -> Bool {
        value.map { ($0 - wanted).magnitude <= 0.0005 * wanted.magnitude + 0.006 } ?? false
    }

    @Test("every poll is a sample of every row, to half a part in a thousand")
    func samples() throws {
        let rates: [Int64] = [0, 1, 999, 12_345_678, 1_000_000_000, 99_999_999_999, 4_000_000_000_000]
        var book: TrendBook?
        for (place, rate) in rates.enumerated() {
            book = TrendBook.after(
                book, table([(1, rate, -40 + Double(place) * 0.37), (2, nil, nil)]),
                at: at(Double(place) * 300), wall: Timestamp(0))
        }
        let made = try #require(book)
        for (sample, rate) in zip(made.samples(of: entity(1), 0), rates) {
            #expect(isNear(sample.value, Double(rate)), "\(rate): \(String(describing: sample.value))")
        }
        #expect(isNear(made.samples(of: entity(1), 1).last?.value, -40 + 6 * 0.37))
        #expect(made.samples(of: entity(2), 0).allSatisfy { $0.value == nil })
        #expect(made.samples(of: entity(3), 0).isEmpty)
    }

    @Test("what is not known, below nothing or beyond everything is no sample, never a zero")
    func nothing() {
        var book = TrendBook.after(
            nil, table([(1, -5, .infinity), (2, 0, -300)]), at: at(0), wall: Timestamp(0))
        book = TrendBook.after(book, table([(1, .max, .nan), (2, 0, 1e9)]), at: at(300), wall: Timestamp(0))
        #expect(book?.samples(of: entity(1), 0).map(\.value) == [nil, nil])
        #expect(book?.samples(of: entity(1), 1).map(\.value) == [nil, nil])
        #expect(book?.samples(of: entity(2), 0).map(\.value) == [0, 0])
        #expect(book?.samples(of: entity(2), 1).map(\.value) == [nil, nil])
    }

    @Test("samples stay with their entity when rows come, go and change places")
    func roster() throws {
        var book = TrendBook.after(nil, table([(1, 100, nil), (2, 200, nil)]), at: at(0), wall: Timestamp(0))
        book = TrendBook.after(
            book, table([(3, 300, nil), (2, 250, nil), (1, 150, nil)]), at: at(300), wall: Timestamp(0))
        book = TrendBook.after(book, table([(2, 260, nil)]), at: at(600), wall: Timestamp(0))
        let made = try #require(book)
        let second = made.samples(of: entity(2), 0).map(\.value)
        #expect(second.count == 3)
        for (value, wanted) in zip(second, [200.0, 250, 260]) { #expect(isNear(value, wanted)) }
        #expect(made.samples(of: entity(1), 0).isEmpty)
        book = TrendBook.after(book, table([(1, 170, nil), (2, 1, nil)]), at: at(900), wall: Timestamp(0))
        #expect(book?.samples(of: entity(1), 0).map { $0.value == nil } == [true, true, true, false])
    }

    @Test("where polls are missing there is a gap, and no more is kept than is to be")
    func gaps() throws {
        var book: TrendBook?
        for moment in [0, 300, 600, 1_800, 2_100] as [Double] {
            book = TrendBook.after(book, table([(1, 5, nil)]), at: at(moment), wall: Timestamp(0))
        }
        #expect(
            book?.samples(of: entity(1), 0).map { $0.at == nil }
                == [false, false, false, true, true, true, false, false])
        // What a key asks for in between makes nothing before it a gap.
        for moment in [2_104, 2_108, 2_112, 2_116, 2_120, 2_124, 2_128] as [Double] {
            book = TrendBook.after(book, table([(1, 5, nil)]), at: at(moment), wall: Timestamp(0))
        }
        #expect(book?.samples(of: entity(1), 0).count { $0.at == nil } == 3)
        for place in 0..<100 {
            book = TrendBook.after(
                book, table([(1, 5, nil)]), at: at(3_000 + Double(place) * 300), wall: Timestamp(0))
        }
        #expect(book?.count == TrendBook.length)
        #expect(book?.samples(of: entity(1), 0).count == TrendBook.length)
    }

    @Test("of a part of the rows, what is as it was may not have been polled")
    func partial() {
        var book = TrendBook.after(nil, table([(1, 5, nil), (2, 5, nil)]), at: at(0), wall: Timestamp(0))
        book = TrendBook.after(
            book, table([(1, 5, nil), (2, 6, nil)]), at: at(300), wall: Timestamp(0), isPartial: true)
        #expect(book?.samples(of: entity(1), 0).map { $0.value == nil } == [false, true])
        #expect(book?.samples(of: entity(2), 0).map { $0.value == nil } == [false, false])
    }

    @Test("of a resource that names none, nothing is kept")
    func none() {
        let plain = ResourceDescriptor(
            .port, plural: "ports", pane: nil, fields: [Field("in_bps", "In", .rate)], interval: 1)
        #expect(TrendBook.after(nil, .empty(plain, Self.backend), at: at(0), wall: Timestamp(0)) == nil)
    }
}
