import Domain
import Filter
import Testing

@Suite("Arrangements")
struct ArrangementTests {
    private func arrange(
        _ tables: [Table], _ filter: String = "", hiding: String? = nil, by order: [SortKey] = [],
        refining: Arrangement? = nil
    ) throws -> Arrangement {
        let request = Arrangement.Request(
            tables: tables, filter: try World.read(filter), hiding: try hiding.map(World.read), order: order,
            context: World.context)
        return try #require(Arrangement.make(request, refining: refining))
    }

    private func ids(_ arrangement: Arrangement) -> [String] {
        (0..<arrangement.count).map { arrangement.entity($0).id }
    }

    @Test("without an order rows stay as the tables have them")
    func unordered() throws {
        let found = try arrange([World.portTable(on: 1), World.portTable(on: 0)])
        #expect(ids(found) == ["1", "2", "3", "4", "5", "1", "2", "3", "4", "5"])
        #expect(found.entity(0).backend == BackendID(1))
        #expect(found.total == 10)
        #expect(found.count == 10)
    }

    @Test("names stand in natural order, both ways")
    func natural() throws {
        let rows = [World.portTable()]
        #expect(ids(try arrange(rows, by: [SortKey("name")])) == ["2", "1", "5", "3", "4"])
        #expect(ids(try arrange(rows, by: [SortKey("name", descending: true)])) == ["4", "3", "5", "1", "2"])
    }

