internal import HTTP

/// A request as it arrived: nothing is decoded until an API asks for it.
struct Request: Sendable {
    let method: String
    /// Path and query as they were sent.
    let target: String
    /// Names are in lower case.
    let headers: [String: String]
    let body: [UInt8]

    /// The path as it was sent, still encoded.
    var path: Substring { target.prefix { $0 != "?" } }

    /// The path's segments, still encoded; a closing slash makes an empty last one.
    var segments: [Substring] {
        path.drop { $0 == "/" }.split(separator: "/", omittingEmptySubsequences: false)
    }

    /// The query's pairs in their order, decoded.
    var query: Query {
        guard let mark = target.firstIndex(of: "?") else { return Query(pairs: []) }
        let pairs = target[target.index(after: mark)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? PercentEncoding.decode(parts[1], plusIsSpace: true) : ""
            return (name: PercentEncoding.decode(parts[0], plusIsSpace: true), value: value)
        }
        return Query(pairs: pairs)
    }
}

/// The decoded pairs of a query; the last of a name wins, as servers have it.
struct Query: Sendable {
    let pairs: [(name: String, value: String)]

    subscript(name: String) -> String? {
        pairs.last { $0.name == name }?.value
    }
}

extension Request {
    /// The request without anything that could tell who sent it.
    var withoutCredentials: Request {
        let names = ["x-auth-token", "authorization", "cookie"]
        let query = target.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
        let kept = query.split(separator: "&").filter { !$0.hasPrefix("api_token=") }
        let target = path + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
        return Request(
            method: method, target: String(target), headers: headers.filter { !names.contains($0.key) },
            body: body)
    }
}
