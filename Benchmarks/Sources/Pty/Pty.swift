import CLinux
import Glibc

/// Both ends of a pseudo terminal: a program draws on one, a benchmark counts at the other.
public final class Pty {
    /// The end of who looks and types.
    public let user: Int32
    /// The end of the program.
    public let program: Int32
    /// Where another process opens that end.
    public let path: String

    /// Opens one; nil where the system has none.
    public init?(width: Int, height: Int) {
        user = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var number: UInt32 = 0
        var isLocked: Int32 = 0
        // TIOCSPTLCK and TIOCGPTN: posix_openpt and its like are hidden from Swift.
        guard user >= 0, ioctl(user, 0x4004_5431, &isLocked) == 0, ioctl(user, 0x8004_5430, &number) == 0
        else { return nil }
        path = "/dev/pts/\(number)"
        program = open(path, O_RDWR | O_NOCTTY)
        guard program >= 0 else { return nil }
        resize(width: width, height: height)
    }

    /// Sets the size that the program's end reports.
    public func resize(width: Int, height: Int) {
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(user, UInt(TIOCSWINSZ), &size)
    }

    /// Takes what was written so far, and says how much it was.
    ///
    /// - Parameter patience: nanoseconds without a byte after which nothing more is taken to come: the system brings
    ///   much that was written at once in pieces.
    public func drain(patience: Int64 = 0) -> Int {
        var count = 0
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while clinux_wait([user], 1, patience) > 0 {
            let taken = clinux_read(user, &buffer, buffer.count)
            guard taken > 0 else { break }
            count += Int(taken)
        }
        return count
    }
}
