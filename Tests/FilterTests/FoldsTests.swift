import Domain
@testable import Filter
import Testing

@Suite("Folded alerts")
struct FoldsTests {
    private static let resource = ResourceDescriptor(
        .alert, plural: "alerts", pane: .alerts,
        fields: [
            Field(.name, "Name", .text), Field(.severity, "Severity", .severity),
            Field(.state, "State", .state), Field(.cause, "Cause", .ref(.alert)),
        ], interval: 20, tally: .alerts)
    private static let vocabulary = FilterVocabulary([resource], backends: ["a", "b"])

    /// Id, name, state, id of the cause, place of its backend.
    private typealias Row = (id: Int64, name: String, state: String, cause: Int64?, on: Int)

    private func table(_ rows: [Row], on backend: Int = 0) -> Table {
        var builder = TableBuilder(Self.resource, BackendID(backend))
        for row in rows {
            builder.begin(World.alert(row.id, on: backend))
            builder.set(0, text: row.name)
            builder.set(1, text: row.id == 5 ? "critical" : "warning")
            builder.set(2, text: row.state)
            if let cause = row.cause { builder.set(3, ref: World.alert(cause, on: row.on), name: "cause") }
        }
        return builder.finish()
    }

    private var pon: [Row] {
        [
            (1, "ont a", "open", 3, 0), (2, "router", "open", nil, 0), (3, "pon", "open", nil, 0),
            (4, "ont b", "acknowledged", 3, 0), (5, "phone", "open", 1, 0), (6, "orphan", "open", 77, 0),
        ]
    }

    @Test("an alert stands under its root over all servers, once that is known")
    func root() throws {
        let resource = Self.resource.adding([Field(.root, "Root", .ref(.alert))])
        func table(_ backend: Int, _ rows: [(id: Int64, cause: Int64?, root: EntityRef?)]) -> Table {
            var builder = TableBuilder(resource, BackendID(backend))
            for row in rows {
                builder.begin(World.alert(row.id, on: backend))
                builder.set(0, text: "\(row.id)")
                builder.set(1, text: "warning")
                builder.set(2, text: "open")
                if let cause = row.cause {
                    builder.set(3, ref: World.alert(cause, on: backend), name: "cause")
                }
                if let root = row.root { builder.set(4, ref: root, name: "root") }
            }
            return builder.finish()
        }
        let device = World.alert(9, on: 1)
        let linked = [
            table(0, [(1, nil, device), (2, 1, device)]), table(1, [(9, nil, nil), (8, nil, nil)]),
        ]
        #expect(ids(try arrange(linked)) == ["9", "8"])
        #expect(try arrange(linked).fold(0)?.count == 2)
        #expect(Set(try arrange(linked).below(0)) == [World.alert(1), World.alert(2)])
        // Before anything was linked, what its own server says holds.
        #expect(ids(try arrange([table(0, [(1, nil, nil), (2, 1, nil)])])) == ["1"])
    }

    private func arrange(
        _ tables: [Table], _ filter: String = "", hiding: String? = nil, by order: [SortKey] = [],
        unfolded: Set<EntityRef>? = [], silencing: Set<EntityRef> = [], refining: Arrangement? = nil
    ) throws -> Arrangement {
        func read(_ text: String) throws -> FilterExpression {
            try #require(FilterExpression.parse(text, Self.vocabulary).expression)
        }
        let request = Arrangement.Request(
            tables: tables, filter: try read(filter), hiding: try hiding.map(read), order: order,
            unfolded: unfolded, silencing: silencing,
            context: FilterContext(now: World.now, backends: ["a", "b"]))
        return try #require(Arrangement.make(request, refining: refining))
    }

    private func ids(_ arrangement: Arrangement) -> [String] {
        (0..<arrangement.count).map { arrangement.entity($0).id }
    }

