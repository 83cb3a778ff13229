public import Canvas
internal import CLinux
public import Dashboard
internal import Domain

/// The one loop: waits for the terminal, the inbox, a signal or the clock; changes the state; draws.
///
/// Everything here runs on the main thread, and nothing here waits for a server.
public final class MainLoop {
    /// Why the loop ended.
    public enum End: Sendable, Equatable {
        /// The operator quit.
        case quit
        /// A signal ended it.
        case signal(Int32)
        /// The terminal is gone.
        case terminalGone
    }

    /// The state as it is now.
    public private(set) var state: State
    private let terminal: any Terminal
    private let runner: EffectRunner
    private let inbox: Inbox
    private let clock: any Clock
    private let descriptors: [Int32]
    private let signals: Int32
    private let restoration: [UInt8]
    private let editor: ExternalEditor?
    /// The program that has the terminal in place of us: the operator's own editor, or one for a row.
    private var guest: Guest?
    private let keyboard: Int32
    private var needsDrawing = true
    /// What was drawn last.
    private var rendering: Rendering?
    /// Seconds that local time is east of UTC, and since which minute: asking looks at the file system.
    private var zone: (minute: Int64, seconds: Int)?
    /// Whether what is to be drawn follows from a key or a new size: that never waits.
    private var isAwaited = true
    private var drawnAt: Instant?
    /// Until when somebody may wait for what comes: the rows after a start, the answer after a key.
    private var attentiveUntil: Instant
    private let drawsWithClock: Bool
    /// Seconds of that after a start and after a key.
    private static let beginning = 60.0
    private static let attention = 5.0
    /// Why the loop is about to end; nil while it goes on.
    public private(set) var end: End?

    /// Puts the loop together.
    ///
    /// - Parameters:
    ///   - keyboard: the terminal's descriptor, or -1 where input comes without one.
    ///   - signals: the descriptor of the blocked signals, or -1.
    ///   - editor: the operator's own editor; nil where none can be had.
    ///   - restoration: what a crash writes to give the terminal back; none while it is given away.
    ///   - drawsWithClock: whether what nobody waits for is drawn with the next tick of the clock, so that answers
    ///     that come one after another make one frame.
    public init(
        state: State, terminal: any Terminal, runner: EffectRunner, inbox: Inbox, clock: any Clock,
        editor: ExternalEditor? = nil, keyboard: Int32 = -1, signals: Int32 = -1, restoration: [UInt8] = [],
        drawsWithClock: Bool = false
    ) {
        self.drawsWithClock = drawsWithClock
        attentiveUntil = clock.now + Self.beginning
        self.state = state
        self.terminal = terminal
        self.runner = runner
        self.inbox = inbox
        self.clock = clock
        self.editor = editor
        self.signals = signals
        self.keyboard = keyboard
        self.restoration = restoration
        descriptors = [inbox.bell, keyboard, signals]
        // A wall has nobody who could look into it.
        if state.screen == nil { runner.run(.countUnknown) }
        for effect in state.beginning { runner.run(effect) }
    }

    /// Runs until something ends it; the terminal is left to its owner to close.
    public func run() -> End {
        protectTerminal()
        while true {
            turn()
            if let end { return end }
            // A line that takes no bytes is tried again soon, with the newest frame.
            let wait = min(
                max(0, state.nextWake - clock.now), terminal.isBehind ? 0.05 : .infinity, restUntilDrawing,
                terminal.secondsUntilDecided)
            var descriptors = descriptors
            // What is typed is the guest's.
            if let guest, !guest.isWaitingForKey { descriptors[1] = -1 }
            inbox.setPatient(isCalm)
            _ = clinux_wait(descriptors, Int32(descriptors.count), Int64(wait * 1e9) + 1)
            // Before anything is taken: what comes from here on rings again.
            inbox.setPatient(false)
        }
    }

    /// Takes in everything that happened and draws once; never waits.
    public func turn() {
        let wall = clock.wall
        handle(.tick(clock.now, wall: wall, zone: localZone(wall)))
        while signals >= 0, case let signal = clinux_signals_next(signals), signal > 0 { receive(signal) }
        for event in inbox.take() { handle(event) }
        if guest != nil, !isGuestGone() { return }
        let inputs = terminal.input()
        if !inputs.isEmpty {
            handle(.read(inputs))
            isAwaited = true
            attentiveUntil = max(attentiveUntil, clock.now + Self.attention)
        }
        if inputs.contains(.end) { end = .terminalGone }
        guard end == nil, needsDrawing || terminal.isBehind, restUntilDrawing.isInfinite else { return }
        let rendering = render(state, after: rendering)
        self.rendering = rendering
        terminal.draw(rendering.frame)
        needsDrawing = false
        isAwaited = false
        drawnAt = clock.now
    }

    /// Seconds until what happened by itself may be drawn; infinite when nothing waits.
    private var restUntilDrawing: Double {
        guard needsDrawing, !isAwaited, let drawnAt else { return .infinity }
        let now = clock.now
        if state.isLowBandwidth {
            let rest = 1 - (now - drawnAt)
            return rest > 0 ? rest : .infinity
        }
        guard isCalm else { return .infinity }
        let second: Int64 = 1_000_000_000
        guard now.nanoseconds / second == drawnAt.nanoseconds / second else { return .infinity }
        return Double(second - now.nanoseconds % second) / Double(second)
    }

    /// Whether nobody waits for anything, so that the clock wakes and draws often enough.
    private var isCalm: Bool {
        drawsWithClock && !terminal.isBehind && clock.now >= attentiveUntil
    }

