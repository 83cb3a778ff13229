internal import Glibc

/// The lines of a file from the last to the first, without reading more of it than is asked for.
struct AuditLines: Sequence, IteratorProtocol {
    private static let chunk = 64 << 10
    /// Beyond this a line is nobody's record.
    static let longest = 8 << 20

    private let descriptor: Descriptor
    /// Where the bytes begin that were not read yet, seen from the end.
    private var rest: Int
    /// Bytes that were read and not handed out, in the order of the file.
    private var pending: [UInt8] = []
    private var isSkipping = false

    /// Opens a file; nil with `errno` set when that fails.
    init?(path: String) {
        // A name that leads to a pipe must not block.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        descriptor = Descriptor(number: file)
        rest = Swift.max(0, Int(lseek(file, 0, SEEK_END)))
    }

    /// The line before the one handed out last; empty lines are skipped.
    mutating func next() -> [UInt8]? {
        // Only what a chunk adds is searched for the line's begin.
        var searched = 0
        while true {
            let unsearched = pending.count - searched
            if let newline = pending[..<unsearched].lastIndex(of: 0x0A) {
                let line = Array(pending[(newline + 1)...])
                pending.removeSubrange(newline...)
                searched = 0
                if isSkipping {
                    isSkipping = false
                    continue
                }
                if !line.isEmpty { return line }
                continue
            }
            searched = pending.count
            if pending.count > Self.longest {
                pending = []
                searched = 0
                isSkipping = true
            }
            guard rest > 0 else {
                defer { pending = [] }
                return pending.isEmpty || isSkipping ? nil : pending
            }
            let count = Swift.min(Self.chunk, rest)
            var piece = [UInt8](repeating: 0, count: count)
            let got = pread(descriptor.number, &piece, count, off_t(rest - count))
            guard got == count else { return nil }
            rest -= count
            pending.insert(contentsOf: piece, at: 0)
        }
    }

    private final class Descriptor {
        let number: Int32
        init(number: Int32) { self.number = number }
        deinit { close(number) }
    }
}
