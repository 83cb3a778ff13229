internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension BondingServer {
    func check() async throws(BackendError) -> ServerInfo { try await probe(again: true) }

    /// Finds out what the server speaks; tasks that ask meanwhile share the answer.
    func probe(again: Bool) async throws(BackendError) -> ServerInfo {
        try await probing.once {
            again ? nil : withMemory { $0.version }.map { info($0, nil) }
        } or: { () async throws(BackendError) in
            try await askForVersion()
        }
    }

    /// What answers lists of v3 is v3, also where the root hangs.
    private func askForVersion() async throws(BackendError) -> ServerInfo {
        withMemory { $0.rights = [:] }
        let version = try await firstAnswer(after: settings.probeWait) { () async throws(BackendError) in
            try await self.versionByRoot()
        } or: { () async throws(BackendError) in
            _ = try await self.list(Path.aggregators, priority: 0)
            return .three
        }
        withMemory { $0.version = version }
        guard version == .three else { return info(version, nil) }
        return info(version, await inTime(settings.probeWait) { await self.softwareVersion() } ?? nil)
    }

    /// v3 answers a list of its resources; where it is gone, v4's login is tried.
    private func versionByRoot() async throws(BackendError) -> Memory.Version {
        let response = try await read(Path.root, priority: 0)
        if response.status == 404 || response.status == 410 {
            guard try await logIn() else {
                throw Verdict.problem(with: response)
                    ?? BackendError(.missing, "no bonding API at this address: check url")
            }
            return .four
        }
        // A root that the account may not see is one all the same.
        if response.status != 403 || Verdict.problem(with: response)?.kind != .forbidden {
            let root = try Verdict.object(in: response)
            guard root["bonds"] != nil || root["spaces"] != nil || root["aggregators"] != nil else {
                throw BackendError(.invalid, "no bonding API at this address: check url")
            }
        }
        return .three
    }

    /// The version of the software, where the account may know it.
    private func softwareVersion() async -> String? {
        guard let root = try? await object(Path.versions, priority: 0) else { return nil }
        let named = root.words("bondingadmin", "management_server", "version", "bonding")
        return named.map { String($0.prefix(40)) }
    }

    private func info(_ version: Memory.Version, _ software: String?) -> ServerInfo {
        let name = software.map { "Bonding \($0)" } ?? "Bonding"
        switch version {
        case .three: return ServerInfo(product: "\(name), API v3", clock: clock)
        case .four:
            return ServerInfo(
                product: "\(name), API v4", clock: clock,
                remarks: [
                    "has no API v3: bonds, legs, aggregators, bonders and spaces are shown; commands, state history, "
                        + "tests and tunings are not, since what v4 has for them is not known here"
                ])
        }
    }

    // MARK: Credentials

    func credentials() async throws(BackendError) -> [Header] {
        if let token = withMemory({ $0.token }) { return [Header("Authorization", "Token \(token)")] }
        let pair = "\(settings.user ?? ""):\(settings.secret.exposed)"
        return [Header("Authorization", "Basic \(Base64.text(Array(pair.utf8)))")]
    }

    /// A token can run out; e-mail and password can't be renewed.
    func renewCredentials() async throws(BackendError) -> Bool {
        guard withMemory({ $0.version }) == .four else { return false }
        return try await logIn()
    }

    /// Asks v4 for a token.
    ///
    /// - Returns: false where there is no v4 either.
    private func logIn() async throws(BackendError) -> Bool {
        let body: JSONTree = [
            "email": .string(settings.user ?? ""), "password": .string(settings.secret.exposed),
        ]
        let response = try await transport.answer(
            to: ReadRequest(Path.V4.login, method: .post, body: body.bytes, priority: 0), with: [])
        if response.status == 404 || response.status == 410 { return false }
        if response.status == 400 {
            throw BackendError(
                .refused, "the bonding server does not accept e-mail and password: check user and password")
        }
        let root = try Verdict.object(in: response)
        guard let token = root["auth_token"]?.string ?? root["token"]?.string, !token.isEmpty,
            token.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
        else { throw BackendError(.invalid, "the login of API v4 gives no token") }
        withMemory { $0.token = token }
        return true
    }
}
