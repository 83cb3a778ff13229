/// A request as it reached the server: what tests look at to prove what was sent, and what was not.
public struct Arrival: Sendable, Equatable {
    /// The method: `GET`, `PUT`, and so on.
    public let method: String
    /// Path and query as they were sent, nothing decoded.
    public let target: String
    /// The headers, with names in lower case.
    public let headers: [String: String]
    /// The body as bytes.
    public let body: [UInt8]

    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The path as it was sent, without the query.
    public var path: String { String(target.prefix { $0 != "?" }) }
}

/// What has arrived at a server: the last ten thousand requests, and counts of all.
///
/// It has an end so that a simulator may run for months.
struct ArrivalLog: Sendable {
    private static let limit = 10_000
    private(set) var recent: [Arrival] = []
    private(set) var counts: [String: Int] = [:]

    mutating func note(_ request: Request) {
        counts[request.method, default: 0] += 1
        if recent.count >= Self.limit { recent.removeFirst(Self.limit / 2) }
        recent.append(
            Arrival(
                method: request.method, target: request.target, headers: request.headers, body: request.body))
    }
}
