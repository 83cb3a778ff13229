internal import Glibc

/// Where nocturne's files are, by the XDG base directories.
public struct Directories: Sendable, Hashable {
    /// The operator's files: `config.toml`, `themes/`, `keymaps/`.
    public let configuration: String
    /// What outlives the process: the audit log.
    public let state: String
    /// What ends with the session, in memory and for nobody else; nil where the system offers none.
    public let runtime: String?
    /// The home directory, which a leading `~` stands for.
    public let home: String

    /// Finds the directories; variables that are empty or no absolute path count as not set.
    public init(environment: [String: String]) {
        func absolute(_ name: String) -> String? {
            environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let home = absolute("HOME") ?? Self.accountHome() ?? "/"
        self.home = home
        configuration = (absolute("XDG_CONFIG_HOME") ?? "\(home)/.config") + "/nocturne"
        state = (absolute("XDG_STATE_HOME") ?? "\(home)/.local/state") + "/nocturne"
        runtime = absolute("XDG_RUNTIME_DIR").map { $0 + "/nocturne" }
    }

    /// The configuration that is read when none is named.
    public var configurationFile: String { configuration + "/config.toml" }
    /// The audit log when none is shared.
    public var auditFile: String { state + "/audit.jsonl" }

    /// What changed before.
    public var historyFile: String { state + "/history.sqlite" }

    /// Where graphs are saved.
    public var graphs: String { state + "/graphs" }

    /// A path as messages name it: `~` for the home directory.
    public func shown(_ path: String) -> String {
        path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
    }

    /// A path as the operator wrote it, made absolute: `~` is the home directory, anything else that does not
    /// begin with a slash is beside the file that it stands in.
    public func resolve(_ path: String, besides file: String) -> String {
        if path == "~" { return home }
        if path.hasPrefix("~/") { return home + path.dropFirst() }
        if path.hasPrefix("/") { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    private static func accountHome() -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16384)
        guard getpwuid_r(getuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil,
            let directory = entry.pw_dir
        else { return nil }
        return String(cString: directory)
    }
}
