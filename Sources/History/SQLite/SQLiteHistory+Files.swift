internal import CLinux
internal import Domain
internal import Glibc

/// Making the file, and setting it aside.
extension SQLiteHistory {
    private var directory: String { path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }

    /// Sees to it that nobody else can read the file, nor those that SQLite puts beside it, which take after it.
    func makePrivate() throws(HistoryError) {
        guard directory.isEmpty || clinux_make_directories(directory) >= 0 else {
            throw HistoryError(.unavailable, "\(directory) can't be made: no history is recorded")
        }
        // Never opened and closed here where it is there: that would drop the locks of SQLite in this process.
        // Nor made while another process renames the one before and what stands beside it.
        let made = FileIdentity(path) == nil ? alone { clinux_open_new(path) } : -1
        if made >= 0 { clinux_close(made) }
        var facts = stat()
        guard lstat(path, &facts) == 0 else {
            throw HistoryError(.unavailable, "\(path) can't be made: no history is recorded")
        }
        guard facts.st_mode & S_IFMT == S_IFREG, facts.st_uid == clinux_user() else {
            throw HistoryError(
                .unavailable, "\(path) is not a file of yours: move it away; no history is recorded")
        }
        if facts.st_mode & 0o077 != 0 { chmod(path, 0o600) }
    }

    /// Gives a damaged file another name, so that a new one can be begun; nothing of it is deleted.
    func setAside(_ state: inout State) throws(HistoryError) {
        state.database?.leave()
        state.database = nil
        let name = asideName
        let renamed = alone { () -> String? in
            // Another process may have done it: what is there now is a file of its own.
            guard let damaged = state.file, FileIdentity(path) == damaged else { return "" }
            let aside = (1...99).lazy.map { $0 == 1 ? name : "\(name)-\($0)" }.first {
                FileIdentity($0) == nil
            }
            guard let aside, clinux_rename(path, aside) >= 0 else { return nil }
            for end in ["-wal", "-shm"] { clinux_rename(path + end, aside + end) }
            return aside
        }
        guard let renamed else {
            let refusal = HistoryError(
                .damaged, "\(path) is damaged and can't be renamed: move it away; no history is recorded")
            state.refusal = refusal
            throw refusal
        }
        guard !renamed.isEmpty else { return }
        state.notices.append("\(path) is damaged and was renamed to \(renamed): a new history begins")
    }

    /// What a file that is damaged now is called from now on.
    private var asideName: String {
        let fields = CivilTime.fields(now(), offset: 0)
        let stamp = fields.iso8601.replacing("-", with: "").replacing(":", with: "")
        return "\(path).damaged-\(stamp)Z"
    }

    /// Does something while no other process makes or renames the file; where the directory can't be locked, or another
    /// process hangs, all the same.
    private func alone<Result>(_ work: () -> Result) -> Result {
        let descriptor = Glibc.open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { clinux_close(descriptor) } }
        var patience = 50
        while descriptor >= 0, patience > 0, clinux_lock(descriptor, 0) == -EWOULDBLOCK {
            patience -= 1
            usleep(20_000)
        }
        return work()
    }
}
