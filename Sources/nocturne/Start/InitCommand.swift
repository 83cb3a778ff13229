import AdapterKit
import ArgumentParser
import CLinux
import Configuration
import Dashboard
import Domain
import Glibc

/// Writes a first configuration.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a first configuration, by asking or from options; never over one that is there.",
        discussion: """
            Asks for what is not given when standard input is a terminal. The file is for its owner alone (0600). \
            The secret itself is never asked for, only where it comes from.
            """)

    @Option(help: ArgumentHelp("The file to write.", valueName: "file")) var config: String?
    @Option(help: "What the server is called: one word.") var name: String?
    @Option(help: "Which API it speaks.", completion: .list(AdapterRegistry.all.map(\.kind))) var kind:
        String?
    @Option(help: "Where it is.") var url: String?
    @Option(help: "The user, where the API wants one.") var user: String?
    @Option(help: ArgumentHelp("The variable that holds the token or password.", valueName: "name"))
    var secretEnv: String?
    @Option(help: ArgumentHelp("The file that holds the token or password.", valueName: "file"))
    var secretFile: String?
    @Option(help: ArgumentHelp("The command that prints the token or password.", valueName: "words"))
    var secretCommand: String?
    @Option(help: "normal, guarded or read-only.") var mode: String = BackendMode.normal.rawValue

    mutating func run() throws {
        let path = try Self.write(
            Given(
                config: config, name: name, kind: kind, url: url, user: user, secretEnv: secretEnv,
                secretFile: secretFile, secretCommand: secretCommand, mode: mode),
            asking: isatty(STDIN_FILENO) == 1 ? Prompt() : nil)
        Console.print("wrote \(path)\nnocturne check looks whether it works; nocturne opens the dashboard")
    }

    /// What was given, and need not be asked for.
    struct Given {
        var config: String?
        var name: String?
        var kind: String?
        var url: String?
        var user: String?
        var secretEnv: String?
        var secretFile: String?
        var secretCommand: String?
        var mode = BackendMode.normal.rawValue
    }

    /// Writes the file.
    ///
    /// - Returns: its path.
    static func write(_ given: Given, asking prompt: Prompt?) throws -> String {
        let directories = Directories(environment: Setup.environment)
        let path = given.config ?? directories.configurationFile
        let known = clinux_open_read(path)
        if known >= 0 {
            clinux_close(known)
            throw Failure(
                .usage, "\(path) is there already and stays as it is: edit it, or give another --config")
        }
        let kinds = AdapterRegistry.all.map(\.kind)
        let kind = try answer(
            given.kind, "--kind", prompt, "Kind (\(kinds.joined(separator: ", ")))", kinds.first
        ) { kinds.contains($0) ? nil : "there is no kind \($0); there is \(kinds.joined(separator: ", "))" }
        guard let adapter = AdapterRegistry.descriptor(kind) else {
            throw Failure(.usage, "there is no kind \(kind)")
        }
        let url = try answer(given.url, "--url", prompt, "Address, https://host", nil) {
            BackendConfiguration.fault(ofURL: $0)
        }
        let name = try answer(given.name, "--name", prompt, "Name, one word", "core") { _ in nil }
        var user: String?
        if adapter.authentication == .password {
            user = try answer(given.user, "--user", prompt, "User", nil) {
                $0.isEmpty ? "a user is needed" : nil
            }
        }
        let mode = try answer(given.mode, "--mode", nil, "", nil) {
            BackendMode(rawValue: $0) == nil ? "a mode is normal, guarded or read-only" : nil
        }
        let sketch = ConfigurationSketch(
            name: name, kind: kind, url: url, user: user, secret: try secret(given, adapter, prompt),
            mode: BackendMode(rawValue: mode) ?? .normal)
        try save(sketch.text(adapter.authentication), to: path)
        let reading = Settings.read(path, adapters: AdapterRegistry.all, directories: directories)
        if reading.complaints.hasErrors {
            // What can't be used is not left in the way of the next try.
            _ = clinux_remove(path)
            throw Failure(
                .usage,
                "nothing was written: " + reading.complaints.map(\.words).joined(separator: "; "))
        }
        return path
    }

    private static func answer(
        _ given: String?, _ option: String, _ prompt: Prompt?, _ question: String, _ standard: String?,
        _ fault: (String) -> String?
    ) throws -> String {
        if let given {
            if let fault = fault(given) { throw Failure(.usage, "\(option): \(fault)") }
            return given
        }
        guard let prompt else { throw Failure(.usage, "\(option) is needed where nobody can be asked") }
        while true {
            guard let line = prompt.ask(question, standard) else {
                throw Failure(.usage, "nothing was written")
            }
            guard let fault = fault(line) else { return line }
            prompt.say(fault)
        }
    }

    private static func secret(
        _ given: Given, _ adapter: AdapterDescriptor, _ prompt: Prompt?
    ) throws -> SecretSource {
        let sources: [SecretSource] = [
            given.secretEnv.map { .environment($0) }, given.secretFile.map { .file($0) },
            given.secretCommand.map { .command($0.split(separator: " ").map(String.init)) },
        ].compactMap { $0 }
        guard sources.count < 2 else {
            throw Failure(.usage, "give one of --secret-env, --secret-file and --secret-command")
        }
        if let source = sources.first { return source }
        let what = adapter.authentication == .token ? "token" : "password"
        let place = try answer(
            nil, "--secret-env, --secret-file or --secret-command", prompt,
            "Where is the \(what)? env NAME, file PATH or command WORDS", "env NMS_TOKEN"
        ) { source(in: $0) == nil ? "write env NAME, file PATH or command WORDS" : nil }
        guard let source = source(in: place) else { throw Failure(.usage, "nothing was written") }
        return source
    }

    private static func source(in line: String) -> SecretSource? {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 2 else { return nil }
        switch words[0] {
        case "env" where words.count == 2: return .environment(words[1])
        case "file": return .file(words.dropFirst().joined(separator: " "))
        case "command": return .command(Array(words.dropFirst()))
        default: return nil
        }
    }

    private static func save(_ text: String, to path: String) throws {
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            _ = clinux_make_directories(String(path[..<slash]))
        }
        let file = clinux_open_new(path)
        guard file >= 0 else {
            throw Failure(.usage, "\(path) can't be written: \(String(cString: strerror(-file)))")
        }
        let bytes = Array(text.utf8)
        let written = clinux_write(file, bytes, bytes.count)
        _ = clinux_close(file)
        guard written >= 0 else {
            _ = clinux_remove(path)
            throw Failure(.usage, "\(path) can't be written: \(String(cString: strerror(-written)))")
        }
    }
}

/// Questions on a terminal, a line each.
struct Prompt {
    /// Asks, with what Enter alone means; nil at the end of the input.
    func ask(_ question: String, _ standard: String?) -> String? {
        Console.write("\(question)\(standard.map { " [\($0)]" } ?? ""): ")
        guard let line = readLine() else { return nil }
        let words = line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        return words.isEmpty ? standard ?? "" : words
    }

    func say(_ words: String) { Console.print("  \(words)") }
}
