import CLinux
import Domain
import Runtime

/// Lines with the time in front, appended to a file that only its owner reads.
final class LogFile: Sendable {
    private let descriptor: Int32
    private let clock: SystemClock

    /// Opens the file; nil when it can't be written.
    init?(path: String, clock: SystemClock) {
        descriptor = clinux_open_append(path)
        self.clock = clock
        if descriptor < 0 { return nil }
    }

    deinit { clinux_close(descriptor) }

    /// Appends a line; a full disk loses lines and nothing else.
    func write(_ line: String) {
        let bytes = Array("\(CivilTime.fields(clock.wall, offset: 0).text)Z \(line)\n".utf8)
        _ = clinux_write(descriptor, bytes, bytes.count)
    }
}
