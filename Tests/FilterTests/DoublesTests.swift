import Domain
@testable import Filter
import Testing

@Suite("Rows of several servers that are one thing")
struct DoublesTests {
    private static let resource = ResourceDescriptor(
        .device, plural: "devices", pane: .devices,
        fields: [
            Field(.name, "Name", .text), Field(.status, "Status", .state),
            Field(.impact, "Impact", .text, rank: .impactRank), Field(.impactRank, "Rank", .integer),
        ], interval: 60)

    private func table(_ backend: Int, _ rows: [(name: String, status: String, rank: Int64?)]) -> Table {
        var builder = TableBuilder(Self.resource, BackendID(backend))
        for (place, row) in rows.enumerated() {
            builder.begin(device(Int64(place), on: backend))
            builder.set(0, text: row.name)
            builder.set(1, text: row.status)
            builder.set(2, text: row.rank.map { "\($0) customers" } ?? "?")
            builder.set(3, integer: row.rank)
        }
        return builder.finish()
    }

    private func device(_ id: Int64, on backend: Int) -> EntityRef {
        EntityRef(BackendID(backend), .device, id: id)
    }

    private var tables: [Table] {
        [
            table(0, [("sw1.example.net", "up", 9), ("sw2.example.net", "up", nil)]),
            table(1, [("sw1", "down", 10), ("sw3", "up", 2)]),
        ]
    }

    private func shown(
        _ doubles: Doubles?, _ filter: String = "", by order: [SortKey] = [], after: Arrangement? = nil
    )
        throws -> Arrangement
    {
        let vocabulary = FilterVocabulary([Self.resource], backends: ["a", "b"])
        let filter = try #require(FilterExpression.parse(filter, vocabulary).expression)
        let request = Arrangement.Request(
            tables: tables, filter: filter, order: order, doubles: doubles,
            context: FilterContext(now: World.now, backends: ["a", "b"]))
        return try #require(Arrangement.make(request, refining: after))
    }

    private func names(_ arrangement: Arrangement) -> [String] {
        (0..<arrangement.count).map { arrangement.table($0).name(arrangement.rows[$0].row) }
    }

    @Test("one row stands for a thing; where that does not pass the filter, another one does")
    func standIns() throws {
        let doubles = Doubles([device(0, on: 0): device(0, on: 1)])
        let all = try shown(doubles)
        #expect(names(all) == ["sw2.example.net", "sw1", "sw3"])
        #expect(names(try shown(doubles, "example")) == ["sw1.example.net", "sw2.example.net"])
        #expect(names(try shown(doubles, "example", after: all)) == ["sw1.example.net", "sw2.example.net"])
        #expect(names(try shown(nil)).count == 4)
        #expect(Doubles([:]) == nil)
    }

    @Test("a stand-in that is not there hides nothing")
    func gone() throws {
        #expect(names(try shown(Doubles([device(0, on: 0): device(77, on: 1)]))).count == 4)
    }

    @Test("a field may be sorted by the number behind it, what has none last in both directions")
    func rank() throws {
        #expect(
            names(try shown(nil, by: [SortKey(.impact)])) == [
                "sw3", "sw1.example.net", "sw1", "sw2.example.net",
            ])
        #expect(
            names(try shown(nil, by: [SortKey(.impact, descending: true)])) == [
                "sw1", "sw1.example.net", "sw3", "sw2.example.net",
            ])
    }
}
