internal import CLinux
internal import Glibc

/// A file that the operator wrote, as it was read.
struct OperatorFile: Sendable {
    /// The largest file that is read.
    static let limit = 1 << 20

    let bytes: [UInt8]
    /// The lower bits of its mode.
    let permissions: UInt32

    /// Whether anybody but its owner can read it.
    var isExposed: Bool { permissions & 0o077 != 0 }
    /// Whether anybody at all can change it.
    var isWritableByAll: Bool { permissions & 0o002 != 0 }
    /// The mode as `chmod` takes it.
    var mode: String { String(permissions, radix: 8) }

    /// Reads a whole file.
    ///
    /// - Throws: why it can't be read, in words that follow its path.
    init(_ path: String) throws(Unreadable) {
        let descriptor = clinux_open_read(path)
        guard descriptor >= 0 else { throw Unreadable(descriptor) }
        defer { clinux_close(descriptor) }
        var facts = clinux_file_facts()
        let looked = clinux_facts(descriptor, &facts)
        guard looked >= 0 else { throw Unreadable(looked) }
        guard facts.is_regular != 0 else { throw Unreadable(words: "is not a file", isAbsent: false) }
        permissions = facts.permissions
        // In pieces: most files are small, and room for the largest would be cleared first.
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count <= Self.limit {
            let got = piece.withUnsafeMutableBytes { clinux_read(descriptor, $0.baseAddress, $0.count) }
            guard got >= 0 else { throw Unreadable(Int32(truncatingIfNeeded: got)) }
            if got == 0 { break }
            bytes += piece[..<Int(got)]
        }
        guard bytes.count <= Self.limit else {
            throw Unreadable(words: "is larger than \(Self.limit >> 20) MB", isAbsent: false)
        }
        self.bytes = bytes
    }

    /// Why a file can't be read.
    struct Unreadable: Error, Sendable, Hashable {
        /// Words that follow the path.
        let words: String
        /// Whether there is no such file.
        let isAbsent: Bool

        init(words: String, isAbsent: Bool) {
            self.words = words
            self.isAbsent = isAbsent
        }

        /// From what the shim answers.
        init(_ code: Int32) {
            var buffer = [CChar](repeating: 0, count: 256)
            clinux_error_text(code, &buffer, buffer.count)
            let reason = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            words = "can't be read: \(String(decoding: reason, as: UTF8.self))"
            isAbsent = code == -ENOENT
        }
    }

    /// A path as a shell takes it, for words that say what to type.
    static func quoted(_ path: String) -> String {
        let plain = path.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+".contains($0)) }
        if plain { return path }
        return "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
            + "'"
    }
}
