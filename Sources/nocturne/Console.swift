import Glibc

/// Standard output and error where no screen is taken.
enum Console {
    /// Writes lines to standard output; a reader that went away ends the program quietly.
    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Writes bytes to standard output.
    static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
                if written > 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest[written...])
                } else if errno != EINTR {
                    if errno == EPIPE { _exit(0) }
                    return
                }
            }
        }
    }

    /// Tells the operator what is wrong.
    static func complain(_ words: String) { write("nocturne: \(words)\n", to: STDERR_FILENO) }

    /// Whether standard output is a terminal, and how wide it is.
    static var width: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    static func exit(_ code: ExitCodes) -> Never { Glibc.exit(code.rawValue) }
}

/// Runs asynchronous work to its end on a thread that has nothing else to do.
func wait<Answer: Sendable>(for work: @escaping @Sendable () async -> Answer) -> Answer {
    let box = Handover<Answer>()
    Task.detached { box.put(await work()) }
    return box.take()
}
