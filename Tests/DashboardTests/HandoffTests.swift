import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("Handoff")
struct HandoffTests {
    private func source(
        _ changes: [StateChange]? = World.night, commands: [AuditRow] = World.auditRows,
        snoozes: [Snooze] = [], begins: Timestamp? = Timestamp(0), silent: Set<String> = []
    ) -> HandoffSource {
        HandoffSource(
            tables: [
                ("core", World.alerts(World.core, World.coreAlerts)),
                ("access", World.alerts(World.access, World.accessAlerts)),
            ],
            areAlertsWhole: silent.isEmpty, silent: silent,
            recollection: changes.map { .success(Recollection(begins: begins, changes: $0)) },
            commands: .success(commands), snoozes: snoozes, since: World.looked, now: World.wall, zone: 3_600)
    }

    @Test("open alerts stand worst first, then oldest; who took one is what the audit log says")
    func alerts() {
        let handoff = Handoff(source())
        #expect(handoff.open.map(\.entity.id) == ["12", "11", "13", "15"])
        #expect(handoff.acknowledged.map(\.entity.id) == ["31", "14"])
        #expect(handoff.acknowledged.map(\.owner) == ["", "ana@noc1"])
        #expect(handoff.acknowledged.first?.note == "ana: splicer on site")
    }

    @Test("commands of the time are there with their results, older ones are not")
    func done() {
        let handoff = Handoff(source())
        #expect(handoff.done.map(\.what) == ["acknowledge on core", "restart-bond on bonds"])
        #expect(handoff.done.map(\.result) == ["verified", "unknown"])
    }

    @Test(
        "what was wrong at any moment and is over has recovered; what is wrong, unknown or gone now has not")
    func recovered() {
        #expect(Handoff(source()).recovered.map(\.name) == ["High load"])
        #expect(Handoff(source()).recovered.first?.seconds == nil)
        let alert = World.name("core", .alert, 50), device = World.name("core", .device, 51)
        var changes = [
            World.change(alert, "flapping", nil, "open", ago: 60),
            World.change(alert, "flapping", "open", "cleared", before: .critical, ago: 50),
            World.change(alert, "flapping", nil, "open", ago: 40),
            World.change(alert, "flapping", "open", "cleared", before: .critical, ago: 33),
            World.change(device, "rtr", "up", "down", before: .ok, ago: 30),
            World.change(device, "rtr", "down", "up", .ok, before: .critical, ago: 20),
        ]
        let recovered = Handoff(source(changes)).recovered
        #expect(recovered.map(\.name) == ["rtr", "flapping"])
        #expect(recovered.map(\.times) == [1, 2] && recovered.map(\.seconds) == [nil, 420])
        #expect(recovered.map(\.severity) == [.critical, .critical])
        for word in ["down", "unknown", "gone", "disabled"] {
            changes.append(World.change(device, "rtr", "up", word, before: .ok, ago: 10))
            #expect(Handoff(source(changes)).recovered.map(\.name) == ["flapping"], "\(word)")
            changes.removeLast()
        }
    }

    @Test("each time that a server was lost is there, with how long, and one that is still lost says so")
    func lost() {
        func change(_ name: String, _ after: String, ago: Int64) -> StateChange {
            World.change(
                EntityName(backend: name, kind: "backend", id: name), name, after == "lost" ? "up" : "lost",
                after, ago: ago)
        }
        let changes = [
            change("edge", "lost", ago: 90), change("edge", "up", ago: 80), change("core", "lost", ago: 20),
        ]
        let handoff = Handoff(source(changes, silent: ["core"]))
        #expect(handoff.lost.map(\.name) == ["core", "edge"])
        #expect(handoff.lost.map(\.seconds) == [nil, 600])
        #expect(handoff.recovered.isEmpty)
        let text = handoff.markdown(zone: 0).joined(separator: "\n")
        #expect(text.contains("**core** lost at 02:54 and not heard of since"))
        #expect(text.contains("**edge** lost at 01:44 for 10m"))
    }

