import HTTP

/// The commanding transport of one backend; in read-only none is made.
struct CurlCommander: CommandTransport {
    let backend: CurlBackend
    let credentials: @Sendable () async throws(TransportError) -> [Header]

    func send(_ step: CommandStep, _ receipt: AuditReceipt) async throws(TransportError) -> Response {
        let network = backend.network
        let gates = [network.gate, backend.gate]
        if let refusal = gates.lazy.compactMap(\.refusal).first { throw .refused(refusal) }
        if let complaint = RequestCheck.complaint(about: step.template, step.parameters)
            ?? RequestCheck.complaint(about: step.headers + backend.headers)
            ?? step.query.lazy.compactMap({ HeaderRules.objection(toMember: $0.0) }).first
        {
            throw .refused(complaint)
        }
        let headers = step.headers + (try await credentials())
        if let complaint = RequestCheck.complaint(about: headers) { throw .refused(complaint) }
        guard let target = step.target else { throw .refused("a value for \(step.template) is missing") }
        guard network.receipts.use(receipt) else {
            throw .refused("the audit record \(receipt.record) was used for an earlier sending")
        }
        let endpoint = backend.endpoint
        var order = backend.order(
            target: endpoint.basePath + target, method: step.method, headers: headers, body: step.body,
            priority: .min, whole: endpoint.limits.command)
        order.gates = gates
        let response = try await backend.perform(order)
        guard let redirection = try Redirection(response, from: order.url) else { return response }
        guard let slashed = slashed(redirection, order.target) else { throw redirection.error }
        order.target = slashed
        let second = try await backend.perform(order)
        if let again = try Redirection(second, from: order.url) { throw again.error }
        return second
    }

    /// The target with a slash at the end of its path, when that is all the server asked for: it proves that
    /// the command did not run.
    private func slashed(_ redirection: Redirection, _ target: String) -> String? {
        guard [301, 308].contains(redirection.status) else { return nil }
        let mark = target.firstIndex(of: "?") ?? target.endIndex
        let path = "\(target[..<mark])"
        guard !path.hasSuffix("/"), redirection.leads(to: path + "/", at: backend.endpoint.origin) else {
            return nil
        }
        return "\(path)/\(target[mark...])"
    }
}
