/// One line of an API's table: what is asked, and what answers.
struct Route<Call>: Sendable {
    let method: String
    let template: RoutePattern
    /// The name by which the API lists the route.
    let name: String
    let answer: @Sendable (Call) -> Reply

    init(
        _ method: String, _ template: RoutePattern, _ name: String,
        _ answer: @escaping @Sendable (Call) -> Reply
    ) {
        self.method = method
        self.template = template
        self.name = name
        self.answer = answer
    }
}

/// A path with named holes: `/api/v0/devices/{hostname}/ports`.
///
/// A hole at the end may be `{name?}`, which need not be there; a last `{rest...}` takes what remains.
struct RoutePattern: Sendable, ExpressibleByStringLiteral {
    enum Part: Sendable, Equatable {
        case fixed(String)
        case hole(String)
        case optional(String)
        case rest
    }

    let parts: [Part]

    init(stringLiteral text: String) {
        parts = text.split(separator: "/").map { segment in
            if segment == "{rest...}" { return .rest }
            guard segment.hasPrefix("{"), segment.hasSuffix("}") else { return .fixed(String(segment)) }
            let name = segment.dropFirst().dropLast()
            return name.last == "?" ? .optional(String(name.dropLast())) : .hole(String(name))
        }
    }

    /// What fills the holes, still encoded, when the segments fit.
    func match(_ segments: [Substring]) -> [String: Substring]? {
        guard segments.count >= leastCount, parts.last == .rest || segments.count <= parts.count else {
            return nil
        }
        var found: [String: Substring] = [:]
        for (part, segment) in zip(parts, segments) {
            switch part {
            case .fixed(let text): if text != segment { return nil }
            case .hole(let name), .optional(let name):
                if segment.isEmpty { return nil } else { found[name] = segment }
            case .rest: return found
            }
        }
        return found
    }

    private var leastCount: Int {
        parts.count { part in
            if case .optional = part { false } else { true }
        }
    }

    /// The template as an API prints it, with its own way of writing a hole.
    func text(hole: (String) -> String) -> String {
        parts.map { part in
            switch part {
            case .fixed(let text): "/" + text
            case .hole(let name): "/" + hole(name)
            case .optional(let name): "/" + hole(name + "?")
            case .rest: ""
            }
        }.joined()
    }
}
