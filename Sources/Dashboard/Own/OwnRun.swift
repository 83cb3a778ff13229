public import Domain

/// A program of the operator's that is about to run for a row, with every hole filled.
public struct OwnRun: Sendable, Hashable {
    /// Its number in this process.
    public var number: Int
    /// What menus call it.
    public var title: String
    /// The row.
    public var entity: EntityRef
    /// What the row is called.
    public var name: String
    /// The program and its arguments.
    public var arguments: [String]
    /// Where its output goes.
    public var manner: OwnCommand.Manner
    /// Whether it may run where nothing can be changed.
    public var isSafe: Bool

    /// Describes a run.
    public init(
        number: Int, title: String, entity: EntityRef, name: String, arguments: [String],
        manner: OwnCommand.Manner, isSafe: Bool
    ) {
        self.number = number
        self.title = title
        self.entity = entity
        self.name = name
        self.arguments = arguments
        self.manner = manner
        self.isSafe = isSafe
    }

    /// The program and its arguments as a shell would take them.
    public var line: String { arguments.map(ShellWord.quoted).joined(separator: " ") }
}

/// How a program of the operator's ended.
public enum OwnEnding: Sendable, Hashable {
    /// By itself, with this code.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)
    /// It never ran, in words.
    case notStarted(String)

    /// Whether it ended well.
    public var isGood: Bool { self == .exited(0) }

    /// How a program ended, in words after its name.
    public var words: String {
        switch self {
        case .exited(0): "ended"
        case .exited(let code): "ended with exit code \(code)"
        case .signalled(let signal):
            "was ended by signal \(signal)" + (Self.signals[signal].map { " (\($0))" } ?? "")
        case .notStarted(let words): "not started: \(words)"
        }
    }

    /// The code as a shell gives it.
    public var code: Int32 {
        switch self {
        case .exited(let code): code
        case .signalled(let signal): 128 + signal
        case .notStarted: 127
        }
    }

    private static let signals: [Int32: String] = [
        1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 6: "SIGABRT", 8: "SIGFPE", 9: "SIGKILL",
        11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
    ]
}

/// Words as a shell takes them.
public enum ShellWord {
    /// A text as one word of a shell.
    public static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.first != "="
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                    UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ","),
                    UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "="):
                    true
                default: false
                }
            }
        if isPlain { return text }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.joined(separator: "'\\''") + "'"
    }
}

extension CommandKind {
    /// What the audit log calls a program of the operator's; no command of a server has a blank in its name.
    public static func own(_ title: String) -> CommandKind { CommandKind(rawValue: "run \(title)") }

    /// Whether the audit log means a program of the operator's by it.
    public var isOwn: Bool { rawValue.hasPrefix("run ") }
}