    private func localZone(_ wall: Timestamp) -> Int {
        let minute = wall.seconds / 60
        if let zone, zone.minute == minute { return zone.seconds }
        let seconds = clock.zone
        zone = (minute, seconds)
        return seconds
    }

    private func handle(_ event: Event) {
        needsDrawing = true
        for effect in reduce(&state, event) {
            switch effect {
            case .quit: end = end ?? .quit
            case .redraw: terminal.invalidate()
            case .transmit(let transmission):
                terminal.emit(transmission.bytes(for: terminal.capabilities))
            case .setMouse(let isOn): terminal.setMouse(isOn)
            case .edit(let session, let draft):
                edit({ editor throws(EditorFault) in try editor.begin(session, draft) }) {
                    .edited(session: session, .abandoned($0))
                }
            case .editText(let text):
                edit({ editor throws(EditorFault) in try editor.begin(text) }) {
                    .textEdited(.failure(BackendError(.invalid, $0)))
                }
            case .lend(let run, let record): lend(run, record)
            default: runner.run(effect)
            }
        }
    }

    private func receive(_ signal: Int32) {
        if guest != nil { return receiveWithGuest(signal) }
        switch clinux_signal(UInt32(signal)) {
        // Whoever passes the keyboard of a locked screen neither ends nor stops it.
        case clinux_int, clinux_quit, clinux_tstp:
            if state.screen?.isLocked != true { leave(signal) }
        case clinux_hup, clinux_term: end = .signal(signal)
        case clinux_cont:
            terminal.invalidate()
            remeasure()
        case clinux_winch: remeasure()
        case clinux_usr1:
            handle(.pageTurned)
            isAwaited = true
        case clinux_usr2: runner.run(.reload)
        default: break
        }
    }

    /// Ends, or stops until the shell continues it.
    private func leave(_ signal: Int32) {
        guard clinux_signal(UInt32(signal)) == clinux_tstp else {
            end = .signal(signal)
            return
        }
        terminal.suspend()
        _ = clinux_crash_restore(nil, 0)
        clinux_stop_self()
        terminal.resume()
        protectTerminal()
        remeasure()
    }

    // MARK: Programs that get the terminal

    /// Gives something to the operator's own editor; where it can't be, that is said.
    private func edit(
        _ begin: (ExternalEditor) throws(EditorFault) -> Guest, otherwise event: (String) -> Event
    ) {
        guard let editor else { return handle(event("no editor can be started from here")) }
        giveAway()
        do throws(EditorFault) {
            guest = try begin(editor)
        } catch {
            takeBack()
            handle(event(error.words))
        }
    }

    /// Gives the terminal to a program of the operator's for a row.
    private func lend(_ run: OwnRun, _ record: String) {
        let program = Program(arguments: run.arguments, withheld: runner.integrations.withheld)
        giveAway()
        let process = program.start(.terminal)
        guard process > 0 else {
            takeBack()
            return runner.run(.concludeOwn(run, record: record, .notStarted(program.reason(process))))
        }
        guest = Guest(process: process) { [runner] ending in
            // Its own words about what went wrong would be gone with the screen.
            runner.run(.concludeOwn(run, record: record, ending))
            return nil
        } abandoned: {
        }
        guest?.farewell = { "\(run.title) \($0.words)" }
    }

    /// The loop goes on meanwhile, without keys and screen.
    private func giveAway() {
        terminal.suspend()
        _ = clinux_crash_restore(nil, 0)
    }

    /// Takes the terminal back when the guest has ended.
    private func isGuestGone() -> Bool {
        guard var guest else { return true }
        switch guest.look(keyboard) {
        case .stays: self.guest = guest
        case .stopped:
            // A program may stop itself alone: the shell has to get the terminal all the same.
            clinux_stop_self()
            clinux_child_continue(guest.process)
        case .gone(let event):
            let late = signalsLeft()
            self.guest = nil
            takeBack()
            for signal in late { receive(signal) }
            if let event { handle(event) }
            return true
        }
        return false
    }

    /// The signals that came while a guest ended, without those of the terminal: these were the guest's.
    private func signalsLeft() -> [Int32] {
        var left: [Int32] = []
        while signals >= 0, case let signal = clinux_signals_next(signals), signal > 0 {
            switch clinux_signal(UInt32(signal)) {
            case clinux_int, clinux_quit, clinux_tstp: break
            default: left.append(signal)
            }
        }
        return left
    }

    private func takeBack() {
        terminal.resume()
        protectTerminal()
        remeasure()
    }

    /// Signals of the terminal reach the guest as well, which is in our group: they are meant for it.
    private func receiveWithGuest(_ signal: Int32) {
        switch clinux_signal(UInt32(signal)) {
        case clinux_hup, clinux_term:
            guest?.abandon()
            guest = nil
            // Whatever modes it left: our own are put back from those that were found.
            terminal.resume()
            end = .signal(signal)
        case clinux_int, clinux_quit: guest?.interrupted()
        case clinux_tstp: clinux_stop_self()
        case clinux_usr2: runner.run(.reload)
        default: break
        }
    }

    /// From here on a crash gives the terminal back.
    private func protectTerminal() {
        restoration.withUnsafeBufferPointer { _ = clinux_crash_restore($0.baseAddress, $0.count) }
    }

    private func remeasure() {
        if terminal.measure() || terminal.size != state.size { handle(.resized(terminal.size)) }
        needsDrawing = true
        isAwaited = true
    }
}
