/// The page that the framework shows to browsers in place of JSON.
enum BondingPage {
    static func reply(_ reply: Reply, name: String) -> Reply {
        var text: [UInt8] = []
        for byte in reply.body {
            switch byte {
            case UInt8(ascii: "<"): text.append(contentsOf: Array("&lt;".utf8))
            case UInt8(ascii: "&"): text.append(contentsOf: Array("&amp;".utf8))
            default: text.append(byte)
            }
        }
        let head = "<!DOCTYPE html><html><head><title>\(name)</title></head><body><pre>"
        var page = Reply(
            status: reply.status, type: "text/html; charset=utf-8",
            Array(head.utf8) + text + Array("</pre></body></html>".utf8))
        page.headers += reply.headers.filter { $0.name != "Content-Type" }
        return page
    }

    static let notFound = Reply.html(
        404,
        "<!DOCTYPE html><html><head><title>Not Found</title></head><body><h1>Not Found</h1>"
            + "<p>The requested resource was not found on this server.</p></body></html>",
        type: "text/html; charset=utf-8")
}

extension Request {
    /// Whether who asks is a browser.
    var wantsPage: Bool {
        if query["format"] == "json" { return false }
        guard let accept = headers["accept"] else { return false }
        guard let page = accept.firstRange(of: "text/html") else { return false }
        return accept.firstRange(of: "application/json").map { page.lowerBound < $0.lowerBound } ?? true
    }
}
