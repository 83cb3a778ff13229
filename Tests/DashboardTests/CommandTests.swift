import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Commands")
struct CommandTests {
    @Test("acknowledging goes form, prepare, send, result")
    func acknowledge() throws {
        var desk = Desk.onAlert()
        #expect(desk.press("a") == [])
        let session = try #require(desk.session)
        #expect(session.stage == .form)
        #expect(desk.state.contexts == [.text])
        desk.type("on it y")
        #expect(desk.session?.form.answers[0].text.text == "on it y")
        let command = Command(
            .acknowledge, [World.first], [.note: .text("on it y"), "until_clear": .flag(true)])
        desk.press("Tab", "Space")
        #expect(desk.press("Enter") == [.prepare(session: session.id, World.core, command)])
        #expect(desk.prepared([World.first]) == [.perform(session: session.id, World.core, as: .harmless)])
        #expect(desk.state.layers.isEmpty)
        let outcomes = [Outcome(World.first, .verified, "acknowledged")]
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
        var desk = Desk.onAlert(World.old)
        #expect(desk.press("a") == [])
        #expect(desk.session?.stage == .form)
        #expect(desk.press("y", "j", "c") == [])
        #expect(desk.press("Enter").count == 1)
        #expect(desk.session?.stage == .preparing)
    }

    @Test("a key that opens a form discards the rest of that read")
    func typedAhead() {
        var desk = Desk.onAlert()
        #expect(desk.pressAtOnce("a", "x", "Enter", "y") == [])
        #expect(desk.session?.stage == .form)
        #expect(desk.session?.form.answers[0].text.text == "")
        #expect(desk.send(.read([.key(.character("x")), .paste("yz\n")])) == [])
        #expect(desk.session?.form.answers[0].text.text == "xyz")
    }

    @Test("what nobody has to send is told as it is, and nothing is sent")
    func nothingToSend() throws {
        var desk = Desk.onAlert()
        desk.press("a", "Enter")
        let id = try #require(desk.session?.id)
        #expect(desk.prepared([], excluded: [World.first]) == [.forget(session: id)])
        #expect(desk.message == "mad1-core-rtr02: BGP session down: acknowledged already (skipped 03:14:22)")
        #expect(desk.state.message?.tone == .plain)
        desk.tick(60)
        #expect(desk.message != "")
        desk.press("j")
        #expect(desk.message == "")
    }

    @Test("a prepare that fails keeps what was typed, and Enter tries again")
    func prepareFails() throws {
        var desk = Desk.onAlert()
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
        var desk = Desk.onAlert()
        desk.mark([World.first, World.old])
        desk.press("a", "Enter")
        #expect(desk.prepared([World.first]) == [])
        let error = BackendError(.server, "503")
        #expect(desk.send(.prepared(session: 1, World.edge, .failure(error))) == [])
        #expect(desk.session?.stage == .form)
        #expect(desk.press("y") == [])
        #expect(desk.press("Esc") == [.forget(session: 1)])
    }

