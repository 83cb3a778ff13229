import AdapterKit
import CLinux
import Configuration
import Domain
import Glibc

/// Asks for servers and writes them into a file that is not there yet.
struct InitDialog {
    let given: InitCommand.Given
    /// Asks for what was not given; nil where nobody can be asked.
    let prompt: Prompt?

    private static let kinds = AdapterRegistry.native.map(\.kind)
    private let directories = Directories(environment: Setup.environment)

    init(given: InitCommand.Given, prompt: Prompt?) {
        self.given = given
        self.prompt = prompt
    }

    /// Asks and writes.
    ///
    /// - Returns: the path of the file.
    func write() throws -> String {
        let path = given.config ?? directories.configurationFile
        let known = clinux_open_read(path)
        if known >= 0 {
            clinux_close(known)
            throw Failure(.usage, "\(path) exists and is not changed: edit it, or give another --config")
        }
        var sketch = ConfigurationSketch([])
        var given = given
        repeat {
            var backend = try backend(given, after: sketch.backends)
            while let prompt {
                prompt.say("trying to log in…")
                let end = prompt.logIn(ConfigurationSketch([backend]), path)
                prompt.say(end.words)
                if end.isFine { break }
                guard let answer = prompt.ask("Enter it again? (yes, or no to keep it as it is)", "yes")
                else {
                    throw Failure(.usage, "nothing was written")
                }
                guard Self.isYes(answer) else { break }
                var rest = InitCommand.Given()
                rest.kind = backend.kind
                rest.mode = given.mode
                backend = try self.backend(rest, after: sketch.backends, earlier: backend)
            }
            sketch.backends.append(backend)
            given = InitCommand.Given()
        } while prompt.map({ Self.isYes($0.ask("Another server? (yes or no)", "no") ?? "no") }) ?? false
        try Self.save(sketch.fileText, to: path)
        let reading = Settings.read(path, adapters: AdapterRegistry.all, directories: directories)
        if reading.complaints.hasErrors {
            // What can't be used is not left in the way of the next try.
            _ = clinux_remove(path)
            throw Failure(
                .usage, "nothing was written: " + reading.complaints.map(\.words).joined(separator: "; "))
        }
        return path
    }

    private static func isYes(_ answer: String) -> Bool { answer.lowercased().hasPrefix("y") }

    /// Asks for one server.
    ///
    /// - Parameter earlier: what was answered before, which Enter alone takes again.
    private func backend(
        _ given: InitCommand.Given, after others: [ConfigurationSketch.Backend],
        earlier: ConfigurationSketch.Backend? = nil
    ) throws -> ConfigurationSketch.Backend {
        let known = Self.kinds.joined(separator: ", ")
        let unused = Self.kinds.first { kind in !others.contains { $0.kind == kind } } ?? Self.kinds.first
        let kind = try answer(given.kind, "--kind", "Kind (\(known))", unused) { kind in
            Self.kinds.contains(kind)
                ? nil
                : "unknown kind \"\(kind)\"\(Nearest.hint(kind, among: Self.kinds)); use one of \(known)"
        }
        guard let adapter = AdapterRegistry.descriptor(kind) else {
            throw Failure(.usage, "unknown kind \"\(kind)\"; use one of \(known)")
        }
        let suggestion = AccessAdvice.suggestion(kind)
        let url = try answer(given.url, "--url", "Address, https://host", earlier?.url) {
            BackendConfiguration.fault(ofURL: $0)
        }
        let taken = Set(others.map(\.name))
        let free = taken.contains(suggestion.name) ? "\(suggestion.name)\(others.count + 1)" : suggestion.name
        let name = try answer(given.name, "--name", "Name, one word", earlier?.name ?? free) {
            taken.contains($0) ? "\($0) is taken by another server" : $0.contains(" ") ? "one word" : nil
        }
        if let advice = AccessAdvice.words[kind] { prompt?.say(advice) }
        var user: String?
        if adapter.authentication == .password {
            user = try answer(given.user, "--user", "User", earlier?.user) {
                $0.isEmpty ? "a user is needed" : nil
            }
        }
        guard let mode = BackendMode(rawValue: given.mode) else {
            throw Failure(.usage, "--mode: use normal, guarded or read-only")
        }
        let secret = try secret(given, adapter, variable: suggestion.variable)
        return ConfigurationSketch.Backend(
            name: name, kind: kind, url: url, user: user, secret: secret, mode: mode)
    }

