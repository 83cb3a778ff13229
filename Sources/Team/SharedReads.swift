public import AdapterKit
public import HTTP
internal import CLinux
internal import Synchronization

/// A transport whose answers to refreshes of lists are shared by a team; everything else goes to the server itself.
///
/// Shared is a GET that a refresh makes (`Sharing`), answered with JSON of bounded size, without its secrets.
/// What a process took or read itself it is never given again, nor anything older: a list never goes back in time.
public final class SharedReads: ReadTransport {
    private struct Memory {
        /// Whether the server has accepted this process's own credentials.
        var isProven = false
        /// The moment before which nothing is good enough, as after a command, in nanoseconds since boot.
        var notBefore: Int64 = .min
        /// When what was had last was asked for, by list and request.
        var had: [String: Int64] = [:]
        /// What was taken from others last, by list and request: somebody shares it.
        var taken: Set<String> = []
        /// Requests whose answers can't be shared.
        var unshared: Set<String> = []
    }

    private let inner: any ReadTransport
    private let store: TeamStore
    private let backend: Int
    private let server: String
    private let account: TeamAccount
    private let credentialHeader: String
    private let keys: SecretKeys
    private let secrets: [Secret]
    private let memory = Mutex(Memory())

    /// Puts a store before a backend's transport.
    ///
    /// - Parameters:
    ///   - backend: its place, for what the store reports.
    ///   - secrets: the backend's own secrets; an answer that holds one, or a request, is not shared.
    public init(
        _ inner: any ReadTransport, _ store: TeamStore, backend: Int, endpoint: Endpoint,
        descriptor: AdapterDescriptor, account: TeamAccount, secrets: [Secret]
    ) {
        self.inner = inner
        self.store = store
        self.backend = backend
        self.account = account
        credentialHeader = descriptor.credentialHeader.lowercased()
        keys = descriptor.secrets
        self.secrets = secrets.filter { $0.exposed.utf8.count >= 4 }
        server = endpoint.teamSource(descriptor)
    }

    private var now: Int64 { clinux_boot_nanoseconds() }

    /// Something is sent that changes the server: what was read before is good enough for nothing any more.
    public func noteCommand() {
        memory.withLock { [now] in $0.notBefore = now }
    }

