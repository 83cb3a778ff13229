import Canvas
@testable import Dashboard
@testable import DashboardSupport
import Domain
import Testing

@Suite("All actions of a row")
struct ActionMenuTests {
    private func titles(_ desk: Desk) -> [String] { desk.state.rowActions.map(\.title) }

    @Test("it lists the commands for the row's kind with their keys, and what else can be done")
    func lists() throws {
        var desk = Desk.onAlert()
        desk.press(".")
        #expect(titles(desk).prefix(2) == ["Acknowledge", "Unmute"])
        #expect(titles(desk).contains("Open") && !titles(desk).contains("Restart bond"))
        let line = try #require(desk.lines.first { $0.contains("Acknowledge") })
        #expect(line.hasSuffix(" a │") || line.contains(" a "))
        desk.press("Esc", "5", ".")
        #expect(titles(desk).first == "Restart bond")
    }

    @Test("what is not possible now says why, and only says it when it is chosen")
    func reasons() throws {
        var desk = Desk.onAlert(World.first, modes: [World.core: .readOnly])
        desk.press(".")
        #expect(desk.lines.contains { $0.contains("Acknowledge") && $0.contains("core is read-only") })
        desk.press("Enter")
        #expect(desk.session == nil)
        #expect(desk.message == "core is read-only")
    }

    @Test("Enter begins what is under the cursor of the menu")
    func begins() throws {
        var desk = Desk.onAlert()
        desk.press(".", "Enter")
        let session = try #require(desk.session)
        #expect(session.descriptor.kind == .acknowledge)
        #expect(session.parts.flatMap(\.command.targets) == [World.first])
        #expect(desk.state.layers.all as? [CommandDialog] == [CommandDialog(session.id)])
    }

    @Test("with marks it is for them")
    func marks() throws {
        var desk = Desk.onAlert()
        desk.mark([World.first, World.second])
        desk.press(".")
        #expect(desk.lines.contains { $0.contains("2 marked") })
        desk.press("Enter")
        #expect(desk.session?.names.count == 2)
    }

    @Test("when the row is gone while the menu is open, nothing is begun on another one")
    func gone() {
        var desk = Desk.onAlert(World.second)
        desk.press(".")
        desk.refreshed(World.core, .alert, World.alerts(World.core, [World.coreAlerts[0]]))
        #expect(desk.pane.cursor != World.second)
        desk.press("Enter")
        #expect(desk.session == nil && desk.state.layers.isEmpty)
        #expect(desk.message == "rows changed: nothing was started")
    }

    @Test("an opened entity has its own")
    func detail() {
        var desk = Desk.onAlert()
        desk.press("Enter", ".")
        #expect(titles(desk).first == "Acknowledge" && !titles(desk).contains("Mark"))
        desk.press("Enter")
        #expect(desk.session?.names.count == 1)
    }

    @Test("it looks like this")
    func golden() throws {
        for size in [Size(80, 24), Size(120, 30), Size(40, 10), Size(20, 5), Size(200, 60)] {
            var desk = Desk.ready(size: size, modes: [World.bonds: .readOnly])
            desk.press("3", ".", "j")
            try Golden.check(desk.state, "actions")
        }
    }
}

@Suite("Dry runs from a table")
struct DryRunTests {
    /// Every key that could lead on, pressed again and again with time between.
    private static let keys = ["Enter", "y", "ctrl-t", "D", "Tab", "Space", "t", "c", "x", "u", "j"]

    @Test("D and the key of a command show what would be sent, and no key after it sends anything")
    func sendsNothing() throws {
        for tier in [Tier.harmless, .touchesService, .hurts] {
            var desk = Desk.onAlert()
            desk.press("D")
            #expect(desk.lines[28].contains("DRY RUN"))
            desk.press("a")
            var session = try #require(desk.session)
            #expect(session.isDryRun && session.isOnlyDryRun)
            #expect(!desk.state.isDryRunArmed)
            var effects = desk.press("Enter")
            effects += desk.prepared([World.first], tier: tier)
            session = try #require(desk.session)
            #expect(session.stage == .confirming)
            #expect(desk.lines.contains { $0.contains("PUT https://nms.example.net/11") })
            for _ in 0..<3 {
                for key in Self.keys {
                    desk.tick(1)
                    effects += desk.press(key)
                }
                desk.type(session.confirmation)
                effects += desk.press("Enter")
                effects += desk.prepared([World.first], tier: tier)
            }
            #expect(!effects.contains { if case .perform = $0 { true } else { false } }, "\(tier)")
        }
    }

    @Test("a repeated command stays a dry run too")
    func repeats() {
        var desk = Desk.onAlert()
        desk.press("D", "a", "Enter")
        let again = Repeat(World.first, name: "n", words: "a minute ago", record: "r")
        let found = Prepared(
            preview: Desk.preview([World.first], tier: .touchesService), lastDone: nil, repeats: [again])
        desk.send(.prepared(session: 1, World.core, .success(found)))
        desk.tick(1)
        let effects = desk.press("y", "Enter", "y")
        #expect(!effects.contains { if case .perform = $0 { true } else { false } })
        #expect(desk.session?.stage == .confirming)
    }

    @Test("it holds whatever comes between, and ends with a command, with D or with Esc")
    func holds() {
        var desk = Desk.onAlert()
        desk.press("D", "j", "1", "3", "k", "?", "Esc", "*", "U")
        #expect(desk.state.isDryRunArmed)
        #expect(desk.lines[28].contains("DRY RUN"))
        desk.press("D")
        #expect(!desk.state.isDryRunArmed && desk.message == "no dry run")
        desk.press("D", "Esc")
        #expect(!desk.state.isDryRunArmed)
        desk.press("D", "a", "Esc", "a")
        #expect(desk.session?.isDryRun == false)
    }

    @Test("the menu and the palette begin dry runs while it holds")
    func menus() {
        var menu = Desk.onAlert()
        menu.press("D", ".", "Enter")
        #expect(menu.session?.isOnlyDryRun == true)
        var palette = Desk.onAlert()
        palette.press("D", ":")
        palette.type("acknowledge")
        palette.press("Enter")
        #expect(palette.session?.isOnlyDryRun == true)
    }

    @Test("a command that is refused leaves it on, so that the next one is not sent by mistake")
    func refused() {
        var desk = Desk.onAlert()
        desk.press("D", "X")
        #expect(desk.session == nil && desk.state.isDryRunArmed)
    }

    @Test("marks stay after a dry run")
    func marks() {
        var desk = Desk.onAlert()
        desk.mark([World.first, World.second])
        desk.press("D", "a", "Enter")
        desk.prepared([], excluded: [World.first, World.second])
        #expect(desk.pane.marks == [World.first, World.second])
    }

    @Test("it looks like this")
    func golden() throws {
        for size in [Size(80, 24), Size(120, 30), Size(40, 10), Size(20, 5)] {
            var desk = Desk.ready(size: size)
            desk.press("3", "D")
            try Golden.check(desk.state, "dry-run-armed")
            desk.press("a")
            try Golden.check(desk.state, "dry-run-form")
        }
    }
}
