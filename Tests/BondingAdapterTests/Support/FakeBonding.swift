import AdapterKit
import Domain
import HTTP
import JSON
import Synchronization

@testable import BondingAdapter

/// Answers of a bonding server that a test writes down, in either shape of lists.
final class FakeBonding: ReadTransport {
    /// What was asked, as the server would see it.
    struct Asked: Sendable, Equatable, CustomStringConvertible {
        let method: String
        let path: String
        let query: [String: String]

        var description: String {
            let pairs = query.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
            return "\(method) \(path)" + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
        }
    }

    private struct State {
        var answers: [String: String] = [:]
        var statuses: [String: Int] = [:]
        var words: [String: String] = [:]
        var bodies: [String: (status: Int, body: String)] = [:]
        var pageSize: Int?
        var log: [Asked] = []
        var options: (allow: String, body: String)? = (
            "GET, POST, PUT, PATCH, DELETE, OPTIONS", #"{"actions":{"PUT":{}}}"#
        )
    }

    private let state: Mutex<State>

    /// - Parameter pageSize: cuts lists into envelopes of so many rows; nil gives bare arrays.
    init(pageSize: Int? = nil) {
        state = Mutex(State(pageSize: pageSize))
        self["/v3/"] = #"{"bonds":"https://elsewhere.example/api/v3/bonds/"}"#
        for list in ["bonds", "bonders", "aggregators", "spaces"] { self["/v3/\(list)/"] = "[]" }
        self["/v3/system/status/configupdates/"] = #"{"count":0,"failures":0,"status":{}}"#
    }

    /// The body at a path; a list is cut into pages where the server does so.
    subscript(path: String) -> String? {
        get { state.withLock { $0.answers[path] } }
        set { state.withLock { $0.answers[path] = newValue } }
    }

    /// Answers a path with a status and a word.
    func fail(_ path: String, _ status: Int?, saying words: String = "no") {
        state.withLock { state in
            state.statuses[path] = status
            state.words[path] = words
        }
    }

    /// Answers a path with a status and a body as it is.
    func answer(_ path: String, _ status: Int, _ body: String) {
        state.withLock { $0.bodies[path] = (status, body) }
    }

    /// What OPTIONS answers everywhere; nil for a server that has none.
    func setOptions(_ allow: String?, _ body: String = "{}") {
        state.withLock { $0.options = allow.map { ($0, body) } }
    }

    /// Everything that was asked so far.
    var asked: [String] { state.withLock { $0.log.map(\.description) } }
    func forget() { state.withLock { $0.log = [] } }

