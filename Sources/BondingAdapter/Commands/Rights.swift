internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// What a resource's OPTIONS says: the methods there are, and the fields of those that the account may use.
///
/// The framework lists methods for everybody and fields only for who may write; actions without a body have no fields
/// for anybody.
struct Rights: Sendable, Equatable {
    /// Whether the account may not even ask.
    var isForbidden = false
    /// Nil where the server does not list methods.
    var methods: Set<String>?
    /// The fields of each method that the account may use.
    var actions: [String: [String: FieldRule]] = [:]

    /// What one field takes.
    struct FieldRule: Sendable, Equatable {
        var isRequired: Bool
        var isReadOnly: Bool
        var choices: [String]
    }

    init() {}

    /// Reads an answer; nil for one that says nothing.
    init?(_ response: Response) {
        if response.status == 403 {
            isForbidden = true
            return
        }
        guard response.isSuccess, let root = try? response.json(), root.kind == .object else { return nil }
        methods = response.header("allow").map { allowed in
            Set(allowed.uppercased().split { $0 == "," || $0 == " " }.map(String.init))
        }
        for (method, fields) in root["actions"]?.object?.map({ $0 }) ?? [] {
            var rules: [String: FieldRule] = [:]
            for (name, rule) in fields.object?.map({ $0 }) ?? [] {
                rules[name] = FieldRule(
                    isRequired: rule["required"]?.flag ?? false,
                    isReadOnly: rule["read_only"]?.flag ?? false,
                    choices: rule["choices"]?.array?.compactMap { $0["value"]?.text ?? $0.string } ?? [])
            }
            actions[method.uppercased()] = rules
        }
    }

    /// Whether the server shows this account anything that it may write here.
    var showsWriting: Bool { !actions.isEmpty }

    /// What a field takes, whichever method says it.
    func rule(_ field: String) -> FieldRule? { actions.values.lazy.compactMap { $0[field] }.first }
}

extension BondingServer {
    /// What may be done at a resource; asked once for each kind of resource, nil where the server does not say.
    func rights(
        _ template: PathTemplate, _ parameters: [String: String] = [:]
    ) async throws(BackendError) -> Rights? {
        if let known = withMemory({ $0.rights[template.description] }) { return known }
        let response = try await read(template, parameters, method: .options, priority: 0)
        // A login that is refused says nothing of rights, and would be refused for the command too.
        if Verdict.isRefusedLogin(response), let problem = Verdict.problem(with: response) { throw problem }
        guard let rights = Rights(response) else {
            // Not there and not offered stay so; what failed is asked again the next time.
            if response.status == 405 || response.status == 404 {
                withMemory { $0.rights[template.description] = Rights() }
            }
            return nil
        }
        withMemory { $0.rights[template.description] = rights }
        return rights
    }

    /// The same, where a server that can't answer leaves it open; a refused login is worth an error of its own.
    private func rightsIfKnown(
        _ template: PathTemplate, _ parameters: [String: String]
    ) async throws(BackendError) -> Rights? {
        do throws(BackendError) {
            return try await rights(template, parameters)
        } catch {
            if error.kind == .refused { throw error }
            return nil
        }
    }

    /// Says that the account may not do something, as far as the server's OPTIONS shows it.
    ///
    /// An action has no fields of its own, so that what the account may write at its owner counts too.
    ///
    /// - Throws: why not; nothing where the server leaves it open.
    func demand(
        _ method: Method, _ template: PathTemplate, _ parameters: [String: String],
        owner: PathTemplate = Path.bond
    ) async throws(BackendError) {
        guard let own = try await rightsIfKnown(template, parameters) else { return }
        if own.isForbidden {
            throw BackendError(.forbidden, "\(settings.name) lets this account not do that (403)")
        }
        if let methods = own.methods, !methods.contains(method.rawValue) {
            throw BackendError(
                .unsupported, "\(settings.name) does not offer that: no \(method.rawValue) there")
        }
        guard own.methods != nil, !own.showsWriting else { return }
        guard let owning = try await rightsIfKnown(owner, parameters),
            owning.methods != nil || owning.isForbidden
        else { return }
        if !owning.showsWriting {
            throw BackendError(
                .forbidden,
                "\(settings.name) shows this account nothing that it may change there: it may only look")
        }
    }
}
