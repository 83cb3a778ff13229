import Domain
import Filter
import Testing

/// Numbers that look like chance and are the same in every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite("Properties")
struct PropertyTests {
    private static let pieces = [
        "a", "gi0", "/", "\\", "\"", "(", ")", "|", "!", "@", ":", "=", "<", ">", " ", "name", "in_bps",
        "sev", "is",
        "core", "down", "10M", "warning", "1h", "é", "日", "\u{301}", "\n", "*", "+", "[", "]", "?", ".", "^",
        "$", "{",
        "2", "}", "age", "\u{0}", "\u{FEFF}", "descr", "\"\"", "mtu", "-",
    ]

    @Test(
        "any text as a filter says something, is found in rows, and reads back as what it prints",
        arguments: 0..<20)
    func anyText(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let tables = [World.portTable(), World.alertTable()]
        for _ in 0..<150 {
            let count = Int.random(in: 0...12, using: &dice)
            let text = (0..<count).map { _ in Self.pieces.randomElement(using: &dice) ?? "" }.joined()
            guard case .finished(let expression) = FilterExpression.parse(text, World.vocabulary) else {
                continue
            }
            #expect(
                FilterExpression.parse(expression.description, World.vocabulary) == .finished(expression),
                "\(text)")
            let request = Arrangement.Request(
                tables: tables, filter: expression, order: [SortKey("name")], context: World.context)
            let rest = Arrangement.Request(tables: tables, filter: .not(expression), context: World.context)
            let found = try #require(Arrangement.make(request))
            let others = try #require(Arrangement.make(rest))
            #expect(found.count + others.count + found.undecided == 10, "\(text)")
            _ = Highlighter(expression).ranges(in: "Gi0/1 é日\u{301} core", of: "name")
        }
    }

    @Test("any bytes as a filter never trap", arguments: 0..<20)
    func anyBytes(seed: UInt64) {
        var dice = Dice(state: seed &+ 1000)
        for _ in 0..<300 {
            let count = Int.random(in: 0...24, using: &dice)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
            let text = String(decoding: bytes, as: UTF8.self)
            if let expression = FilterExpression.parse(text, World.vocabulary).expression {
                #expect(
                    FilterExpression.parse(expression.description, World.vocabulary) == .finished(expression))
            }
        }
    }

    /// A table of random rows with many equal and missing values.
    private func table(_ backend: Int, rows: Int, _ dice: inout Dice) -> Table {
        var builder = TableBuilder(World.ports, BackendID(backend))
        let names = ["Gi0/", "gi0/", "Te1/", "", "port ", "é", "GigabitEthernet1/0/"]
        for row in 0..<rows {
            builder.begin(World.port(Int64(row), on: backend))
            let name =
                (names.randomElement(using: &dice) ?? "") + String(Int.random(in: 0...30, using: &dice))
            if Bool.random(using: &dice) { builder.set(0, text: name) }
            if Bool.random(using: &dice) {
                let device = Int64.random(in: 0...5, using: &dice)
                builder.set(2, ref: World.device(device), name: "rtr\(device * 5)")
            }
            if Bool.random(using: &dice) { builder.set(5, integer: Int64.random(in: -3...3, using: &dice)) }
            if Bool.random(using: &dice) { builder.set(6, number: Double.random(in: -1...1, using: &dice)) }
        }
        return builder.finish()
    }

    @Test("sorting keeps every row once and puts each pair in order", arguments: 0..<12)
    func sorting(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let sizes = [0, 1, 7, 70, 900]
        let tables = (0..<2).map { table($0, rows: sizes.randomElement(using: &dice) ?? 0, &dice) }
        for field: FieldKey in ["name", "device", "in_bps", "errors_per_s", "absent"] {
            for descending in [false, true] {
                let order = [SortKey(field, descending: descending), SortKey("name")]
                let found = try #require(
                    Arrangement.make(.init(tables: tables, order: order, context: World.context)))
                #expect(Set(found.rows).count == found.total)
                #expect(found.count == found.total)
                for position in 0..<max(found.count - 1, 0) {
                    let pair = (position, position + 1)
                    var verdict = compare(found.value(pair.0, field), found.value(pair.1, field), descending)
                    if verdict == 0 {
                        verdict = compare(found.value(pair.0, "name"), found.value(pair.1, "name"), false)
                    }
                    if verdict == 0 {
                        verdict = found.entity(pair.0).packed < found.entity(pair.1).packed ? -1 : 1
                    }
                    #expect(verdict < 0, "\(field) at \(position)")
                }
            }
        }
    }

    private func compare(_ a: Value, _ b: Value, _ descending: Bool) -> Int {
        if a.isNone || b.isNone { return a.isNone == b.isNone ? 0 : a.isNone ? 1 : -1 }
        let order: Int
        switch (a, b) {
        case (.integer(let a), .integer(let b)): order = a < b ? -1 : a > b ? 1 : 0
        case (.number(let a), .number(let b)): order = a < b ? -1 : a > b ? 1 : 0
        default:
            let first = NaturalOrder.key(Quantity.text(a, .text, now: World.now))
            let second = NaturalOrder.key(Quantity.text(b, .text, now: World.now))
            order = first == second ? 0 : first.lexicographicallyPrecedes(second) ? -1 : 1
        }
        return descending ? -order : order
    }

    @Test("every row that is shown holds the word, and no other does", arguments: 0..<10)
    func words(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let table = table(0, rows: 500, &dice)
        for word in ["gi0/1", "rtr2", "é2", "0", "/3", "t"] {
            let found = try #require(
                Arrangement.make(
                    .init(tables: [table], filter: .text(FilterText(word)), context: World.context)))
            let shown = Set(found.rows.map(\.row))
            for row in 0..<table.count {
                let holds = (table.text(row, 0).lowercased() + "\n" + table.text(row, 2).lowercased())
                    .contains(word)
                #expect(shown.contains(row) == holds, "\(word) \(row)")
            }
        }
    }
}
