import Canvas
import Domain
import Testing

@testable import Dashboard
@testable import DashboardSupport

@Suite("Programs of the operator's for a row")
struct OwnCommandTests {
    private static func command(
        _ run: [String], panes: [PaneName] = [.devices], manner: OwnCommand.Manner = .terminal,
        isConfirmed: Bool = false, isSafe: Bool = false
    ) throws -> OwnCommand {
        OwnCommand(
            title: "SSH", keys: [.character("Z")], panes: panes, run: try run.map { try OwnArgument($0) },
            manner: manner, isConfirmed: isConfirmed, isSafe: isSafe)
    }

    private static func desk(
        _ command: OwnCommand, modes: [BackendID: BackendMode] = [:], isReadOnly: Bool = false
    ) -> Desk {
        var desk = Desk.ready(modes: modes, isReadOnly: isReadOnly)
        let own = [KeyContext.table, .detail].map { Binding($0, command.keys, .program(command.title)) }
        desk.send(
            .reloaded(
                .success(
                    Reloaded(
                        themes: desk.state.themeChoice.themes,
                        keymap: Keymap(DefaultKeys.keymap.bindings + own), backends: [], commands: [command]))
            ))
        desk.tick(2)
        return desk
    }

    private static func launched(_ effects: [Effect]) -> OwnRun? {
        effects.lazy.compactMap { if case .launch(let run) = $0 { run } else { nil } }.first
    }

    /// A device of core alone, called as a hostile server may.
    private static func name(_ name: String, on desk: inout Desk) {
        var builder = TableBuilder(Offer.device, World.core)
        builder.begin(World.device(World.core, 1))
        builder.set(0, text: "down")
        builder.set(1, text: name)
        desk.refreshed(World.core, .device, builder.finish())
    }

    @Test("its key runs it for the row under the cursor, with the row's fields and no shell between")
    func runs() throws {
        var desk = Self.desk(try Self.command(["ssh", "-l", "noc", "{name}", "{{x}} {backend}/{id}"]))
        desk.press("1")
        let cursor = try #require(desk.pane.cursor)
        let run = try #require(Self.launched(desk.press("Z")))
        let name = desk.state.name(of: cursor)
        let backend = try #require(desk.state.backend(cursor.backend)?.name)
        #expect(run.arguments == ["ssh", "-l", "noc", name, "{x} \(backend)/\(cursor.id)"])
        // Written down first; then it gets the terminal.
        #expect(desk.send(.ownRecorded(run, record: "r1")) == [.lend(run, record: "r1")])
        desk.send(.ownEnded(run, .exited(255), remark: nil))
        #expect(desk.message == "SSH for \(name) ended with exit code 255")
        desk.send(.ownEnded(run, .signalled(9), remark: nil))
        #expect(desk.message == "SSH for \(name) was ended by signal 9 (SIGKILL)")
    }

    @Test("an alert gives the fields of its device, and a URL takes values percent-encoded")
    func references() throws {
        var desk = Self.desk(
            try Self.command(
                ["open", "https://wiki/?q={name}&d={device.name}", "{device.location}"], panes: [.alerts]))
        desk.press("3")
        let run = try #require(Self.launched(desk.press("Z")))
        let cursor = try #require(desk.pane.cursor)
        let found = try #require(desk.state.find(cursor))
        let name = found.table.name(found.row).replacing(" ", with: "%20")
        let device = found.table.text(found.row, .device)
        #expect(run.arguments[1] == "https://wiki/?q=\(name)&d=\(device)")
        #expect(!run.arguments[2].isEmpty)
    }

    @Test(
        "a value that could be taken for something else is refused in words, and nothing starts",
        arguments: [
            ("-oProxyCommand=reboot", "begins with -"),
            ("a\u{FFFD}b", "control characters"), ("", "has no name"),
            ("   ", "has no name"), (String(repeating: "x", count: 2_000), "too long"),
        ])
    func hostile(name: String, words: String) throws {
        var desk = Self.desk(try Self.command(["ssh", "{name}"]))
        Self.name(name, on: &desk)
        desk.press("1")
        desk.press("g")
        #expect(desk.pane.cursor == World.device(World.core, 1))
        #expect(Self.launched(desk.press("Z")) == nil)
        #expect(desk.message.contains(words), "\(desk.message)")
    }

    @Test("confirm asks with the whole line, and only y starts it; a guarded backend asks by itself")
    func confirms() throws {
        for (isConfirmed, mode) in [(true, BackendMode.normal), (false, .guarded)] {
            var desk = Self.desk(
                try Self.command(["ssh", "{name}"], isConfirmed: isConfirmed), modes: [World.core: mode])
            Self.name("rtr 1", on: &desk)
            desk.press("1")
            desk.press("g")
            #expect(Self.launched(desk.pressAtOnce("Z", "y")) == nil)
            #expect(desk.lines.contains { $0.contains("ssh 'rtr 1'") })
            #expect(Self.launched(desk.press("Enter")) == nil)
            #expect(desk.message == "SSH was not started")
            desk.press("Z")
            #expect(Self.launched(desk.press("y"))?.arguments == ["ssh", "rtr 1"])
        }
    }

    @Test("a dry run shows the line and starts nothing")
    func dryRun() throws {
        var desk = Self.desk(try Self.command(["ssh", "{name}"]))
        Self.name("rtr1", on: &desk)
        desk.press("1", "g")
        _ = desk.state.run(.own(.dryRun))
        #expect(Self.launched(desk.press("Z")) == nil)
        #expect(desk.message == "dry run, not started: ssh rtr1")
    }