    @Test("rows without a value come last in both directions")
    func noneLast() throws {
        let rows = [World.portTable()]
        for field in ["in_bps", "errors_per_s", "used", "device", "descr", "oper", "last_polled", "trunk"] {
            let key = FieldKey(rawValue: field)
            #expect(ids(try arrange(rows, by: [SortKey(key)])).last == "5", "\(field)")
            #expect(ids(try arrange(rows, by: [SortKey(key, descending: true)])).last == "5", "\(field)")
        }
        let both = [World.alertTable(), World.portTable()]
        #expect(ids(try arrange(both, by: [SortKey("mtu")])).prefix(4) == ["1", "3", "4", "2"])
        #expect(
            ids(try arrange(both, by: [SortKey("mtu", descending: true)])).prefix(4) == ["2", "1", "3", "4"])
    }

    @Test("severities stand by badness, unknown last in both directions")
    func severities() throws {
        let rows = [World.alertTable()]
        #expect(
            ids(try arrange(rows, by: [SortKey("severity", descending: true)])) == ["2", "4", "1", "3", "5"])
        #expect(ids(try arrange(rows, by: [SortKey("severity")])) == ["3", "1", "2", "4", "5"])
    }

    @Test("what is equal in the first key is told apart by the second, then by entity")
    func twoKeys() throws {
        let rows = [World.alertTable()]
        let order = [SortKey("severity", descending: true), SortKey("since", descending: true)]
        #expect(ids(try arrange(rows, by: order)) == ["4", "2", "1", "3", "5"])
        #expect(
            ids(try arrange([World.portTable()], by: [SortKey("device"), SortKey("in_bps")])) == [
                "3", "4", "2", "1", "5",
            ])
    }

    @Test("numbers stand by their value, with negative ones and fractions")
    func numbers() throws {
        let rows = [World.portTable()]
        #expect(ids(try arrange(rows, by: [SortKey("rx")])) == ["3", "2", "4", "1", "5"])
        #expect(ids(try arrange(rows, by: [SortKey("rx", descending: true)])) == ["1", "4", "2", "3", "5"])
        #expect(
            ids(try arrange(rows, by: [SortKey("errors_per_s", descending: true)])) == [
                "2", "4", "1", "3", "5",
            ])
    }

    @Test("one field of different types is sorted over all tables")
    func mixedTypes() throws {
        func table(_ backend: Int, _ type: FieldType, _ fill: (inout TableBuilder) -> Void) -> Table {
            let resource = ResourceDescriptor(
                .port, plural: "ports", pane: nil, fields: [Field("x", "X", type)], interval: 1)
            var builder = TableBuilder(resource, BackendID(backend))
            fill(&builder)
            return builder.finish()
        }
        func rows(_ backend: Int, _ type: FieldType, _ values: [String]) -> Table {
            table(backend, type) { builder in
                for (index, value) in values.enumerated() {
                    builder.begin(World.port(Int64(index), on: backend))
                    builder.set(0, text: value)
                    builder.set(0, number: Double(value))
                    builder.set(0, integer: Int64(value))
                }
            }
        }
        func sorted(_ tables: [Table], _ descending: Bool) throws -> [String] {
            let found = try arrange(tables, by: [SortKey("x", descending: descending)])
            return (0..<found.count).map { Quantity.text(found.value($0, "x"), .number, now: World.now) }
        }
        let numbers = [rows(0, .integer, ["2", "-1", "30"]), rows(1, .number, ["2.5", "-0.5", "29.5"])]
        #expect(try sorted(numbers, false) == ["-1", "-0.5", "2", "2.5", "29.5", "30"])
        #expect(try sorted(numbers, true) == ["30", "29.5", "2.5", "2", "-0.5", "-1"])
        let words = [rows(0, .text, ["b10", "a", "b2"]), rows(1, .word, ["b3", "", "A1"])]
        #expect(try sorted(words, false) == ["a", "A1", "b2", "b3", "b10", ""])
        #expect(
            try sorted(words + [rows(2, .integer, ["7", "-7"])], false) == [
                "-7", "7", "a", "A1", "b2", "b3", "b10", "",
            ])
    }

    @Test("hidden rows are counted and only those that pass the filter")
    func hiding() throws {
        let found = try arrange([World.alertTable()], "is:firing", hiding: "is:acked")
        #expect(ids(found) == ["1", "4", "5"])
        #expect(found.hidden == 1)
        #expect(found.total == 5)
    }

    @Test("an entity is found where it is shown, and not where a filter took it away")
    func positions() throws {
        let found = try arrange(
            [World.portTable(on: 1), World.portTable(on: 0)], "gi0 | te0", by: [SortKey("name")])
        for position in 0..<found.count { #expect(found.position(of: found.entity(position)) == position) }
        #expect(found.position(of: World.port(4)) == nil)
        #expect(found.position(of: World.port(99)) == nil)
        #expect(found.position(of: World.device(1)) == nil)
        #expect(Arrangement.empty.position(of: World.port(1)) == nil)
    }

    @Test("a row that is gone is replaced by the one behind it, else by the one before it")
    func replacing() throws {
        let all = try arrange([World.portTable()])
        let some = try arrange([World.portTable()], "name:gi0 | name:xe")
        #expect(some.position(replacing: World.port(2), in: all) == 1)
        #expect(some.position(replacing: World.port(3), in: all) == 2)
        #expect(some.position(replacing: World.port(5), in: all) == 2)
        #expect(some.position(replacing: World.port(77), in: all) == nil)
        #expect(Arrangement.empty.position(replacing: World.port(1), in: all) == nil)
    }

    @Test("refining an earlier arrangement gives what starting again gives")
    func refining() throws {
        let tables = [World.portTable(), World.portTable(on: 1)]
        let order = [SortKey("name", descending: true)]
        let steps = [
            "", "g", "gi", "gi0", "gi0 c", "gi0 co", "gi0 co !x", "gi0 | te", "!g", "!gi", "in>1M", "in>10M",
        ]
        var earlier: Arrangement?
        for step in steps {
            for hiding in [nil, "oper=down"] {
                let refined = try arrange(tables, step, hiding: hiding, by: order, refining: earlier)
                let again = try arrange(tables, step, hiding: hiding, by: order)
                #expect(refined == again, "\(step)")
                #expect(refined.hidden == again.hidden)
                earlier = refined
            }
        }
    }

    @Test(
        "a longer word narrows a shorter one, and a longer negation does not",
        arguments: [
            ("gi0", "gi", true), ("Gi0", "gi", true), ("gi0", "Gi", false), ("gi", "gi0", false),
            ("a b", "a", true),
            ("a b", "b a", true), ("a", "a b", false), ("!ab", "!a", false), ("!a", "!ab", true),
            ("a", "(a | b)", true),
            ("(a | b)", "a", false), ("(ax | ay)", "a", true), ("x", "", true), ("in>5 a", "in>5", true),
            ("name:ab", "name:a", false), ("a (b | c)", "a", true),
        ])
    func narrowing(longer: String, shorter: String, expected: Bool) throws {
        #expect(try World.read(longer).narrows(try World.read(shorter)) == expected)
    }

    @Test("fields that no row has anything in are told from others, whatever is filtered")
    func filled() throws {
        let ports = try arrange([World.portTable()], "nothing like it")
        #expect(ports.filled == Set(World.ports.fields.map(\.key)))
        let alerts = try arrange([World.alertTable()])
        #expect(alerts.filled == Set(World.alerts.fields.map(\.key)))
        var builder = TableBuilder(World.ports, BackendID(0))
        builder.begin(World.port(1))
        builder.set(0, text: "lo0")
        builder.begin(World.port(2))
        builder.set(2, ref: nil, name: "router")
        builder.set(11, flag: false)
        #expect(try arrange([builder.finish()]).filled == ["name", "device", "trunk"])
        #expect(Arrangement.empty.filled == [])
    }

    @Test("a cancelled arrangement is none")
    func cancelled() throws {
        let request = Arrangement.Request(
            tables: [World.portTable()], filter: try World.read("gi0"), order: [SortKey("name")],
            context: World.context)
        var asked = 0
        var last: Arrangement?
        repeat {
            var left = asked
            last = Arrangement.make(request) {
                left -= 1
                return left < 0
            }
            asked += 1
        } while last == nil && asked < 100
        #expect(asked > 3)
        #expect(last?.count == 2)
    }

    @Test("a handle holds the largest places")
    func handles() {
        let handle = RowHandle(table: 255, row: RowHandle.rowLimit - 1)
        #expect(handle.table == 255)
        #expect(handle.row == 16_777_215)
    }
}
