import Glibc

/// The history of a demonstration: a directory of its own, since nothing of it happened, which goes with the process.
enum DemoHistory {
    /// The file; nil where no directory can be made.
    static let path: String? = directory.map { $0 + "/history.sqlite" }

    private static let directory: String? = {
        let parent = Setup.environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
        var template = Array("\(parent)/nocturne-demo-XXXXXX".utf8CString)
        return template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
    }()

    /// Removes it at the end of the process.
    static func remove() {
        guard let directory, let path else { return }
        for end in ["", "-wal", "-shm"] { unlink(path + end) }
        rmdir(directory)
    }
}