    func read(_ request: ReadRequest) async throws(TransportError) -> Response {
        let path = request.template.path(request.parameters) ?? "?"
        let query = Dictionary(request.query, uniquingKeysWith: { $1 })
        return state.withLock { state in
            state.log.append(Asked(method: request.method.rawValue, path: path, query: query))
            if let (status, body) = state.bodies[path], request.method == .get {
                return Self.response(status, body)
            }
            if let status = state.statuses[path] {
                let body: JSONTree = ["detail": .string(state.words[path] ?? "no")]
                return Self.response(status, body.text)
            }
            if request.method == .options {
                guard let options = state.options else { return Self.response(405, #"{"detail":"no"}"#) }
                return Self.response(200, options.body, [Header("Allow", options.allow)])
            }
            guard let body = state.answers[path] else {
                return Self.response(404, #"{"detail":"Not found."}"#)
            }
            return Self.response(200, Self.page(body, path, query, state.pageSize))
        }
    }

    private static func page(_ body: String, _ path: String, _ query: [String: String], _ size: Int?)
        -> String
    {
        guard let size, let array = try? JSONDocument(body).root.array else { return body }
        let rows = array.map { JSONTree($0) }
        let number = query["page"].flatMap { Int($0) } ?? 1
        let part = rows.dropFirst((number - 1) * size).prefix(size)
        let isLast = number * size >= rows.count
        let next = "http://internal.example:8080/api\(path)?page=\(number + 1)&token=leak"
        let envelope: JSONTree = [
            "count": .integer(Int64(rows.count)), "next": isLast ? .null : .string(next), "previous": .null,
            "results": .array(Array(part)),
        ]
        return envelope.text
    }

    private static func response(_ status: Int, _ body: String, _ headers: [Header] = []) -> Response {
        Response(
            status: status, headers: [Header("Content-Type", "application/json")] + headers,
            body: Body(Array(body.utf8)))
    }
}

/// A clock that only tests move.
final class HandClock: Sendable {
    private let seconds = Mutex<Int64>(1_795_224_500)
    var now: Timestamp { Timestamp(seconds.withLock { $0 }) }
    func advance(by more: Int64) { seconds.withLock { $0 += more } }
}

extension FakeBonding {
    static let secret = "c0rrect-horse"

    /// An adapter over it.
    ///
    /// - Parameter onPause: what happens while it waits.
    func server(
        _ clock: HandClock = HandClock(), onPause: @escaping @Sendable (FakeBonding) -> Void = { _ in }
    ) -> BondingServer {
        var settings = BackendSettings(
            id: BackendID(0), name: "bonds",
            endpoint: Endpoint(
                origin: Origin(scheme: "https", host: "ba.example.net", port: 443), basePath: "/api"),
            user: "noc@example.net", secret: Secret(Self.secret), now: { clock.now },
            pause: { [self] seconds in
                clock.advance(by: Int64(seconds))
                onPause(self)
            })
        settings.probeWait = 10_000
        return BondingServer(settings, self)
    }

    /// A bond as the document's own example has it, with what else is given.
    static func bond(
        _ id: Int, legs: [(id: Int, state: String)], primary: Int = 1, current: Int? = nil, more: String = ""
    ) -> String {
        let list = legs.map { #"{"id":\#($0.id),"state":"\#($0.state)"}"# }.joined(separator: ",")
        let place = current.map { #","current_aggregator":"https://ba/api/v3/aggregators/\#($0)/""# } ?? ""
        return
            #"{"url":"https://ba/api/v3/bonds/\#(id)/","id":\#(id),"bonder":{"url":"https://ba/api/v3/bonders/\#(id + 100)/","#
            + #""id":\#(id + 100),"name":"site-\#(id)"},"space":{"url":"https://ba/api/v3/spaces/7/","name":"Acme","key":"acme"},"#
            + #""aggregator":"https://ba/api/v3/aggregators/\#(primary)/""# + place
            + #","secondary_aggregator":"https://ba/api/v3/aggregators/2/","note":"","circuit_id":"C-\#(id)","leg_list":[\#(list)]\#(more)}"#
    }

    /// Two aggregators, the first in the given state.
    func setAggregators(first: String = "up") {
        self["/v3/aggregators/"] =
            #"[{"id":1,"name":"agg-a","status":"\#(first)","version":"6.6","ip":"192.0.2.1"},"#
            + #"{"id":2,"name":"agg-b","status":"up","version":"6.6","ip":"192.0.2.2"}]"#
    }
}

extension BondingServer {
    /// All rows of a resource.
    func table(_ kind: ResourceKind, focus: [EntityRef] = [], scope: Query.Scope = .everything) async throws
        -> Table
    {
        let snapshot = Snapshot(from: .empty(resources.first { $0.kind == kind } ?? .bond, backend))
        let completeness = try await refresh(Query(kind, focus: focus, scope: scope), into: snapshot)
        return snapshot.finish(completeness).table
    }
}

extension Table {
    /// The text of a field of an entity's row, by the server's id.
    func word(_ id: String, _ key: FieldKey) -> String? {
        refs.firstIndex { $0.id == id }.map { text($0, key) }
    }

    func number(_ id: String, _ key: FieldKey) -> Int64? {
        refs.firstIndex { $0.id == id }.flatMap { integer($0, key) }
    }
}
