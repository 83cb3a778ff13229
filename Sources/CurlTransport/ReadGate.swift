import HTTP

/// Lets through what is a read beyond doubt, and nothing else.
///
/// The method alone proves nothing (one kind of server reboots a modem by GET), so the pair of method and
/// template must have been declared.
struct ReadGate: Sendable {
    private let declared: Set<ReadDeclaration>

    init(_ declarations: [ReadDeclaration]) { declared = Set(declarations) }

    /// Why the request may not be sent; nil when it may.
    func refusal(of request: ReadRequest) -> String? {
        let name = "\(request.method.rawValue) \(request.template)"
        guard request.method.isSafe || request.method == .post else {
            return "\(name) changes the server; a read may not"
        }
        guard declared.contains(ReadDeclaration(request.template, method: request.method)) else {
            return "\(name) is not declared as a read"
        }
        if request.method != .post && request.body != nil { return "\(name) may not have a body" }
        if let objection = request.query.lazy.compactMap({ HeaderRules.objection(toMember: $0.0) }).first {
            return objection
        }
        return RequestCheck.complaint(about: request.template, request.parameters)
            ?? RequestCheck.complaint(about: request.headers)
    }

    /// The paths below the base path that a redirect of this request may lead to: its own, and those of
    /// other declared reads of the same method filled with the same values.
    ///
    /// A server's redirect can therefore never choose a value, and never reach a path that is not declared.
    func paths(for request: ReadRequest) -> [String] {
        let others = declared.filter { $0.method == request.method && $0.template != request.template }
        return ([request.template] + others.map(\.template).sorted { $0.description < $1.description })
            .compactMap { $0.path(request.parameters) }
    }
}
