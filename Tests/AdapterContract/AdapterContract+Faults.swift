import AdapterKit
import Domain
import HTTP

extension AdapterContract {
    /// Checks that a server in trouble never looks like one without rows: at the first look and after a good one.
    public func trouble() async -> [String] {
        var faults: [String] = []
        for trouble in Trouble.all {
            let changing = SwitchedTransport(transport)
            let used = adapter(over: changing)
            do throws(BackendError) {
                _ = try await used.check()
            } catch {
                return ["check fails: \(error.words)"]
            }
            changing.follow(trouble)
            for kind in used.ownResources.map(\.kind) {
                faults += await suffer(trouble, kind, adapter(over: trouble))
                faults += await suffer(trouble, kind, used)
            }
        }
        return faults
    }

    private func suffer(_ trouble: Trouble, _ kind: ResourceKind, _ adapter: any Adapter) async -> [String] {
        let sink = CollectingSink()
        let place = "the error of \(kind) after \(trouble.name)"
        do throws(BackendError) {
            let completeness = try await adapter.refresh(Query(kind), into: sink)
            return ["\(trouble.name) gives \(sink.rows) rows of \(kind), \(completeness)"]
        } catch {
            var faults = fault(in: error.words, of: place)
            for blamed in trouble.innocent where error.words.contains(blamed) {
                faults.append("\(place) blames \(blamed): \(error.words)")
            }
            if sink.rows > 0 { faults.append("\(trouble.name) gives rows of \(kind)") }
            if let expected = trouble.kind, error.kind != expected {
                faults.append("\(place) is \(error.kind.rawValue), not \(expected.rawValue): \(error.words)")
            }
            if let wait = trouble.wait, error.retryAfter != wait {
                faults.append("\(place) does not say to wait \(wait) s")
            }
            return faults
        }
    }
}

/// Something that a server or the way to it does instead of answering.
private struct Trouble: ReadTransport {
    let name: String
    /// What it means to the operator; nil where adapters may differ.
    let kind: BackendError.Kind?
    var wait: Double?
    /// What it is not to blame.
    var innocent: [String] = []
    let result: Result<Response, TransportError>

    func read(_ request: ReadRequest) async throws(TransportError) -> Response { try result.get() }

    static let all: [Trouble] = [
        answer("401", .refused, 401, "{}"),
        answer("403", .forbidden, 403, "{}"),
        page("a firewall's page with 403", .invalid, 403, "Just a moment...", by: "cloudflare"),
        page("a proxy's page with 401", .refused, 401, "401 Authorization Required", by: "nginx"),
        answer("404 with a page", .missing, 404, "<html>Not Found</html>"),
        answer("429", .server, 429, "slow down", wait: 7),
        answer("500 with a page", .server, 500, "<html>Internal Server Error</html>"),
        answer("503 with a wait", .server, 503, "{}", wait: 7),
        answer("a page with 200", .invalid, 200, "<!DOCTYPE html><html>Welcome</html>"),
        answer("a login page with 200", .refused, 200, "<!DOCTYPE html><html><title>Login</title></html>"),
        answer("nothing with 200", .invalid, 200, ""),
        answer("half of an answer", .invalid, 200, #"{"status":"ok","devices":[{"#),
        answer("something that is no JSON", .invalid, 200, "\u{1B}[31mhello"),
        answer("JSON of another kind", nil, 200, #"{"hello":"world"}"#),
        answer("a bare null", nil, 200, "null"),
        answer("a hundred thousand brackets", .invalid, 200, String(repeating: "[", count: 100_000)),
        failure("no name", .unreachable, .unresolved(host: "nms.example.net")),
        failure("a time limit", .timedOut, .timedOut(.firstByte, seconds: 30)),
        failure("a broken connection", .unreachable, .closed(reason: "reset")),
        failure("a login redirect", .refused, .redirected(status: 302, to: "https://nms.example.net/login")),
        failure("too much", .invalid, .tooLarge(limit: 1 << 28)),
        failure("a gate", .gated, .refused("not declared")),
        failure("cancelling", .cancelled, .cancelled),
    ]

    private static func answer(
        _ name: String, _ kind: BackendError.Kind?, _ status: Int, _ body: String, wait: Double? = nil
    ) -> Trouble {
        let headers = wait.map { [Header("Retry-After", String(Int($0)))] } ?? []
        return Trouble(
            name: name, kind: kind, wait: wait,
            result: .success(Response(status: status, headers: headers, body: Body(Array(body.utf8)))))
    }

    /// A page of something before the server: what stands behind it was never asked.
    private static func page(
        _ name: String, _ kind: BackendError.Kind, _ status: Int, _ title: String, by sender: String
    ) -> Trouble {
        let body = "\r\n<!DOCTYPE html><html><head><TITLE>\(title)</title></head><body>no</body></html>"
        return Trouble(
            name: name, kind: kind,
            innocent: ["token has no right", "account has no right", "does not accept"],
            result: .success(
                Response(status: status, headers: [Header("Server", sender)], body: Body(Array(body.utf8)))))
    }

    private static func failure(
        _ name: String, _ kind: BackendError.Kind, _ error: TransportError
    ) -> Trouble {
        Trouble(name: name, kind: kind, result: .failure(error))
    }
}
