import ArgumentParser
import Audit
import CLinux
import Canvas
import Configuration
import CursesTerminal
import Dashboard
import Domain
import Glibc
import History
import Runtime
import Team
import TeamHistory
import Wallboard

/// Opens the dashboard.
struct DashboardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Open the dashboard (the default).")

    @OptionGroup var look: LookOptions
    @OptionGroup(title: "Wallboard") var board: WallboardOptions
    @OptionGroup(title: "Servers") var sources: SourceOptions

    mutating func run() throws { try run(openingAt: nil) }

    /// Shows the dashboard or the wallboard until it is left.
    ///
    /// - Parameter visit: makes what the dashboard begins at; nil begins with the overview.
    mutating func run(openingAt visit: ((Network) throws -> Visit)?) throws {
        // Nothing on a wallboard can change anything, by whichever way it is shown.
        if board.isWanted { sources.readOnly = true }
        if board.once { return try printOnce() }
        // Before any other thread exists: threads inherit which signals are blocked.
        let signals = clinux_signals_open()
        guard signals >= 0 else { throw Failure(.usage, "the system gives no descriptor for signals") }
        // Nobody answers a question that is asked on a wall.
        if !board.isWanted, let path = Setup.missingConfiguration(sources), isatty(STDIN_FILENO) == 1,
            isatty(STDOUT_FILENO) == 1, try !welcome(path, signals: signals)
        {
            return
        }
        let setup = try Setup(sources, readsWallboards: board.isWanted)
        let preferences = setup.preferences.read()
        // What hangs on a wall looks as its configuration says.
        let looks = try setup.looks(
            theme: look.theme, kept: board.isWanted ? nil : preferences.theme, keymap: look.keymap)
        let profile = try setup.wallboard(named: board.name)
        guard let inbox = Inbox() else {
            throw Failure(.usage, "the system gives no descriptor for the inbox")
        }
        let team = setup.teamSettings()
        let network = try setup.connect(team: setup.team(inbox, team))
        let start = try visit?(network)
        clinux_crash_install(STDOUT_FILENO)
        let terminal: CursesTerminal
        do throws(TerminalError) {
            terminal = try CursesTerminal()
        } catch {
            throw Failure(.usage, error.description)
        }
        let end = try show(
            setup, network, inbox, looks, preferences, profile,
            setup.history(network.clock, team: team, use: board.isWanted ? .reads : .records),
            beginningAt: start, on: terminal, signals: signals)
        terminal.close()
        _ = clinux_crash_restore(nil, 0)
        if setup.isDemo { DemoHistory.remove() }
        if case .signal(let number) = end {
            // Dies of the signal, so that whoever sent it sees that it worked.
            Glibc.signal(number, SIG_DFL)
            var set = sigset_t()
            sigemptyset(&set)
            sigaddset(&set, number)
            kill(getpid(), number)
            pthread_sigmask(SIG_UNBLOCK, &set, nil)
        }
        // What is under way is not waited for: a read is of no use any more, and a command is in the audit log.
        _exit(0)
    }

    /// Offers what can be done without a configuration; false when the operator had enough.
    private mutating func welcome(_ path: String, signals: Int32) throws -> Bool {
        let library = LookLibrary(Directories(environment: Setup.environment)).themes
        guard let first = library.themes.first else { return true }
        let terminal: CursesTerminal
        do throws(TerminalError) {
            terminal = try CursesTerminal()
        } catch {
            throw Failure(.usage, error.description)
        }
        let name = look.theme ?? (terminal.capabilities.colors == 0 ? "mono" : first.name)
        let chosen = library.themes.first { $0.name == name } ?? first
        let choice = Welcome.run(on: terminal, theme: chosen, path: path, signals: signals)
        terminal.close()
        switch choice {
        case .quit: return false
        case .demo: sources.demo = true
        case .setUp:
            // Ctrl-C ends the questions as it ends any other.
            var usual = sigset_t()
            var before = sigset_t()
            sigemptyset(&usual)
            for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP] { sigaddset(&usual, signal) }
            pthread_sigmask(SIG_UNBLOCK, &usual, &before)
            Console.print("wrote \(try InitDialog(given: InitCommand.Given(), prompt: .terminal).write())")
            pthread_sigmask(SIG_SETMASK, &before, nil)
        }
        return true
    }

    private func show(
        _ setup: Setup, _ network: Network, _ inbox: Inbox, _ looks: Looks, _ preferences: Preferences,
        _ profile: WallboardProfile, _ history: (any HistoryStore)?, beginningAt visit: Visit?,
        on terminal: CursesTerminal, signals: Int32
    ) throws -> MainLoop.End {
        let clock = network.clock
        let reloading = Reloading(setup, theme: look.theme, keymap: look.keymap, wallboard: board.name)
        let state = State(
            size: terminal.size, now: clock.now, wall: clock.wall, zone: clock.zone,
            backends: network.states(now: clock.now), keymap: looks.keymap, themes: looks.themes,
            themeIndex: looks.themeIndex(colors: terminal.capabilities.colors), isReadOnly: setup.isReadOnly,
            notices: setup.notices + looks.notices + setup.teamNotices, terminal: terminal.capabilities,
            preferences: preferences, screen: board.isWanted ? profile : nil, profile: profile,
            isLowBandwidth: look.lowBandwidth || setup.settings.savesBandwidth,
            shortensNames: setup.settings.stripsDomain,
            opensAddresses: setup.settings.browser != nil, alarms: setup.settings.alarms,
            commands: setup.settings.commands.map(\.command),
            runbooks: RunbookFolder(setup.directories).runbooks, lineOptions: sources.lineOptions,
            linksServers: true,
            stormThreshold: setup.settings.stormThreshold,
            keepsHistory: history != nil && !board.isWanted,
            team: setup.settings.team == nil || setup.isDemo ? nil : .joining,
            seed: UInt64(bitPattern: clock.now.nanoseconds))
        let ledger = setup.ledger {
            inbox.post(.claimed($0))
        } complain: {
            inbox.post(.noticed(.bad, $0))
        }
        if ledger == nil, setup.settings.team != nil {
            let words = "the password of the team's store is unavailable"
            inbox.post(.claimed(ClaimBook(claims: [], problem: words, refusal: words)))
        }
        let runner = EffectRunner(
            connections: network.connections, audit: setup.auditLog(clock, deliveredBy: ledger), inbox: inbox,
            clock: clock, pictures: setup.directories.graphs,
            integrations: setup.integrations, links: setup.settings.links, history: history,
            sharesReads: network.team != nil, team: ledger.map { TeamRecord(ledger: $0) },
            claims: ledger.map { TeamClaimKeeper(ledger: $0, servers: setup.plans.map(\.server)) },
            keep: { [file = setup.preferences] in file.add($0) }, reload: { reloading.read() })
        let loop = MainLoop(
            state: state, terminal: terminal, runner: runner, inbox: inbox, clock: clock,
            editor: setup.editor, keyboard: STDIN_FILENO, signals: signals, restoration: terminal.restoration,
            drawsWithClock: true)
        // Nothing reaches the screen but through the frame: a library that complains is not heard.
        let silence = clinux_open_append("/dev/null")
        if silence >= 0 { clinux_redirect(silence, STDERR_FILENO) }
        if let visit { inbox.post(.began(at: visit)) }
        network.team?.start()
        ledger?.start()
        let end = loop.run()
        ledger?.close()
        network.team?.close()
        // That the operator looked until now, and what changed last.
        runner.finishHistory()
        return end
    }

    /// Prints the first page of the wallboard and exits.
    private func printOnce() throws {
        let setup = try Setup(sources, readsWallboards: true)
        let looks = try setup.looks(theme: look.theme, keymap: look.keymap)
        let profile = try setup.wallboard(named: board.name)
        let network = try setup.connect()
        guard let inbox = Inbox() else {
            throw Failure(.usage, "the system gives no descriptor for the inbox")
        }
        for notice in setup.notices + looks.notices { Console.complain(notice) }
        let isUnicode = TerminalFacts.current().isUnicode
        let clock = network.clock
        let state = State(
            size: Once.size(Setup.environment), now: clock.now, wall: clock.wall, zone: clock.zone,
            backends: network.states(now: clock.now), keymap: looks.keymap, themes: looks.themes,
            themeIndex: looks.themeIndex(colors: 0), isReadOnly: true,
            terminal: Capabilities(colors: 0, unicode: isUnicode, name: ""), screen: profile,
            seed: UInt64(bitPattern: clock.now.nanoseconds))
        let runner = EffectRunner(
            connections: network.connections, audit: setup.auditLog(clock), inbox: inbox, clock: clock,
            pictures: setup.directories.graphs,
            integrations: setup.integrations, links: setup.settings.links)
        let once = Once(network: network, runner: runner, inbox: inbox, timeout: board.timeout)
        let page = once.page(of: state)
        Console.print(page.lines.map { isUnicode ? $0 : $0.inASCII }.joined(separator: "\n"))
        for failure in page.failures { Console.complain(failure) }
        // What is under way is of no use any more.
        Console.exit(page.failures.isEmpty ? .fine : .backendFailed)
    }
}

extension String {
    /// The same for a reader without UTF-8.
    fileprivate var inASCII: String {
        String(decoding: unicodeScalars.map { ASCIIFallback.character(for: $0) }, as: UTF8.self)
    }
}