    @Test("what is missing is said: no history, or one that began later")
    func remarks() {
        #expect(Handoff(source(nil)).remarks.contains { $0.hasPrefix("no history is kept") })
        let later = Timestamp(World.looked.seconds + 3_600)
        #expect(Handoff(source(begins: later)).remarks == ["recorded since 00:14 only"])
        #expect(Handoff(source()).remarks.isEmpty)
        var silent = source()
        silent.recollection = .success(Recollection(begins: Timestamp(0), unrecorded: ["core", "edge"]))
        #expect(
            Handoff(silent).remarks == ["core, edge have no history: what recovered there is not known"])
    }

    @Test("the Markdown has a heading each, local moments with their offset, and no markup of a server's")
    func markdown() {
        let snooze = Snooze(
            backend: "core", kind: .alert, id: "13", name: "evil *bold* <script> [x](y) `z` | a\nb",
            at: World.wall, until: Timestamp(World.wall.seconds + 3_600),
            rowState: Snooze.RowState(severity: "warning", state: "open", began: nil))
        let text = Handoff(source(snoozes: [snooze])).markdown(zone: 3_600).joined(separator: "\n")
        #expect(text.hasPrefix("# Handoff 2026-11-20 23:14 to 2026-11-21 04:14 (UTC+01:00)"))
        for heading in ["Open (4)", "Acknowledged (2)", "Snoozed here (1)", "Done (2)", "Recovered (1)"] {
            #expect(text.contains("## \(heading)"), "\(heading)")
        }
        #expect(text.contains("until 05:14"))
        #expect(text.contains("evil \\*bold\\* \\<script> \\[x](y) \\`z\\` \\| a b"), "\(text)")
        #expect(Handoff(source([], commands: [])).markdown(zone: 0).contains("No command was sent."))
    }

    // MARK: The page

    private func page(_ desk: Desk = Desk.remembering()) throws -> Desk {
        var desk = desk
        let purpose = try #require(desk.press("3", "Y").recallPurpose)
        desk.send(.recalled(purpose, .success(Recollection(begins: Timestamp(0), changes: World.night))))
        desk.send(.auditRead(.success(World.auditRows)))
        return desk
    }

    @Test("the page asks for eight hours, waits for both answers, and reaches further back on a key")
    func asks() throws {
        var desk = Desk.remembering()
        let effects = desk.press("3", "Y")
        let since = Timestamp(World.wall.seconds - 8 * 3_600)
        let purpose = try #require(effects.recallPurpose)
        #expect(effects.contains(.recall(HistoryQuery(since: since, limit: 5_000), purpose)))
        #expect(effects.contains(.readAudit))
        desk.send(.auditRead(.success([])))
        #expect(desk.lines.contains { $0.contains("reading…") })
        desk = try page()
        #expect(desk.lines.contains { $0.contains("## Open (7)") })
        let more = desk.press("-")
        let further = Timestamp(World.wall.seconds - 12 * 3_600)
        let next = try #require(more.recallPurpose)
        #expect(next != purpose)
        #expect(more.contains(.recall(HistoryQuery(since: further, limit: 5_000), next)))
        #expect(desk.lines.contains { $0.contains("the last 12 h") })
    }

    @Test("it is copied, saved and edited, and what was edited is what leaves then")
    func leaves() throws {
        var desk = try page()
        func text(_ effects: [Effect]) -> String? {
            for effect in effects {
                switch effect {
                case .editText(let text), .saveText(let text, name: "handoff", ending: "md"): return text
                case .copy(let clipping): if case .text(let text) = clipping.content { return text }
                default: break
                }
            }
            return nil
        }
        #expect(text(desk.press("y"))?.hasPrefix("# Handoff") == true)
        #expect(text(desk.press("w"))?.hasPrefix("# Handoff") == true)
        #expect(text(desk.press("e"))?.hasPrefix("# Handoff") == true)
        desk.send(.textEdited(.success("mine\u{1B}[31m\nown words")))
        #expect(desk.lines.contains { $0.contains("own words") } && desk.lines[2].contains("edited"))
        #expect(text(desk.press("y")) == CleanText.lines("mine\u{1B}[31m\nown words").joined(separator: "\n"))
        desk.press("-")
        #expect(desk.message.contains("you edited it"))
        #expect(desk.lines.contains { $0.contains("own words") })
        desk.send(.textEdited(.failure(BackendError(.invalid, "the editor ended with 1"))))
        #expect(desk.message == "the editor ended with 1")
        desk.press("Y")
        #expect(desk.state.layers.isEmpty)
    }

    @Test("without a history it says so and has all the rest; a silent server is named")
    func without() {
        var desk = Desk.ready()
        let effects = desk.press("Y")
        #expect(effects == [.readAudit])
        desk.send(.auditRead(.success([])))
        #expect(desk.lines.contains { $0.contains("no history is kept") })
        desk.press("Y")
        desk.tick(400)
        desk.press("Y")
        desk.send(.auditRead(.success([])))
        #expect(desk.lines.contains { $0.contains("core: ") && $0.contains("its alerts are as they were") })
    }

    @Test("an answer to an older question is dropped; what can't be read is not known and not nothing")
    func unknown() throws {
        var desk = Desk.remembering()
        let older = try #require(desk.press("3", "Y").recallPurpose)
        desk.send(.recalled(older, .success(Recollection(begins: Timestamp(0), changes: World.night))))
        let newer = try #require(desk.press("-").recallPurpose)
        desk.send(.auditRead(.failure(BackendError(.invalid, "the log can't be read"))))
        desk.send(.recalled(older, .success(Recollection(begins: Timestamp(0), changes: World.night))))
        #expect(desk.lines.contains { $0.contains("reading…") })
        desk.send(.recalled(newer, .failure(BackendError(.missing, "the history can't be read"))))
        #expect(desk.lines.contains { $0.contains("the log can't be read") })
        #expect(desk.lines.contains { $0.contains("the history can't be read: what recovered") })
        #expect(!desk.lines.contains { $0.contains("no history is kept") })
        let handoff = Handoff(source(commands: [], silent: ["edge"]))
        #expect(!handoff.known.alerts && handoff.markdown(zone: 0).contains("## Open (4+?)"))
        var nothing = source([], commands: [], silent: ["core"])
        nothing.tables = []
        nothing.commands = .failure(BackendError(.invalid, "the log can't be read"))
        let lines = Handoff(nothing).markdown(zone: 0)
        #expect(lines.filter { $0 == "Not known: see above." }.count == 2, "\(lines)")
        #expect(!lines.contains("Nothing is open.") && !lines.contains("No command was sent."))
    }

    @Test("a server that was lost when nocturne ended and answers now is not still lost")
    func returned() {
        func change(_ after: String, ago: Int64) -> StateChange {
            World.change(
                EntityName(backend: "edge", kind: "backend", id: "edge"), "edge",
                after == "lost" ? "up" : "lost", after, ago: ago)
        }
        func text(_ changes: [StateChange], silent: Set<String> = []) -> String {
            Handoff(source(changes, silent: silent)).markdown(zone: 0).joined(separator: "\n")
        }
        #expect(text([change("lost", ago: 90)]).contains("lost at 01:44; when it came back is not known"))
        let twice = [change("lost", ago: 90), change("lost", ago: 30), change("up", ago: 20)]
        #expect(text(twice).contains("lost at 02:44 for 10m"))
        #expect(text(twice).contains("lost at 01:44; when it came back is not known"))
        #expect(text([change("up", ago: 20)]).contains("lost before"))
        #expect(text([], silent: ["core"]).contains("**core** does not answer; since when is not recorded"))
    }

    @Test("what ended unseen ended by then at the latest, and a snooze that is over is none")
    func bounds() {
        let alert = World.name("core", .alert, 50)
        var changes = [
            World.change(alert, "fan", nil, "open", ago: 60),
            World.change(alert, "fan", "open", "cleared", before: .critical, ago: 20),
        ]
        changes[1].saidAt = nil
        let text = Handoff(source(changes)).markdown(zone: 0).joined(separator: "\n")
        #expect(text.contains("over by 02:54 · after at most 40m"), "\(text)")
        let over = Snooze(
            backend: "core", kind: .alert, id: "13", name: "old", at: World.wall,
            until: Timestamp(World.wall.seconds - 60),
            rowState: Snooze.RowState(severity: "warning", state: "open", began: nil))
        #expect(Handoff(source(snoozes: [over])).snoozed.isEmpty)
    }
}
