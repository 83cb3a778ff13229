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

    /// A form that is being edited.
    struct EditSession {
        let session: Int
        let process: Int32
        fileprivate let path: String
        fileprivate let draft: Draft
    }

    /// Writes a form and starts the editor on it.
    ///
    /// - Throws: when that is not possible, with the reason.
    func begin(_ session: Int, _ draft: Draft) throws(EditorFault) -> EditSession {
        _ = clinux_make_directories(directory)
        let path = try fill(Array(write(draft).utf8))
        let process = start([
            "/bin/sh", "-c", "\(command) \"$1\"", "nocturne", path,
        ])
        guard process > 0 else {
            _ = clinux_remove(path)
            throw EditorFault("the editor can't be started: \(Self.words(-process))")
        }
        return EditSession(session: session, process: process, path: path, draft: draft)
    }

    /// What became of a sitting; nil while the editor runs, and its file is gone afterwards.
    func end(_ sitting: EditSession) -> Edited? {
        var code: Int32 = 0
        guard clinux_child_ended(sitting.process, &code) != 0 else { return nil }
        defer { _ = clinux_remove(sitting.path) }
        guard code != 127 else {
            return .abandoned("the editor \(command) can't be found: set EDITOR to one that is there")
        }
        guard code == 0 else { return .abandoned("the editor ended with \(code): the form is as it was") }
        guard let text = Self.contents(of: sitting.path) else {
            return .abandoned("what the editor wrote can't be read: the form is as it was")
        }
        return read(text, sitting.draft)
    }

    /// Ends the editor and takes its file away, because the program ends.
    ///
    /// The shell that started it may stand between: whatever it started would go on reading the terminal.
    func abandon(_ sitting: EditSession) {
        clinux_child_dismiss(sitting.process, 2_000_000_000)
        _ = clinux_remove(sitting.path)
    }

    /// A new file with the text, readable for nobody else.
    private func fill(_ bytes: [UInt8]) throws(EditorFault) -> String {
        for _ in 0..<8 {
            let path = "\(directory)/form-\(String(UInt64.random(in: .min ... .max), radix: 36)).toml"
            let file = clinux_open_new(path)
            if file == -17 { continue }  // EEXIST
            guard file >= 0 else { throw EditorFault("\(path) can't be written: \(Self.words(-file))") }
            let written = bytes.withUnsafeBytes { clinux_write(file, $0.baseAddress, $0.count) }
            _ = clinux_close(file)
            if written >= 0 { return path }
            _ = clinux_remove(path)
            throw EditorFault("\(path) can't be written: \(Self.words(-written))")
        }
        throw EditorFault("there is no free name for a file in \(directory)")
    }

    private func start(_ arguments: [String]) -> Int32 {
        CStrings.with(arguments) { arguments in
            CStrings.with(withheld) { withheld in
                var child = clinux_child()
                child.arguments = arguments
                child.withheld = withheld
                child.own_session = 0
                child.input = Int32(clinux_inherit)
                child.output = Int32(clinux_inherit)
                // Standard error may lead away from the screen while the screen is ours.
                child.error = 1
                return clinux_child_start(&child)
            }
        }
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

    private static func words(_ error: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        clinux_error_text(error, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Why a form can't be given to an editor.
struct EditorFault: Error {
    let words: String
    init(_ words: String) { self.words = words }
}
