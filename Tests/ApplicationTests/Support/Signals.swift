import Foundation

/// Signals for the loop alone: a pipe that carries what a signal descriptor of the system would.
final class Signals {
    private let pipe: (read: Int32, write: Int32)

    /// What the loop reads from.
    var descriptor: Int32 { pipe.read }

    init() {
        var ends: [Int32] = [-1, -1]
        _ = Glibc.pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        pipe = (ends[0], ends[1])
    }

    deinit {
        close(pipe.read)
        close(pipe.write)
    }

    func send(_ number: Int32) {
        var record = [UInt8](repeating: 0, count: 128)
        record[0] = UInt8(number)
        _ = write(pipe.write, record, record.count)
    }
}
