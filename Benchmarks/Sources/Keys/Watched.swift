import CLinux
import Glibc
import Pty

/// A program on a pseudo-terminal, and the time of what comes back.
final class Watched {
    /// What came back for something that was typed.
    struct Answer {
        /// Milliseconds until the first byte and until the last.
        var first = 0.0, last = 0.0
        /// Milliseconds until as much had come as the top of a screen has; what sets a terminal up comes before.
        var picture = 0.0
        var bytes = 0
    }

    /// More bytes than set a terminal up, and fewer than a screen has.
    private static let picture = 1_000

    let name: String
    private let pty: Pty
    private let process: pid_t
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    init(_ name: String, _ command: [String], home: String) throws {
        guard let pty = Pty(width: 120, height: 40) else { throw KeysFault.noTerminal }
        self.name = name
        self.pty = pty
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        // POSIX_SPAWN_SETSID: the terminal that is opened then is the one that keys of a shell come from.
        posix_spawnattr_setflags(&attributes, 0x80)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, pty.path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        let environment = [
            "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=\(home)", "XDG_STATE_HOME=\(home)",
            "PATH=/usr/local/bin:/usr/bin:/bin",
        ]
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process = pid_t()
        guard posix_spawn(&process, command[0], &actions, &attributes, &arguments, &variables) == 0 else {
            throw KeysFault.notStarted(command[0])
        }
        self.process = process
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }

    /// Types something, and takes what comes until nothing did for so many milliseconds.
    @discardableResult
    func type(_ keys: String, silence: Int = 60) -> Answer {
        let start = ContinuousClock.now
        send(keys)
        return listen(from: start, silence: silence)
    }

    /// What can be waited for.
    var descriptor: Int32 { pty.user }

    /// Types something, and waits for nothing.
    func send(_ keys: String) {
        let bytes = Array(keys.utf8)
        _ = write(pty.user, bytes, bytes.count)
    }

    /// Takes what is there; gives how many bytes it was.
    func take() -> Int {
        guard clinux_wait([pty.user], 1, 0) > 0 else { return 0 }
        return max(0, Int(clinux_read(pty.user, &buffer, buffer.count)))
    }

    /// Gives the terminal another size.
    func resize(_ width: Int, _ height: Int) -> Answer {
        let start = ContinuousClock.now
        pty.resize(width: width, height: height)
        return listen(from: start, silence: 60)
    }

    /// Takes what comes until nothing did for so many milliseconds, at most for some seconds.
    @discardableResult
    func listen(from start: ContinuousClock.Instant = .now, silence: Int, most seconds: Int = 120) -> Answer {
        var answer = Answer()
        while ContinuousClock.now - start < .seconds(seconds),
            clinux_wait([pty.user], 1, Int64(answer.bytes == 0 ? max(silence, 2_000) : silence) * 1_000_000)
                > 0
        {
            let taken = clinux_read(pty.user, &buffer, buffer.count)
            guard taken > 0 else { break }
            answer.last = (ContinuousClock.now - start) / .milliseconds(1)
            if answer.bytes == 0 { answer.first = answer.last }
            answer.bytes += Int(taken)
            if answer.bytes >= Self.picture, answer.picture == 0 { answer.picture = answer.last }
        }
        return answer
    }

    func end() {
        kill(process, SIGTERM)
        listen(silence: 100, most: 3)
        var status: Int32 = 0
        if waitpid(process, &status, WNOHANG) == 0 {
            kill(process, SIGKILL)
            waitpid(process, &status, 0)
        }
    }
}

/// Why nothing can be measured.
enum KeysFault: Error {
    case noTerminal
    case notStarted(String)
    case noServer
}
