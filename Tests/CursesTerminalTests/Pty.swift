import CLinux
import Glibc

/// Both ends of a pseudo terminal: the program draws on one, the test reads the other.
final class Pty {
    let user: Int32
    let program: Int32
    let path: String

    init?(width: Int, height: Int) {
        user = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var number: UInt32 = 0
        var isLocked: Int32 = 0
        // TIOCSPTLCK and TIOCGPTN: posix_openpt and its like are hidden from Swift.
        guard user >= 0, ioctl(user, 0x4004_5431, &isLocked) == 0, ioctl(user, 0x8004_5430, &number) == 0
        else {
            return nil
        }
        path = "/dev/pts/\(number)"
        program = open(path, O_RDWR | O_NOCTTY)
        guard program >= 0 else { return nil }
        resize(width: width, height: height)
    }

    deinit {
        _ = clinux_close(user)
        _ = clinux_close(program)
    }

    /// Sets the size that the program's end reports.
    func resize(width: Int, height: Int) {
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(user, UInt(TIOCSWINSZ), &size)
    }

    /// Types bytes.
    func type(_ text: String) { _ = clinux_write(user, text, text.utf8.count) }

    /// Stops what the program writes, as somebody on the line may, and lets it go on.
    func stop() { tcflow(program, TCOOFF) }
    func go() { tcflow(program, TCOON) }

    /// What was written so far; a kernel keeps what is written before it is read here.
    func output() -> String {
        var bytes: [UInt8] = []
        while clinux_wait([user], 1, 0) > 0 {
            var buffer = [UInt8](repeating: 0, count: 65536)
            let count = clinux_read(user, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(Int(count))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The modes as `stty -g` would print them.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(program, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }
}
