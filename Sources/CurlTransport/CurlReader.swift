import HTTP

/// The reading transport of one backend.
struct CurlReader: ReadTransport {
    private static let mostRedirects = 3

    let backend: CurlBackend
    let gate: ReadGate

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        if let refusal = gate.refusal(of: request) ?? RequestCheck.complaint(about: backend.headers) {
            throw .refused(refusal)
        }
        let endpoint = backend.endpoint
        let candidates = gate.paths(for: request).map { endpoint.basePath + $0 }
        guard let path = candidates.first else { throw .refused("\(request.template) is not a path") }
        let query = PercentEncoding.query(request.query)
        var order = backend.order(
            target: query.isEmpty ? path : "\(path)?\(query)", method: request.method,
            headers: request.headers,
            body: request.body, priority: request.priority, whole: endpoint.limits.read)
        var spent = Exchange()
        while true {
            let response = try await backend.perform(order)
            guard let redirection = try Redirection(response, from: order.url) else {
                return response.counting(spent)
            }
            spent.seconds += response.exchange.seconds
            spent.received += response.exchange.received
            spent.redirects += 1
            guard spent.redirects <= Self.mostRedirects, spent.seconds < endpoint.limits.read,
                let target = follow(redirection, of: request, candidates)
            else { throw redirection.error }
            order.target = target
            order.whole = endpoint.limits.read - spent.seconds
        }
    }

    /// The target of a redirect that may be followed, in our own encoding; only the query is the server's.
    private func follow(_ redirection: Redirection, of request: ReadRequest, _ candidates: [String])
        -> String?
    {
        guard let query = redirection.sendableQuery else { return nil }
        // These ask for a GET of the target, which would be another request than the declared one.
        if request.method == .post, [302, 303].contains(redirection.status) { return nil }
        for path in candidates {
            for path in [path, path.withOtherEnding]
            where redirection.leads(to: path, at: backend.endpoint.origin) {
                return path + query
            }
        }
        return nil
    }
}

extension Response {
    /// The same answer with what earlier hops cost added.
    fileprivate func counting(_ earlier: Exchange) -> Response {
        guard earlier.redirects > 0 else { return self }
        var exchange = exchange
        exchange.seconds += earlier.seconds
        exchange.received += earlier.received
        exchange.redirects = earlier.redirects
        return Response(status: status, headers: headers, body: body, exchange: exchange)
    }
}
