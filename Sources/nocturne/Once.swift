import CLinux
import Canvas
import Dashboard
import Domain
import Glibc
import Runtime

/// One page of the wallboard as text.
struct Once {
    let network: Network
    let runner: EffectRunner
    let inbox: Inbox
    let timeout: Double

    /// What came of it.
    struct Page {
        /// The rows of the page.
        var lines: [String]
        /// What failed or is missing, a line a backend.
        var failures: [String]
    }

    /// Waits until every server has answered for what is shown, or the time is over, and draws the page.
    func page(of state: State) -> Page {
        let terminal = MemoryTerminal(size: state.size, capabilities: state.terminal)
        let loop = MainLoop(
            state: state, terminal: terminal, runner: runner, inbox: inbox, clock: network.clock)
        let end = network.clock.now + timeout
        loop.turn()
        while !loop.state.isSettled, end - network.clock.now > 0 {
            var bell = inbox.bell
            let wait = min(max(0, min(loop.state.nextWake, end) - network.clock.now), 1)
            _ = clinux_wait(&bell, 1, Int64(wait * 1e9) + 1)
            loop.turn()
        }
        // What the last answer changed may still be sorted off this thread.
        while runner.inFlight > 0, loop.state.isSettled, end - network.clock.now > 0 {
            var bell = inbox.bell
            _ = clinux_wait(&bell, 1, 100_000_000)
            loop.turn()
        }
        return Page(lines: terminal.screen, failures: loop.state.failures)
    }

    /// The size of the page: the terminal's, else the one of `COLUMNS` and `LINES`, else 120 × 40.
    static func size(_ environment: [String: String]) -> Size {
        var size = winsize()
        let isTerminal =
            isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
            && size.ws_col > 0
        func number(_ name: String, _ seen: UInt16, _ usual: Int, _ range: ClosedRange<Int>) -> Int {
            let told = environment[name].flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
            return isTerminal ? Int(seen) : told ?? usual
        }
        return Size(
            number("COLUMNS", size.ws_col, 120, 20...500), number("LINES", size.ws_row, 40, 5...200))
    }
}

extension State {
    /// Whether every server has answered, or failed, for everything that the screen uses.
    var isSettled: Bool {
        backends.allSatisfy { backend in
            if backend.refusedUntil != nil { return true }
            guard backend.info != nil else { return backend.probe.error != nil }
            return backend.resources.filter { kindsInUse.contains($0.kind) }.allSatisfy { resource in
                guard let health = backend.health[resource.kind] else { return false }
                return health.error != nil || (health.arrivedAt != nil && health.askedAt == nil)
            }
        }
    }

    /// What failed or is missing of what the screen uses, a line a backend.
    var failures: [String] {
        backends.compactMap { backend in
            let kinds = kindsInUse
            if let error = backend.trouble(with: kinds) { return "\(backend.name): \(error.words)" }
            guard backend.info != nil else { return "\(backend.name): no answer in time" }
            for resource in backend.resources where kinds.contains(resource.kind) {
                guard let health = backend.health[resource.kind], health.arrivedAt != nil else {
                    return "\(backend.name): no answer about \(resource.plural) in time"
                }
                if case .partial(let words) = health.completeness {
                    return "\(backend.name): \(resource.plural) are incomplete: \(words)"
                }
            }
            return nil
        }
    }
}