    /// Answers a read, by what another process of the team has where that is allowed.
    public func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let target = target(of: request)
        guard let sharing = Sharing.current, !sharing.isOver, let target, memory.withLock({ $0.isProven }),
            let salt = await salt(sharing), let key = key(of: request, target, salt),
            memory.withLock({ !$0.unshared.contains(key.text) })
        else { return try await readItself(request, target) }
        store.note(key, for: sharing.list, of: backend)
        let isFirst = sharing.noteRead()
        let place = "\(sharing.list) \(target)"
        let askedAt = now
        let question = TeamQuestion(
            key: key, age: age(for: place, sharing.interval, at: askedAt), interval: sharing.interval,
            grace: grace(for: place, sharing.interval))
        let began = ContinuousClock.now
        let reply = await store.find(question)
        let waited = ContinuousClock.now - began
        if Task.isCancelled {
            if case .fetch = reply { store.post(.release(key, why: .cancelled)) }
            throw .cancelled
        }
        switch reply {
        case .answer(let row):
            sharing.noteTaken(age: row.age, waited: waited)
            sharing.noteAnswer()
            memory.withLock { [now] memory in
                memory.had[place] = now - Int64(row.age * 1e9)
                memory.taken.insert(place)
            }
            return Response(
                status: row.status, headers: [Header("Content-Type", row.mediaType)], body: Body(row.body),
                exchange: Exchange(seconds: 0, received: row.body.count))
        case .fetch:
            return try await fetch(request, key, place, sharing, isFirst: isFirst, waited, holdsLock: true)
        case .alone(let within, let keeps):
            memory.withLock { _ = $0.taken.remove(place) }
            if within > 0 {
                do {
                    try await Task.sleep(for: .seconds(Double.random(in: 0...within)))
                } catch { throw .cancelled }
                sharing.noteTaken(age: 0, waited: ContinuousClock.now - began)
            }
            guard keeps else {
                sharing.end()
                return try await readItself(request, target, for: place)
            }
            return try await fetch(request, key, place, sharing, isFirst: isFirst, waited, holdsLock: false)
        }
    }

    /// The salt of the team; how long joining took says nothing of the server, which else would be asked less often.
    private func salt(_ sharing: Sharing) async -> [UInt8]? {
        let began = ContinuousClock.now
        let salt = await store.salt()
        sharing.noteWaited(ContinuousClock.now - began)
        return salt
    }

    /// Reads for all.
    private func fetch(
        _ request: ReadRequest, _ key: RequestKey, _ place: String, _ sharing: Sharing, isFirst: Bool,
        _ waited: Duration, holdsLock: Bool
    ) async throws(TransportError) -> Response {
        if waited > .zero { sharing.noteTaken(age: 0, waited: waited) }
        let askedAt = now
        let response: Response
        do throws(TransportError) {
            response = try await readItself(request, nil)
        } catch {
            store.post(.release(key, why: error == .cancelled ? .cancelled : .failed))
            throw error
        }
        guard let body = shareable(response) else {
            if response.isSuccess || response.status == 404 {
                memory.withLock { _ = $0.unshared.insert(key.text) }
            }
            store.post(.release(key, why: .failed))
            memory.withLock { $0.had[place] = askedAt }
            return response
        }
        memory.withLock { $0.had[place] = askedAt }
        store.post(
            .keep(
                KeptAnswer(
                    key: key, interval: sharing.interval, askedAt: askedAt, list: sharing.list,
                    isFirst: isFirst,
                    status: response.status, mediaType: response.mediaType, body: body), holdsLock: holdsLock)
        )
        // The same bytes as all others have, so that all screens say the same.
        return Response(
            status: response.status, headers: response.headers, body: Body(body), exchange: response.exchange)
    }

    /// Reads at the server, and notes whether it accepts us.
    private func readItself(
        _ request: ReadRequest, _ target: String?, for place: String? = nil
    ) async throws(TransportError) -> Response {
        let askedAt = now
        Sharing.current?.noteOwn()
        let response = try await inner.read(request)
        let isLoggedIn = request.headers.contains { $0.name.lowercased() == credentialHeader }
        memory.withLock { memory in
            if response.status == 401 || response.status == 403 {
                memory.isProven = false
            } else if response.isSuccess, isLoggedIn || !account.hasSecret, !isPage(response) {
                memory.isProven = true
            }
            if let place { memory.had[place] = askedAt }
            guard let target, request.method == .get else { return }
            // Read by itself, as when the operator wants it: no list of this process shows less than that.
            for known in memory.had.keys where known.hasSuffix(" \(target)") {
                memory.had[known] = max(askedAt, memory.had[known] ?? askedAt)
            }
            if place == nil { memory.had["* \(target)"] = askedAt }
        }
        return response
    }

    private func isPage(_ response: Response) -> Bool { response.mediaType == "text/html" }

    /// How long who only reads waits for somebody: whoever shared it last time does so again, a little later where that
    /// machine is busy.
    private func grace(for place: String, _ interval: Double) -> Double {
        memory.withLock { $0.taken.contains(place) } ? max(2.5, min(10, interval / 2)) : 2.5
    }

    /// How old an answer may be: less than the interval, newer than what was had, and not from before a command.
    private func age(for place: String, _ interval: Double, at moment: Int64) -> Double {
        memory.withLock { memory in
            let target = place.drop { $0 != " " }
            let had = max(memory.had[place] ?? .min, memory.had["*\(target)"] ?? .min)
            let bound = max(had, memory.notBefore)
            guard bound > .min else { return interval }
            // Clocks are compared over a connection: what is as old to within a moment is the same.
            return min(interval, Double(moment - bound) / 1e9 - 0.05)
        }
    }

    // MARK: What may be shared

    private func target(of request: ReadRequest) -> String? {
        guard let path = request.template.path(request.parameters) else { return nil }
        let query = PercentEncoding.query(request.query)
        return query.isEmpty ? path : "\(path)?\(query)"
    }

    private func key(of request: ReadRequest, _ target: String, _ salt: [UInt8]) -> RequestKey? {
        guard request.method == .get, request.body == nil,
            let identity = account.identity(salt)
        else { return nil }
        let decoded = PercentEncoding.decode(target)
        guard !secrets.contains(where: { target.contains($0.exposed) || decoded.contains($0.exposed) }) else {
            return nil
        }
        // What a name says is secret is, in a query as well.
        guard !request.query.contains(where: { keys.holds($0.0) }) else { return nil }
        return RequestKey(server: server, account: identity, request: "GET \(target)")
    }

    /// The body as all may have it; nil for an answer that is not shared.
    private func shareable(_ response: Response) -> [UInt8]? {
        // With 404 some say in JSON that a list is empty; the page of a proxy is no JSON.
        guard response.isSuccess || response.status == 404, response.body.count <= TeamAnswers.largestBody,
            response.header("set-cookie") == nil, response.exchange.redirects == 0
        else { return nil }
        guard let body = response.body.withUnsafeBytes({ Stripping.stripped($0, of: keys) }) else {
            return nil
        }
        for secret in secrets where body.holds(Array(secret.exposed.utf8)) { return nil }
        return body
    }
}

extension [UInt8] {
    /// Whether some bytes stand in it.
    fileprivate func holds(_ part: [UInt8]) -> Bool {
        guard let first = part.first, count >= part.count else { return false }
        return withUnsafeBufferPointer { bytes in
            (0...(bytes.count - part.count)).contains { start in
                bytes[start] == first && bytes[start..<(start + part.count)].elementsEqual(part)
            }
        }
    }
}

/// A transport for commands that has a team's answers forgotten which were read before.
public struct NotedCommands: CommandTransport {
    private let inner: any CommandTransport
    private let reads: SharedReads

    /// Puts it before a backend's transport for commands.
    public init(_ inner: any CommandTransport, _ reads: SharedReads) {
        self.inner = inner
        self.reads = reads
    }

    /// Sends a step.
    public func send(_ step: CommandStep, _ receipt: AuditReceipt) async throws(TransportError) -> Response {
        reads.noteCommand()
        defer { reads.noteCommand() }
        return try await inner.send(step, receipt)
    }
}
