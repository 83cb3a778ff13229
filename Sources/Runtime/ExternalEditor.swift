internal import CLinux
public import Dashboard
internal import Domain

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
        try begin(on: write(draft), name: "form", ending: "toml") { result in
            switch result {
            case .success(let text): .edited(session: session, read(text, draft))
            case .failure(let fault):
                .edited(session: session, .abandoned("\(fault.words): the form is as it was"))
            }
        }
    }

    /// Writes a text and starts the editor on it.
    ///
    /// - Throws: when that is not possible, with the reason.
    func begin(_ text: String) throws(EditorFault) -> Guest {
        try begin(on: text, name: "text", ending: "md") { result in
            .textEdited(
                result.mapError { BackendError(.invalid, "\($0.words): the text is as it was") })
        }
    }

    /// Writes a file and starts the editor on it, in our process group and with the terminal; the file is gone
    /// afterwards.
    private func begin(
        on text: String, name: String, ending: String,
        then event: @escaping (Result<String, EditorFault>) -> Event
    ) throws(EditorFault) -> Guest {
        _ = clinux_make_directories(directory)
        let path = try fill(Array(text.utf8), name: name, ending: ending)
        let arguments = ["/bin/sh", "-c", "\(command) \"$1\"", "nocturne", path]
        let process = Program(arguments: arguments, withheld: withheld).start(.terminal)
        guard process > 0 else {
            _ = clinux_remove(path)
            throw EditorFault("the editor can't be started: \(Program.words(-process))")
        }
        return Guest(process: process) { ending in
            event(end(ending.code, path))
        } abandoned: {
            _ = clinux_remove(path)
        }
    }

    /// What an editor wrote that ended with a code; its file is gone afterwards.
    private func end(_ code: Int32, _ path: String) -> Result<String, EditorFault> {
        defer { _ = clinux_remove(path) }
        guard code != 127 else {
            return .failure(
                EditorFault("the editor \(command) can't be found; set EDITOR to one that is there"))
        }
        guard code == 0 else { return .failure(EditorFault("the editor ended with \(code)")) }
        guard let text = Self.contents(of: path) else {
            return .failure(EditorFault("what the editor wrote can't be read"))
        }
        return .success(text)
    }

    /// A new file with the text, readable for nobody else.
    private func fill(_ bytes: [UInt8], name: String, ending: String) throws(EditorFault) -> String {
        for _ in 0..<8 {
            let number = String(UInt64.random(in: .min ... .max), radix: 36)
            let path = "\(directory)/\(name)-\(number).\(ending)"
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

/// Why something can't be given to an editor, or did not come back from it.
struct EditorFault: Error {
    let words: String
    init(_ words: String) { self.words = words }
}
