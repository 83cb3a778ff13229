import Domain
import Testing

@testable import Filter

@Suite("kept ranks") struct KeptRanksTests {
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
            let traffic = Int64.random(in: 0...9, using: &dice)
            if row % 11 > 0 { builder.set(5, integer: traffic) }
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
                Row(entity: table.refs[row], keys: order.map { key(table, row, $0.field) })
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

    private func key(_ table: Table, _ row: Int, _ field: FieldKey) -> [UInt8] {
        table.integer(row, field).map { [UInt8($0)] } ?? NaturalOrder.key(table.text(row, field))
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
            [SortKey("in_bps"), SortKey("name")],
            [SortKey("in_bps", descending: true), SortKey("device"), SortKey("name", descending: true)],
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

    @Test("ranks of few rows are not kept")
    func small() {
        let small = table(9, rows: 100)
        _ = Arrangement.make(request([small], [SortKey("name")]))
        #expect(KeptRanks.all.value(.init(revisions: [small.revision], columns: [0])) == nil)
    }

    @Test("no more is kept than was said, and nothing of a table that is gone")
    func bounds() {
        let kept = KeptByTables<Int, String>(most: 3)
        let tables = (0..<4).map { table($0, rows: 1) }
        for place in tables.indices.dropLast() { kept.keep("of \(place)", place, [tables[place]]) }
        #expect(kept.value(0) == "of 0")
        kept.keep("of 3", 3, [tables[3]])
        // The one that was not asked for longest had to go.
        #expect(kept.count == 3 && kept.value(1) == nil && kept.value(0) == "of 0")
        kept.keep("once more", 3, [tables[3]])
        #expect(kept.count == 3 && kept.value(3) == "once more")
        do {
            let gone = table(7, rows: 1)
            kept.keep("of two", 7, [tables[0], gone])
            #expect(kept.value(7) == "of two")
        }
        #expect(kept.value(7) == nil && kept.value(3) == "once more")
    }

    @Test("how wide columns are is the same for all rows, in every order, and less for some of them")
    func extents() throws {
        let table = table(0, rows: 2_000)
        let all = try #require(Arrangement.make(request([table], [])))
        let again = try #require(Arrangement.make(request([table], [SortKey("name", descending: true)])))
        #expect(again.extents == all.extents)
        #expect(all.extents[0][5] == .integers(0...9))
        let some = try #require(Arrangement.make(request([table], [SortKey("name")], "in_bps<4")))
        #expect(some.extents[0][5] == .integers(0...3))
        let other = self.table(1, rows: 1_000)
        let both = try #require(
            Arrangement.make(request([table, other], [SortKey("name")], "in_bps<4 | @core")))
        #expect(both.extents[0] == all.extents[0])
        #expect(both.extents[1][5] == .integers(0...3))
    }
}
