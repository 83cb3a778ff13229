import Canvas
@testable import Dashboard
import Domain
import Testing

@Suite("Commands")
struct CommandTests {
    private static let first = World.alert(World.core, 11)
    private static let second = World.alert(World.core, 12)
    private static let old = World.alert(World.edge, 11)

    /// A desk with the alerts in front and the cursor on an entity.
    private func desk(
        on entity: EntityRef = first, modes: [BackendID: BackendMode] = [:]
    ) -> Desk {
        var desk = Desk.ready(modes: modes)
        desk.press("3")
        desk.go(to: entity)
        return desk
    }

    private func preview(
        _ targets: [EntityRef], excluded: [EntityRef] = [], tier: Tier = .harmless
    ) -> PlanPreview {
        PlanPreview(
            summary: ["acknowledges"],
            targets: targets.map { .init($0, name: "alert \($0.id)", words: "open") },
            excluded: excluded.map { .init($0, name: "alert \($0.id)", words: "acknowledged already") },
            requests: targets.map {
                .init(entity: $0, method: "PUT", url: "https://nms.example.net/\($0.id)", body: nil)
            }, tier: tier)
    }

    private func prepared(
        _ desk: inout Desk, on id: BackendID = World.core, _ targets: [EntityRef], excluded: [EntityRef] = [],
        tier: Tier = .harmless
    ) -> [Effect] {
        let found = Prepared(preview: preview(targets, excluded: excluded, tier: tier), lastDone: nil)
        return desk.send(.prepared(session: desk.session?.id ?? 0, id, .success(found)))
    }

    @Test("acknowledging goes form, prepare, send, result")
    func acknowledge() throws {
        var desk = desk()
        #expect(desk.press("a") == [])
        let session = try #require(desk.session)
        #expect(session.stage == .form)
        #expect(desk.state.contexts == [.text])
        desk.type("on it y")
        #expect(desk.session?.form.answers[0].text.text == "on it y")
        let command = Command(
            .acknowledge, [Self.first], [.note: .text("on it y"), "until_clear": .flag(true)])
        desk.press("Tab", "Space")
        #expect(desk.press("Enter") == [.prepare(session: session.id, World.core, command)])
        #expect(prepared(&desk, [Self.first]) == [.perform(session: session.id, World.core)])
        #expect(desk.state.overlays == [])
        let outcomes = [Outcome(Self.first, .verified, "acknowledged")]
        let effects = desk.send(.performed(session: session.id, World.core, outcomes))
        #expect(effects.contains(.refresh(World.core, .alert, focus: focus(effects))))
        #expect(effects.last == .forget(session: session.id))
        #expect(desk.state.sessions.isEmpty)
        #expect(desk.state.message?.tone == .good)
        #expect(desk.message == "mad1-core-rtr02: BGP session down: acknowledged (verified 03:14:22)")
    }

    private func focus(_ effects: [Effect]) -> [EntityRef] {
        for case .refresh(World.core, .alert, let focus) in effects { return focus }
        return []
    }

    @Test("a harmless command without questions still asks for Enter")
    func formWithoutQuestions() {
        var desk = desk(on: Self.old)
        #expect(desk.press("a") == [])
        #expect(desk.session?.stage == .form)
        #expect(desk.press("y", "j", "c") == [])
        #expect(desk.press("Enter").count == 1)
        #expect(desk.session?.stage == .preparing)
    }

    @Test("a key that opens a form discards the rest of that read")
    func typedAhead() {
        var desk = desk()
        #expect(desk.pressAtOnce("a", "x", "Enter", "y") == [])
        #expect(desk.session?.stage == .form)
        #expect(desk.session?.form.answers[0].text.text == "")
        #expect(desk.send(.read([.key(.character("x")), .paste("yz\n")])) == [])
        #expect(desk.session?.form.answers[0].text.text == "xyz")
    }

    @Test("what nobody has to send is told as it is, and nothing is sent")
    func nothingToSend() throws {
        var desk = desk()
        desk.press("a", "Enter")
        let id = try #require(desk.session?.id)
        #expect(prepared(&desk, [], excluded: [Self.first]) == [.forget(session: id)])
        #expect(desk.message == "mad1-core-rtr02: BGP session down: acknowledged already (skipped 03:14:22)")
        #expect(desk.state.message?.tone == .plain)
        desk.tick(60)
        #expect(desk.message != "")
        desk.press("j")
        #expect(desk.message == "")
    }

