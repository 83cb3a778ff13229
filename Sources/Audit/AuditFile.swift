internal import CLinux
internal import Glibc

/// The file behind the log: appended to whole lines at a time, by any number of processes at once.
///
/// It is opened again for every record, so that its permissions are looked at each time and a log that was moved
/// away is begun again. A lock keeps lines whole; `O_APPEND` keeps them at the end.
struct AuditFile: Sendable {
    let path: String
    let access: AuditLog.Access

    /// Appends a line and returns when it is on disk.
    func append(_ line: [UInt8]) throws(AuditError) {
        if access == .own { try makeDirectory() }
        let file = try open()
        defer { clinux_close(file) }
        let size = try lockAndMeasure(file)
        try Self.write(line, to: file, at: size, path: path)
        if size == 0 { Self.syncDirectory(of: path) }
    }

    /// Whether a line could be appended now; nothing is written but a file that was not there.
    func check() throws(AuditError) {
        if access == .own { try makeDirectory() }
        clinux_close(try open())
    }

    /// Writes a line behind `size` bytes; when that fails, none of it stays.
    ///
    /// A line that another process left unfinished is ended first, so that it spoils only itself.
    static func write(_ line: [UInt8], to file: Int32, at size: Int64, path: String) throws(AuditError) {
        var last: UInt8 = 0x0A
        if size > 0 { _ = pread(file, &last, 1, off_t(size - 1)) }
        let bytes = (last == 0x0A ? [] : [0x0A]) + line + [0x0A]
        var result = bytes.withUnsafeBytes { clinux_write(file, $0.baseAddress, $0.count) }
        if result >= 0 { result = clinux_sync(file) }
        guard result < 0 else { return }
        clinux_truncate(file, size)
        throw .system(path, "can't be written", result)
    }

    private func open() throws(AuditError) -> Int32 {
        let file: Int32
        switch access {
        case .own: file = clinux_open_append(path)
        case .shared: file = Glibc.open(path, O_RDWR | O_APPEND | O_CLOEXEC)
        }
        guard file >= 0 else {
            // The shim answers with the error itself, the library with -1 and `errno`.
            let code = access == .own ? file : errno
            if access == .shared, code == ENOENT {
                throw AuditError(
                    path,
                    "\(path) is not there; make the shared log for your group: "
                        + "install -m 660 -g GROUP /dev/null \(AuditError.quoted(path))")
            }
            throw .system(path, "can't be opened", code)
        }
        do throws(AuditError) {
            try inspect(file)
        } catch {
            clinux_close(file)
            throw error
        }
        return file
    }

    private func inspect(_ file: Int32) throws(AuditError) {
        var facts = clinux_file_facts()
        let result = clinux_facts(file, &facts)
        guard result >= 0 else { throw .system(path, "can't be looked at", result) }
        guard facts.is_regular != 0 else {
            throw AuditError(path, "\(path) is not a file: move it away, or set another path")
        }
        switch access {
        case .own:
            guard facts.owner == clinux_user() else {
                throw AuditError(path, "\(path) belongs to somebody else: move it away")
            }
            guard facts.permissions & 0o077 == 0 else {
                throw .exposed(
                    path, to: "read or changed by others", permissions: facts.permissions, wanted: "600")
            }
        case .shared:
            guard facts.permissions & 0o007 == 0 else {
                throw .exposed(
                    path, to: "read or changed by anybody", permissions: facts.permissions, wanted: "660")
            }
        }
    }

    private func makeDirectory() throws(AuditError) {
        let directory = Self.directory(of: path)
        let made = clinux_make_directories(directory)
        guard made >= 0 else { throw .system(directory, "can't be made", made) }
        let handle = clinux_open_read(directory)
        guard handle >= 0 else { throw .system(directory, "can't be opened", handle) }
        defer { clinux_close(handle) }
        var facts = clinux_file_facts()
        guard clinux_facts(handle, &facts) >= 0, facts.permissions & 0o022 == 0 else {
            throw .exposed(directory, to: "changed by others", permissions: facts.permissions, wanted: "700")
        }
    }

    private func lockAndMeasure(_ file: Int32) throws(AuditError) -> Int64 {
        let locked = clinux_lock(file, 1)
        guard locked >= 0 else { throw .system(path, "can't be locked", locked) }
        var facts = clinux_file_facts()
        let result = clinux_facts(file, &facts)
        guard result >= 0 else { throw .system(path, "can't be looked at", result) }
        return facts.size
    }

    private static func syncDirectory(of path: String) {
        let handle = clinux_open_read(directory(of: path))
        guard handle >= 0 else { return }
        clinux_sync(handle)
        clinux_close(handle)
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