    private func answer(
        _ given: String?, _ option: String, _ question: String, _ standard: String?,
        _ fault: (String) -> String?
    ) throws -> String {
        if let given {
            if let fault = fault(given) { throw Failure(.usage, "\(option): \(fault)") }
            return given
        }
        guard let prompt else {
            throw Failure(.usage, "\(option) is required if standard input is no terminal")
        }
        while true {
            guard let line = prompt.ask(question, standard) else {
                throw Failure(.usage, "nothing was written")
            }
            guard let fault = fault(line) else { return line }
            prompt.say(fault)
        }
    }

    private func secret(
        _ given: InitCommand.Given, _ adapter: AdapterDescriptor, variable: String
    ) throws -> SecretSource {
        let sources: [SecretSource] = [
            given.secretEnv.map { .environment($0) }, given.secretFile.map { .file($0) },
            given.secretCommand.map { .command($0.split(separator: " ").map(String.init)) },
        ].compactMap { $0 }
        guard sources.count < 2 else {
            throw Failure(.usage, "use only one of --secret-env, --secret-file and --secret-command")
        }
        if let source = sources.first { return source }
        let what = adapter.authentication == .token ? "token" : "password"
        let place = try answer(
            nil, "--secret-env, --secret-file or --secret-command",
            "Where is the \(what)? a variable (NAME), a file (/PATH) or a command (pass show …)", variable
        ) { Self.source(in: $0) == nil ? Self.objection(to: $0, what) : nil }
        guard let source = Self.source(in: place) else { throw Failure(.usage, "nothing was written") }
        return source
    }

    /// What a line says of where a secret is: `NMS_TOKEN`, `$NMS_TOKEN`, `env NMS_TOKEN`, `~/token`, `file token`,
    /// `pass show nms`, `command token.sh`; nil for anything else, such as the secret itself.
    static func source(in line: String) -> SecretSource? {
        let words = line.split(separator: " ").map(String.init)
        guard let first = words.first else { return nil }
        let rest = words.dropFirst()
        switch first {
        case "env":
            let name = rest.first.map { $0.hasPrefix("$") ? String($0.dropFirst()) : $0 } ?? ""
            return rest.count == 1 && isVariable(name) ? .environment(name) : nil
        case "file": return rest.isEmpty ? nil : .file(rest.joined(separator: " "))
        case "command": return rest.isEmpty ? nil : .command(Array(rest))
        default: break
        }
        if first.hasPrefix("/") || first.hasPrefix("~/") || first.hasPrefix("./") {
            return words.count == 1 ? .file(first) : .command(words)
        }
        if words.count > 1 { return .command(words) }
        let name = first.hasPrefix("$") ? String(first.dropFirst()) : first
        // In small letters it may be the secret itself, which must not end up as a name in a file.
        return isVariable(name) && (first.hasPrefix("$") || name == name.uppercased()) && !isSecretLike(name)
            ? .environment(name) : nil
    }

    private static func isVariable(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLetter || first == "_" else { return false }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    private static func isSecretLike(_ name: String) -> Bool {
        name.count >= 20 && !name.contains("_") && name.contains(where: \.isNumber)
    }

    /// What is wrong with a line, which is not repeated: it may be the secret.
    private static func objection(to line: String, _ what: String) -> String {
        line == "env"
            ? "which variable? env NAME"
            : line == "file"
                ? "which file? file PATH"
                : line == "command"
                    ? "which command? command WORDS"
                    : "the \(what) itself is not stored: give a variable (NAME), a file (/PATH) or a command (pass show …)"
    }

    static func save(_ text: String, to path: String) throws {
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

extension ConfigurationSketch {
    /// The file, with each kind's way to log in.
    var fileText: String { text { AdapterRegistry.descriptor($0)?.authentication ?? .token } }
}
