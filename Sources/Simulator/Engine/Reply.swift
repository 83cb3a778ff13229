/// What a server answers, before it is sent or spoiled by a fault.
struct Reply: Sendable {
    var status: Int
    /// In the order in which they are set.
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    init(status: Int = 200, type: String, _ body: [UInt8]) {
        self.init(status: status, headers: [("Content-Type", type)], body: body)
    }

    static func html(_ status: Int, _ page: String, type: String = "text/html; charset=UTF-8") -> Reply {
        Reply(status: status, type: type, Array(page.utf8))
    }

    /// The words that stand beside a status code.
    static func phrase(for status: Int) -> String {
        phrases[status] ?? "Status \(status)"
    }

    private static let phrases: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 301: "Moved Permanently", 302: "Found",
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 415: "Unsupported Media Type", 429: "Too Many Requests",
        500: "Internal Server Error",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}
