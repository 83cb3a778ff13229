internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

/// Logging in: rarely, by one task at a time, and never again by itself after a refusal, since Krill bans
/// addresses that try.
extension KrillServer {
    /// Seconds for which a refusal stands for the tasks that come after it; later ones come because somebody
    /// decided so.
    private static let refusalHold: Int64 = 10
    /// Seconds for which a login is left alone that the server does not even judge.
    private static let banHold: Int64 = 120

    func credentials() async throws(BackendError) -> [Header] {
        [Header("Authorization", try await session().authorization.exposed)]
    }

    func refusesCredentials(_ response: Response) -> Bool { Verdict.isUnauthenticated(response) }

    func renewCredentials() async throws(BackendError) -> Bool {
        guard let known = withMemory({ $0.session }), known.endsAt != nil else { return false }
        return try await session(insteadOf: known).number != known.number
    }

    /// What to send as `Authorization`; tasks that need a new one share it.
    ///
    /// - Parameter refused: the session that the server did not accept.
    func session(insteadOf refused: Session? = nil) async throws(BackendError) -> Session {
        if let usable = usable(insteadOf: refused) { return usable }
        return try await signing.once {
            usable(insteadOf: refused)
        } or: { () async throws(BackendError) in
            try await sign(insteadOf: refused)
        }
    }

    private func usable(insteadOf refused: Session?) -> Session? {
        let now = settings.now()
        return withMemory { memory in
            guard let session = memory.session, session.number != refused?.number else { return nil }
            return session.renewAt.map { now < $0 } ?? true ? session : nil
        }
    }

    private func sign(insteadOf refused: Session?) async throws(BackendError) -> Session {
        let now = settings.now()
        if let refusal = withMemory({ $0.refusal }), now < refusal.until { throw refusal.error }
        if let known = withMemory({ $0.session }) {
            guard known.endsAt != nil else { throw hold(Verdict.refused(nil), for: Self.refusalHold) }
            do throws(BackendError) {
                if let renewed = try await refreshed(known) { return keep(renewed) }
            } catch {
                // Before its end the old one is good enough while the server is in trouble.
                guard refused == nil, let end = known.endsAt, now < end else { throw error }
                var known = known
                known.renewAt = Timestamp(min(now.seconds + 15, end.seconds))
                return keep(known)
            }
        }
        return keep(try await loggedIn())
    }

    private func keep(_ session: Session) -> Session {
        withMemory { memory in
            memory.session = session
            memory.refusal = nil
        }
        return session
    }

    /// Remembers a refusal, so that tasks that wait for the same login don't try it again.
    func hold(_ error: BackendError, for seconds: Int64) -> BackendError {
        let until = Timestamp(settings.now().seconds + seconds)
        withMemory { $0.refusal = Refusal(error: error, until: until) }
        return error
    }

    /// `POST auth/refresh/`: nil when the server does not accept it any more, so that a login is due.
    private func refreshed(_ known: Session) async throws(BackendError) -> Session? {
        guard let refresh = known.refresh else { return nil }
        let response = try await post(
            Path.refresh, "application/json",
            JSONTree.object([.init("refresh", .string(refresh.exposed))]).bytes)
        if let refusal = response.refusalInFront { throw refusal }
        if [400, 401, 403, 404, 405].contains(response.status) { return nil }
        let root = try Verdict.root(of: response)
        guard let access = root["access"]?.string, !access.isEmpty else { return nil }
        return .bearer(
            access, refresh: root["refresh"]?.string ?? refresh.exposed, now: settings.now(),
            number: nextNumber())
    }

    /// `POST auth/login/`, as real clients send it: a form.
    ///
    /// Without such a path it is HTTP Basic.
    private func loggedIn() async throws(BackendError) -> Session {
        let user = settings.user ?? ""
        let form = PercentEncoding.query([
            ("username", user), ("password", settings.secret.exposed),
        ])
        let response = try await post(Path.login, "application/x-www-form-urlencoded", Array(form.utf8))
        if let refusal = response.refusalInFront { throw hold(refusal, for: Self.refusalHold) }
        switch response.status {
        case 404, 405: return .basic(user: user, password: settings.secret, number: nextNumber())
        case 400, 401:
            let message = (try? response.json()).flatMap { Verdict.message(in: $0) }
            throw hold(Verdict.refused(message), for: Self.refusalHold)
        case 403:
            let message = (try? response.json()).flatMap { Verdict.message(in: $0) }
            let words = "Krill lets nobody log in from here; it may have banned this address"
            throw hold(
                BackendError(.forbidden, message.map { "\(words) (it says: \($0))" } ?? words),
                for: Self.banHold)
        default: break
        }
        let root = try Verdict.root(of: response)
        guard let access = root["access"]?.string ?? root["access_token"]?.string, !access.isEmpty else {
            throw BackendError(.invalid, "the login gives no token: check that url leads to Krill")
        }
        return .bearer(
            access, refresh: root["refresh"]?.string ?? root["refresh_token"]?.string, now: settings.now(),
            number: nextNumber())
    }

    private func nextNumber() -> Int {
        withMemory { memory in
            memory.sessions += 1
            return memory.sessions
        }
    }

    private func post(
        _ template: PathTemplate, _ type: String, _ body: [UInt8]
    ) async throws(BackendError) -> Response {
        let headers = [Header("Accept", "application/json"), Header("Content-Type", type)]
        do throws(TransportError) {
            return try await transport.read(
                ReadRequest(template, method: .post, headers: headers, body: body, priority: 0))
        } catch {
            if case .redirected(let status, let target) = error, target.contains("/auth/login") {
                // Its own path, elsewhere: that is no login page.
                throw BackendError(
                    .invalid, "the server points elsewhere (\(status) to \(target)): check url")
            }
            throw BackendError(error)
        }
    }
}
