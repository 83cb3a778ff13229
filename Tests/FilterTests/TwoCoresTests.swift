import Domain
import Testing

@testable import Filter

@Suite("two cores") struct TwoCoresTests {
    private static let filters = [
        "", "gi0", "rtr", "1", "!gi0", "(gi0 | te1)", "/gi0.*7/", "in_bps>4", "device:rtr1", "nothing there",
        "is:down",
        // Gives up on some rows.
        "/(r+)+t(r+)+1*0*9*x/",
    ]
    private static let fields: [FieldKey] = [
        "name", "device", "in_bps", "errors_per_s", "oper", "backend", "absent",
    ]

    /// Rows that are often alike, some without values, on a few servers.
    private func tables(_ seed: UInt64) -> [Table] {
        var dice = Dice(state: seed)
        let counts = [[3_000], [1_300, 1_700], [5, 2_500, 0, 700]][Int(seed % 3)]
        return counts.enumerated().map { backend, count in
            var builder = TableBuilder(World.ports, BackendID(backend))
            for row in 0..<count {
                builder.begin(World.port(Int64(row * 7_919 % 10_007), on: backend))
                if Int.random(in: 0..<10, using: &dice) > 0 {
                    let name = ["Gi0/", "gi0/", "Te1/", "é", "port "].randomElement(using: &dice) ?? ""
                    builder.set(0, text: name + String(Int.random(in: 0...400, using: &dice)))
                }
                let device = Int64.random(in: 0...1_500, using: &dice)
                builder.set(2, ref: World.device(device), name: "rtr\(device * 7 % 1_501)")
                builder.set(4, text: Int.random(in: 0..<20, using: &dice) == 0 ? "down" : "up")
                builder.set(5, integer: Int64.random(in: 0...9, using: &dice))
                if backend != 1 { builder.set(6, number: Double.random(in: -2...2, using: &dice).rounded()) }
            }
            return builder.finish()
        }
    }

    private func order(_ dice: inout Dice) -> [SortKey] {
        (0..<Int.random(in: 0...3, using: &dice)).map { _ in
            SortKey(Self.fields.randomElement(using: &dice) ?? "name", descending: Bool.random(using: &dice))
        }
    }

    @Test("two cores show the same rows in the same order as one", arguments: 0..<24 as Range<UInt64>)
    func same(seed: UInt64) async throws {
        var dice = Dice(state: seed &+ 500)
        // The same rows twice: what one way keeps of its tables, the other does not take over.
        let (mine, others) = (tables(seed), tables(seed))
        var earlier: (one: Arrangement, two: Arrangement)?
        for round in 0..<6 {
            let text = Self.filters.randomElement(using: &dice) ?? ""
            let filter = FilterExpression.parse(text, World.vocabulary).expression ?? .everything
            var request = Arrangement.Request(
                tables: mine, filter: filter, order: order(&dice), context: World.context)
            if Bool.random(using: &dice) { request.hiding = .condition("down") }
            if Bool.random(using: &dice) { request.silencing = Set(mine[0].refs.prefix(3)) }
            if Int.random(in: 0..<4, using: &dice) == 0 { request.owner = World.device(7) }
            var same = request
            same.tables = others
            let one = try #require(Arrangement.make(request, refining: earlier?.one))
            let least = [1, 100, 2_000][round % 3]
            let two = await Arrangement.makeOnTwoCores(same, refining: earlier?.two, least: least)
            let words = "\(text) by \(request.order) from \(least) rows on"
            #expect(one.rows == two.rows, "\(words)")
            #expect(one.hiddenRows == two.hiddenRows, "\(words)")
            #expect(Set(one.silencedRows) == Set(two.silencedRows), "\(words)")
            #expect(one.undecided == two.undecided && one.total == two.total, "\(words)")
            #expect(one.extents == two.extents, "\(words)")
            earlier = Bool.random(using: &dice) ? (one, two) : nil
        }
    }
}
