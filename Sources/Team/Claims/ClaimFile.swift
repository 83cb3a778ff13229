internal import CLinux
internal import Glibc

/// The steps that the store does not have yet, in a file of the operator's state that their processes share.
struct ClaimFile {
    private static let largest = 4 << 20

    let path: String

    /// Adds a step; false where it can't be kept: it is then in this process alone.
    func add(_ step: ClaimStep) -> Bool {
        let file = clinux_open_append(path)
        guard file >= 0 else { return false }
        defer { clinux_close(file) }
        guard clinux_lock(file, 1) >= 0 else { return false }
        let bytes = Array((step.line + "\n").utf8)
        return clinux_write(file, bytes, bytes.count) >= 0 && clinux_sync(file) >= 0
    }

    /// The steps that it has, the first first.
    var steps: [ClaimStep] {
        let file = clinux_open_read(path)
        guard file >= 0 else { return [] }
        defer { clinux_close(file) }
        return Self.read(file) ?? []
    }

    /// Does something with all steps, and removes them when it is done without an error; nil where they can't be read
    /// now, as while another process does.
    ///
    /// Others of this operator's processes wait meanwhile, as long as a database may take.
    func empty(_ deliver: ([ClaimStep]?) throws(TeamError) -> Void) throws(TeamError) {
        let file = clinux_open_append(path)
        guard file >= 0 else { return try deliver(nil) }
        defer { clinux_close(file) }
        guard clinux_lock(file, 0) >= 0, let steps = Self.read(file) else { return try deliver(nil) }
        try deliver(steps)
        clinux_truncate(file, 0)
    }

    private static func read(_ file: Int32) -> [ClaimStep]? {
        var facts = clinux_file_facts()
        guard clinux_facts(file, &facts) >= 0, facts.size <= Int64(largest) else { return nil }
        guard facts.size > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: Int(facts.size))
        let got = pread(file, &bytes, bytes.count, 0)
        guard got > 0 else { return nil }
        return bytes.prefix(got).split(separator: 0x0A).compactMap {
            ClaimStep(line: String(decoding: $0, as: UTF8.self))
        }
    }
}
