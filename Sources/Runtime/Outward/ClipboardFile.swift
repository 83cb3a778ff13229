internal import CLinux
internal import Domain

/// The file that holds what was copied last, for terminals that take no clipboard; for the operator alone.
public struct ClipboardFile: Sendable {
    private let directory: String
    private let shown: String

    /// - Parameters:
    ///   - directory: where it is, made when it is needed.
    ///   - shown: the same as messages name it.
    public init(directory: String, shown: String? = nil) {
        self.directory = directory
        self.shown = shown ?? directory
    }

    /// Writes the file again; gives its path as messages name it.
    func keep(_ bytes: [UInt8]) throws(BackendError) -> String {
        let path = "\(directory)/clipboard"
        let new = "\(path).\(clinux_boot_nanoseconds())"
        func fault(_ code: Int32) -> BackendError {
            var buffer = [CChar](repeating: 0, count: 128)
            clinux_error_text(-code, &buffer, buffer.count)
            let reason = String(
                decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return BackendError(.invalid, "\(shown)/clipboard can't be written: \(reason)")
        }
        let made = clinux_make_directories(directory)
        guard made >= 0 else { throw fault(made) }
        // A name of its own and a rename: the file never stands open to others, not even where it was theirs.
        let file = clinux_open_new(new)
        guard file >= 0 else { throw fault(file) }
        var result = bytes.withUnsafeBytes { clinux_write(file, $0.baseAddress, $0.count) }
        clinux_close(file)
        if result >= 0 { result = clinux_rename(new, path) }
        guard result >= 0 else {
            clinux_remove(new)
            throw fault(result)
        }
        return "\(shown)/clipboard"
    }
}
