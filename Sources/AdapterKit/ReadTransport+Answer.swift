package import Domain
package import HTTP

extension ReadTransport {
    /// Asks once; why no answer came is said in the operator's words.
    package func answer(to request: ReadRequest) async throws(BackendError) -> Response {
        do throws(TransportError) { return try await read(request) } catch { throw BackendError(error) }
    }

    /// Asks once with credentials, for JSON: asked for anything else, frameworks answer pages for people.
    package func answer(
        to request: ReadRequest, with credentials: [Header]
    ) async throws(BackendError) -> Response {
        var request = request
        request.headers += credentials + [Header("Accept", "application/json")]
        if request.body != nil { request.headers.append(Header("Content-Type", "application/json")) }
        return try await answer(to: request)
    }
}