    @Test("a prepare that fails keeps what was typed, and Enter tries again")
    func prepareFails() throws {
        var desk = desk()
        desk.press("a")
        desk.type("on it")
        let first = desk.press("Enter")
        let error = BackendError(.timedOut, "no answer within 30 s")
        #expect(desk.send(.prepared(session: 1, World.core, .failure(error))) == [])
        #expect(desk.session?.stage == .form)
        #expect(desk.session?.form.answers[0].text.text == "on it")
        #expect(desk.session?.hint == "nothing was sent: core: no answer within 30 s")
        #expect(desk.press("Enter") == first)
    }

    @Test("a part that can't be prepared stops the whole command")
    func oneOfTwoFails() throws {
        var desk = desk()
        mark(&desk, [Self.first, Self.old])
        desk.press("a", "Enter")
        #expect(prepared(&desk, [Self.first]) == [])
        let error = BackendError(.server, "503")
        #expect(desk.send(.prepared(session: 1, World.edge, .failure(error))) == [])
        #expect(desk.session?.stage == .form)
        #expect(desk.press("y") == [])
        #expect(desk.press("Esc") == [.forget(session: 1)])
    }

    private func mark(_ desk: inout Desk, _ entities: [EntityRef]) {
        for entity in entities {
            desk.go(to: entity)
            desk.press("Space")
        }
        #expect(desk.pane.marks == Set(entities))
    }