    @Test("what follows from an open alert stands under it, as deep as it may be, and is counted")
    func folding() throws {
        let found = try arrange([table(pon)])
        #expect(ids(found) == ["2", "3", "6"])
        #expect(found.folded == 3)
        #expect(found.fold(1) == Fold(count: 3, isOpen: false, worst: .critical))
        #expect(found.fold(0) == nil)
        #expect(found.parent(of: World.alert(5)) == World.alert(3))
        #expect(found.parent(of: World.alert(6)) == nil, "its cause is not there")
        #expect(found.position(of: World.alert(5)) == nil)
        #expect(found.total == 6)
    }

    @Test("what is silenced is counted apart and takes what follows from it along, but for what is worse")
    func silencing() throws {
        let found = try arrange([table(pon)], silencing: [World.alert(3), World.alert(2, on: 1)])
        #expect(ids(found) == ["2", "5", "6"])
        #expect(found.silenced == 1 && found.hidden == 2 && found.folded == 0)
        #expect(found.total == 6)
        let refined = try arrange(
            [table(pon)], "phone", silencing: [World.alert(3)],
            refining: try arrange([table(pon)], silencing: [World.alert(3)]))
        #expect(ids(refined) == ["5"])
        let passed = try arrange([table(pon)], "router", silencing: [World.alert(3)])
        #expect(ids(passed) == ["2"] && passed.silenced == 0)
    }

    @Test("nothing is folded where nobody asked for it, as on the command line")
    func unasked() throws {
        let found = try arrange([table(pon)], unfolded: nil)
        #expect(ids(found) == ["1", "2", "3", "4", "5", "6"])
        #expect(found.folded == 0)
    }

