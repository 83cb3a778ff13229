import Domain
import Testing

@testable import Filter

/// Ranks are kept by tables for the whole process, so these run one after another.
@Suite("kept ranks", .serialized) struct KeptRanksTests {
    private func table(_ backend: Int, rows: Int, seed: UInt64 = 1) -> Table {
        var dice = Dice(state: seed &+ UInt64(backend))
        var builder = TableBuilder(World.ports, BackendID(backend))
        for row in 0..<rows {
            builder.begin(World.port(Int64(row), on: backend))
            if Int.random(in: 0..<10, using: &dice) > 0 {
                let name = ["Gi0/", "gi0/", "Te1/", "é", "port "].randomElement(using: &dice) ?? ""
                builder.set(0, text: name + String(Int.random(in: 0...400, using: &dice)))
            }
            let device = Int64.random(in: 0...1_500, using: &dice)
            builder.set(2, ref: World.device(device), name: "rtr\(device * 7 % 1_501)")
            builder.set(5, integer: Int64.random(in: 0...9, using: &dice))
        }
        return builder.finish()
    }

    private func request(_ tables: [Table], _ order: [SortKey], _ filter: String = "") -> Arrangement.Request
    {
        let expression = FilterExpression.parse(filter, World.vocabulary).expression ?? .everything
        return Arrangement.Request(tables: tables, filter: expression, order: order, context: World.context)
    }

    /// The rows as the plain way sorts them: text by text, without ranks.
    private func plainly(_ tables: [Table], _ order: [SortKey]) -> [EntityRef] {
        struct Row {
            let entity: EntityRef
            let keys: [[UInt8]]
        }
        let rows = tables.flatMap { table in
            table.refs.indices.map { row in
                Row(entity: table.refs[row], keys: order.map { NaturalOrder.key(table.text(row, $0.field)) })
            }
        }
        return rows.sorted { a, b in
            for (level, key) in order.enumerated() where a.keys[level] != b.keys[level] {
                if a.keys[level].isEmpty || b.keys[level].isEmpty { return b.keys[level].isEmpty }
                let isBefore = a.keys[level].lexicographicallyPrecedes(b.keys[level])
                return key.descending ? !isBefore : isBefore
            }
            return a.entity.packed < b.entity.packed
        }.map(\.entity)
    }

    private func entities(_ arrangement: Arrangement) -> [EntityRef] {
        (0..<arrangement.count).map(arrangement.entity)
    }

    @Test("kept ranks give the order of the plain way, the first time and again", arguments: 0..<6)
    func order(seed: UInt64) throws {
        let counts = [[3_000], [1_200, 1_800], [5, 2_500, 0, 700]][Int(seed) % 3]
        let tables = counts.enumerated().map { table($0.offset, rows: $0.element, seed: seed) }
        for order in [
            [SortKey("name")], [SortKey("name", descending: true)], [SortKey("device"), SortKey("name")],
            [SortKey("device", descending: true), SortKey("name", descending: true)],
        ] {
            let expected = plainly(tables, order)
            for _ in 0..<2 {
                let found = try #require(Arrangement.make(request(tables, order)))
                #expect(entities(found) == expected, "\(order)")
            }
        }
    }

    @Test("a filter that leaves few rows sorts them as all rows are sorted, whether ranks are kept or not")
    func few() throws {
        let order = [SortKey("name", descending: true)]
        let table = table(0, rows: 4_000)
        func rows() throws -> [EntityRef] {
            entities(try #require(Arrangement.make(request([table], order, "name:gi0/7"))))
        }
        let before = try rows()
        let all = entities(try #require(Arrangement.make(request([table], order))))
        #expect(before.count > 10 && before.count < 400)
        #expect(before == all.filter(Set(before).contains))
        #expect(try rows() == before)
    }

    @Test("another table of the same rows has ranks of its own")
    func otherTable() throws {
        let order = [SortKey("name")]
        for seed: UInt64 in 1...3 {
            let table = table(0, rows: 1_500, seed: seed)
            #expect(
                entities(try #require(Arrangement.make(request([table], order)))) == plainly([table], order))
        }
    }

    @Test("no more than three are kept, small ones never, and none of a table that is gone")
    func bounds() throws {
        do {
            let tables = (0..<5).map { table($0, rows: 1_500) }
            for table in tables { _ = Arrangement.make(request([table], [SortKey("name")])) }
            #expect(KeptRanks.shared.count <= 3)
            let key = KeptRanks.Key(revisions: [tables[4].revision], columns: [0])
            #expect(KeptRanks.shared.ranks(key)?.map(\.count) == [1_500])
            let small = table(9, rows: 100)
            _ = Arrangement.make(request([small], [SortKey("name")]))
            #expect(
                KeptRanks.shared.ranks(.init(revisions: [small.revision], columns: [0])) == nil)
        }
        let gone = table(7, rows: 1_500).revision
        _ = Arrangement.make(request([table(7, rows: 1_500)], [SortKey("name")]))
        #expect(KeptRanks.shared.ranks(.init(revisions: [gone + 1], columns: [0])) == nil)
    }
}
