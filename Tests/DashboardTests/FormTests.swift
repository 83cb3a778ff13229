import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

/// Rules of one server, which are edited from what they are.
enum Rules {
    static let first = EntityRef(World.core, .rule, id: 1)
    static let new = EntityRef.new(World.core, .rule)

    static let resource = ResourceDescriptor(
        .rule, plural: "rules", pane: .rules,
        fields: [
            Field(.name, "NAME", .text, width: 10...40, priority: 0),
            Field(.severity, "SEVERITY", .severity, width: 4...10, priority: 0),
        ], interval: 300, order: [SortKey(.name)])

    static let form = [
        FormField(.name, "Name", .line(required: true)),
        FormField(.severity, "Severity", .choice(["ok", "warning", "critical"])),
        FormField(.expression, "Rule", .line(required: true)),
        FormField("mute", "Mute", .toggle(initially: false)), FormField("opened", "Opened", .carried),
    ]

    static let edit = CommandDescriptor(
        "edit-rule", title: "Edit rule", targets: [.rule], tier: .touchesService,
        effect: "The server raises alerts by the rule as it is then.", form: form, bulk: false,
        opensFilled: true)
    static let add = CommandDescriptor(
        "add-rule", title: "Add rule", targets: [.rule], tier: .touchesService, effect: "One rule more.",
        form: form, bulk: false, creates: true)

    static let opening: [FieldKey: Value] = [
        .name: .text("Port down"), .severity: .text("critical"),
        .expression: .text("%ports.ifOperStatus = \"down\""), "mute": .flag(false), "opened": .text("v1"),
    ]

    static var table: Table {
        var builder = TableBuilder(resource, World.core)
        builder.begin(first)
        builder.set(0, text: "Port down")
        builder.set(1, text: "critical")
        return builder.finish()
    }
}

extension Desk {
    /// A desk with the rules in front.
    static func onRule(size: Size = Size(120, 30)) -> Desk {
        var desk = Desk.ready(size: size)
        let backend = desk.state.backends[0]
        let probe = Probe(
            info: ServerInfo(product: "LibreNMS 26.7", clock: ServerClock(offset: 0, isCertain: true)),
            resources: backend.resources + [Rules.resource],
            commands: backend.commands + [Rules.edit, Rules.add])
        desk.send(.probed(World.core, .success(probe)))
        desk.refreshed(World.core, .rule, Rules.table)
        desk.press("6")
        desk.go(to: Rules.first)
        return desk
    }

    /// A desk with the form of the rule filled.
    static func editing(size: Size = Size(120, 30)) -> Desk {
        var desk = onRule(size: size)
        desk.press("e")
        desk.send(.opened(session: 1, World.core, .success(Opening(values: Rules.opening))))
        return desk
    }

    /// A desk that was told that somebody else was faster.
    static func conflicting(size: Size = Size(120, 30)) -> Desk {
        var desk = editing(size: size)
        desk.press("Tab", "Space", "Enter")
        let error = BackendError(.conflict, "nothing was sent: somebody changed the rule since it was opened")
        let effects = desk.send(.prepared(session: 1, World.core, .failure(error)))
        #expect(effects.count == 1)
        var present = Rules.opening
        present[.name] = .text("Port down, really")
        present["opened"] = .text("v2")
        desk.send(.opened(session: 1, World.core, .success(Opening(values: present))))
        return desk
    }

    /// A desk where the change of a rule waits for a yes.
    static func comparing(size: Size = Size(120, 30)) -> Desk {
        var desk = editing(size: size)
        desk.press("Enter")
        var plan = PlanPreview(
            summary: ["Change the rule Port down at core."],
            targets: [.init(Rules.first, name: "Port down", words: "enabled")], requests: [],
            tier: .touchesService)
        plan.changes = [
            Change("severity", from: "critical", to: "warning"),
            Change("notes", from: "", to: "asked by Ana"),
            Change(
                "rule", from: "%ports.ifOperStatus = \"down\" && %macros.port = \"1\"",
                to: "%ports.ifOperStatus = \"down\" && %ports.ifAdminStatus = \"up\" && %macros.port = \"1\""),
        ]
        desk.send(.prepared(session: 1, World.core, .success(Prepared(preview: plan, lastDone: nil))))
        return desk
    }
}

