import CLinux
import Foundation
import Simulator
import Synchronization

/// Many nocturnes as an operations room has them: processes of the built program, each on a terminal and in a home of its own.
///
/// Started and ended by one owner, hence unchecked; the mutex guards what the thread sees.
final class Screens: @unchecked Sendable {
    private struct Seen {
        var terminals: [Int32] = []
        var text: [Int32: String] = [:]
        var isOver = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private static let program = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "nocturne").path

    private let home: URL
    private let seen = Mutex(Seen())
    private var programs: [(pid: Int32, slave: Int32)] = []

    /// Makes room for screens of some servers.
    ///
    /// - Parameters:
    ///   - store: the team's database as an account; nil for screens without a team.
    ///   - intervals: seconds, by list.
    init(
        _ servers: [SimulatedServer], token: String, store: String?, intervals: [String: Int]
    ) throws {
        home = FileManager.default.temporaryDirectory.appending(path: "ns-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try write(token, "token")
        let how = intervals.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
            .joined(separator: ", ")
        var lines = servers.enumerated().map { place, server in
            """
            [[backend]]
            name = "core\(place)"
            kind = "librenms"
            url = "\(server.url ?? "")"
            token = { file = "\(home.path)/token" }
            timezone = "UTC"
            intervals = { \(how) }

            """
        }
        if let store { lines.append("[team]\nurl = \"\(store)\"\n") }
        try write(lines.joined(), "config.toml")
        Thread.detachNewThread { [self] in drain() }
    }

    private func write(_ text: String, _ name: String) throws {
        let file = home.appending(path: name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// Starts one more.
    func start(_ arguments: String...) throws {
        let number = programs.count
        let own = home.appending(path: "\(number)")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: false)
        let user = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var name: UInt32 = 0
        var isLocked: Int32 = 0
        // TIOCSPTLCK and TIOCGPTN.
        guard user >= 0, ioctl(user, 0x4004_5431, &isLocked) == 0, ioctl(user, 0x8004_5430, &name) == 0 else {
            throw CocoaError(.fileReadUnknown)
        }
        let terminal = open("/dev/pts/\(name)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var size = winsize(ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(user, UInt(TIOCSWINSZ), &size)
        let variables = [
            "HOME=\(own.path)", "XDG_CONFIG_HOME=\(own.path)/config", "XDG_STATE_HOME=\(own.path)/state",
            "XDG_RUNTIME_DIR=\(own.path)", "TERM=xterm-256color", "LANG=C.UTF-8", "PATH=/usr/bin:/bin",
            "USER=op\(number)", "SWIFT_BACKTRACE=enable=no",
        ]
        let words =
            ["env", "-i"] + variables + ["setsid", Self.program, "--config", "\(home.path)/config.toml"]
            + arguments
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers: [UnsafePointer<CChar>?] = copies.map { $0.map { UnsafePointer($0) } } + [nil]
        let pid = pointers.withUnsafeBufferPointer { pointers in
            var child = clinux_child()
            child.arguments = pointers.baseAddress
            child.own_session = 0
            (child.input, child.output, child.error) = (terminal, terminal, terminal)
            return clinux_child_start(&child)
        }
        guard pid > 0 else { throw CocoaError(.executableNotLoadable) }
        programs.append((pid, terminal))
        seen.withLock { $0.terminals.append(user) }
    }

    /// How many were started.
    var count: Int { programs.count }

    /// The first of them that has ended, with the last that it said; nil while all live.
    var ended: String? {
        for (place, program) in programs.enumerated() {
            var code: Int32 = 0
            if clinux_child_ended(program.pid, &code) != 0 {
                return seen.withLock {
                    "screen \(place) ended with \(code): \($0.text[$0.terminals[place]] ?? "")"
                }
            }
        }
        return nil
    }

    /// Seconds of processor time that all have used, and their resident bytes.
    var cost: (seconds: Double, resident: Int) {
        programs.reduce((0, 0)) { sum, program in
            (sum.0 + ProcessFigures.seconds(program.pid), sum.1 + ProcessFigures.resident(program.pid))
        }
    }

    /// Waits until some screen has drawn something.
    func drawn() async {
        await withCheckedContinuation { continuation in seen.withLock { $0.waiting.append(continuation) } }
    }

    /// Ends all of them, as a machine that is switched off does.
    func end() {
        for program in programs {
            kill(program.pid, SIGKILL)
            var status: Int32 = 0
            waitpid(program.pid, &status, 0)
            close(program.slave)
        }
        programs = []
        seen.withLock { $0.isOver = true }
        try? FileManager.default.removeItem(at: home)
    }

    /// Reads what the screens draw: one that nobody reads would stand still.
    private func drain() {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let (terminals, isOver) = seen.withLock { ($0.terminals, $0.isOver) }
            // Now and then also when nothing was drawn, for what else is waited for.
            _ = clinux_wait(terminals, Int32(terminals.count), 200_000_000)
            for terminal in terminals where clinux_wait([terminal], 1, 0) > 0 {
                let count = clinux_read(terminal, &buffer, buffer.count)
                guard count > 0 else { continue }
                let text = String(decoding: buffer.prefix(Int(count)), as: UTF8.self)
                seen.withLock { $0.text[terminal] = String(text.suffix(2_000)) }
            }
            let due = seen.withLock { seen in
                defer { seen.waiting = [] }
                return seen.waiting
            }
            for one in due { one.resume() }
            if isOver {
                for terminal in terminals { close(terminal) }
                return
            }
        }
    }
}

/// What the system says of a process.
enum ProcessFigures {
    /// Seconds of processor time that it and its ended children have used.
    static func seconds(_ pid: Int32) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[end...].split(separator: " ").dropFirst().compactMap { Double($0) }
        // State is not a number; behind it user, system, and both of the children at 10 to 13.
        guard fields.count > 13 else { return 0 }
        return fields[10...13].reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Its resident bytes.
    static func resident(_ pid: Int32) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8)) ?? ""
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    /// Its children.
    static func children(_ pid: Int32) -> [Int32] {
        let text =
            (try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)) ?? ""
        return text.split(separator: " ").compactMap { Int32($0) }
    }
}
