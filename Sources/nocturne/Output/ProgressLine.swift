import AdapterKit
import Canvas
import Domain
import Glibc
import Runtime
import Synchronization

/// One line that says what is waited for, on standard error where that is a terminal; it is gone at the end.
final class ProgressLine: Sendable {
    private struct Content {
        /// The backends that did not answer yet, with how far they are; in the order of the configuration.
        var waiting: [(name: String, words: String)]
        var isShown = false
    }

    private let content: Mutex<Content>
    private let clock: any Clock
    private let start: Instant
    private let write: @Sendable (String) -> Void
    private let width: @Sendable () -> Int

    /// Makes a line for some backends; nothing is written before `tick`.
    init(
        _ backends: [String], clock: any Clock = SystemClock(),
        write: @escaping @Sendable (String) -> Void = { Console.write($0, to: STDERR_FILENO) },
        width: @escaping @Sendable () -> Int = { ProgressLine.terminalWidth }
    ) {
        content = Mutex(Content(waiting: backends.map { ($0, "") }))
        self.clock = clock
        start = clock.now
        self.write = write
        self.width = width
    }

    /// A line where somebody sees it; nil where standard error is no terminal that can take a line back.
    static func onTerminal(_ backends: [String]) -> ProgressLine? {
        let name = Setup.environment["TERM"] ?? ""
        guard isatty(STDERR_FILENO) == 1, !name.isEmpty, name != "dumb" else { return nil }
        return ProgressLine(backends)
    }

    private static var terminalWidth: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Takes how far a backend is.
    func take(_ words: String, of backend: String) {
        content.withLock { content in
            for place in content.waiting.indices where content.waiting[place].name == backend {
                content.waiting[place].words = words
            }
        }
    }

    /// Takes that a backend is not waited for any more.
    func done(_ backend: String) { content.withLock { $0.waiting.removeAll { $0.name == backend } } }

    /// Writes the line as it is now.
    func draw() {
        let seconds = Int64(clock.now - start)
        content.withLock { content in
            let told = content.waiting.filter { !$0.words.isEmpty }.map { "\($0.name): \($0.words)" }
            let silent = content.waiting.filter(\.words.isEmpty).map(\.name)
            let parts =
                told + (silent.isEmpty ? [] : ["waiting for \(silent.joined(separator: ", "))"])
                + [Quantity.duration(seconds)]
            write("\r\(TextLayout.cut(parts.joined(separator: " · "), to: max(1, width() - 1)))\u{1B}[K")
            content.isShown = true
        }
    }

    /// Draws once a second until it is cancelled; what answers at once never shows a line.
    func run() async {
        while !Task.isCancelled {
            do throws(CancellationError) { try await BackendSettings.sleep(1) } catch { return }
            draw()
        }
    }

    /// Takes the line away.
    func clear() {
        content.withLock { content in
            if content.isShown { write("\r\u{1B}[K") }
            content.isShown = false
        }
    }
}
