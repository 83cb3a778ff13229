internal import CLinux
internal import Glibc

/// What of the local log the team's record may lack: the log itself, and how far it is delivered.
///
/// The log is what outlives a process: whoever of its owner runs next goes on where the place in the state directory
/// says. What is delivered twice is there once, so the place may be behind, and never ahead.
struct RecordOutbox {
    /// So many bytes of a log are read at most that was never delivered to this team.
    static let reach: Int64 = 64 << 20
    /// So little at a time that who asks meanwhile does not wait for long, however far the database is.
    private static let chunk = 32 << 10
    /// Beyond this a line is nobody's record.
    private static let longest = 8 << 20

    private let log: String
    private let placeFile: String
    private var team = ""
    private var file: UInt64 = 0
    private var offset: Int64 = 0
    /// Whether what follows is the rest of a line whose beginning was not read.
    private var isSkipping = false

    init(log: String, placeFile: String) {
        self.log = log
        self.placeFile = placeFile
    }

    /// Takes up where a process of this operator ended with this team.
    mutating func open(team: String) {
        guard team != self.team else { return }
        self.team = team
        (file, offset, isSkipping) = (0, 0, false)
        guard let words = Self.read(placeFile)?.split(whereSeparator: \.isWhitespace), words.count == 3,
            words[0] == team, let number = UInt64(words[1]), let place = Int64(words[2]), place >= 0
        else { return }
        (file, offset) = (number, place)
    }

    /// Whether the log has something that was not looked at.
    var isBehind: Bool {
        var facts = stat()
        guard stat(log, &facts) == 0 else { return false }
        return UInt64(facts.st_ino) != file || Int64(facts.st_size) != offset
    }

    /// The next lines, the oldest first, and the place behind them, for `keep`; none when all of them were read.
    ///
    /// - Parameter bytes: so much is read at most.
    mutating func next(bytes limit: Int = chunk) -> (lines: [RecordLine], end: Int64) {
        let descriptor = Glibc.open(log, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return ([], offset) }
        defer { clinux_close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return ([], offset) }
        let size = Int64(facts.st_size)
        if UInt64(facts.st_ino) != file || size < offset {
            // Another file: a new one, or one of which nothing is known.
            file = UInt64(facts.st_ino)
            offset = max(0, size - Self.reach)
            isSkipping = offset > 0
        }
        var room = limit
        while offset < size {
            var bytes = [UInt8](repeating: 0, count: Int(min(Int64(room), size - offset)))
            let got = pread(descriptor, &bytes, bytes.count, off_t(offset))
            guard got > 0 else { break }
            bytes.removeLast(bytes.count - got)
            guard let last = bytes.lastIndex(of: 0x0A) else {
                // A line that is being written is waited for, one that is no record is left out.
                guard room >= Self.longest else {
                    if offset + Int64(got) >= size { break }
                    room = min(Self.longest, room * 4)
                    continue
                }
                offset += Int64(got)
                isSkipping = true
                continue
            }
            var parts = bytes[...last].split(separator: 0x0A)
            if isSkipping, bytes.first != 0x0A, !parts.isEmpty { parts.removeFirst() }
            isSkipping = false
            return (parts.compactMap { RecordLine(Array($0)) }, offset + Int64(last) + 1)
        }
        return ([], offset)
    }

    /// Notes that all before a place is delivered, or never will be; whether that is news.
    mutating func keep(_ end: Int64) -> Bool {
        guard end != offset else { return false }
        offset = end
        // When it can't be written, the next process begins where the last one could.
        Self.write("\(team) \(file) \(offset)\n", to: placeFile)
        return true
    }

    private static func read(_ path: String) -> String? {
        let descriptor = clinux_open_read(path)
        guard descriptor >= 0 else { return nil }
        defer { clinux_close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let got = clinux_read(descriptor, &bytes, bytes.count)
        return got > 0 ? String(decoding: bytes.prefix(Int(got)), as: UTF8.self) : nil
    }

    /// Puts a file in place of another, whole.
    private static func write(_ text: String, to path: String) {
        let new = "\(path).\(getpid())"
        clinux_remove(new)
        let descriptor = clinux_open_new(new)
        guard descriptor >= 0 else { return }
        let bytes = Array(text.utf8)
        let isWritten = clinux_write(descriptor, bytes, bytes.count) >= 0
        clinux_close(descriptor)
        if isWritten { clinux_rename(new, path) } else { clinux_remove(new) }
    }
}
