import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Confirmations")
struct ConfirmationTests {
    @Test("more than ten targets raise what is asked to an explicit yes")
    func bulk() throws {
        var desk = Desk.ready()
        desk.press("3")
        let rows = (100..<111).map {
            (Int64($0), "warning", "open", Int64($0), "mad1-core-rtr02", "High load", "")
        }
        desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
        for id in [World.edge, World.access, World.bonds] {
            desk.refreshed(id, .alert, .empty(Offer.alert, id))
        }
        desk.press("*", "a", "Enter")
        let targets = rows.map { World.alert(World.core, $0.0) }
        #expect(desk.prepared(targets) == [])
        #expect(desk.session?.stage == .confirming)
        #expect(desk.press("y") == [])
        desk.tick(0.3)
        #expect(desk.press("y") == [.perform(session: 1, World.core, as: .touchesService)])
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(1)])
    }

    @Test("ten targets ask for no more than one")
    func notBulk() throws {
        var desk = Desk.ready()
        desk.press("3")
        let rows = (100..<110).map {
            (Int64($0), "warning", "open", Int64($0), "mad1-core-rtr02", "High load", "")
        }
        desk.refreshed(World.core, .alert, World.alerts(World.core, rows))
        for id in [World.edge, World.access, World.bonds] {
            desk.refreshed(id, .alert, .empty(Offer.alert, id))
        }
        desk.press("*", "a", "Enter")
        #expect(desk.prepared(rows.map { World.alert(World.core, $0.0) }).count == 1)
    }

    @Test("Cancel has the focus: Enter sends nothing")
    func enterCancels() {
        var desk = Desk.confirming()
        desk.tick(1)
        #expect(desk.press("Enter") == [.forget(session: 1)])
        #expect(desk.message == "nothing was sent")
        #expect(desk.state.layers.isEmpty)
    }

    @Test("a confirmation takes no key for 300 ms, but Esc")
    func deadTime() {
        var desk = Desk.confirming()
        desk.tick(0.299)
        #expect(desk.press("y", "Enter", "ctrl-t") == [])
        #expect(desk.session?.stage == .confirming)
        #expect(desk.session?.isDryRun == false)
        #expect(desk.press("Esc") == [.forget(session: 1)])
    }

    @Test("y sends once, however often it is pressed")
    func yesOnce() {
        var desk = Desk.confirming()
        desk.tick(0.3)
        #expect(desk.press("y", "y", "Enter", "y") == [.perform(session: 1, World.core, as: .touchesService)])
    }

    /// A desk where a plan waits for a name.
    private func naming() -> Desk {
        var desk = Desk.ready()
        desk.press("5")
        let bond = EntityRef(World.bonds, "bond", id: 21)
        desk.go(to: bond)
        #expect(desk.press("X") == [.prepare(session: 1, World.bonds, Command("restart-bond", [bond]))])
        let plan = PlanPreview(
            summary: ["restarts"], targets: [.init(bond, name: "acme-hq", words: "down")], requests: [],
            tier: .hurts)
        desk.send(.prepared(session: 1, World.bonds, .success(Prepared(preview: plan, lastDone: nil))))
        #expect(desk.state.contexts == [.text])
        return desk
    }

    @Test("what hurts is sent only when the whole name was typed")
    func typedName() {
        var desk = naming()
        desk.type("acme")
        #expect(desk.session?.typedName.text == "", "typed ahead")
        desk.tick(0.3)
        #expect(desk.press("Enter") == [])
        #expect(desk.session?.hint == "nothing was sent: type acme-hq")
        desk.type("acme-h")
        #expect(desk.press("Enter") == [])
        #expect(desk.session?.hint == "nothing was sent: q is missing")
        desk.type("x")
        #expect(desk.press("Enter") == [])
        #expect(desk.session?.hint == "nothing was sent: acme-hx is not acme-hq")
        desk.press("Backspace")
        desk.type("q")
        #expect(desk.press("Enter") == [.perform(session: 1, World.bonds, as: .hurts)])
    }

    @Test("y is a letter where a name is typed")
    func yesInName() {
        var desk = naming()
        desk.tick(1)
        #expect(desk.press("y") == [])
        #expect(desk.session?.typedName.text == "y")
    }

    @Test("several that are hurt are confirmed by the verb and the count, at most twenty")
    func hurtsInBulk() throws {
        var desk = Desk.ready()
        desk.press("5", "*")
        desk.press("X")
        let bonds = desk.shown
        let plan = PlanPreview(
            summary: [], targets: bonds.map { .init($0, name: $0.id, words: "") }, requests: [], tier: .hurts)
        desk.send(.prepared(session: 1, World.bonds, .success(Prepared(preview: plan, lastDone: nil))))
        desk.tick(1)
        desk.type("restart 3")
        #expect(desk.press("Enter") == [.perform(session: 1, World.bonds, as: .hurts)])

        var many = Desk.ready()
        many.press("5")
        many.refreshed(World.bonds, "bond", World.bondTable(Array(repeating: "up", count: 21)))
        many.press("*")
        #expect(many.press("X") == [])
        #expect(many.message == "restart-bond takes at most 20 at once, not 21")
    }

    @Test("what was done a short time ago is asked for a second time: Cancel has the focus there too")
    func repeated() {
        func asked() -> Desk {
            var desk = Desk.ready()
            desk.press("5")
            let bond = EntityRef(World.bonds, "bond", id: 21)
            desk.go(to: bond)
            desk.press("X")
            let plan = PlanPreview(
                summary: ["restarts"], targets: [.init(bond, name: "acme-hq", words: "down")], requests: [],
                tier: .hurts)
            let earlier = Repeat(bond, name: "acme-hq", words: "4m ago by ana@noc2, unknown", record: "r1")
            let found = Prepared(preview: plan, lastDone: nil, repeats: [earlier])
            desk.send(.prepared(session: 1, World.bonds, .success(found)))
            #expect(desk.lines.contains { $0.contains("acme-hq: done 4m ago by ana@noc2, unknown") })
            desk.tick(1)
            desk.type("acme-hq")
            #expect(desk.press("Enter") == [])
            #expect(desk.session?.stage == .repeating)
            #expect(desk.lines.contains { $0.contains("Do it again?") })
            return desk
        }
        var hasty = asked()
        #expect(hasty.press("y", "Enter") == [])
        #expect(hasty.session?.stage == .repeating)
        var cancelled = asked()
        cancelled.tick(0.3)
        #expect(cancelled.press("Enter") == [.forget(session: 1)])
        var sent = asked()
        sent.tick(0.3)
        #expect(sent.press("y", "y") == [.perform(session: 1, World.bonds, as: .hurts)])
    }

    @Test("a guarded backend asks for the name whatever the command")
    func guarded() {
        var desk = Desk.onAlert(modes: [World.core: .guarded])
        desk.press("a", "Enter")
        #expect(desk.prepared([World.first]) == [])
        desk.tick(1)
        #expect(desk.press("Enter") == [])
        desk.type("alert 11")
        #expect(desk.press("Enter") == [.perform(session: 1, World.core, as: .hurts)])
    }

    @Test("a dry run sends nothing, whatever is pressed")
    func dryRun() {
        var desk = Desk.onAlert()
        desk.press("a", "ctrl-t", "Enter")
        #expect(desk.prepared([World.first]) == [])
        #expect(desk.session?.stage == .confirming)
        desk.tick(1)
        #expect(desk.press("y", "Enter", "y", "Space", "c") == [])
        #expect(desk.lines.contains { $0.contains("PUT https://nms.example.net/11") })
        desk.press("ctrl-t")
        #expect(desk.press("y") == [.perform(session: 1, World.core, as: .harmless)])
    }

    @Test("a dry run can't be switched on while requests are on their way")
    func dryRunTooLate() {
        var desk = Desk.confirming()
        desk.tick(1)
        desk.press("y", "ctrl-t")
        #expect(desk.session?.stage == .sending)
        #expect(desk.session?.isDryRun == false)
    }
}
