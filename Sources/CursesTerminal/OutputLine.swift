internal import CNcurses

/// The way bytes take to the terminal: in order, and never waited for.
///
/// A line may be stopped, be a serial one at 9600 baud, or end at a laptop that sleeps. What it
/// does not take stays here, so that keys and signals are still heard. The descriptor is opened again for
/// this: `O_NONBLOCK` on the shell's own would reach the shell and all its children.
struct OutputLine {
    /// More than this is not kept: nothing but frames is long, and they are not drawn meanwhile.
    private static let limit = 4 << 20

    private let descriptor: Int32
    private var waiting: ArraySlice<UInt8> = []

    /// Opens the terminal behind a descriptor once more; waits with every byte when that is not allowed.
    init(_ output: Int32) { descriptor = nc_open_line(output) }

    /// Whether the terminal has not taken all that was written.
    var isBehind: Bool { !waiting.isEmpty }

    /// Writes bytes behind all that were written before.
    mutating func write(_ bytes: [UInt8]) {
        guard waiting.count + bytes.count <= Self.limit else { return }
        waiting += bytes
        push(milliseconds: 0)
    }

    /// Brings on its way what waits, for at most some time without progress.
    mutating func push(milliseconds: Int32) {
        while !waiting.isEmpty {
            let count = waiting.withUnsafeBufferPointer {
                nc_write(descriptor, $0.baseAddress, $0.count, milliseconds)
            }
            // A terminal that is gone takes nothing more.
            if count < 0 { waiting = [] }
            guard count > 0 else { break }
            waiting = waiting.dropFirst(count)
        }
        if waiting.isEmpty { waiting = [] }
    }

    /// Gives the descriptor up, and what was not taken.
    mutating func close() {
        waiting = []
        nc_close_line(descriptor)
    }
}
