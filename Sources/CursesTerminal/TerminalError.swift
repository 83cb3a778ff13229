/// Why there can be no screen here.
public enum TerminalError: Error, Sendable, Hashable {
    /// Input or output is a file or a pipe.
    case notATerminal
    /// `TERM` is empty.
    case unnamed
    /// No description of this `TERM` is installed.
    case unknown(String)
    /// It can't place the cursor.
    case tooSimple(String)
    /// It is known but could not be taken.
    case failed(String)
}

extension TerminalError: CustomStringConvertible {
    /// What is wrong and what to do, for the operator.
    public var description: String {
        switch self {
        case .notATerminal:
            "this is not a terminal: start nocturne where it can draw, or use `nocturne get alerts`"
        case .unnamed:
            "TERM is not set, so it is not known how to draw here: set it, for example TERM=xterm-256color"
        case .unknown(let name):
            "the terminal \"\(name)\" (TERM) is not known on this machine: set TERM to one that is, for example"
                + " TERM=xterm-256color, or install its description (package ncurses-term)"
        case .tooSimple(let name):
            "the terminal \"\(name)\" (TERM) can't place the cursor: use another, or `nocturne get alerts`"
        case .failed(let name):
            "the terminal \"\(name)\" (TERM) could not be set up"
        }
    }
}
