internal import Glibc

/// A theme or keymap as it ships inside the binary, or as the operator wrote it.
public struct NamedFile: Sendable, Hashable {
    /// The name that it is chosen by: the file's without `.toml`.
    public let name: String
    /// What complaints call it: a path, or where it ships.
    public let path: String
    /// What stands in it.
    public let bytes: [UInt8]

    /// Describes a file.
    public init(name: String, path: String, bytes: [UInt8]) {
        self.name = name
        self.path = path
        self.bytes = bytes
    }

    /// Reads a file that is named by its path.
    ///
    /// - Throws: why it can't be read.
    public init(at path: String) throws(Complaint) {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        do throws(OperatorFile.Unreadable) {
            self.init(
                name: last.hasSuffix(".toml") ? String(last.dropLast(5)) : last, path: path,
                bytes: try OperatorFile(path).bytes)
        } catch {
            throw Complaint(.error, path, nil, "it \(error.words)")
        }
    }

    /// The `.toml` files of a directory by name; none when it is not there.
    static func all(in directory: String, complaints: inout [Complaint]) -> [NamedFile] {
        guard let handle = opendir(directory) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".toml"), !name.hasPrefix(".") { names.append(name) }
        }
        var files: [NamedFile] = []
        for name in names.sorted() {
            let path = "\(directory)/\(name)"
            do throws(OperatorFile.Unreadable) {
                files.append(
                    NamedFile(name: String(name.dropLast(5)), path: path, bytes: try OperatorFile(path).bytes)
                )
            } catch {
                complaints.append(Complaint(.error, path, nil, "it \(error.words)"))
            }
        }
        return files
    }
}
