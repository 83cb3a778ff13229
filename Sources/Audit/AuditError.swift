internal import CLinux

/// Why the audit log can't be used; the words name the path and the fix.
public struct AuditError: Error, Sendable, Hashable {
    /// The file or directory that is wrong.
    public let path: String
    /// What is wrong and what to do.
    public let words: String

    init(_ path: String, _ words: String) {
        self.path = path
        self.words = words
    }

    /// Others than those it is meant for can read or change it.
    static func exposed(_ path: String, to whom: String, permissions: UInt32, wanted: String) -> AuditError {
        AuditError(
            path,
            "\(path) can be \(whom) (its mode is \(String(permissions, radix: 8))): "
                + "chmod \(wanted) \(quoted(path))")
    }

    /// The system refused something.
    static func system(_ path: String, _ action: String, _ code: Int32, fix: String? = nil) -> AuditError {
        var buffer = [CChar](repeating: 0, count: 256)
        clinux_error_text(code, &buffer, buffer.count)
        let reason = String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let remedy = fix ?? "make it writable, or set audit.mode = \"best-effort\" to act without a record"
        return AuditError(path, "\(path) \(action): \(reason); \(remedy)")
    }

    /// A path as a shell takes it.
    static func quoted(_ path: String) -> String {
        let plain = path.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "_"),
                UInt8(ascii: "-"), UInt8(ascii: "+"):
                true
            default: false
            }
        }
        return plain
            ? path
            : "'"
                + path.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }
}
