internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON
internal import Synchronization

/// One server of a kind that a file describes.
///
/// Every method may run on several tasks at once; what they share is the token of the login, behind a lock that is never
/// held while waiting.
final class DeclaredServer: Adapter {
    let description: Description
    let settings: BackendSettings
    let transport: any ReadTransport
    private let token = Mutex<String?>(nil)
    private let loggingIn = AsyncMutex()
    let commands: [CommandDescriptor]

    init(_ description: Description, _ settings: BackendSettings, _ transport: any ReadTransport) {
        self.description = description
        self.settings = settings
        self.transport = transport
        var commands: [CommandDescriptor] = []
        for declared in description.commands {
            let command = declared.descriptor.retitled { field in
                declared.standard(of: field.key, settings).map { "\(field.title) (\($0))" } ?? field.title
            }
            if let place = commands.firstIndex(where: { $0.kind == command.kind }) {
                commands[place] = .joined([commands[place], command]) ?? commands[place]
            } else {
                commands.append(command)
            }
        }
        self.commands = commands
    }

    var backend: BackendID { settings.id }
    var now: Timestamp { settings.now() }
    /// Times without a zone are read as UTC where the configuration does not say it.
    var clock: ServerClock { settings.clock ?? ServerClock(offset: 0, isCertain: true) }
    var resources: [ResourceDescriptor] { description.resources.map(\.descriptor) }
    /// The names of members that are never shown.
    var secrets: SecretKeys { SecretKeys(whole: description.secrets) }
    var following: Following { Following(now: { [self] in now }, pause: settings.pause) }

    func resource(_ kind: ResourceKind) throws(BackendError) -> DeclaredResource {
        if let resource = description.resources.first(where: { $0.descriptor.kind == kind }) {
            return resource
        }
        throw BackendError(.unsupported, "\(description.title) has no \(kind) list")
    }

    // MARK: Who it is

    func check() async throws(BackendError) -> ServerInfo {
        try await firstAnswer(after: settings.probeWait) { [self] () async throws(BackendError) in
            try await probe()
        } or: { [self] () async throws(BackendError) in
            guard let resource = description.resources.first else {
                throw BackendError(.unsupported, "\(description.title) lists nothing")
            }
            _ = try await list(resource)
            return info(version: nil)
        }
    }

    private func probe() async throws(BackendError) -> ServerInfo {
        let probe = description.probe
        let root = try await answer(probe.read, Filling(now: now), priority: 0)
        guard probe.expect.value(in: root) != nil else {
            throw BackendError(
                .invalid,
                "the answer has nothing at \(Self.shown(probe.expect)) (\(probe.read.place)): check that url leads to "
                    + description.title)
        }
        return info(version: probe.version?.value(in: root)?.text)
    }

    private func info(version: String?) -> ServerInfo {
        let version = version.map { " \(Cleaning.clean($0).prefix(40))" } ?? ""
        return ServerInfo(product: description.title + version, clock: clock)
    }

    /// A pointer in words.
    static func shown(_ pointer: Pointer) -> String { pointer.text.isEmpty ? "its root" : pointer.text }

    // MARK: Credentials

    func credentials() async throws(BackendError) -> [Header] {
        switch description.login {
        case .none: return []
        case .token(let header, let prefix): return [Header(header, prefix + settings.secret.exposed)]
        case .basic:
            let pair = "\(settings.user ?? ""):\(settings.secret.exposed)"
            return [Header("Authorization", "Basic \(Base64.text(Array(pair.utf8)))")]
        case .post(let request):
            let token = try await loggingIn.once({ self.token.withLock { $0 } }) {
                () async throws(BackendError) in
                try await logIn(request)
            }
            return [Header(request.header, request.prefix + token)]
        }
    }

    func renewCredentials() async throws(BackendError) -> Bool {
        guard case .post = description.login else { return false }
        token.withLock { $0 = nil }
        _ = try await credentials()
        return true
    }

    private func logIn(_ request: Description.LoginRequest) async throws(BackendError) -> String {
        let filling = Filling(user: settings.user ?? "", password: settings.secret.exposed)
        let body = try filling.tree(request.body, for: "the login") ?? .null
        let response = try await transport.answer(
            to: ReadRequest(request.path, method: .post, body: body.bytes, priority: 0), with: [])
        var verdict = verdict
        verdict.isLogin = true
        if response.status == 400 {
            let said = (try? response.json()).flatMap { verdict.words(in: $0) }
            throw BackendError(
                .refused,
                verdict.refused + ", and body of [login]" + (said.map { " (the server says: \($0))" } ?? ""))
        }
        if let problem = verdict.problem(with: response) { throw problem }
        let root = try response.json()
        // What can't stand in a header is no token.
        guard let found = request.token.value(in: root)?.string, !found.isEmpty,
            found.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { throw BackendError(.invalid, "the login answers no token at \(Self.shown(request.token))") }
        token.withLock { $0 = found }
        return found
    }

    // MARK: Web

    var webKinds: Set<ResourceKind> {
        Set(description.resources.filter { $0.web != nil }.map(\.descriptor.kind))
    }

    func webAddress(of entity: EntityRef, field: (FieldKey) -> Value) -> String? {
        guard let web = (try? resource(entity.kind))?.web,
            settings.endpoint.basePath.hasSuffix(description.basePath)
        else { return nil }
        var address = ""
        for part in web.parts {
            switch part {
            case .literal(let text): address += text
            case .id: address += PercentEncoding.segment(entity.id)
            case .field(let key):
                let value = field(key)
                let text = Quantity.text(value, .text, now: now)
                if text.isEmpty { return nil }
                address += PercentEncoding.segment(text)
            default: return nil
            }
        }
        let base = settings.endpoint.basePath.dropLast(description.basePath.count)
        return "\(settings.endpoint.origin)\(base)\(address)"
    }
}
