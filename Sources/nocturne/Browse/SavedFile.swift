import Domain
import Glibc
import JSON

/// A file of a server, written where no file was.
struct SavedFile {
    /// Where it is; nil where it went to standard output.
    let path: String?
    private let file: BrowsedFile

    /// Writes a file that nobody else can read: a backup holds secrets.
    ///
    /// - Parameter place: a path, a directory, or `-`; nil takes the server's name in the current directory.
    init(_ file: BrowsedFile, at place: String?) throws {
        self.file = file
        if place == "-" {
            guard isatty(STDOUT_FILENO) == 0 else {
                throw Failure(.usage, "a file is not written to a terminal: give --save a path")
            }
            Console.write(file.bytes)
            path = nil
            return
        }
        let path = Self.path(place, named: file.name)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        var problem = file.bytes.withUnsafeBytes { Self.write($0, to: descriptor) }
        if fsync(descriptor) != 0, problem == 0, errno != EINVAL { problem = errno }
        if close(descriptor) != 0, problem == 0 { problem = errno }
        guard problem == 0 else {
            unlink(path)
            throw Self.failure(path, problem)
        }
        self.path = path
    }

    /// Says no before anything is read, where a file is there already.
    static func refuseExisting(_ place: String) throws {
        guard place != "-", !isDirectory(place) else { return }
        var found = stat()
        if lstat(place, &found) == 0 { throw failure(place, EEXIST) }
    }

    private static func path(_ place: String?, named name: String) -> String {
        guard let place else { return name }
        return isDirectory(place) ? (place.hasSuffix("/") ? place + name : "\(place)/\(name)") : place
    }

    private static func isDirectory(_ path: String) -> Bool {
        var found = stat()
        return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
    }

    private static func failure(_ path: String, _ problem: Int32) -> Failure {
        if problem == EEXIST {
            return Failure(.usage, "\(path) is there already and is not overwritten: give another --save")
        }
        return Failure(.usage, "\(path) can't be written: \(String(cString: strerror(problem)))")
    }

    /// Zero, or what went wrong.
    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }

    /// The file for other programs.
    var tree: JSONTree {
        [
            "file": path.map { .string($0) } ?? .null, "bytes": .integer(Int64(file.bytes.count)),
            "type": .string(file.type),
        ]
    }
}
