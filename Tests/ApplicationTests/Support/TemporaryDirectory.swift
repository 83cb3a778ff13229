import Foundation

/// A directory of a test's own, gone when nobody holds it any more.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "nocturne-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What a file in it holds; empty when it is not there.
    func text(of name: String) -> String {
        (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? ""
    }
}

extension TemporaryDirectory {
    /// Writes a file with permissions of its own.
    func write(_ text: String, to name: String, permissions: Int) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        try FileManager.default.setAttributes(
            [.posixPermissions: permissions], ofItemAtPath: "\(path)/\(name)")
    }
}

extension TemporaryDirectory {
    /// The names of the files in a directory of it; none when that is not there.
    func files(in name: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)")) ?? []
    }
}