@Suite("Forms that begin with what a server has")
struct FormTests {
    @Test("the dialog opens at once, says that it reads, and fills")
    func filling() {
        var desk = Desk.onRule()
        let command = Command("edit-rule", [Rules.first])
        #expect(desk.press("e") == [.open(session: 1, World.core, command)])
        #expect(desk.session?.stage == .opening)
        #expect(desk.lines.contains { $0.contains("reading…") })
        #expect(desk.press("Enter", "y") == [])
        desk.send(.opened(session: 1, World.core, .success(Opening(values: Rules.opening))))
        #expect(desk.session?.stage == .form)
        #expect(
            desk.session?.form.answers.map(\.value) == [
                "Port down", "critical", "%ports.ifOperStatus = \"down\"", "no",
            ])
        #expect(desk.session?.form.answers.contains { $0.isChanged } == false)
    }

    @Test("what was changed travels with the command, and what is carried; what nobody touched does not")
    func arguments() {
        var desk = Desk.editing()
        desk.type("!")
        let arguments: [FieldKey: Value] = [.name: .text("Port down!"), "opened": .text("v1")]
        let effects = desk.press("Enter")
        #expect(effects == [.prepare(session: 1, World.core, Command("edit-rule", [Rules.first], arguments))])
    }

    @Test("a line that was cleared is an answer of its own; one that nobody touched is none")
    func emptied() {
        var desk = Desk.onRule()
        let backend = desk.state.backends[0]
        let form = [
            FormField("notes", "Notes", .line(required: false)),
            FormField("delay", "Delay", .line(required: false)),
        ]
        let edit = CommandDescriptor(
            "edit-rule", title: "Edit rule", targets: [.rule], tier: .touchesService, effect: "It changes.",
            form: form, bulk: false, opensFilled: true)
        let probe = Probe(
            info: ServerInfo(product: "LibreNMS 26.7", clock: ServerClock(offset: 0, isCertain: true)),
            resources: backend.resources, commands: [edit])
        desk.send(.probed(World.core, .success(probe)))
        desk.press("e")
        desk.send(.opened(session: 1, World.core, .success(Opening(values: ["notes": .text("ask Ana")]))))
        #expect(desk.session?.form.arguments == [:])
        desk.press("ctrl-e", "ctrl-u")
        #expect(desk.session?.form.arguments == ["notes": .text("")])
        #expect(desk.lines.contains { $0.contains("Notes*:") && $0.contains("is removed") })
        desk.press("Tab")
        desk.type("5 m")
        desk.press("ctrl-u")
        let command = Command("edit-rule", [Rules.first], ["notes": .text("")])
        #expect(desk.press("Enter") == [.prepare(session: 1, World.core, command)])
    }

    @Test("a text that is too long or has lines is kept whole until it is edited")
    func long() {
        let long = String(repeating: "x", count: 5_000)
        var desk = Desk.onRule()
        desk.press("e")
        var opening = Rules.opening
        opening[.name] = .text(long)
        opening[.expression] = .text("a\nb")
        desk.send(.opened(session: 1, World.core, .success(Opening(values: opening))))
        desk.type("y")
        #expect(desk.session?.hint == "too long for one line: F4 opens your editor")
        desk.press("Tab", "Tab", "Left", "Right")
        #expect(desk.session?.form.answers.map(\.value).first == long)
        #expect(desk.session?.form.arguments == ["opened": .text("v1")])
        desk.type("c")
        #expect(desk.session?.form.arguments[.expression] == .text("a bc"))
    }

    @Test("a choice or a switch that the server has nothing for is not set, says so, and is no answer")
    func unset() {
        var desk = Desk.onRule()
        desk.press("e")
        desk.send(
            .opened(
                session: 1, World.core,
                .success(Opening(values: [.name: .text("Port down"), .expression: .text("a")]))))
        #expect(desk.lines.contains { $0.contains("Severity: not set") })
        #expect(desk.lines.contains { $0.contains("Mute: [-] not set") })
        #expect(desk.session?.form.arguments == [:])
        desk.press("Tab", "Space")
        #expect(desk.session?.form.arguments == [.severity: .text("ok")])
        desk.press("Space", "Space")
        #expect(desk.session?.form.arguments == [.severity: .text("critical")])
        desk.press("Space")
        #expect(desk.session?.form.arguments == [:])
        desk.press("Tab", "Tab", "Space")
        #expect(desk.session?.form.arguments == ["mute": .flag(true)])
        desk.press("Space")
        #expect(desk.session?.form.arguments == ["mute": .flag(false)])
        desk.press("Space")
        #expect(desk.session?.form.arguments == [:])
    }

    @Test("what was typed is still an answer after the form began again with what the server has now")
    func refilled() {
        var form = CommandForm([
            FormField("notes", "Notes", .line(required: false)),
            FormField("pin", "PIN", .secret(required: false)),
        ])
        form.fill([:])
        form.answer(["notes": .text("mine"), "pin": .text("4711")])
        let own = form.changed
        form.fill([:])
        #expect(form.arguments == [:])
        form.answer(own)
        #expect(form.arguments == ["notes": .text("mine"), "pin": .text("4711")])
    }

    @Test("a form that can't be read sends nothing, and Enter tries again")
    func unreadable() {
        var desk = Desk.onRule()
        let first = desk.press("e")
        desk.send(.opened(session: 1, World.core, .failure(BackendError(.missing, "there is no such rule"))))
        #expect(desk.session?.hint == "there is no such rule; Enter tries again")
        #expect(desk.press("Enter") == first)
        #expect(desk.press("Esc") == [.forget(session: 1)])
    }

    @Test("when somebody else was faster, both versions are shown and no key sends anything")
    func conflict() {
        var desk = Desk.conflicting()
        #expect(desk.session?.stage == .conflicting)
        #expect(desk.press("Enter", "y") == [])
        desk.tick(1)
        #expect(desk.press("y") == [])
        let screen = desk.lines.joined(separator: "\n")
        #expect(screen.contains("server  Port down, really"))
        #expect(screen.contains("yours   ok"))
        #expect(desk.press("Enter") == [])
        #expect(desk.session?.stage == .form)
        // The server's new version, with what was changed here.
        #expect(desk.session?.form.answers.map(\.value).prefix(2) == ["Port down, really", "ok"])
        #expect(desk.session?.form.arguments == [.severity: .text("ok"), "opened": .text("v2")])
    }

    @Test("a change is sent by y alone")
    func confirming() {
        var desk = Desk.comparing()
        #expect(desk.session?.stage == .confirming)
        #expect(desk.press("y") == [])
        desk.tick(1)
        #expect(desk.press("y") == [.perform(session: 1, World.core, as: .touchesService)])
    }

    @Test("something new is made on the backend in front, or on the only one that can")
    func creating() {
        var desk = Desk.onRule()
        #expect(desk.press(";", "a") == [])
        #expect(desk.session?.parts.map(\.command) == [Command("add-rule", [Rules.new])])
        #expect(desk.session?.stage == .form)
    }
}

