internal import CLinux
internal import Domain
internal import Glibc

/// The directory that the operator's saved pictures go to; nothing in it is ever overwritten.
struct PictureAlbum: Sendable {
    let directory: String

    /// Writes a file under a name that no other has, readable by others; gives its path.
    func keep(_ bytes: [UInt8], as name: String, ending: String = "png") throws(BackendError) -> String {
        let made = clinux_make_directories(directory)
        guard made >= 0 else { throw Self.error("\(directory) can't be made", made) }
        for number in 1...100 {
            let path = "\(directory)/\(name)\(number == 1 ? "" : "-\(number)").\(ending)"
            let file = clinux_open_export(path)
            if file == -EEXIST { continue }
            guard file >= 0 else { throw Self.error("\(path) can't be made", file) }
            let written = bytes.withUnsafeBytes { clinux_write(file, $0.baseAddress, $0.count) }
            clinux_close(file)
            guard written >= 0 else {
                clinux_remove(path)
                throw Self.error("\(path) can't be written", written)
            }
            return path
        }
        throw BackendError(.invalid, "\(directory) is full of files called \(name): move some away")
    }

    /// A name for a file: what it shows and when, in characters that every file system and shell takes.
    static func name(_ words: [String]) -> String {
        let parts = words.map { word in
            String(
                word.unicodeScalars.map { scalar -> Character in
                    let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
                    return isPlain || scalar == "." ? Character(scalar) : "-"
                }.prefix(60))
        }
        let name = parts.joined(separator: "_")
        // A file that begins with a dot would not be seen.
        return name.first == "." ? "-" + name : name
    }

    private static func error(_ words: String, _ code: Int32) -> BackendError {
        var buffer = [CChar](repeating: 0, count: 128)
        clinux_error_text(code, &buffer, buffer.count)
        let reason = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return BackendError(.invalid, "\(words): \(reason)")
    }
}