    @Test("unfolded rows stand under theirs whatever the order is, and in that order among themselves")
    func unfolding() throws {
        for descending in [false, true] {
            let found = try arrange(
                [table(pon)], by: [SortKey(.name, descending: descending)], unfolded: [World.alert(3)])
            #expect(
                ids(found) == (descending ? ["2", "3", "5", "4", "1", "6"] : ["6", "3", "1", "4", "5", "2"]))
            #expect(found.folded == 0)
            let parent = try #require(found.position(of: World.alert(3)))
            #expect(found.fold(parent)?.isOpen == true)
            #expect((1...3).allSatisfy { found.isBelow(parent + $0) })
            #expect(!found.isBelow(parent))
        }
    }

    @Test("by severity, what has worse folded under it stands where the worst would, open or not")
    func urgency() throws {
        for unfolded: Set<EntityRef> in [[], [World.alert(3)]] {
            for descending in [true, false] {
                let order = [SortKey(.severity, descending: descending), SortKey(.name)]
                let found = try arrange([table(pon)], by: order, unfolded: unfolded)
                let heads = (0..<found.count).filter { !found.isBelow($0) }.map { found.entity($0).id }
                #expect(heads == (descending ? ["3", "6", "2"] : ["6", "2", "3"]))
            }
        }
        let byName = try arrange([table(pon)], by: [SortKey(.name)])
        #expect(ids(byName) == ["6", "3", "2"], "only severity is urgency")
    }

    @Test(
        "a cause that is over or filtered away folds nothing; one that is hidden hides what follows from it")
    func withoutCause() throws {
        var rows = pon
        rows[2].state = "cleared"
        #expect(ids(try arrange([table(rows)])) == ["1", "2", "3", "4", "6"], "5 still follows from 1")
        let children = try arrange([table(pon)], "ont")
        #expect(ids(children) == ["1", "4"])
        #expect(children.folded == 0)
        #expect(ids(try arrange([table(pon)], "phone")) == ["5"])
        #expect(ids(try arrange([table(pon)], "(pon | phone)")) == ["3"])
        let hiding = try arrange([table(pon)], hiding: "pon")
        #expect(ids(hiding) == ["2", "6"])
        #expect(hiding.hidden == 4)
    }

    @Test("alerts that follow from each other, or from themselves, all stay in sight")
    func circles() throws {
        let circle: [Row] = [
            (1, "a", "open", 2, 0), (2, "b", "open", 3, 0), (3, "c", "open", 1, 0), (4, "d", "open", 4, 0),
            (7, "e", "open", 1, 0),
        ]
        let found = try arrange([table(circle)])
        #expect(Set(ids(found)).isSuperset(of: ["1", "2", "3", "4"]))
        #expect(found.count + found.folded == 5)
        // A chain longer than anybody makes loses nothing either.
        let chain = (0..<200).map {
            (id: Int64($0), name: "x", state: "open", cause: $0 > 0 ? Int64($0 - 1) : nil, on: 0)
        }
        for unfolded in [Set<EntityRef>(), Set((0..<200).map { World.alert($0) })] {
            let long = try arrange([table(chain)], unfolded: unfolded)
            #expect(long.count + long.folded == 200)
            #expect(Set(ids(long)).count == long.count)
        }
    }

    @Test("a cause may be at another server")
    func acrossServers() throws {
        let link: [Row] = [(1, "leg down", "open", 3, 0)]
        let found = try arrange([table(pon), table(link, on: 1)])
        #expect(found.folded == 4)
        #expect(found.parent(of: World.alert(1, on: 1)) == World.alert(3))
    }

    @Test("refining an arrangement with folded rows gives what starting again gives")
    func refining() throws {
        let tables = [table(pon)]
        let order = [SortKey(.name)]
        var earlier: Arrangement?
        for filter in ["", "o", "on", "ont", "ont a", "pon", ""] {
            for unfolded in [Set<EntityRef>(), [World.alert(3)]] {
                for hiding in [nil, "router"] {
                    let refined = try arrange(
                        tables, filter, hiding: hiding, by: order, unfolded: unfolded, refining: earlier)
                    let again = try arrange(tables, filter, hiding: hiding, by: order, unfolded: unfolded)
                    #expect(refined == again, "\(filter)")
                    earlier = refined
                }
            }
        }
    }

    @Test("a row that was folded away is replaced by the one that it is folded under")
    func replacing() throws {
        let open = try arrange([table(pon)], unfolded: [World.alert(3)])
        let closed = try arrange([table(pon)])
        #expect(closed.position(replacing: World.alert(4), in: open) == closed.position(of: World.alert(3)))
    }

    @Test("what parts of something are is filtered part by part, and sorted by how many are not up")
    func parts() throws {
        let resource = ResourceDescriptor(
            .bond, plural: "bonds", pane: .bonds, fields: [Field(.legs, "Legs", .states)], interval: 30)
        var builder = TableBuilder(resource, BackendID(0))
        for (index, legs) in ["up up", "down up", "down down idle", "", "testing up"].enumerated() {
            builder.begin(EntityRef(BackendID(0), .bond, id: Int64(index + 1)))
            builder.set(0, text: legs)
        }
        let table = builder.finish()
        let vocabulary = FilterVocabulary([resource])
        func find(_ text: String, _ order: [SortKey] = []) throws -> [String] {
            let filter = try #require(FilterExpression.parse(text, vocabulary).expression)
            let request = Arrangement.Request(
                tables: [table], filter: filter, order: order, context: FilterContext(now: World.now))
            return ids(try #require(Arrangement.make(request)))
        }
        #expect(try find("legs:down") == ["2", "3"])
        #expect(try find("legs=idle") == ["3"])
        #expect(try find("legs=UP") == [])
        #expect(try find("legs=do") == [])
        #expect(try find("legs!=up") == ["3", "4"])
        #expect(try find("legs=\"down up\"") == ["2"])
        #expect(try find("", [SortKey(.legs, descending: true)]) == ["3", "2", "5", "1", "4"])
        #expect(try find("", [SortKey(.legs)]) == ["1", "2", "5", "3", "4"])
    }
}
