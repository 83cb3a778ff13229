internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Reads a declared path; any status but one that asks for credentials is an answer here.
    ///
    /// A token that the server does not accept any more is renewed once, and the read sent once more.
    func read(
        _ template: PathTemplate, _ parameters: [String: String] = [:], query: [(String, String)] = [],
        method: Method = .get, body: JSONTree? = nil, priority: Int = 1
    ) async throws(BackendError) -> Response {
        try await read(
            ReadRequest(
                template, parameters, query: query, method: method, body: body?.bytes, priority: priority))
    }

    /// Sends a read with credentials, once more where they were renewed.
    func read(_ request: ReadRequest) async throws(BackendError) -> Response {
        let session = try await session()
        let response = try await send(request, session)
        guard Verdict.isUnauthenticated(response) else { return response }
        let renewed = try await self.session(insteadOf: session)
        let second = try await send(request, renewed)
        if Verdict.isUnauthenticated(second) {
            let message = (try? second.json()).flatMap { Verdict.message(in: $0) }
            throw Verdict.refused(message)
        }
        return second
    }

    private func send(
        _ request: ReadRequest, _ session: Session
    ) async throws(BackendError) -> Response {
        try await transport.answer(
            to: request, with: [Header("Authorization", session.authorization.exposed)])
    }

    /// Reads one object.
    func object(
        _ template: PathTemplate, _ parameters: [String: String] = [:], query: [(String, String)] = [],
        priority: Int = 0
    ) async throws(BackendError) -> JSONValue {
        try Verdict.object(in: try await read(template, parameters, query: query, priority: priority))
    }

    /// Reads one object; nil when the server says that it has none by that name.
    ///
    /// A page about 404, of a proxy or of a path that is not there, says nothing of it.
    func objectIfThere(
        _ template: PathTemplate, _ parameters: [String: String], query: [(String, String)] = []
    ) async throws(BackendError) -> JSONValue? {
        let response = try await read(template, parameters, query: query, priority: 0)
        return Verdict.saysMissing(response) ? nil : try Verdict.object(in: response)
    }

    /// Reads one object of what a server may not offer at all; nil there too.
    func objectIfOffered(
        _ template: PathTemplate, _ parameters: [String: String], query: [(String, String)] = []
    ) async throws(BackendError) -> JSONValue? {
        do throws(BackendError) {
            return try await object(template, parameters, query: query)
        } catch {
            if error.kind == .missing { return nil }
            throw error
        }
    }
}
