import Glibc
import Synchronization

/// A program that runs beside the test, started so that it holds no descriptor of its siblings.
///
/// Foundation's `Process` lets a child inherit pipes of others that start at the same moment, which then never
/// end.
final class Program: Sendable {
    private let id: pid_t
    private let words: Int32
    private let isOver = Mutex(false)
    private static let starting = Mutex(())

    /// Starts a program by its path; what it says on standard error can be read.
    init(_ path: String, _ arguments: [String]) throws {
        // One at a time: else a child could inherit a pipe between its making and its marking.
        (id, words) = try Self.starting.withLock { _ in try Self.start(path, arguments) }
    }

    private static func start(_ path: String, _ arguments: [String]) throws -> (pid_t, Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failed(words: "no pipe") }
        ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        // The threads of the tests block signals, and a child would inherit that: nothing could end it.
        var attributes = posix_spawnattr_t()
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var list = ([path] + arguments).map { strdup($0) } + [nil]
        var child = pid_t()
        let failure = posix_spawn(&child, path, &actions, &attributes, &list, environ)
        list.forEach { free($0) }
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
        close(ends[1])
        guard failure == 0 else { throw Failed(words: "\(path) did not start: \(failure)") }
        return (child, ends[0])
    }

    deinit {
        if !isOver.withLock({ $0 }) {
            kill(id, SIGTERM)
            _ = wait()
        }
        close(words)
    }

    private func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(id, &status, 0)
        isOver.withLock { $0 = true }
        return status
    }

    /// Reads what it says until that is enough, or until it says no more.
    func read(until isEnough: (String) -> Bool) -> String {
        var said = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !isEnough(said) {
            let count = Glibc.read(words, &buffer, buffer.count)
            guard count > 0 else { break }
            said += String(decoding: buffer.prefix(count), as: UTF8.self)
        }
        return said
    }

    /// Runs a program to its end.
    static func run(_ path: String, _ arguments: [String]) throws {
        let program = try Program(path, arguments)
        let said = program.read { _ in false }
        guard program.wait() == 0 else { throw Failed(words: said) }
    }

    /// The path of a program that is installed.
    static func path(of name: String) -> String? {
        let folders = getenv("PATH").map { String(cString: $0).split(separator: ":") } ?? []
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}

/// A program did not do what was asked; its own words.
struct Failed: Error {
    let words: String
}