@Suite("Forms in the operator's own editor")
struct EditingTests {
    private func edit(_ effects: [Effect]) -> Draft? {
        for case .edit(_, let draft) in effects { return draft }
        return nil
    }

    @Test("it gets every answer but secrets, and its answers come back")
    func editing() {
        var desk = Desk.editing()
        let draft = edit(desk.press("F4"))
        #expect(draft?.title == "Edit rule: Port down on core")
        #expect(draft?.fields.map(\.field.key) == [.name, .severity, .expression, "mute"])
        #expect(desk.session?.stage == .editing)
        desk.send(.edited(session: 1, .answers([.name: .text("a\nb"), "mute": .flag(true)])))
        #expect(desk.session?.stage == .form)
        #expect(desk.session?.form.arguments[.name] == .text("a\nb"))
        #expect(desk.session?.form.arguments["mute"] == .flag(true))
        #expect(desk.session?.form.arguments["opened"] == .text("v1"))
        #expect(edit(desk.press("ctrl-x", "ctrl-e")) != nil)
    }

    @Test("what can't be taken is not lost: nothing is sent, and it is edited again")
    func rejected() {
        var desk = Desk.editing()
        desk.press("F4")
        let rejected = Draft.Rejected(text: "name = '", words: "line 1: unclosed")
        desk.send(.edited(session: 1, .rejected(rejected)))
        #expect(desk.session?.hint == "line 1: unclosed; F4 edits it again, nothing of it is lost")
        #expect(desk.press("Enter") == [])
        #expect(desk.session?.stage == .form)
        #expect(edit(desk.press("F4"))?.rejected == rejected)
        desk.send(.edited(session: 1, .answers([:])))
        #expect(desk.press("Enter").count == 1)
    }

