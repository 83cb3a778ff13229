import Audit
import CLinux
import Canvas
import Configuration
import CurlTransport
import Dashboard
import Domain
import Filter
import Foundation
import HTTP
import History
import Runtime
import Simulator
import Team
import Synchronization
import Testing
import Wallboard

@testable import nocturne

/// The whole application, driven key by key: only its screen and its clock are made up.
///
/// Every key is a read of its own. Nothing here waits for a time to pass: it waits for the inbox's bell, which rings
/// whenever an answer arrives and whenever an effect ends.
final class Application {
    let terminal: MemoryTerminal
    let clock: SteppedClock
    let directory: TemporaryDirectory
    let network: Network
    let audit: AuditLog
    let log: Lines
    private let loop: MainLoop
    private let runner: EffectRunner
    private let inbox: Inbox
    private let signals = Signals()

    init(
        _ plans: [BackendPlan], clock: SteppedClock, directory: TemporaryDirectory, size: Size,
        isReadOnly: Bool = false, auditPath: String? = nil, editor: String = "true",
        wallboard: WallboardProfile? = nil,
        reload: (@Sendable () -> Result<Reloaded, ReloadFault>)? = nil, isLowBandwidth: Bool = false,
        drawsWithClock: Bool = false,
        browser: [String]? = nil, alarms: [AlarmRule] = [], preferences: PreferencesFile? = nil,
        history: (any HistoryStore)? = nil, team: String? = nil
    ) throws {
        let log = Lines()
        let terminal = MemoryTerminal(size: size)
        let inbox = try #require(Inbox())
        network = try Network(
            plans, isReadOnly: isReadOnly || wallboard != nil, log: { log.append($0) }, clock: clock,
            team: team.map { Self.store($0, inbox) })
        audit = AuditLog(
            path: auditPath ?? "\(directory.path)/audit.jsonl",
            identity: AuditIdentity(user: "jk", host: "noc1", client: nil, process: getpid()),
            now: { clock.wall })
        runner = EffectRunner(
            connections: network.connections, audit: audit, inbox: inbox, clock: clock,
            pictures: "\(directory.path)/graphs",
            integrations: Integrations(
                clipboard: ClipboardFile(directory: "\(directory.path)/state"), browser: browser,
                alarms: alarms,
                withheld: ["HOME"]), history: history, sharesReads: team != nil,
            keep: { preferences?.add($0) }, reload: reload)
        let state = State(
            size: size, now: clock.now, wall: clock.wall, zone: 0, backends: network.states(now: clock.now),
            keymap: Shipped.keymap(and: "[table]\nraise-barrier = [\"X\"]"), themes: Shipped.themes,
            isReadOnly: isReadOnly, terminal: terminal.capabilities,
            preferences: preferences?.read() ?? Preferences(), screen: wallboard,
            profile: WallboardProfile.standard, isLowBandwidth: isLowBandwidth,
            opensAddresses: browser != nil, alarms: alarms, linksServers: true,
            keepsHistory: history != nil, team: team == nil ? nil : .joining)
        loop = MainLoop(
            state: state, terminal: terminal, runner: runner, inbox: inbox, clock: clock,
            editor: ExternalEditor(
                command: editor, directory: "\(directory.path)/run", withheld: ["HOME"],
                write: FormSheet.text, read: Setup.edited),
            signals: signals.descriptor, drawsWithClock: drawsWithClock)
        network.team?.start()
        self.log = log
        self.terminal = terminal
        self.clock = clock
        self.directory = directory
        self.inbox = inbox
    }

    // MARK: What is there

    var state: State { loop.state }
    var end: MainLoop.End? { loop.end }
    /// Whether anything is under way.
    var isBusy: Bool { runner.inFlight > 0 }
    /// The rows of the screen.
    var screen: [String] { terminal.screen }
    /// The rows of the screen as one text.
    var picture: String { screen.joined(separator: "\n") }
    /// The audit file as it is on disk.
    var record: String { directory.text(of: "audit.jsonl") }
    /// The rows of the current table, as entities in order.
    var rows: [EntityRef] { (0..<state.pane.arrangement.count).map { state.pane.arrangement.entity($0) } }

    /// The text of a field of an entity as it arrived last.
    func text(_ entity: EntityRef, _ key: FieldKey) -> String {
        state.find(entity).map { $0.table.text($0.row, key) } ?? ""
    }

    /// The open alerts of a backend, or those in another state.
    func alerts(of backend: String, _ alertState: AlertState = .open) -> [EntityRef] {
        guard let backend = state.backends.first(where: { $0.name == backend }),
            let table = backend.tables[.alert]
        else { return [] }
        return table.refs.filter { text($0, .state) == alertState.rawValue }
    }

    // MARK: Doing things

    /// Ends as the process does, right behind an effect.
    func endHistory(_ effect: Effect) {
        runner.run(effect)
        runner.finishHistory()
    }

    /// Sends the loop a signal, as the system would.
    func receive(_ signal: Int32) {
        signals.send(signal)
        turn()
    }

    /// Takes in what happened and draws: what is copied from the frame before has to be what is drawn without it.
    func turn() {
        let draws = terminal.record.draws
        loop.turn()
        let record = terminal.record
        guard record.draws > draws, let frame = record.frame else { return }
        if frame.cells != render(loop.state).cells { Issue.record("a line was copied that has changed") }
    }

