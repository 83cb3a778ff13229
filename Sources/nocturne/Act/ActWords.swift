import AdapterKit
import Configuration
import Domain

/// What stands on a command line that only a command's form can explain: its targets and the answers.
struct ActWords: Equatable {
    /// Where the answer to a secret question comes from.
    enum SecretPlace: Equatable {
        case source(SecretSource)
        case standardInput
    }

    /// The targets as they were written.
    private(set) var targets: [String] = []
    /// The answers; secrets are not among them.
    private(set) var answers: [FieldKey: Value] = [:]
    /// Where secrets are to be had.
    private(set) var secrets: [FieldKey: SecretPlace] = [:]

    /// Reads words by the questions of a form.
    init(_ words: [String], form: [FormField]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                targets += rest
                break
            }
            guard word.hasPrefix("--"), word.count > 2 else {
                guard !word.hasPrefix("-") || word.count < 2 || word.dropFirst().allSatisfy(\.isNumber) else {
                    throw Failure(.usage, "there is no option \(word)")
                }
                guard !word.isEmpty else { throw Failure(.usage, "a target is empty") }
                targets.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            let value = parts.count == 2 ? String(parts[1]) : nil
            try read(name, value, &rest, form)
        }
    }

    private mutating func read(
        _ name: String, _ value: String?, _ rest: inout ArraySlice<String>, _ form: [FormField]
    ) throws {
        func taken() throws -> String {
            if let value { return value }
            guard let next = rest.popFirst() else { throw Failure(.usage, "--\(name) needs a value") }
            return next
        }
        if name == "set" {
            let pair = try taken().split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2, let field = form.first(where: { $0.key.rawValue == pair[0] }) else {
                throw Failure(
                    .usage, "--set takes a question and its answer, as in \(Self.example(of: form))")
            }
            return try answer(field, String(pair[1]))
        }
        let asked = form.filter { $0.input != .carried }
        if let field = asked.first(where: { $0.option == name }) {
            if case .toggle = field.input {
                return try answer(field, value ?? "yes")
            }
            return try answer(field, try taken())
        }
        for field in asked {
            guard let option = field.option else { continue }
            switch field.input {
            case .toggle where "no-\(option)" == name && value == nil:
                return try answer(field, "no")
            case .secret where name.hasPrefix("\(option)-"):
                switch name.dropFirst(option.count + 1) {
                case "env": secrets[field.key] = .source(.environment(try taken()))
                case "file": secrets[field.key] = .source(.file(Self.absolute(try taken())))
                case "stdin": secrets[field.key] = .standardInput
                default: continue
                }
                guard secrets.values.count(where: { $0 == .standardInput }) < 2 else {
                    throw Failure(.usage, "only one secret can come from standard input")
                }
                return
            default: continue
            }
        }
        let known = asked.map(\.usage).joined(separator: ", ")
        throw Failure(
            .usage,
            "there is no option --\(name)"
                + (known.isEmpty ? "; this command asks nothing" : "; this command takes: \(known)"))
    }

    private mutating func answer(_ field: FormField, _ text: String) throws {
        switch field.input {
        case .line: answers[field.key] = .text(text)
        case .choice(let choices):
            guard choices.contains(text) else {
                let known = choices.filter { !$0.isEmpty }.joined(separator: ", ")
                throw Failure(.usage, "\(field.title) is one of \(known), not \(text)")
            }
            answers[field.key] = .text(text)
        case .toggle:
            switch text.lowercased() {
            case "yes", "true", "on", "1": answers[field.key] = .flag(true)
            case "no", "false", "off", "0": answers[field.key] = .flag(false)
            default: throw Failure(.usage, "\(field.title) is yes or no, not \(text)")
            }
        case .secret:
            // The words are not repeated: they are the secret.
            throw Failure(
                .usage,
                "\(field.title) is a secret, and others can read a command line: use \(field.usage)")
        case .carried: throw Failure(.usage, "\(field.key) is not asked")
        }
    }

    private static func absolute(_ path: String) -> String {
        Directories(environment: Setup.environment).resolve(
            path, besides: (Setup.environment["PWD"] ?? ".") + "/")
    }

    private static func example(of form: [FormField]) -> String {
        form.first { $0.input != .carried }.map { "--set \($0.key)=…" } ?? "--set NAME=VALUE"
    }
}

extension FormField {
    /// The name of its option, without the dashes in front; nil where another option has that name already.
    var option: String? {
        let name = key.rawValue.replacing("_", with: "-")
        return ActOptions.reserved.contains(name) ? nil : name
    }

    /// Its option as help shows it.
    var usage: String {
        guard let option else { return "--set \(key)=\(choices ?? "TEXT")" }
        switch input {
        case .line: return "--\(option) TEXT"
        case .choice: return "--\(option) \(choices ?? "TEXT")"
        case .toggle(let initially): return initially ? "--no-\(option)" : "--\(option)"
        case .secret: return "--\(option)-env NAME, --\(option)-file PATH or --\(option)-stdin"
        case .carried: return ""
        }
    }

    private var choices: String? {
        guard case .choice(let words) = input else { return nil }
        return words.filter { !$0.isEmpty }.joined(separator: "|")
    }
}
