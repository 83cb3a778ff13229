import CCurl
import HTTP

/// Where a server's redirect leads, read by the same parser that makes curl's requests.
struct Redirection: Equatable {
    /// The answer's status.
    let status: Int
    /// The origin that it leads to.
    let origin: Origin
    /// The path from the root, dot steps resolved.
    let path: String
    /// The query as the server wrote it.
    let query: String?

    /// The target as it may be shown: without user, query and fragment, printable, and not endless.
    var shown: String {
        let text = "\(origin)\(path)".unicodeScalars.prefix(300).map {
            (33..<127).contains($0.value) ? $0 : "?"
        }
        return String(String.UnicodeScalarView(text))
    }

    /// The error for a redirect that is not followed.
    var error: TransportError { .redirected(status: status, to: shown) }

    /// The redirect in an answer to the request for `url`; nil when the answer is none.
    ///
    /// - Throws: `redirected` when the target cannot be read.
    init?(_ response: Response, from url: String) throws(TransportError) {
        guard [301, 302, 303, 307, 308].contains(response.status), let location = response.header("location")
        else { return nil }
        guard let parsed = Self.parse(location, against: url) else {
            throw .redirected(status: response.status, to: "an address that cannot be read")
        }
        status = response.status
        (origin, path, query) = parsed
    }

    private static func parse(_ location: String, against url: String) -> (Origin, String, String?)? {
        let parser = curl_url()
        defer { curl_url_cleanup(parser) }
        let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
        guard curl_url_set(parser, CURLUPART_URL, url, 0) == CURLUE_OK,
            curl_url_set(parser, CURLUPART_URL, location, flags) == CURLUE_OK,
            let scheme = part(parser, CURLUPART_SCHEME), let host = part(parser, CURLUPART_HOST)
        else { return nil }
        let port = part(parser, CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)).flatMap { Int($0) } ?? 0
        let origin = Origin(scheme: scheme.lowercased(), host: host.lowercased(), port: port)
        return (origin, part(parser, CURLUPART_PATH) ?? "/", part(parser, CURLUPART_QUERY))
    }

    private static func part(_ parser: OpaquePointer?, _ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard ccurl_url_get(parser, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }

    /// Whether the redirect stays at the origin and leads to the path, however either is percent-encoded.
    func leads(to path: String, at origin: Origin) -> Bool {
        self.origin == origin && Self.segments(self.path) == Self.segments(path)
    }

    private static func segments(_ path: String) -> [[UInt8]] {
        path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { PercentDecoding.bytes($0) }
    }

    /// The query with its question mark, as it can be sent; nil when it has anything else in it.
    var sendableQuery: String? {
        guard let query else { return "" }
        guard query.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else { return nil }
        return "?\(query)"
    }
}

extension String {
    /// The path with its last slash removed or put there.
    var withOtherEnding: String { hasSuffix("/") ? String(dropLast()) : self + "/" }
}
