import Domain
import Testing

@Suite("Generations")
struct GenerationTests {
    private let old = Sample.table([(1, "one"), (2, "two"), (3, "three")])

    @Test("all there is replaces what was there")
    func everything() {
        var generation = Generation()
        let table = generation.merge(
            Sample.table([(3, "three"), (4, "four")]), covering: .everything, into: old)
        #expect(Sample.rows(table) == ["3 three", "4 four"])
        #expect(Sample.rows(generation.finish(table)) == ["3 three", "4 four"])
    }

    @Test("a page changes and adds rows, and deletes none until the generation is complete")
    func pages() {
        var generation = Generation()
        var table = generation.merge(Sample.table([(2, "zwei")]), covering: .page, into: old)
        #expect(Sample.rows(table) == ["1 one", "2 zwei", "3 three"])
        table = generation.merge(Sample.table([(4, "vier"), (3, "drei")]), covering: .page, into: table)
        #expect(Sample.rows(table) == ["1 one", "2 zwei", "3 drei", "4 vier"])
        #expect(Sample.rows(generation.finish(table)) == ["2 zwei", "3 drei", "4 vier"])
    }

    @Test("rows come through a merge whole, however new ones lie among old ones", arguments: 0..<40)
    func stretches(seed: Int) {
        var state = UInt64(seed + 1)
        func roll(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let before = (0..<roll(60)).map { (Int64($0 * 3), "old \(String(repeating: "x", count: roll(5)))") }
        let page = Set((0..<roll(60)).map { _ in Int64(roll(200)) }).map { ($0, "new \(roll(1_000))") }
        var expected: [String] = []
        let newer = Dictionary(uniqueKeysWithValues: page)
        for (id, name) in before { expected.append("\(id) \(newer[id] ?? name)") }
        for (id, name) in page where !before.contains(where: { $0.0 == id }) {
            expected.append("\(id) \(name)")
        }
        var generation = Generation()
        let table = generation.merge(Sample.table(page), covering: .page, into: Sample.table(before))
        #expect(Sample.rows(table) == expected)
    }

    @Test("what one entity owns replaces what it owned, and touches nobody else's")
    func owned() {
        let coverage = Coverage.owned(by: Sample.device(1), "device")
        var generation = Generation()
        var table = generation.merge(Sample.table([(7, "other")], device: 2), covering: .page, into: old)
        table = generation.merge(Sample.table([(2, "two"), (9, "new")]), covering: coverage, into: table)
        #expect(Sample.rows(table) == ["2 two", "7 other", "9 new"])
        table = generation.merge(Sample.table([]), covering: coverage, into: table)
        #expect(Sample.rows(table) == ["7 other"])
    }

    @Test("coverage by a field that is none deletes nothing")
    func ownedByNothing() {
        for key: FieldKey in ["nothing", "name"] {
            var generation = Generation()
            let table = generation.merge(
                Sample.table([]), covering: .owned(by: Sample.device(1), key), into: old)
            #expect(table.count == 3)
        }
    }

    @Test("of several rows of one entity the first of a page counts, and the newest page")
    func duplicates() {
        let twice = Sample.table([(1, "one"), (1, "again"), (2, "two"), (1, "more")])
        for coverage in [Coverage.everything, .page] {
            var generation = Generation()
            #expect(
                Sample.rows(generation.merge(twice, covering: coverage, into: nil)) == ["1 one", "2 two"])
        }
        var generation = Generation()
        let table = generation.merge(twice, covering: .page, into: old)
        #expect(Sample.rows(table) == ["1 one", "2 two", "3 three"])
        #expect(
            Sample.rows(generation.merge(Sample.table([(1, "uno")]), covering: .page, into: table))[0]
                == "1 uno")
    }

    @Test("an update behind a complete list does not make the list look gone")
    func updateAfterEverything() {
        var generation = Generation()
        var table = generation.merge(old, covering: .everything, into: nil)
        table = generation.merge(Sample.table([(2, "down")]), covering: .page, into: table)
        #expect(Sample.rows(generation.finish(table)) == ["1 one", "2 down", "3 three"])
    }

    @Test("counted by offset, an entity is gone when two complete generations missed it")
    func offsets() {
        var first = Generation()
        var table = first.merge(Sample.table([(1, "one"), (2, "two")]), covering: .slice, into: old)
        table = first.finish(table)
        #expect(Sample.rows(table) == ["1 one", "2 two", "3 three"])
        #expect(first.doubts == 1)
        var second = Generation(after: first)
        table = second.merge(Sample.table([(2, "two")]), covering: .slice, into: table)
        table = second.finish(table)
        #expect(Sample.rows(table) == ["1 one", "2 two"])
        #expect(second.doubts == 1)
        var third = Generation(after: second)
        table = third.merge(Sample.table([(1, "one"), (2, "two")]), covering: .slice, into: table)
        table = third.finish(table)
        #expect(third.doubts == 0)
        var fourth = Generation(after: third)
        table = fourth.merge(Sample.table([]), covering: .slice, into: table)
        #expect(Sample.rows(fourth.finish(table)) == ["1 one", "2 two"])
    }

    @Test("what came in one piece is believed at once, whatever was counted by offset before")
    func onePiece() {
        for coverage in [Coverage.page, .everything] {
            var first = Generation()
            var table = first.finish(first.merge(Sample.table([(1, "one")]), covering: .slice, into: old))
            #expect(table.count == 3)
            var second = Generation(after: first)
            table = second.merge(Sample.table([(1, "one"), (2, "two")]), covering: coverage, into: table)
            #expect(Sample.rows(second.finish(table)) == ["1 one", "2 two"])
            #expect(second.doubts == 0)
        }
    }

    @Test("a refresh that brings the same rows keeps the table")
    func unchanged() {
        let rows: [(Int64, String)] = [(1, "one"), (2, "two"), (3, "three")]
        var generation = Generation()
        #expect(generation.merge(Sample.table(rows), covering: .everything, into: old) == old)
        #expect(generation.merge(Sample.table([rows[1]]), covering: .page, into: old) == old)
        #expect(generation.merge(Sample.table([rows[2], rows[0]]), covering: .page, into: old) == old)
        #expect(generation.merge(Sample.table([(2, "zwei")]), covering: .page, into: old) != old)
        #expect(generation.finish(old) == old)
    }

    @Test("rows of a resource that is described again start again")
    func otherFields() {
        let other = ResourceDescriptor(
            .port, plural: "ports", pane: .ports, fields: [Field("x", "X", .integer)], interval: 1)
        var builder = TableBuilder(other, Sample.backend)
        builder.begin(Sample.port(9))
        builder.set(0, integer: 4)
        var generation = Generation()
        let table = generation.merge(builder.finish(), covering: .page, into: old)
        #expect(table.refs == [Sample.port(9)])
        #expect(table.integer(0, "x") == 4)
    }

    @Test("pages in any order make the rows that one list makes")
    func anyOrder() {
        let names = (0..<400).map { (Int64($0), $0 % 3 == 0 ? "ünï \($0 % 7)" : "port \($0)") }
        let whole = Sample.table(names)
        var generation = Generation()
        var table = generation.merge(Sample.table(Array(names[200...])), covering: .page, into: whole)
        table = generation.merge(Sample.table(Array(names[..<200])), covering: .page, into: table)
        #expect(generation.finish(table) == whole)
        var again = Generation()
        table = again.merge(Sample.table(Array(names[..<200])), covering: .page, into: nil)
        table = again.merge(Sample.table(Array(names[200...])), covering: .page, into: table)
        #expect(again.finish(table).hasSameRows(as: whole))
    }
}
