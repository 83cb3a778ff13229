import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Looks between two refreshes")
struct LookTests {
    private static let bond = EntityRef(World.bonds, "bond", id: 21)

    /// A desk that has just sent a restart.
    private func restarted() -> Desk {
        var desk = Desk.ready()
        desk.press("5")
        desk.go(to: Self.bond)
        desk.press("X")
        let plan = PlanPreview(
            summary: ["restarts"], targets: [.init(Self.bond, name: "acme-hq", words: "down")],
            requests: [], tier: .hurts)
        desk.send(.prepared(session: 1, World.bonds, .success(Prepared(preview: plan, lastDone: nil))))
        desk.tick(1)
        desk.type("acme-hq")
        #expect(desk.press("Enter") == [.perform(session: 1, World.bonds, as: .hurts)])
        return desk
    }

    private func looks(_ effects: [Effect]) -> [Effect] {
        effects.filter { if case .look = $0 { true } else { false } }
    }

    @Test("what a command was sent to is read alone every 2 s, one look at a time, for a minute")
    func watch() {
        var desk = restarted()
        let look = Effect.look(World.bonds, "bond", only: [Self.bond])
        #expect(looks(desk.tick(1.9)) == [])
        #expect(looks(desk.tick(0.2)) == [look])
        #expect(looks(desk.tick(5)) == [])
        var count = 1
        desk.send(.looked(World.bonds, "bond", .success(World.bondTable())))
        for _ in 0..<120 {
            let effects = desk.tick(1)
            desk.answer(effects)
            if looks(effects) == [look] {
                count += 1
                desk.send(.looked(World.bonds, "bond", .success(World.bondTable())))
            }
        }
        #expect((20...30).contains(count))
        #expect(desk.state.watches.isEmpty)
    }

    @Test("rows of a look are shown at once, and leave the age of the whole table alone")
    func rows() throws {
        var desk = restarted()
        let arrivedAt = desk.state.backends[3].health["bond"]?.arrivedAt
        desk.tick(2.1)
        desk.send(.looked(World.bonds, "bond", .success(World.bondTable(["up", "degraded", "degraded"]))))
        let found = try #require(desk.state.find(Self.bond))
        #expect(found.table.text(found.row, .status) == "degraded")
        #expect(desk.state.backends[3].health["bond"]?.arrivedAt == arrivedAt)
    }

    @Test("a look that fails changes nothing but when the login was refused")
    func failure() {
        var desk = restarted()
        desk.tick(2.1)
        #expect(desk.send(.looked(World.bonds, "bond", .failure(BackendError(.timedOut, "no answer")))) == [])
        #expect(desk.state.backends[3].health["bond"]?.error == nil)
        desk.send(.looked(World.bonds, "bond", .failure(BackendError(.refused, "no"))))
        #expect(desk.state.backends[3].refusedUntil != nil)
        #expect(looks(desk.tick(3)) == [])
    }

    @Test("what changes often is looked at between two refreshes")
    func quick() {
        var quick = Offer.bond
        quick = ResourceDescriptor(
            quick.kind, plural: quick.plural, pane: quick.pane, fields: quick.fields, interval: 300,
            order: quick.order, quickInterval: 60)
        var desk = Desk.ready()
        let info = ServerInfo(product: "Bonding", clock: ServerClock(offset: 0, isCertain: true))
        let probe = Probe(
            info: info, resources: [Offer.alert, quick], commands: [])
        desk.send(.probed(World.bonds, .success(probe)))
        desk.tick(31)
        desk.refreshed(World.bonds, "bond", .empty(quick, World.bonds))
        #expect(looks(desk.tick(59)) == [])
        #expect(looks(desk.tick(1)) == [.look(World.bonds, "bond", only: nil)])
        #expect(looks(desk.tick(60)) == [])
        desk.send(.looked(World.bonds, "bond", .success(.empty(quick, World.bonds))))
        #expect(looks(desk.tick(60)) == [.look(World.bonds, "bond", only: nil)])
    }

    @Test("how far a command is stands in its dialog, and on the message line when that is hidden")
    func told() {
        var desk = restarted()
        desk.send(.commandProgressed(session: 1, World.bonds, "both legs are down for 4 s"))
        #expect(desk.lines.contains { $0.contains("both legs are down for 4 s") })
        desk.press("Esc")
        desk.send(.commandProgressed(session: 1, World.bonds, "one leg is up again"))
        #expect(desk.message == "restart bond: one leg is up again")
    }
}
