import Foundation

/// A PostgreSQL on loopback with a team's database and accounts; ended and removed when nobody holds it any more.
public final class Postgres: @unchecked Sendable {  // started, killed and ended by one owner
    /// Its port of loopback.
    public let port: Int
    private let bin: String
    private let path: String
    private var isSmall = false

    /// Where PostgreSQL's programs are; nil where it is not installed.
    public static let programs: String? = {
        let base = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        return versions.compactMap { Int($0) }.sorted(by: >).map { "\(base)/\($0)/bin" }.first {
            FileManager.default.isExecutableFile(atPath: "\($0)/initdb")
        }
    }()

    /// Makes and starts one, with the accounts `noc` and `wall` beside the owner `postgres`.
    public convenience init() throws {
        try self.init { bin, path in
            [
                "\(bin)/initdb", "-D", "\(path)/data", "-A", "trust", "-U", "postgres", "--no-sync", "-E",
                "UTF8", "--locale=C",
            ]
        }
    }

    /// Makes and starts one that follows another, until it is promoted.
    public convenience init(following other: Postgres) throws {
        try self.init { bin, path in
            [
                "\(bin)/pg_basebackup", "-h", "127.0.0.1", "-p", "\(other.port)", "-U", "postgres", "-D",
                "\(path)/data", "-R", "-X", "stream", "--checkpoint=fast", "--no-sync",
            ]
        }
    }

    private init(_ making: (_ bin: String, _ path: String) -> [String]) throws {
        bin = Self.programs ?? ""
        port = try RealServer.freePort()
        path =
            FileManager.default.temporaryDirectory.appending(path: "pg-\(UUID().uuidString.prefix(8))").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        own(path)
        try must(making(bin, path))
        try start()
    }

    /// It refuses to run as root.
    private func own(_ path: String) {
        guard getuid() == 0, let account = getpwnam("postgres") else { return }
        chown(path, account.pointee.pw_uid, account.pointee.pw_gid)
    }

    deinit {
        _ = try? run(["\(bin)/pg_ctl", "-D", "\(path)/data", "-m", "immediate", "stop"])
        if isSmall { umount("\(path)/small") }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Starts it, and returns when it answers.
    public func start(_ more: String = "") throws {
        let options =
            "-p \(port) -c listen_addresses=127.0.0.1 -c unix_socket_directories=\(path) -c fsync=off "
            + "-c max_connections=400 \(more)"
        let words = [
            "\(bin)/pg_ctl", "-D", "\(path)/data", "-w", "-l", "\(path)/log", "-o", options, "start",
        ]
        // The children of one that was killed may still be about.
        for _ in 0..<20 where try run(words).status == 0 { return }
        try must(words)
    }

    /// The process that serves who connects; nil while it does not run.
    public var process: Int32? {
        let file = try? String(contentsOfFile: "\(path)/data/postmaster.pid", encoding: .utf8)
        return file?.split(separator: "\n").first.flatMap { Int32($0) }
    }

    /// Ends it as a crash does; its children follow by themselves.
    public func kill() { if let process { Foundation.kill(process, SIGKILL) } }

    /// Makes one that follows the one that is written.
    public func promote() throws { try must(["\(bin)/pg_ctl", "-D", "\(path)/data", "-w", "promote"]) }

    /// Moves a table to a disk of so many megabytes; false where that is not permitted here.
    public func shrink(_ table: String, to megabytes: Int) throws -> Bool {
        let small = "\(path)/small"
        try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: false)
        guard mount("tmpfs", small, "tmpfs", 0, "size=\(megabytes)m") == 0 else { return false }
        isSmall = true
        own(small)
        try sql("CREATE TABLESPACE small LOCATION '\(small)'")
        try sql("ALTER TABLE \(table) SET TABLESPACE small")
        return true
    }

    /// Gives that disk so many megabytes.
    public func enlarge(to megabytes: Int) {
        _ = mount("tmpfs", "\(path)/small", "tmpfs", UInt(MS_REMOUNT), "size=\(megabytes)m")
    }

    /// Stops those who serve an account, as a machine that hangs does, or lets them go on.
    public func hang(_ account: String, _ hangs: Bool) throws {
        for line in try sql("SELECT pid FROM pg_stat_activity WHERE usename = '\(account)'").split(
            separator: "\n")
        {
            if let number = pid_t(line) { Foundation.kill(number, hangs ? SIGSTOP : SIGCONT) }
        }
    }

    /// Ends it in order, for a restart.
    public func stop() throws {
        try must(["\(bin)/pg_ctl", "-D", "\(path)/data", "-m", "fast", "-w", "stop"])
    }

    /// The address of the team's database, as an account.
    public func url(as account: String) -> String { "postgresql://\(account)@127.0.0.1:\(port)/postgres" }

    /// Runs SQL as the owner and gives what it prints, without titles.
    @discardableResult
    public func sql(_ statement: String, in database: String = "postgres") throws -> String {
        try must([
            "\(bin)/psql", "-h", "127.0.0.1", "-p", "\(port)", "-U", "postgres", "-v", "ON_ERROR_STOP=1",
            "-Atc",
            statement, database,
        ])
    }

    /// Everything that is in the database, large values as their text.
    public func dump(of database: String = "postgres") throws -> String {
        // A dump of pg_dump shows bytes as hexadecimal digits, in which no word can be found.
        let rows = try sql(
            """
            SELECT a.*, convert_from(body, 'UTF8') FROM nocturne.answers AS a;
            """, in: database)
        let all = try must([
            "\(bin)/pg_dump", "-h", "127.0.0.1", "-p", "\(port)", "-U", "postgres", database,
        ])
        return rows + all
    }

    @discardableResult
    private func must(_ words: [String]) throws -> String {
        let (status, output) = try run(words)
        guard status == 0 else { throw Failure(words: "\(words.prefix(1)): \(output)") }
        return output
    }

    private func run(_ words: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let account =
            getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
        // What stays behind as a daemon must hold no descriptor of ours: the end of the program is seen by one.
        let closing =
            "for f in /proc/self/fd/*; do n=${f##*/}; [ $n -lt 3 ] || eval \"exec $n>&-\"; done; exec \"$@\""
        process.arguments = account + ["bash", "-c", closing, "bash"] + words
        process.currentDirectoryURL = URL(filePath: path)
        let name = "\(path).out-\(UUID().uuidString.prefix(8))"
        _ = FileManager.default.createFile(atPath: name, contents: nil)
        defer { try? FileManager.default.removeItem(atPath: name) }
        let file = FileHandle(forWritingAtPath: name)
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, (try? String(contentsOfFile: name, encoding: .utf8)) ?? "")
    }

    private struct Failure: Error, CustomStringConvertible {
        let words: String
        var description: String { words }
    }
}