    @Test("one command goes to several backends, each with the answers that it understands")
    func severalBackends() throws {
        var desk = Desk.onAlert()
        desk.mark([World.first, World.old])
        desk.press("a")
        desk.type("ours")
        let effects = desk.press("Enter")
        #expect(
            effects == [
                .prepare(
                    session: 1, World.core,
                    Command(
                        .acknowledge, [World.first], [.note: .text("ours"), "until_clear": .flag(false)])),
                .prepare(session: 1, World.edge, Command(.acknowledge, [World.old])),
            ])
        #expect(desk.prepared(on: World.edge, [World.old]) == [])
        #expect(
            desk.prepared([World.first]) == [
                .perform(session: 1, World.core, as: .harmless),
                .perform(session: 1, World.edge, as: .harmless),
            ])
        desk.send(.performed(session: 1, World.edge, [Outcome(World.old, .failed, "no right")]))
        #expect(desk.session?.stage == .sending)
        desk.send(.performed(session: 1, World.core, [Outcome(World.first, .verified, "acknowledged")]))
        #expect(desk.session?.stage == .done)
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(1)])
        #expect(desk.message == "acknowledge: 1 verified, 1 failed (03:14:22)")
        #expect(desk.pane.marks == [World.old])
    }

    @Test("the question of one backend stands in the form even when another comes first")
    func joinedForms() throws {
        let joined = try #require(CommandForm.titles(of: [Offer.plainAcknowledge, Offer.acknowledge]))
        #expect(joined == ["Note", "Until it clears"])
    }

    @Test("an unknown outcome stays on the screen and is looked for on demand")
    func unknown() {
        var desk = Desk.confirming()
        desk.tick(1)
        desk.press("y")
        desk.send(.performed(session: 1, World.core, [Outcome(World.first, .unknown, "the line died")]))
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(1)])
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
            .performed(session: 1, World.core, [Outcome(World.first, .verified, "acknowledged")]))
        #expect(effects.last == .forget(session: 1))
        #expect(desk.state.layers.isEmpty)
        #expect(desk.message == "mad1-core-rtr02: BGP session down: acknowledged (verified 03:14:25)")
    }

    @Test("what nobody reports after sending is unknown, never done")
    func noReport() {
        var desk = Desk.confirming()
        desk.tick(1)
        desk.press("y")
        desk.send(.performed(session: 1, World.core, []))
        #expect(desk.session?.outcomes.map(\.state) == [.unknown])
        #expect(desk.state.message?.tone == .bad)
    }

    @Test("a check never takes back what is certain")
    func checkKeepsCertain() {
        var desk = Desk.onAlert()
        desk.mark([World.first, World.second])
        desk.press("a", "Enter")
        _ = desk.prepared([World.first, World.second])
        desk.send(
            .performed(
                session: 1, World.core,
                [Outcome(World.first, .verified, "acknowledged"), Outcome(World.second, .unknown, "?")]))
        desk.tick(1)
        desk.press("c")
        desk.send(
            .performed(
                session: 1, World.core,
                [Outcome(World.first, .unknown, "?"), Outcome(World.second, .failed, "still open")]))
        #expect(desk.session?.outcomes.map(\.state) == [.verified, .failed])
    }

    @Test("Esc while sending only hides: the result is told")
    func escWhileSending() {
        var desk = Desk.confirming()
        desk.tick(1)
        desk.press("y")
        #expect(desk.press("Esc") == [])
        #expect(desk.state.layers.isEmpty)
        #expect(desk.message.contains("goes on"))
        desk.send(.performed(session: 1, World.core, [Outcome(World.first, .failed, "no right")]))
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(1)])
        #expect(desk.message == "mad1-core-rtr02: BGP session down: no right (failed 03:14:23)")
    }

    @Test("Esc while it is being prepared sends nothing, even when the answer comes")
    func escWhilePreparing() {
        var desk = Desk.onAlert()
        desk.press("a", "Enter")
        #expect(desk.press("Esc") == [.forget(session: 1)])
        let found = Prepared(preview: Desk.preview([World.first]), lastDone: nil)
        #expect(desk.send(.prepared(session: 1, World.core, .success(found))) == [])
    }

    @Test("a result never takes the keys of what the operator is busy with")
    func resultBelow() {
        var desk = Desk.confirming()
        desk.tick(1)
        desk.press("y", "Esc")
        desk.go(to: World.second)
        desk.press("a")
        desk.type("my no")
        desk.send(.performed(session: 1, World.core, [Outcome(World.first, .failed, "no right")]))
        desk.type("te")
        #expect(desk.state.sessions[2]?.form.answers[0].text.text == "my note")
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(1), CommandDialog(2)])
        desk.press("Esc")
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(1)])
    }

    @Test("an entity that vanished is still called by its name, and its command goes on")
    func vanished() {
        var desk = Desk.onAlert()
        desk.press("a", "Enter")
        _ = desk.prepared([World.first])
        desk.refreshed(World.core, .alert, .empty(Offer.alert, World.core))
        desk.send(.performed(session: 1, World.core, [Outcome(World.first, .failed, "cleared meanwhile")]))
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
        desk.press("7", "*", ";", "l")
        #expect(desk.message == "label-onu takes one at a time")
        #expect(desk.state.sessions.isEmpty)
    }

    @Test("what is marked and can't be done is skipped with the reason, and the rest is done")
    func mixed() throws {
        var desk = Desk.onAlert()
        let bond = World.alert(World.bonds, 41)
        desk.mark([World.first, World.old, bond])
        desk.press("a")
        #expect(desk.session?.names.count == 2)
        #expect(desk.text.contains("2 of 3; the rest is skipped:"))
        #expect(desk.text.contains("bonds does not offer acknowledge"))
        let effects = desk.press("Enter")
        #expect(effects.count == 2)
        #expect(!effects.contains { if case .prepare(_, World.bonds, _) = $0 { true } else { false } })
        desk.prepared([World.first])
        desk.prepared(on: World.edge, [World.old])
        desk.send(.performed(session: 1, World.core, [Outcome(World.first, .verified, "acknowledged")]))
        desk.send(.performed(session: 1, World.edge, [Outcome(World.old, .verified, "acknowledged")]))
        #expect(desk.message == "acknowledge: 2 verified, 1 skipped (03:14:22)")
        #expect(desk.session?.outcomes.last == Outcome(bond, .skipped, "bonds does not offer acknowledge"))
        #expect(desk.session.map { $0.name(of: bond) } == "globex-north: degraded: 1 of 2 legs")
        #expect(desk.text.contains("bonds does not offer acknowledge"))
    }

    @Test("a read-only backend's rows are skipped, and where all are refused the reason is said")
    func mixedModes() {
        var desk = Desk.onAlert(modes: [World.edge: .readOnly])
        desk.mark([World.first, World.old])
        desk.press("a")
        #expect(desk.session?.parts.map(\.backend) == [World.core])
        #expect(desk.session?.skipped.map(\.words) == ["edge is read-only"])
        desk.press("Esc", "U")
        desk.mark([World.old, World.alert(World.bonds, 41)])
        desk.press("a")
        #expect(desk.session == nil && desk.message == "edge is read-only")
    }

    @Test("Up in a note brings earlier ones, the latest first, and in the end what was typed")
    func earlierNotes() {
        var desk = Desk.onAlert()
        for note in ["first", "second", "first", "third"] {
            desk.press("a")
            desk.type(note)
            desk.press("Enter", "Esc")
        }
        desk.press("a")
        desk.type("mine")
        func note() -> String? { desk.session?.form.answers[0].text.text }
        for expected in ["third", "first", "second", "mine", "third"] {
            desk.press("Up")
            #expect(note() == expected)
        }
        desk.type("!")
        desk.press("Up", "Up", "Up", "Up")
        #expect(note() == "third!")
        desk.press("Tab")
        #expect(desk.session?.form.focus == 1)
        desk.press("Up")
        #expect(desk.session?.form.focus == 0)
    }

    @Test("without earlier notes Up goes to the question before")
    func noNotes() {
        var desk = Desk.onAlert()
        desk.press("a", "Up")
        #expect(desk.session?.form.focus == 1)
    }

    @Test("what must be filled in is asked for, and choices are not typed")
    func requiredAnswers() throws {
        var desk = Desk.ready()
        desk.press("7", ";", "l")
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
        var desk = Desk.confirming()
        desk.state.seal()
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
