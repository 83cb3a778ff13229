import Canvas
import Glibc

/// Standard output and error where no screen is taken.
enum Console {
    /// Writes lines to standard output; a reader that went away ends the program quietly.
    static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

    /// Writes lines that repeat what stands in a file or came from a server: nothing of it reaches a terminal as
    /// anything but text.
    static func say(_ lines: String) { print(clean(lines)) }

    private static func clean(_ lines: String) -> String {
        lines.split(separator: "\n", omittingEmptySubsequences: false).map { CleanText.oneLine($0) }
            .joined(separator: "\n")
    }

    /// Writes a text to standard output or another descriptor.
    static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0), to: descriptor) }
    }

    /// Writes bytes to standard output.
    static func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { write($0, to: STDOUT_FILENO) } }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
        var rest = bytes
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if written > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[written...])
            } else if errno == EPIPE {
                // Nobody reads how far a command is: that ends no command.
                guard descriptor == STDOUT_FILENO else { return }
                _exit(0)
            } else if errno != EINTR {
                // A disk that is full must not look like an answer that is whole.
                guard descriptor == STDOUT_FILENO else { return }
                complain("standard output can't be written: \(String(cString: strerror(errno)))")
                _exit(ExitCodes.usage.rawValue)
            }
        }
    }

    /// Tells the operator what is wrong.
    static func complain(_ words: String) { write("nocturne: \(clean(words))\n", to: STDERR_FILENO) }

    /// Whether standard output is a terminal, and how wide it is.
    static var width: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether standard output is a terminal whose reader wants colours.
    static var wantsColors: Bool {
        let variables = Setup.environment
        return isatty(STDOUT_FILENO) == 1 && (variables["NO_COLOR"] ?? "").isEmpty
            && variables["TERM"] != "dumb"
    }

    /// One line of standard input, not shown where a terminal would show it; nil at its end.
    @Sendable static func secretLine() -> String? {
        var found = termios()
        let isTerminal = tcgetattr(STDIN_FILENO, &found) == 0
        if isTerminal {
            write("secret: ", to: STDERR_FILENO)
            var hidden = found
            hidden.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        }
        defer {
            if isTerminal {
                tcsetattr(STDIN_FILENO, TCSAFLUSH, &found)
                write("\n", to: STDERR_FILENO)
            }
        }
        return readLine()
    }

    static func exit(_ code: ExitCodes) -> Never {
        Beforehand.end()
        Glibc.exit(code.rawValue)
    }
}

/// Runs asynchronous work to its end on a thread that has nothing else to do.
func wait<Answer: Sendable>(for work: @escaping @Sendable () async -> Answer) -> Answer {
    let box = OneShotChannel<Answer>()
    Task.detached { box.put(await work()) }
    return box.take()
}