    @Test("the menu of the row, the palette and help list it with its key, where it can be run")
    func listed() throws {
        var desk = Self.desk(try Self.command(["ssh", "{name}"]))
        desk.press("1", ".")
        #expect(desk.state.rowActions.contains { $0.title == "SSH" && $0.key == "Z" && $0.reason == nil })
        desk.press("Esc")
        #expect(desk.state.paletteEntries("SSH").first?.action == .program("SSH"))
        #expect(
            KeyReference(state: desk.state).lines("").contains { $0.pieces.contains { $0.text == "SSH" } })
        desk.press("2")
        #expect(!desk.state.rowActions.contains { $0.title == "SSH" })
        desk.press("Z")
        #expect(desk.message == "SSH is for rows of devices")
        desk.press("1", "Space", "Space", "Z")
        #expect(desk.message == "SSH takes one row, and 2 are marked")
    }

    @Test("in read-only it is absent and its key runs nothing, unless it is safe")
    func readOnly() throws {
        var desk = Self.desk(try Self.command(["ssh", "{name}"]), isReadOnly: true)
        desk.press("1")
        #expect(!desk.state.rowActions.contains { $0.title == "SSH" })
        #expect(!desk.state.paletteEntries("SSH").contains { $0.action == .program("SSH") })
        #expect(
            !KeyReference(state: desk.state).lines("").contains { $0.pieces.contains { $0.text == "SSH" } })
        #expect(Self.launched(desk.press("Z")) == nil)
        #expect(desk.message == "read-only: SSH is not marked safe = true")
        var safe = Self.desk(try Self.command(["ssh", "{name}"], isSafe: true), isReadOnly: true)
        safe.press("1")
        #expect(safe.state.rowActions.contains { $0.title == "SSH" })
        #expect(Self.launched(safe.press("Z")) != nil)
    }

    @Test("what became read-only while it was written down does not start, and the record says so")
    func sealedMeanwhile() throws {
        var desk = Self.desk(try Self.command(["ssh", "{name}"]))
        desk.press("1")
        let run = try #require(Self.launched(desk.press("Z")))
        desk.press("W", "y")
        #expect(desk.state.screen != nil)
        let effects = desk.send(.ownRecorded(run, record: "r1"))
        guard case .concludeOwn(run, "r1", .notStarted)? = effects.first else {
            Issue.record("\(effects)")
            return
        }
        #expect(effects.count == 1 && desk.state.ownCommands.isEmpty)
    }

    @Test("captured output is shown as it comes, searched, and closing the view ends what still runs")
    func captures() throws {
        var desk = Self.desk(try Self.command(["mtr", "{name}"], manner: .captured))
        desk.press("1")
        let run = try #require(Self.launched(desk.press("Z")))
        #expect(desk.send(.ownRecorded(run, record: "r1")) == [.startOwn(run, record: "r1")])
        var output = CapturedText()
        output.take(Array("\u{1B}[31mhop 1\u{1B}[0m\r\nhop 2\n".utf8))
        desk.send(.ownPrinted(run.number, output))
        #expect(
            desk.lines.contains { $0.contains("hop 1") } && desk.lines.contains { $0.contains("running") })
        desk.press("ctrl-f")
        desk.type("hop 2")
        desk.press("Enter")
        #expect(desk.lines.contains { $0.contains("in 1 lines") })
        #expect(desk.press("Esc") == [.endOwn(run.number)])
        #expect(desk.state.layers.isEmpty)
        desk.send(.ownEnded(run, .signalled(9), remark: nil))
        #expect(desk.message.contains("SIGKILL"))
    }
}

@Suite("What a program prints")
struct CapturedTextTests {
    private func lines(_ text: String) -> [String] {
        var captured = CapturedText()
        // Byte by byte: nothing may depend on where a read ends.
        for byte in text.utf8 { captured.take([byte]) }
        return captured.lines
    }

    @Test("sequences go, tabs widen, overstrikes and returns leave what stands last")
    func cleans() {
        #expect(lines("\u{1B}[1;31mred\u{1B}[0m é\n") == ["red é"])
        #expect(lines("a\tb\n") == ["a       b"])
        #expect(lines("10%\r20%\r\ndone") == ["20%", "done"])
        #expect(lines("b\u{8}bo\u{8}o") == ["bo"])
        #expect(lines("\u{1B}]0;title\u{7}x\u{1B}]52;c;aGk=\u{1B}\\y") == ["xy"])
        #expect(lines("\u{1B}(Bx\u{1B}=y") == ["xy"])
    }

    @Test("a sequence that never ends swallows no more than its line")
    func unfinished() { #expect(lines("\u{1B}]0;evil\nnext\n") == ["", "next"]) }

    @Test("no control character is left, whatever bytes come")
    func fuzz() {
        var numbers = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var captured = CapturedText()
            captured.take((0..<400).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            #expect(!captured.lines.contains { $0.unicodeScalars.contains(where: CleanText.isHostile) })
        }
    }

    @Test("no more than 20,000 lines are kept, and that is said")
    func bounded() {
        var captured = CapturedText()
        captured.take([UInt8](repeating: 0x0A, count: 30_000))
        #expect(captured.lines.count == CapturedText.mostLines && captured.isCut)
    }
}
