import Canvas
import CursesTerminal
import Dashboard
import Domain
import Filter
import Pty

/// A dashboard on a pseudo-terminal as the loop drives it, without servers, threads and a clock of its own.
final class Desk {
    private(set) var state: State
    private let pty: Pty
    private let terminal: CursesTerminal
    private var rendering: Rendering?
    /// The bytes that went to the terminal.
    private(set) var bytes = 0
    /// Whether callgrind counts: nothing is drained meanwhile.
    var isCounting = false

    init() throws {
        guard let pty = Pty(width: 120, height: 40) else { throw CountsFault.noTerminal }
        self.pty = pty
        terminal = try CursesTerminal(
            TerminalEnvironment(term: "xterm-256color"), input: pty.program, output: pty.program)
        let resources = [Provider.alert, Provider.device, Provider.port]
        state = State(
            size: terminal.size, now: Provider.start, wall: Provider.wall, zone: 0,
            backends: [
                BackendState(
                    id: Provider.core, name: "core", title: "LibreNMS", address: "https://core.example.net",
                    resources: resources, commands: [], now: Provider.start),
                BackendState(
                    id: Provider.access, name: "access", title: "Krill",
                    address: "https://access.example.net",
                    resources: [Provider.alert], commands: [], now: Provider.start),
            ],
            keymap: Shipped.keymap, themes: [Shipped.theme],
            terminal: terminal.capabilities)
        tick(0)
        for backend in state.backends {
            let probe = Probe(
                info: ServerInfo(product: backend.title, clock: ServerClock(offset: 0, isCertain: true)),
                resources: backend.resources, commands: [])
            send(.probed(backend.id, .success(probe)))
        }
        refreshed(Provider.core, .alert, Provider.alerts(Provider.core))
        refreshed(Provider.access, .alert, Provider.alerts(Provider.access))
        refreshed(Provider.core, .device, Provider.devices())
        refreshed(Provider.core, .port, Provider.ports())
        press("2")
    }

    var ports: Table? { state.backends.first?.tables[.port] }
    var shownRows: Int { state.pane.arrangement.count }

    /// Presses keys, each with a frame of its own.
    func press(_ spellings: String...) {
        for spelling in spellings {
            guard let key = Key(spelling) else { continue }
            send(.tick(state.now, wall: state.wall, zone: 0))
            send(.read([.key(key)]))
            draw()
        }
    }

    /// Lets so many seconds go on.
    func tick(_ seconds: Int) {
        send(
            .tick(
                state.now + Double(seconds), wall: Timestamp(state.wall.seconds + Int64(seconds)), zone: 0))
        draw()
    }

    /// A server answered.
    func refreshed(_ id: BackendID, _ kind: ResourceKind, _ table: Table) {
        send(.refreshed(id, kind, .success(Refreshed(table: table, completeness: .complete, seconds: 0.3))))
        draw()
    }

    /// Takes what went to the terminal; nothing of it is counted.
    func drain() { bytes += pty.drain(patience: 2_000_000) }

    func close() {
        terminal.close()
        drain()
    }

    private func send(_ event: Event) {
        for effect in reduce(&state, event) {
            guard case .arrange(let listing, let question, let request, let earlier) = effect,
                let made = Arrangement.make(request, refining: earlier)
            else { continue }
            send(.arranged(listing, question: question, made))
        }
    }

    private func draw() {
        let rendering = render(state, after: rendering)
        self.rendering = rendering
        terminal.draw(rendering.frame)
        if !isCounting { drain() }
    }
}

/// Why nothing can be counted.
enum CountsFault: Error {
    case noTerminal
    case wrong(String)
}
