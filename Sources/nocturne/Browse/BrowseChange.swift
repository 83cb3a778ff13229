import AdapterKit
import Configuration
import Dashboard
import Domain
import HTTP
import JSON

/// A change of a place as a command line asks for it.
struct BrowseChange: Sendable {
    let kind: CommandKind
    /// Fields and their values as they were written; a later use of the words tells what they hold.
    var answers: [(name: String, value: String)] = []
    /// Fields whose values come from where others can't read them.
    var secrets: [(name: String, source: SecretSource)] = []
    /// Fields that are to hold nothing.
    var emptied: [String] = []
    /// The body that was given whole.
    var body: String?
    /// Whether the body stands on the command line, where others can read it.
    var isBodyOnLine = false

    private var isFilled: Bool { !answers.isEmpty || !secrets.isEmpty || !emptied.isEmpty || body != nil }

    /// The answers to a form.
    ///
    /// - Parameters:
    ///   - opening: the form, and what it begins with.
    ///   - resolve: fetches a secret.
    /// - Throws: a `Failure` for what the form does not ask or can't take; a value that may be a secret is not repeated.
    func arguments(
        _ opening: Opening, at spot: BrowseSpot, _ resolve: (SecretSource) throws -> String
    ) throws -> [FieldKey: Value] {
        try refuseSecretsOnLine(opening.form ?? [], spot)
        let form = (opening.form ?? []).filter { $0.input != .carried }
        if let body { return try taken(body, form, spot) }
        guard !form.isEmpty else {
            guard !isFilled else {
                throw Failure(
                    .usage, "\(spot.entry.title) takes no fields; what it asks stands behind ? in the path")
            }
            return [:]
        }
        if form.count == 1, form[0].key == Browser.body { return try undescribed(form[0], spot, resolve) }
        var answered = CommandForm(opening.form ?? [])
        answered.fill(opening.values)
        var values: [FieldKey: Value] = [:]
        for (name, text) in answers {
            let field = try field(name, form)
            values[field.key] = try field.value(text)
        }
        for (name, source) in secrets { values[try field(name, form).key] = .text(try resolve(source)) }
        for name in emptied { values[try emptiable(name, form)] = .text("") }
        answered.answer(values)
        if let missing = answered.missing {
            throw Failure(.usage, "\(answered.answers[missing].field.key) has to be given: \(usage(form))")
        }
        return answered.arguments
    }

    private func taken(_ body: String, _ form: [FormField], _ spot: BrowseSpot) throws -> [FieldKey: Value] {
        guard !form.isEmpty else { throw Failure(.usage, "\(spot.entry.title) takes no body") }
        return [Browser.body: .text(body)]
    }

    /// Of a path whose server does not say which fields it takes, the body is what was given.
    private func undescribed(
        _ field: FormField, _ spot: BrowseSpot, _ resolve: (SecretSource) throws -> String
    ) throws -> [FieldKey: Value] {
        guard isFilled else {
            if case .line(required: false) = field.input { return [:] }
            throw Failure(.usage, "the server does not say which fields it takes: give --set or --data")
        }
        guard spot.browser.method(of: kind, at: spot.entry) != .put else {
            // What is left out would be lost.
            throw Failure(
                .usage,
                "the server does not say which fields it takes, and PUT writes all of them: give --data")
        }
        var members = answers.map { name, text in
            JSONTree.Member(name, (try? JSONDocument(text)).map { JSONTree($0.root) } ?? .string(text))
        }
        for (name, source) in secrets { members.append(.init(name, .string(try resolve(source)))) }
        members += emptied.map { .init($0, .null) }
        return [Browser.body: .text(JSONTree.object(members).text)]
    }

    // MARK: Fields

    private func field(_ name: String, _ form: [FormField]) throws -> FormField {
        if let field = form.first(where: { $0.key.rawValue == name }) { return field }
        throw Failure(
            .usage,
            "the server takes no field \(name) here\(Nearest.choices(name, among: form.map(\.key.rawValue)))")
    }

    private func emptiable(_ name: String, _ form: [FormField]) throws -> FieldKey {
        let field = try field(name, form)
        switch field.input {
        case .line, .choice: return field.key
        case .toggle: throw Failure(.usage, "\(name) is yes or no and can't be emptied")
        case .secret, .carried:
            throw Failure(
                .usage, "\(name) is a secret, whose form can't tell empty from untouched: give --data")
        }
    }

    private func usage(_ form: [FormField]) -> String {
        let required = form.filter {
            switch $0.input {
            case .line(let isRequired), .secret(let isRequired): isRequired
            case .toggle, .choice, .carried: false
            }
        }
        return required.map { field in
            if case .secret = field.input { return "--set-env \(field.key)=VARIABLE" }
            return "--set \(field.key)=…"
        }.joined(separator: " ")
    }

    /// Says no to a secret that others can read.
    func refuseSecretsOnLine(_ form: [FormField], _ spot: BrowseSpot) throws {
        func isSecret(_ name: String) -> Bool {
            if case .secret = form.first(where: { $0.key.rawValue == name })?.input { return true }
            return spot.browser.manners.isSecret(name, at: spot.entry)
        }
        if let name = answers.first(where: { isSecret($0.name) })?.name {
            throw Failure(
                .usage,
                "\(name) is a secret, and others can read a command line: use --set-env \(name)=VARIABLE "
                    + "or --set-file \(name)=FILE")
        }
        guard isBodyOnLine, let body, let tree = (try? JSONDocument(body)).map({ JSONTree($0.root) }) else {
            return
        }
        if spot.browser.holdsSecret(tree, at: spot.entry) {
            throw Failure(
                .usage,
                "the body holds a secret, and others can read a command line: use --data @FILE or --data -")
        }
    }
}

extension FormField {
    /// A text as the field's own kind of value.
    fileprivate func value(_ text: String) throws -> Value {
        switch input {
        case .choice(let words):
            guard text.isEmpty || words.contains(text) else {
                let known = words.filter { !$0.isEmpty }.joined(separator: ", ")
                throw Failure(.usage, "\(key) is one of \(known), not \(text)")
            }
            return .text(text)
        case .toggle:
            switch text.lowercased() {
            case "yes", "true", "on", "1": return .flag(true)
            case "no", "false", "off", "0": return .flag(false)
            default: throw Failure(.usage, "\(key) is yes or no, not \(text)")
            }
        case .line, .secret, .carried: return .text(text)
        }
    }
}