    @Test("one command goes to several backends, each with the answers that it understands")
    func severalBackends() throws {
        var desk = desk()
        mark(&desk, [Self.first, Self.old])
        desk.press("a")
        desk.type("ours")
        let effects = desk.press("Enter")
        #expect(
            effects == [
                .prepare(
                    session: 1, World.core,
                    Command(
                        .acknowledge, [Self.first], [.note: .text("ours"), "until_clear": .flag(false)])),
                .prepare(session: 1, World.edge, Command(.acknowledge, [Self.old])),
            ])
        #expect(prepared(&desk, on: World.edge, [Self.old]) == [])
        #expect(
            prepared(&desk, [Self.first]) == [
                .perform(session: 1, World.core), .perform(session: 1, World.edge),
            ])
        desk.send(.performed(session: 1, World.edge, [Outcome(Self.old, .failed, "no right")]))
        #expect(desk.session?.stage == .sending)
        desk.send(.performed(session: 1, World.core, [Outcome(Self.first, .verified, "acknowledged")]))
        #expect(desk.session?.stage == .done)
        #expect(desk.state.overlays == [.command(1)])
        #expect(desk.message == "acknowledge: 1 verified, 1 failed (03:14:22)")
        #expect(desk.pane.marks == [Self.old])
    }

    @Test("the question of one backend stands in the form even when another comes first")
    func joinedForms() throws {
        let joined = try #require(CommandForm.titles(of: [Offer.plainAcknowledge, Offer.acknowledge]))
        #expect(joined == ["Note", "Until it clears"])
    }

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
        #expect(prepared(&desk, targets) == [])
        #expect(desk.session?.stage == .confirming)
        #expect(desk.press("y") == [])
        desk.tick(0.3)
        #expect(desk.press("y") == [.perform(session: 1, World.core)])
        #expect(desk.state.overlays == [.command(1)])
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
        #expect(prepared(&desk, rows.map { World.alert(World.core, $0.0) }).count == 1)
    }

    /// A desk where a plan waits for an explicit yes.
    private func confirming() -> Desk {
        var desk = desk()
        desk.press("a", "Enter")
        _ = prepared(&desk, [Self.first], tier: .touchesService)
        #expect(desk.session?.stage == .confirming)
        return desk
    }

    @Test("Cancel has the focus: Enter sends nothing")
    func enterCancels() {
        var desk = confirming()
        desk.tick(1)
        #expect(desk.press("Enter") == [.forget(session: 1)])
        #expect(desk.message == "nothing was sent")
        #expect(desk.state.overlays == [])
    }

    @Test("a confirmation takes no key for 300 ms, but Esc")
    func deadTime() {
        var desk = confirming()
        desk.tick(0.299)
        #expect(desk.press("y", "Enter", "ctrl-t") == [])
        #expect(desk.session?.stage == .confirming)
        #expect(desk.session?.isDryRun == false)
        #expect(desk.press("Esc") == [.forget(session: 1)])
    }

    @Test("y sends once, however often it is pressed")
    func yesOnce() {
        var desk = confirming()
        desk.tick(0.3)
        #expect(desk.press("y", "y", "Enter", "y") == [.perform(session: 1, World.core)])
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
        #expect(desk.press("Enter") == [.perform(session: 1, World.bonds)])
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
        #expect(desk.press("Enter") == [.perform(session: 1, World.bonds)])

        var many = Desk.ready()
        many.press("5")
        many.refreshed(World.bonds, "bond", World.bondTable(Array(repeating: "up", count: 21)))
        many.press("*")
        #expect(many.press("X") == [])
        #expect(many.message == "restart-bond takes at most 20 at once, not 21")
    }

    @Test("a guarded backend asks for the name whatever the command")
    func guarded() {
        var desk = desk(modes: [World.core: .guarded])
        desk.press("a", "Enter")
        #expect(prepared(&desk, [Self.first]) == [])
        desk.tick(1)
        #expect(desk.press("Enter") == [])
        desk.type("alert 11")
        #expect(desk.press("Enter") == [.perform(session: 1, World.core)])
    }

    @Test("a dry run sends nothing, whatever is pressed")
    func dryRun() {
        var desk = desk()
        desk.press("a", "ctrl-t", "Enter")
        #expect(prepared(&desk, [Self.first]) == [])
        #expect(desk.session?.stage == .confirming)
        desk.tick(1)
        #expect(desk.press("y", "Enter", "y", "Space", "c") == [])
        #expect(desk.lines.contains { $0.contains("PUT https://nms.example.net/11") })
        desk.press("ctrl-t")
        #expect(desk.press("y") == [.perform(session: 1, World.core)])
    }

    @Test("a dry run can't be switched on while requests are on their way")
    func dryRunTooLate() {
        var desk = confirming()
        desk.tick(1)
        desk.press("y", "ctrl-t")
        #expect(desk.session?.stage == .sending)
        #expect(desk.session?.isDryRun == false)
    }

    @Test("an unknown outcome stays on the screen and is looked for on demand")
    func unknown() {
        var desk = confirming()
        desk.tick(1)
        desk.press("y")
        desk.send(.performed(session: 1, World.core, [Outcome(Self.first, .unknown, "the line died")]))
        #expect(desk.state.overlays == [.command(1)])
        #expect(desk.state.message?.tone == .bad)
        #expect(desk.press("Enter") == [], "it has only just appeared")
        desk.tick(1)
        #expect(desk.press("c") == [.check(session: 1, World.core)])
        #expect(desk.press("c") == [])
        desk.send(.performed(session: 1, World.core, []))
        #expect(desk.session?.outcomes.first?.state == .unknown)
        desk.tick(1)
        desk.press("c")
        let effects = desk.send(
            .performed(session: 1, World.core, [Outcome(Self.first, .verified, "acknowledged")]))
        #expect(effects.last == .forget(session: 1))
        #expect(desk.state.overlays == [])
        #expect(desk.message == "mad1-core-rtr02: BGP session down: acknowledged (verified 03:14:25)")
    }

    @Test("what nobody reports after sending is unknown, never done")
    func noReport() {
        var desk = confirming()
        desk.tick(1)
        desk.press("y")
        desk.send(.performed(session: 1, World.core, []))
        #expect(desk.session?.outcomes.map(\.state) == [.unknown])
        #expect(desk.state.message?.tone == .bad)
    }

    @Test("a check never takes back what is certain")
    func checkKeepsCertain() {
        var desk = desk()
        mark(&desk, [Self.first, Self.second])
        desk.press("a", "Enter")
        _ = prepared(&desk, [Self.first, Self.second])
        desk.send(
            .performed(
                session: 1, World.core,
                [Outcome(Self.first, .verified, "acknowledged"), Outcome(Self.second, .unknown, "?")]))
        desk.tick(1)
        desk.press("c")
        desk.send(
            .performed(
                session: 1, World.core,
                [Outcome(Self.first, .unknown, "?"), Outcome(Self.second, .failed, "still open")]))
        #expect(desk.session?.outcomes.map(\.state) == [.verified, .failed])
    }

    @Test("Esc while sending only hides: the result is told")
    func escWhileSending() {
        var desk = confirming()
        desk.tick(1)
        desk.press("y")
        #expect(desk.press("Esc") == [])
        #expect(desk.state.overlays == [])
        #expect(desk.message.contains("goes on"))
        desk.send(.performed(session: 1, World.core, [Outcome(Self.first, .failed, "no right")]))
        #expect(desk.state.overlays == [.command(1)])
        #expect(desk.message == "mad1-core-rtr02: BGP session down: no right (failed 03:14:23)")
    }

    @Test("Esc while it is being prepared sends nothing, even when the answer comes")
    func escWhilePreparing() {
        var desk = desk()
        desk.press("a", "Enter")
        #expect(desk.press("Esc") == [.forget(session: 1)])
        let found = Prepared(preview: preview([Self.first]), lastDone: nil)
        #expect(desk.send(.prepared(session: 1, World.core, .success(found))) == [])
    }

    @Test("a result never takes the keys of what the operator is busy with")
    func resultBelow() {
        var desk = confirming()
        desk.tick(1)
        desk.press("y", "Esc")
        desk.go(to: Self.second)
        desk.press("a")
        desk.type("my no")
        desk.send(.performed(session: 1, World.core, [Outcome(Self.first, .failed, "no right")]))
        desk.type("te")
        #expect(desk.state.sessions[2]?.form.answers[0].text.text == "my note")
        #expect(desk.state.overlays == [.command(1), .command(2)])
        desk.press("Esc")
        #expect(desk.state.overlays == [.command(1)])
    }

    @Test("an entity that vanished is still called by its name, and its command goes on")
    func vanished() {
        var desk = desk()
        desk.press("a", "Enter")
        _ = prepared(&desk, [Self.first])
        desk.refreshed(World.core, .alert, .empty(Offer.alert, World.core))
        desk.send(.performed(session: 1, World.core, [Outcome(Self.first, .failed, "cleared meanwhile")]))
        #expect(desk.message == "mad1-core-rtr02: BGP session down: cleared meanwhile (failed 03:14:22)")
    }

    @Test("what can't be done here is answered with why")
    func reasons() {
        var desk = Desk.ready()
        desk.press("1")
        #expect(desk.press("a") == [])
        #expect(desk.message == "acknowledge is for an alert, not for a device")
        desk.press("3")
        desk.go(to: World.alert(World.bonds, 41))
        desk.press("a")
        #expect(desk.message == "bonds does not offer acknowledge")
        desk.press("7", "*", "z", "l")
        #expect(desk.message == "label-onu takes one at a time")
        #expect(desk.state.sessions.isEmpty)
    }

    @Test("what must be filled in is asked for, and choices are not typed")
    func requiredAnswers() throws {
        var desk = Desk.ready()
        desk.press("7", "z", "l")
        desk.press("Enter")
        #expect(desk.session?.hint == "Label is missing")
        desk.type(" ")
        desk.press("Tab", "Enter")
        #expect(desk.session?.hint == "Label is missing")
        #expect(desk.session?.form.focus == 0)
        desk.type("x")
        desk.press("Tab", "g", "Space", "Tab")
        desk.type("1234")
        #expect(!desk.lines.joined().contains("1234"))
        guard case .prepare(_, _, let command) = desk.press("Enter").first else {
            Issue.record("nothing was prepared")
            return
        }
        #expect(command.arguments == ["label": .text(" x"), "colour": .text("green"), "pin": .text("1234")])
    }

    @Test("a backend that becomes read-only while a dialog is open sends nothing")
    func tightened() {
        var desk = confirming()
        desk.state.isReadOnly = true
        desk.tick(1)
        #expect(desk.press("y") == [])
        #expect(desk.session?.hint == "nothing was sent: this screen is read-only")
    }
}

extension CommandForm {
    /// The questions of a command that several backends describe.
    fileprivate static func titles(of descriptors: [CommandDescriptor]) -> [String]? {
        CommandDescriptor.joined(descriptors)?.form.map(\.title)
    }
}
