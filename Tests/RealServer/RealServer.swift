import Foundation
import Synchronization

/// A program in a directory of its own, ended and removed when nobody holds it any more.
public final class RealServer: @unchecked Sendable {  // the process is started and ended by one owner
    /// Its directory.
    public let path: String
    /// The port of loopback that it is told to listen at.
    public let port: Int
    private let process = Process()

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - prepare: writes its files below a directory.
    ///   - arguments: its words, by the directory and the port.
    public init(
        _ program: String, prepare: (RealServer) throws -> Void, arguments: (RealServer) -> [String]
    ) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "ns-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
        port = try Self.freePort()
        try prepare(self)
        // Foundation takes it for the end of a process that it closes what it inherited, as daemons do, and from then on waits
        // for that one alone. So a shell stands before it, which cannot be told to end: its signals are blocked.
        process.executableURL = URL(filePath: "/bin/sh")
        process.currentDirectoryURL = url
        let script = #"sh -c 'echo $$ >pid; exec "$0" "$@"' "$0" "$@"; exit $?"#
        process.arguments = ["-c", script, program] + arguments(self)
        _ = FileManager.default.createFile(atPath: "\(path)/log", contents: nil)
        let log = FileHandle(forWritingAtPath: "\(path)/log")
        process.standardOutput = log
        process.standardError = log
        try process.run()
    }

    deinit {
        let number = (try? String(contentsOfFile: "\(path)/pid", encoding: .utf8)) ?? ""
        if let program = Int32(number.filter(\.isNumber)) {
            kill(program, SIGTERM)
        } else {
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Where a program is; nil where it is not installed.
    public static func find(_ name: String) -> String? {
        ["/usr/bin", "/usr/sbin", "/usr/local/bin"].map { "\($0)/\(name)" }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// Writes a file below its directory.
    public func write(_ text: String, to name: String) throws {
        let file = URL(filePath: "\(path)/\(name)")
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// What it printed.
    public var log: String { (try? String(contentsOfFile: "\(path)/log", encoding: .utf8)) ?? "" }

    /// Runs a program to its end, with the directory as its home.
    public func run(_ words: [String]) throws -> (status: Int32, output: String, error: String) {
        let run = Process()
        run.executableURL = URL(filePath: "/usr/bin/env")
        run.arguments =
            [
                "-i", "HOME=\(path)", "XDG_CONFIG_HOME=\(path)/config", "XDG_STATE_HOME=\(path)/state",
                "PATH=/usr/bin:/bin",
            ]
            + words
        run.currentDirectoryURL = URL(filePath: path)
        var handles: [FileHandle] = []
        for name in ["out", "err"] {
            _ = FileManager.default.createFile(atPath: "\(path)/\(name)", contents: nil)
            if let handle = FileHandle(forWritingAtPath: "\(path)/\(name)") { handles.append(handle) }
        }
        run.standardOutput = handles.first
        run.standardError = handles.last
        run.standardInput = FileHandle.nullDevice
        try run.run()
        run.waitUntilExit()
        func text(_ name: String) -> String {
            (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? ""
        }
        return (run.terminationStatus, text("out"), text("err"))
    }

    /// Where the next port is looked for: each process begins elsewhere.
    private static let next = Mutex(Int.random(in: 15_000..<30_000))

    /// A port of loopback that nobody has, below those that the system gives to whoever asks for any: a program takes a
    /// moment until it listens.
    static func freePort() throws -> Int {
        for _ in 0..<1_000 {
            let port = next.withLock { next in
                next += 1
                return next
            }
            if isFree(port) { return port }
        }
        throw CocoaError(.fileWriteUnknown)
    }

    private static func isFree(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = UInt16(port).bigEndian
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
