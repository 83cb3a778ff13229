import Domain
import Filter
import Testing

@Suite("Finding without filtering")
struct HitsTests {
    /// Five ports by name: Gi0/2, Gi0/10, lo0, Te0/1:2, xe-0/0/1.
    private func hits(_ text: String, among filter: String = "") throws -> Hits {
        let request = Arrangement.Request(
            tables: [World.portTable()], filter: try World.read(filter), order: [SortKey("name")],
            context: World.context)
        let arrangement = try #require(Arrangement.make(request))
        let wanted = Hits.Request(try World.read(text), in: arrangement, context: World.context)
        return try #require(Hits.make(wanted))
    }

    @Test(
        "what is found is told by where it is shown",
        arguments: [
            ("gi0", [0, 1]), ("oper=down", [0, 3]), ("nothing", []), ("", [0, 1, 2, 3, 4]),
            ("/^x|^l/", [2, 4]), ("is:marked", [1, 3]), ("!up", [2, 3]),
        ])
    func positions(text: String, expected: [UInt32]) throws {
        #expect(try hits(text).positions == expected)
    }

    @Test("only rows that are shown are found")
    func filtered() throws {
        let hits = try hits("oper=down", among: "gi0")
        #expect(hits.positions == [0])
        #expect(hits.request.arrangement.count == 2)
    }

    @Test("the next one is behind the row, the previous one before it, and both go round the ends")
    func steps() throws {
        let hits = try hits("oper=down")
        func step(_ step: Int, _ from: Int) -> [Int] {
            hits.position(step, from: from).map { [$0.position, $0.wrapped ? 1 : 0] } ?? []
        }
        #expect(step(0, 0) == [0, 0] && step(0, 1) == [3, 0] && step(0, 4) == [0, 1])
        #expect(
            step(1, 0) == [3, 0] && step(1, 3) == [0, 1] && step(1, 1) == [3, 0] && step(2, 1) == [0, 1])
        #expect(step(-1, 3) == [0, 0] && step(-1, 0) == [3, 1] && step(-1, 2) == [0, 0])
        #expect(step(7, 0) == [3, 1] && step(-7, 0) == [3, 1])
    }

    @Test("which of them a row is, and that it is none")
    func places() throws {
        let hits = try hits("oper=down")
        #expect([0, 1, 3, 4].map { hits.place(of: $0) } == [0, nil, 1, nil])
        #expect(try self.hits("nothing").position(1, from: 0) == nil)
    }

    @Test("a pattern that gives up finds nothing there and says so")
    func undecided() throws {
        let text = String(repeating: "a", count: 60) + "!"
        var builder = TableBuilder(World.ports, BackendID(0))
        builder.begin(World.port(1))
        builder.set(0, text: text)
        let arrangement = try #require(
            Arrangement.make(Arrangement.Request(tables: [builder.finish()], context: World.context)))
        let request = Hits.Request(try World.read("/(a+)+b(a+)+$/"), in: arrangement, context: World.context)
        let hits = try #require(Hits.make(request))
        #expect(hits.count == 0)
    }

    @Test("looking is given up when it is cancelled")
    func cancelled() throws {
        let arrangement = try #require(
            Arrangement.make(Arrangement.Request(tables: [World.portTable()], context: World.context)))
        let request = Hits.Request(try World.read("gi0"), in: arrangement, context: World.context)
        #expect(Hits.make(request, isCancelled: { true }) == nil)
    }
}