    @Test("an editor that gives up leaves the form as it was")
    func abandoned() {
        var desk = Desk.editing()
        desk.press("F4")
        desk.send(.edited(session: 1, .abandoned("the editor ended with 1")))
        #expect(desk.session?.hint == "the editor ended with 1")
        #expect(desk.session?.form.arguments == ["opened": .text("v1")])
    }
}

@Suite("Undo")
struct UndoTests {
    private func desk(_ undo: Command?, _ state: Outcome.State = .verified) -> Desk {
        var desk = Desk.onRule()
        desk.press("L")
        let row = AuditRow(
            id: "a", time: World.wall, who: "ana@noc1", what: "edit-rule on core", targets: ["rule 1 Port"],
            results: [.init(state, "Port down: as wanted")], lines: [], isUnknown: false, undo: undo)
        desk.send(.auditRead(.success([row])))
        return desk
    }

    @Test("an edit is put back by an edit: the form has the old values over what the server has now")
    func edited() {
        let undo = Command("edit-rule", [Rules.first], [.severity: .text("warning")])
        var desk = desk(undo)
        #expect(desk.press("u") == [.open(session: 1, World.core, Command("edit-rule", [Rules.first]))])
        desk.send(.opened(session: 1, World.core, .success(Opening(values: Rules.opening))))
        #expect(desk.session?.form.answers.map(\.isChanged) == [false, true, false, false])
        let arguments: [FieldKey: Value] = [.severity: .text("warning"), "opened": .text("v1")]
        let command = Command("edit-rule", [Rules.first], arguments)
        #expect(desk.press("Enter") == [.prepare(session: 1, World.core, command)])
    }

    @Test("a deleted rule is made again")
    func deleted() {
        var desk = desk(Command("add-rule", [Rules.new], [.name: .text("Gone"), "opened": .text("v0")]))
        #expect(desk.press("u") == [])
        #expect(desk.session?.descriptor.kind == "add-rule")
        #expect(desk.session?.form.arguments[.name] == .text("Gone"))
        // What no form shows comes back with it.
        #expect(desk.session?.form.arguments["opened"] == .text("v0"))
    }

    @Test("what did not happen, or can't be undone, is said")
    func nothing() {
        var failed = desk(Command("edit-rule", [Rules.first]), .failed)
        #expect(failed.press("u") == [])
        #expect(failed.message == "edit-rule on core did not happen: there is nothing to put back")
        var without = desk(nil)
        #expect(without.press("u") == [])
        #expect(without.message.hasPrefix("the record says nothing"))
    }
}

@Suite("Frames of forms")
struct GoldenFormTests {
    @Test("a filled form, its diff, and a conflict")
    func frames() throws {
        for size in [Size(80, 24), Size(120, 40), Size(40, 10), Size(20, 5)] {
            try Golden.check(Desk.editing(size: size).state, "rule-form")
            try Golden.check(Desk.comparing(size: size).state, "rule-diff")
            try Golden.check(Desk.conflicting(size: size).state, "rule-conflict")
        }
    }
}
