import CLinux
import Dashboard
import Domain
import Glibc
import JSON

/// What the operator arranged, on disk: a line per change, the last one of a thing counts.
///
/// Several dashboards may write at once: each only adds what was changed in it. A file that has grown is written
/// again when it is read.
struct PreferencesFile: Sendable {
    /// The file; its directory is made when it is needed.
    let path: String
    /// A file longer than this is written again, in bytes.
    private static let longest = 65_536
    /// More than this is not read, in bytes.
    private static let limit = 1 << 20

    /// Reads it; a file that is not there has nothing, and lines that say nothing are skipped.
    func read() -> Preferences {
        guard let bytes = contents() else { return Preferences() }
        var preferences = Preferences()
        for line in bytes.split(separator: 0x0A) {
            guard let record = (try? JSONDocument(line))?.root, let change = Preferences.Change(record) else {
                continue
            }
            preferences.apply(change)
        }
        if bytes.count > Self.longest { compact(preferences, after: bytes.count) }
        return preferences
    }

    /// Adds a change; says what is wrong when it can't.
    func add(_ change: Preferences.Change) -> String? {
        if let slash = path.lastIndex(of: "/") { _ = clinux_make_directories(String(path[..<slash])) }
        let file = clinux_open_append(path)
        guard file >= 0 else { return problem(file) }
        defer { clinux_close(file) }
        _ = clinux_lock(file, 1)
        let bytes = change.tree.bytes + [0x0A]
        let result = bytes.withUnsafeBytes { clinux_write(file, $0.baseAddress, $0.count) }
        return result < 0 ? problem(result) : nil
    }

    private func problem(_ code: Int32) -> String {
        var text = [CChar](repeating: 0, count: 128)
        clinux_error_text(code, &text, text.count)
        let words = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "not kept for the next time: \(path): \(words)"
    }

    private func contents() -> [UInt8]? {
        let file = clinux_open_read(path)
        guard file >= 0 else { return nil }
        defer { clinux_close(file) }
        var bytes = [UInt8](repeating: 0, count: Self.limit)
        let count = bytes.withUnsafeMutableBytes { clinux_read(file, $0.baseAddress, $0.count) }
        return count < 0 ? nil : Array(bytes.prefix(Int(count)))
    }

    /// Writes only what counts, beside the file and then in its place; not when somebody added a line meanwhile.
    private func compact(_ preferences: Preferences, after size: Int) {
        let lock = clinux_open_append(path)
        guard lock >= 0 else { return }
        defer { clinux_close(lock) }
        guard clinux_lock(lock, 0) >= 0 else { return }
        var facts = clinux_file_facts()
        guard clinux_facts(lock, &facts) >= 0, Int(facts.size) == size else { return }
        let new = "\(path).new"
        _ = clinux_remove(new)
        let file = clinux_open_new(new)
        guard file >= 0 else { return }
        let bytes = preferences.changes.flatMap { change -> [UInt8] in change.tree.bytes + [0x0A] }
        let result = bytes.withUnsafeBytes { clinux_write(file, $0.baseAddress, $0.count) }
        let synced = clinux_sync(file)
        clinux_close(file)
        if result >= 0, synced >= 0 { _ = clinux_rename(new, path) } else { _ = clinux_remove(new) }
    }
}

extension Preferences {
    /// The changes that make it.
    fileprivate var changes: [Change] {
        views.map { .save($0) }
            + panes.sorted { $0.key.rawValue < $1.key.rawValue }.map { .arrange($0.key, $0.value) }
            + (theme.map { [.theme($0)] } ?? []) + snoozes.map { .snooze($0) }
    }
}
