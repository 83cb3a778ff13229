internal import CLinux
public import Dashboard

/// The operator's own editor, for a form that is too much for one line.
///
/// Its file is for the operator alone and goes when the editor ends. The editor stays in our process group, with the
/// terminal: in a group of its own it would be stopped as soon as it read a key. Used on the main thread only.
public struct ExternalEditor: Sendable {
    private let command: String
    private let directory: String
    private let withheld: [String]
    private let write: @Sendable (Draft) -> String
    private let read: @Sendable (String, Draft) -> Edited

    /// Describes an editor.
    ///
    /// - Parameters:
    ///   - command: as in `EDITOR`; the shell takes it apart.
    ///   - directory: where the file is put.
    ///   - withheld: the variables that the editor must not see: those with our secrets.
    ///   - write: a form as text.
    ///   - read: the text as answers.
    public init(
        command: String, directory: String, withheld: [String],
        write: @escaping @Sendable (Draft) -> String, read: @escaping @Sendable (String, Draft) -> Edited
    ) {
        self.command = command
        self.directory = directory
        self.withheld = withheld
        self.write = write
        self.read = read
    }

    /// Writes a form and starts the editor on it, in our process group and with the terminal.
    ///
    /// - Throws: when that is not possible, with the reason.
    func begin(_ session: Int, _ draft: Draft) throws(EditorFault) -> Guest {
        _ = clinux_make_directories(directory)
        let path = try fill(Array(write(draft).utf8))
        let arguments = ["/bin/sh", "-c", "\(command) \"$1\"", "nocturne", path]
        let process = Program(arguments: arguments, withheld: withheld).start(.terminal)
        guard process > 0 else {
            _ = clinux_remove(path)
            throw EditorFault("the editor can't be started: \(Program.words(-process))")
        }
        return Guest(process: process) { ending in
            .edited(session: session, end(ending.code, path, draft))
        } abandoned: {
            _ = clinux_remove(path)
        }
    }

    /// What an editor gave back that ended with a code; its file is gone afterwards.
    private func end(_ code: Int32, _ path: String, _ draft: Draft) -> Edited {
        defer { _ = clinux_remove(path) }
        guard code != 127 else {
            return .abandoned("the editor \(command) can't be found: set EDITOR to one that is there")
        }
        guard code == 0 else { return .abandoned("the editor ended with \(code): the form is as it was") }
        guard let text = Self.contents(of: path) else {
            return .abandoned("what the editor wrote can't be read: the form is as it was")
        }
        return read(text, draft)
    }

    /// A new file with the text, readable for nobody else.
    private func fill(_ bytes: [UInt8]) throws(EditorFault) -> String {
        for _ in 0..<8 {
            let path = "\(directory)/form-\(String(UInt64.random(in: .min ... .max), radix: 36)).toml"
            let file = clinux_open_new(path)
            if file == -17 { continue }  // EEXIST
            guard file >= 0 else { throw EditorFault("\(path) can't be written: \(Program.words(-file))") }
            let written = bytes.withUnsafeBytes { clinux_write(file, $0.baseAddress, $0.count) }
            _ = clinux_close(file)
            if written >= 0 { return path }
            _ = clinux_remove(path)
            throw EditorFault("\(path) can't be written: \(Program.words(-written))")
        }
        throw EditorFault("there is no free name for a file in \(directory)")
    }

    private static func contents(of path: String) -> String? {
        let file = clinux_open_read(path)
        guard file >= 0 else { return nil }
        defer { _ = clinux_close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < 4 << 20 {
            let count = clinux_read(file, &buffer, buffer.count)
            guard count >= 0 else { return nil }
            if count == 0 { return String(validating: bytes, as: UTF8.self) }
            bytes += buffer.prefix(Int(count))
        }
        return nil
    }
}

/// Why a form can't be given to an editor.
struct EditorFault: Error {
    let words: String
    init(_ words: String) { self.words = words }
}
