public import AdapterKit
internal import CLinux
internal import Glibc

/// Fetches secrets from where they are kept.
///
/// It may wait for a program, so never on the thread that owns the screen.
public struct SecretResolver: Sendable {
    /// Seconds that a program may take: a hardware key wants to be touched.
    static let commandLimit = 10.0
    /// No secret is longer, in bytes.
    private static let longest = 64 << 10

    private let environment: [String: String]
    private let withheld: [String]
    private let commandLimit: Double

    /// Makes a resolver.
    ///
    /// - Parameters:
    ///   - environment: the variables of the process.
    ///   - withheld: the variables that hold secrets: programs don't get to see them.
    public init(environment: [String: String], withheld: [String]) {
        self.init(environment: environment, withheld: withheld, commandLimit: Self.commandLimit)
    }

    init(environment: [String: String], withheld: [String], commandLimit: Double) {
        self.environment = environment
        self.withheld = withheld
        self.commandLimit = commandLimit
    }

    /// The variables that a configuration takes secrets from.
    public static func variables(of settings: Settings) -> [String] {
        (settings.backends.flatMap { [$0.user, $0.secret] + $0.front.sources } + [settings.team?.password])
            .compactMap {
                if case .environment(let name)? = $0 { name } else { nil }
            }
    }

    /// What a secret is used as, which decides what of it can only be there by mistake.
    public enum Use: Sendable {
        /// A token, a header field, or the name of an account: no blanks at its ends.
        case token
        /// A password, which may begin or end with a blank.
        case password
    }

    /// Fetches a secret, without the invisible characters at its ends that can't belong to it.
    ///
    /// - Throws: why it is not available and what to do; the secret, and what a program printed, are never in the words.
    public func resolve(_ source: SecretSource, as use: Use = .password) throws(SecretError) -> Secret {
        switch source {
        case .written(let secret): return try checked(secret.exposed, from: source, use)
        case .environment(let name):
            guard let text = environment[name] else {
                throw SecretError(
                    "the variable \(name) is not set: export it, or take the secret from a file or command")
            }
            return try checked(text, from: source, use)
        case .file(let path): return try checked(read(path), from: source, use)
        case .command(let arguments): return try checked(run(arguments), from: source, use)
        }
    }

    private func read(_ path: String) throws(SecretError) -> String {
        do throws(OperatorFile.Unreadable) {
            let file = try OperatorFile(path)
            guard !file.isExposed || isHandedOver(path, file) else {
                throw OperatorFile.Unreadable(
                    words: "holds a secret and can be read by others (mode \(file.mode)): "
                        + "chmod 600 \(OperatorFile.quoted(path))", isAbsent: false)
            }
            return String(decoding: file.bytes, as: UTF8.self)
        } catch {
            throw SecretError("\(path) \(error.words)")
        }
    }

    /// Whether systemd put a file there for this process: it lets its user read it by an access list, whose mask looks
    /// like the rights of a group, in a directory that nobody else may enter.
    private func isHandedOver(_ path: String, _ file: OperatorFile) -> Bool {
        guard let directory = environment["CREDENTIALS_DIRECTORY"], directory.hasPrefix("/") else {
            return false
        }
        return path.hasPrefix(directory + "/") && !path.contains("/../") && file.permissions & 0o037 == 0
    }

    private func run(_ arguments: [String]) throws(SecretError) -> String {
        let program = arguments.first ?? ""
        var buffer = [UInt8](repeating: 0, count: Self.longest)
        defer { for place in buffer.indices { buffer[place] = 0 } }
        var code: Int32 = 0
        let milliseconds = Int32(commandLimit * 1000)
        let count = Self.withCStrings(arguments) { arguments in
            Self.withCStrings(withheld) { withheld in
                clinux_child_capture(arguments, withheld, milliseconds, &buffer, buffer.count, &code)
            }
        }
        switch count {
        case 0... where code == 0: return String(decoding: buffer.prefix(Int(count)), as: UTF8.self)
        // What it printed may hold the secret, so only the code is told.
        case 0...:
            throw SecretError("the command \(program) ended with code \(code): run it by hand to see why")
        case -Int64(ETIMEDOUT):
            throw SecretError(
                "the command \(program) gave no answer within \(Duration.text(commandLimit)); it has no terminal to ask on"
            )
        case -Int64(EFBIG): throw SecretError("the command \(program) prints too much to be a secret")
        default:
            let reason = OperatorFile.Unreadable(Int32(truncatingIfNeeded: count))
            throw SecretError(
                "the command \(program) \(reason.words.replacing("can't be read", with: "can't be run"))")
        }
    }

    /// A secret fits into a header: one line, nothing that ends it.
    private func checked(
        _ text: String, from source: SecretSource, _ use: Use
    ) throws(SecretError) -> Secret {
        // One character, also where it is written as CR LF.
        let line = String(text.last?.isNewline == true ? text.dropLast() : text[...])
        let text =
            switch use {
            case .token: InvisibleCharacters.trimmed(line)
            case .password: InvisibleCharacters.withoutMarks(line)
            }
        guard !text.isEmpty else { throw SecretError("\(source.words) is empty: a secret is needed") }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else {
            throw SecretError(
                "\(source.words) gives more than one line, or control characters: one line is needed")
        }
        if case .token = use, let hidden = InvisibleCharacters.hidden(in: text) {
            throw SecretError(
                "\(source.words) has an invisible character in it (\(hidden)): copy it again, without it")
        }
        return Secret(text)
    }

    /// A C array of C strings, ended by nil, for as long as the body runs.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
    ) -> Result {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes += text.utf8CString
        }
        return bytes.withUnsafeBufferPointer { buffer in
            var pointers = starts.map { start in buffer.baseAddress.map { $0 + start } }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { pointers in
                // Never empty: the last one is nil.
                withUnsafePointer(to: nil as UnsafePointer<CChar>?) { body(pointers.baseAddress ?? $0) }
            }
        }
    }
}

/// Why a secret is not available, and what to do.
public struct SecretError: Error, Sendable, Hashable {
    /// The words, without the secret.
    public let words: String

    init(_ words: String) { self.words = words }
}