    /// Presses keys by their spelling, each in a read of its own.
    func press(_ keys: String..., at place: SourceLocation = #_sourceLocation) {
        for key in keys {
            if Key(key) == nil { Issue.record("\(key) is no key", sourceLocation: place) }
            terminal.press(key)
            turn()
        }
    }

    /// Types a text letter by letter.
    func type(_ text: String) {
        for letter in text {
            terminal.feed([.key(.character(letter))])
            turn()
        }
    }

    /// Pastes a text.
    func paste(_ text: String) {
        terminal.feed([.paste(text)])
        turn()
    }

    func resize(to width: Int, _ height: Int) {
        terminal.resize(to: Size(width, height))
        signals.send(SIGWINCH)
        turn()
    }

    /// Lets time pass and does what is due then.
    func pass(_ seconds: Int) {
        clock.advance(by: seconds)
        turn()
    }

    /// Moves the cursor onto an entity with the arrow keys.
    func select(_ entity: EntityRef, at place: SourceLocation = #_sourceLocation) {
        press("g")
        for _ in 0..<state.pane.arrangement.count where state.pane.cursor != entity { press("j") }
        if state.pane.cursor != entity { fail("the cursor reaches \(entity)", place) }
    }

    // MARK: Waiting

    /// Waits until nothing is under way and everything that arrived is on the screen.
    func waitUntilIdle(at place: SourceLocation = #_sourceLocation) async {
        await until("nothing is under way", at: place) { app in
            guard app.runner.inFlight == 0 else { return false }
            let started = app.runner.started
            app.turn()
            // What that turn started may have ended already, and its answer not been looked at.
            return app.runner.inFlight == 0 && app.runner.started == started
        }
    }

    /// Waits until something has come true; says what the screen shows when it never does.
    func until(
        _ words: String, at place: SourceLocation = #_sourceLocation, _ isMet: (Application) -> Bool
    ) async {
        // Far beyond what any answer takes: only a test that fails gets there.
        let end = ContinuousClock.now + .seconds(150)
        while true {
            turn()
            if isMet(self) { return }
            guard ContinuousClock.now < end else { return fail(words, place) }
            await bell()
        }
    }

    /// Waits until a text is on the screen.
    func until(shows text: String, at place: SourceLocation = #_sourceLocation) async {
        await until("the screen shows “\(text)”", at: place) { $0.picture.contains(text) }
    }

    /// Waits for the bell on a thread that has nothing else to do.
    private func bell() async {
        let bell = inbox.bell
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var bell = bell
                _ = clinux_wait(&bell, 1, 1_000_000_000)
                continuation.resume()
            }
        }
    }

    // MARK: Expecting

    func expect(shows text: String, at place: SourceLocation = #_sourceLocation) {
        if !picture.contains(text) { fail("the screen shows “\(text)”", place) }
    }

    /// Expects good news on the message line: only what was verified is told so.
    func expectGoodNews(at place: SourceLocation = #_sourceLocation) {
        if state.message?.tone != .good { fail("there are good news", place) }
    }

    func expect(hides text: String, at place: SourceLocation = #_sourceLocation) {
        if picture.contains(text) { fail("the screen does not show “\(text)”", place) }
    }

    /// Records that something is not so, with the screen.
    func fail(_ words: String, _ place: SourceLocation) {
        Issue.record("it is not so that \(words); the screen:\n\(picture)", sourceLocation: place)
    }
}

/// Lines as they come, from any thread.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func append(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}

/// Runs a story against an application with two simulated servers, and ends all of it afterwards.
func withApplication(
    size: Size = Size(120, 30), isReadOnly: Bool = false, provider: Provider = Provider(),
    auditPath: String? = nil, editor: String = "true",
    wallboard: WallboardProfile? = nil,
    reload: (@Sendable () -> Result<Reloaded, ReloadFault>)? = nil, isLowBandwidth: Bool = false,
    drawsWithClock: Bool = false,
    browser: [String]? = nil,
    alarms: [AlarmRule] = [],
    preferences: PreferencesFile? = nil, history: (any HistoryStore)? = nil, team: String? = nil,
    adjust: (inout [BackendPlan]) -> Void = { _ in },
    _ story: (Application, Provider) async throws -> Void
) async throws {
    await Berths.shared.enter()
    let result: Result<Void, any Error>
    do {
        try await provider.start()
        var plans = provider.plans
        adjust(&plans)
        let application = try Application(
            plans, clock: SteppedClock(at: Timestamp(Int64(provider.world.now))),
            directory: TemporaryDirectory(), size: size, isReadOnly: isReadOnly, auditPath: auditPath,
            editor: editor, wallboard: wallboard, reload: reload, isLowBandwidth: isLowBandwidth,
            drawsWithClock: drawsWithClock,
            browser: browser, alarms: alarms, preferences: preferences, history: history,
            team: team)
        do {
            result = .success(try await story(application, provider))
        } catch {
            result = .failure(error)
        }
        application.network.team?.close()
        await application.network.curl.stop()
    } catch {
        result = .failure(error)
    }
    await provider.stop()
    await Berths.shared.leave()
    try result.get()
}

extension Application {
    /// The wallboard, while it is on the screen.
    var board: WallboardScreen? { state.screen as? WallboardScreen }
}
