import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

/// A device whose detail ends in a tree of parts.
enum Tree {
    static let device = World.device(World.core, 2)

    static func part(_ id: String) -> EntityRef { EntityRef(World.core, "part", id: id) }

    static func line(_ id: String, _ kind: String = "module", expandable: Bool = true) -> Detail.Line {
        var line = Detail.Line(kind, .ref(part(id), name: "Part \(id)"), .ref("part"))
        line.isExpandable = expandable
        return line
    }

    static let detail = Detail(
        device, title: "mad1-core-rtr02",
        sections: [
            Detail.Section("Device", [.init("status", .text("up"), .state)]),
            Detail.Section("Inventory (4)", [line("a", "chassis"), line("b", "fan", expandable: false)]),
        ])
}

extension Desk {
    /// A desk with the device opened and the cursor on its outermost part.
    static func onTree(size: Size = Size(120, 30)) -> Desk {
        var desk = Desk.ready(size: size)
        desk.press("1")
        desk.go(to: Tree.device)
        desk.press("Enter")
        desk.send(.detailed(Tree.device, .success(Tree.detail)))
        desk.goToParts()
        return desk
    }

    /// Puts the cursor on the outermost part: what is wrong with the device stands before it.
    mutating func goToParts() {
        press("g")
        for _ in 0..<10 where part != "a" { press("j") }
    }

    /// The parts on the screen in order, with how deep they stand.
    var parts: [String] {
        guard let opened = state.details.last else { return [] }
        return state.lines(of: opened).compactMap { line in
            guard case .field(let field) = line, case .ref(let entity, _) = field.value,
                entity.kind == "part"
            else { return nil }
            return String(repeating: ">", count: field.depth) + entity.id
        }
    }

    var part: String? { state.details.last.flatMap { state.linkUnderCursor(of: $0) }?.id }
}

@Suite("A tree in a detail")
struct FoldTests {
    @Test("a line is unfolded in place, level by level, and folded again; the cursor stays on it")
    func levels() {
        var desk = Desk.onTree()
        #expect(desk.part == "a")
        #expect(desk.press("-") == [.children(Tree.part("a"))])
        #expect(desk.lines.contains { $0.contains("reading…") })
        #expect(desk.lines.contains { $0.contains("▾ Part a") })
        desk.send(.unfolded(Tree.part("a"), .success([Tree.line("a1"), Tree.line("a2")])))
        #expect(desk.parts == ["a", ">a1", ">a2", "b"])
        #expect(desk.part == "a")
        desk.press("j")
        #expect(desk.press("l") == [.children(Tree.part("a1"))])
        desk.send(.unfolded(Tree.part("a1"), .success([Tree.line("deep", expandable: false)])))
        #expect(desk.parts == ["a", ">a1", ">>deep", ">a2", "b"])
        // What is folded keeps what is unfolded inside it.
        desk.goToParts()
        desk.press("-")
        #expect(desk.parts == ["a", "b"])
        #expect(desk.lines.contains { $0.contains("▸ Part a") })
        desk.press("-")
        #expect(desk.parts == ["a", ">a1", ">>deep", ">a2", "b"])
    }

    @Test("left folds, or goes to the line above it in the tree")
    func left() {
        var desk = Desk.onTree()
        desk.press("-")
        desk.send(.unfolded(Tree.part("a"), .success([Tree.line("a1"), Tree.line("a2")])))
        desk.press("j", "j")
        #expect(desk.part == "a2")
        desk.press("h")
        #expect(desk.part == "a")
        desk.press("h")
        #expect(desk.parts == ["a", "b"])
    }

    @Test("Enter opens the part itself")
    func opening() {
        var desk = Desk.onTree()
        #expect(desk.press("Enter").contains(.detail(Tree.part("a"))))
    }

    @Test("a level that can't be read says so, and the key asks again; nothing is asked twice meanwhile")
    func trouble() {
        var desk = Desk.onTree()
        desk.press("-")
        #expect(desk.press("-", "-") == [])
        desk.send(.unfolded(Tree.part("a"), .failure(BackendError(.timedOut, "no answer within 30 s"))))
        #expect(desk.lines.contains { $0.contains("can't be read: no answer within 30 s") })
        #expect(desk.press("-", "-") == [.children(Tree.part("a"))])
    }

    @Test("what has nothing in it says so")
    func empty() {
        var desk = Desk.onTree()
        desk.press("-")
        desk.send(.unfolded(Tree.part("a"), .success([])))
        #expect(desk.message == "there is nothing in it")
        #expect(desk.lines.contains { $0.contains("Part a") && !$0.contains("▾") && !$0.contains("▸") })
        desk.press("j", "-")
        #expect(desk.message == "there is nothing below this line")
        desk.press("Esc")
        #expect(desk.state.reasonAgainst(.own(.fold)) == "nothing is folded under this row")
    }

    @Test("a new answer about the device keeps what is unfolded, and r asks for it again")
    func refreshing() {
        var desk = Desk.onTree()
        desk.press("-")
        desk.send(.unfolded(Tree.part("a"), .success([Tree.line("a1")])))
        desk.send(.detailed(Tree.device, .success(Tree.detail)))
        #expect(desk.parts == ["a", ">a1", "b"])
        #expect(desk.press("r").contains(.children(Tree.part("a"))))
    }

    @Test("a part that is inside itself is shown once")
    func circle() {
        var desk = Desk.onTree()
        desk.press("-")
        desk.send(.unfolded(Tree.part("a"), .success([Tree.line("a1"), Tree.line("a")])))
        #expect(desk.parts == ["a", ">a1", ">a", "b"])
    }

    @Test("frames of a tree")
    func frames() throws {
        for size in [Size(80, 24), Size(120, 40), Size(40, 10), Size(20, 5)] {
            var desk = Desk.onTree(size: size)
            desk.press("-")
            desk.send(
                .unfolded(
                    Tree.part("a"),
                    .success([
                        Tree.line("a1"), Tree.line("a2", "container"),
                        Tree.line("a3", "port", expandable: false),
                    ])))
            desk.press("j", "-")
            desk.send(.unfolded(Tree.part("a1"), .success([Tree.line("a11", "port", expandable: false)])))
            try Golden.check(desk.state, "detail-tree")
        }
    }
}
