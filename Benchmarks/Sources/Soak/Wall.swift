import AdapterKit
import Audit
import BondingAdapter
import CLinux
import Canvas
import Configuration
import CurlTransport
import CursesTerminal
import Dashboard
import Domain
import Glibc
import HTTP
import KrillAdapter
import LibreNMSAdapter
import Presets
import Pty
import Runtime
import Wallboard

/// The wallboard as the program puts it together: the real transport, loop and terminal; only its clock is moved.
final class Wall {
    let clock: SoakClock
    let directory: String
    let loop: MainLoop
    let runner: EffectRunner
    private let pty: Pty
    private let terminal: CursesTerminal
    private let inbox: Inbox
    private let signals: (read: Int32, write: Int32)

    init(_ servers: [Provider.Server], at start: Int, in directory: String) throws {
        guard let pty = Pty(width: 80, height: 24), let inbox = Inbox() else { throw SoakFault.noTerminal }
        let clock = SoakClock(at: start)
        let network = try CurlNetwork(version: "soak")
        // As with --wallboard: there is nothing that a command could leave by.
        network.gate.seal(because: "a wallboard is read-only")
        let adapters = [LibreNMS.descriptor, Krill.descriptor, Bonding.descriptor]
        var connections: [Connection] = []
        for server in servers {
            guard let adapter = adapters.first(where: { $0.kind == server.kind }),
                let (origin, _) = Origin.parse(server.url)
            else { throw SoakFault.noAdapter(server.kind) }
            let endpoint = Endpoint(origin: origin, basePath: adapter.basePath, proxy: "")
            let settings = BackendSettings(
                id: BackendID(connections.count), name: server.name, endpoint: endpoint, user: server.user,
                secret: Secret(server.token), now: { clock.wall })
            let backend = network.backend(server.name, at: endpoint)
            connections.append(
                Connection(
                    settings: settings, title: adapter.title,
                    adapter: adapter.make(settings, backend.reader(declaring: adapter.reads)), commander: nil)
            )
        }
        terminal = try CursesTerminal(
            TerminalEnvironment(term: "xterm-256color"), input: pty.program, output: pty.program)
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        signals = (ends[0], ends[1])
        let themes = ThemeLibrary(
            shipped: Presets.themes.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) },
            directory: "/nonexistent")
        let keymaps = KeymapLibrary(
            shipped: Presets.keymaps.map { NamedFile(name: $0.name, path: $0.name, bytes: $0.bytes) },
            directory: "/nonexistent")
        let states = zip(connections, servers).map { connection, server in
            BackendState(
                id: connection.settings.id, name: server.name, title: connection.title, address: server.url,
                mode: .readOnly, resources: connection.adapter.resources,
                commands: connection.adapter.commands, now: clock.now)
        }
        let state = State(
            size: terminal.size, now: clock.now, wall: clock.wall, zone: clock.zone, backends: states,
            keymap: keymaps.keymap("default", actions: []).keymap, themes: themes.themes, isReadOnly: true,
            terminal: terminal.capabilities, screen: WallboardProfile.standard)
        let audit = AuditLog(
            path: "\(directory)/audit.jsonl", identity: .current(connection: nil), now: { clock.wall })
        runner = EffectRunner(
            connections: connections, audit: audit, inbox: inbox, clock: clock,
            pictures: "\(directory)/graphs",
            integrations: Integrations(clipboard: ClipboardFile(directory: directory)))
        loop = MainLoop(
            state: state, terminal: terminal, runner: runner, inbox: inbox, clock: clock,
            keyboard: pty.program, signals: ends[0])
        self.clock = clock
        self.directory = directory
        self.pty = pty
        self.inbox = inbox
    }

    /// Gives the terminal another size, as a window manager does.
    func resize(_ width: Int, _ height: Int) -> Int {
        pty.resize(width: width, height: height)
        var record = [UInt8](repeating: 0, count: 128)
        record[0] = UInt8(SIGWINCH)
        _ = write(signals.write, record, record.count)
        loop.turn()
        return pty.drain()
    }

    /// Takes in what happens for so many real seconds, at least once; gives the bytes that it brought.
    func run(until end: ContinuousClock.Instant) -> Int {
        var bytes = 0
        repeat {
            loop.turn()
            bytes += pty.drain()
            let rest = end - .now
            guard rest > .zero else { break }
            let components = rest.components
            var bell = inbox.bell
            _ = clinux_wait(
                &bell, 1, components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
        } while ContinuousClock.now < end
        return bytes
    }

    /// Gives the terminal back.
    func close() { terminal.close() }
}

/// Why a soak can't begin.
enum SoakFault: Error {
    case noTerminal
    case noAdapter(String)
}
