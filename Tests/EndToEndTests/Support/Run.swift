import CLinux
import Foundation

/// A program that ran to its end.
struct Run: Sendable {
    let status: Int32
    let output: String
    let error: String

    /// The output as a list of objects; nil when it is no such JSON.
    var rows: [[String: Any]]? {
        (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [[String: Any]]
    }
}

extension Scratch {
    /// Runs nocturne to its end, without a terminal.
    func nocturne(_ arguments: String..., adding variables: [String: String] = [:]) async throws -> Run {
        try await run([Self.program] + arguments, adding: variables)
    }

    /// Runs a line of shell to its end.
    func shell(_ line: String, adding variables: [String: String] = [:]) async throws -> Run {
        try await run(["sh", "-c", line], adding: variables)
    }

    /// Runs a program to its end, at most a minute, on a thread of its own.
    func run(_ words: [String], adding variables: [String: String] = [:]) async throws -> Run {
        let environment = environment.merging(variables) { $1 }.sorted { $0.key < $1.key }
        let whole =
            ["env", "-i"] + environment.map { "\($0.key)=\($0.value)" } + ["timeout", "-k", "1", "60"] + words
        let base = "\(path)/run-\(UUID().uuidString.prefix(8))"
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try Self.run(whole, base) }) }
        }
    }

    /// Foundation's `Process` waits for whatever the program leaves running, such as a server of tmux.
    private static func run(_ words: [String], _ base: String) throws -> Run {
        // Files instead of pipes: nothing has to be read while it runs.
        let output = open("\(base).out", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        let error = open("\(base).err", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        defer {
            close(output)
            close(error)
            unlink("\(base).out")
            unlink("\(base).err")
        }
        let copies = words.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let arguments: [UnsafePointer<CChar>?] = copies.map { $0.map { UnsafePointer($0) } } + [nil]
        let pid = arguments.withUnsafeBufferPointer { arguments in
            var child = clinux_child()
            child.arguments = arguments.baseAddress
            child.input = Int32(clinux_null)
            child.output = output
            child.error = error
            return clinux_child_start(&child)
        }
        guard pid > 0 else { throw CocoaError(.executableNotLoadable) }
        var ended: Int32 = 0
        while waitpid(pid, &ended, 0) < 0, errno == EINTR {}
        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: URL(filePath: "\(base).\(name)")), as: UTF8.self)
        }
        let signal = ended & 0x7F
        return Run(
            status: signal == 0 ? ended >> 8 & 0xFF : 128 + signal, output: try text("out"),
            error: try text("err"))
    }
}
