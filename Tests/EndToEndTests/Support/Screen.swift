import Foundation
import Testing

/// A terminal with a shell in it: a tmux of its own, driven by keys and looked at by its text.
final class Screen: Sendable {
    let scratch: Scratch
    private let socket: String
    /// Gets a byte whenever the terminal got some: the sign to look again.
    private let news: Int32

    /// Opens a terminal with a shell that waits for commands.
    init(
        _ scratch: Scratch, width: Int = 120, height: Int = 30, adding variables: [String: String] = [:]
    ) async throws {
        self.scratch = scratch
        socket = "\(scratch.path)/tmux"
        let fifo = "\(scratch.path)/news"
        guard mkfifo(fifo, 0o600) == 0 else { throw CocoaError(.fileWriteUnknown) }
        // For reading and writing, so that opening does not wait and its end never comes.
        news = open(fifo, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        let environment = scratch.environment.merging(variables) { $1 }
        let shell =
            ["env", "-i"] + environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + [
                "sh", "-i",
            ]
        try await tmux(
            ["-f", "/dev/null", "new-session", "-d", "-c", scratch.path, "-x", "\(width)", "-y", "\(height)"]
                + shell)
        try await tmux(["set-option", "-g", "window-size", "manual"])
        try await tmux(["pipe-pane", "-O", "exec cat >'\(fifo)'"])
        await until(shows: "ready>")
    }

    deinit { Glibc.close(news) }

    /// Ends the terminal and what runs in it.
    func close() async { _ = try? await tmux(["kill-server"]) }

    @discardableResult
    func tmux(_ words: [String]) async throws -> String {
        try await scratch.run(["tmux", "-u", "-S", socket] + words).output
    }

    // MARK: Doing

    /// Types a line of shell and Enter.
    func enter(_ line: String) async throws {
        try await tmux(["send-keys", "-l", line])
        try await tmux(["send-keys", "Enter"])
    }

    /// Starts nocturne; its process is known by `pid`.
    func start(_ arguments: String) async throws {
        try await enter("clear; sh -c 'echo $$ >pid; exec \(Scratch.program) \(arguments)'")
    }

    /// Presses keys as tmux spells them.
    func press(_ keys: String...) async throws {
        for key in keys { try await tmux(["send-keys", key]) }
    }

    func type(_ text: String) async throws { try await tmux(["send-keys", "-l", text]) }

    func resize(to width: Int, _ height: Int) async throws {
        try await tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
    }

    /// The process that was started.
    var pid: Int32 { Int32(scratch.text(of: "pid").filter(\.isNumber)) ?? 0 }

    // MARK: Looking

    /// The text of the terminal; with its colours where they are wanted.
    func text(withColors: Bool = false) async -> String {
        (try? await tmux(["capture-pane", "-p"] + (withColors ? ["-e"] : []))) ?? ""
    }

    /// A variable of tmux about the terminal, such as `alternate_on`.
    func fact(_ name: String) async throws -> String {
        try await tmux(["display-message", "-p", "#{\(name)}"]).filter { !$0.isWhitespace }
    }

    /// Waits until a text is there.
    func until(shows text: String, at place: SourceLocation = #_sourceLocation) async {
        await until("the screen shows “\(text)”", at: place) { $0.contains(text) }
    }

    /// Waits until something has come true of the text; says what is there when it never does.
    @discardableResult
    func until(
        _ words: String, at place: SourceLocation = #_sourceLocation, _ isMet: (String) -> Bool
    ) async -> Bool {
        var text = ""
        // More looks than any answer takes: only a test that fails comes to the end.
        for _ in 0..<100 {
            text = await self.text()
            if isMet(text) { return true }
            await somethingNew()
        }
        Issue.record("it is not so that \(words); the screen:\n\(text)", sourceLocation: place)
        return false
    }

    /// Waits until the terminal got bytes, a quarter of a second at most.
    private func somethingNew() async {
        let news = news
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var watched = pollfd(fd: news, events: Int16(POLLIN), revents: 0)
                _ = poll(&watched, 1, 250)
                var bytes = [UInt8](repeating: 0, count: 65_536)
                while read(news, &bytes, bytes.count) > 0 {}
                continuation.resume()
            }
        }
    }

    // MARK: The state of the line

    /// What `stty -g` says now, asked by the shell.
    func modes() async throws -> String {
        // A mark of its own: an earlier answer may still be on the screen when the shell has not read the line yet.
        let mark = Int.random(in: 1_000..<1_000_000)
        try await enter("clear; stty -g >modes; echo asked-\(mark)-$?")
        await until(shows: "asked-\(mark)-0")
        let modes = scratch.text(of: "modes")
        #expect(modes.contains(":"))
        return modes
    }

    /// Expects the terminal as the shell left it, and gives the exit status of what ran.
    func expectSane(_ modes: String, at place: SourceLocation = #_sourceLocation) async throws -> String {
        await until("the shell is back", at: place) { $0.contains("ready>") }
        let mark = Int.random(in: 1_000..<1_000_000)
        let answer = try Regex("left-\(mark)-([0-9]+)\\.", as: (Substring, Substring).self)
        try await enter("echo \"left-\(mark)-$?.\"")
        var status = ""
        await until("the shell says what was left", at: place) {
            guard let found = $0.firstMatch(of: answer) else { return false }
            status = String(found.1)
            return true
        }
        #expect(try await fact("alternate_on") == "0", sourceLocation: place)
        #expect(try await fact("cursor_flag") == "1", sourceLocation: place)
        #expect(try await fact("mouse_any_flag") == "0", sourceLocation: place)
        #expect(try await fact("keypad_flag") == "0", sourceLocation: place)
        #expect(try await self.modes() == modes, sourceLocation: place)
        return status
    }
}

/// Runs a story on a terminal of its own, and ends it afterwards.
///
/// - Parameter scratch: a home that was prepared for it; nil makes a new one.
func withScreen(
    _ scratch: Scratch? = nil, width: Int = 120, height: Int = 30, adding variables: [String: String] = [:],
    _ story: (Screen) async throws -> Void
) async throws {
    let screen = try await Screen(scratch ?? Scratch(), width: width, height: height, adding: variables)
    let result: Result<Void, any Error>
    do { result = .success(try await story(screen)) } catch { result = .failure(error) }
    await screen.close()
    try result.get()
}
