import CCurl
import HTTP

/// A curl easy handle that remembers whether every option was taken.
///
/// An option that curl refuses may be the one that verifies the server, so a handle with a refused option is
/// not used. Belongs to the thread of the loop.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// The first option that curl did not take.
    private(set) var refused: CURLcode?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let complaint: UnsafeMutablePointer<CChar>

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        complaint = .allocate(capacity: Int(CURL_ERROR_SIZE))
        complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        note(ccurl_set_pointer(pointer, CURLOPT_ERRORBUFFER, complaint))
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headerList)
        complaint.deallocate()
    }

    /// curl's own words for what went wrong, printable ASCII only; a server may have a part in them.
    var words: String {
        let text = String(cString: complaint)
        return String(decoding: text.utf8.map { (32..<127).contains($0) ? $0 : 63 }, as: UTF8.self)
    }

    /// Takes away a value that curl was built with.
    func clear(_ option: CURLoption) { note(ccurl_set_text(pointer, option, nil)) }

    func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(pointer, option, value)) }
    func set(_ option: CURLoption, _ value: Bool) { set(option, value ? 1 : 0) }
    func set(_ option: CURLoption, _ value: String?) {
        guard let value else { return }
        note(ccurl_set_text(pointer, option, value))
    }
    func set(_ option: CURLoption, size value: Int) { note(ccurl_set_size(pointer, option, value)) }
    func set(_ option: CURLoption, context value: UnsafeMutableRawPointer) {
        note(ccurl_set_pointer(pointer, option, value))
    }
    func set(_ option: CURLoption, _ receiver: @escaping curl_write_callback) {
        note(ccurl_set_receiver(pointer, option, receiver))
    }
    func setDeparture(_ departure: curl_prereq_callback, context: UnsafeMutableRawPointer) {
        note(ccurl_set_departure(pointer, departure))
        set(CURLOPT_PREREQDATA, context: context)
    }

    /// The body; curl copies it, so the caller's bytes may go.
    func setBody(_ bytes: [UInt8]) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, size: bytes.count)
        note(
            bytes.withUnsafeBytes { buffer in
                // An empty array has no address, and no pointer means "no body" to curl.
                guard let start = buffer.baseAddress, !buffer.isEmpty else {
                    return ccurl_set_text(pointer, CURLOPT_COPYPOSTFIELDS, "")
                }
                return ccurl_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start)
            })
    }

    func setHeaders(_ lines: [String]) {
        for line in lines {
            guard let list = curl_slist_append(headerList, line) else { return note(CURLE_OUT_OF_MEMORY) }
            headerList = list
        }
        note(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headerList))
    }

    private func note(_ code: CURLcode) {
        if code != CURLE_OK { refused = refused ?? code }
    }
}

extension EasyHandle {
    /// Tells curl everything about an exchange; nothing that curl would do by itself is left on.
    func configure(_ order: TransferOrder) {
        configureAddress(order)
        configureTrust(order.endpoint.trust)
        configureRequest(order)

        let limits = order.endpoint.limits
        set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(min(limits.connect, order.whole) * 1000)))
        set(CURLOPT_MAXFILESIZE_LARGE, size: limits.body)
        // A list of a large network has 60 MB: one call of the system for each 16 KB of them makes 4,000.
        set(CURLOPT_BUFFERSIZE, 96 << 10)
        set(CURLOPT_NOSIGNAL, true)
        // Without it, giving up while a name is being resolved waits for the resolver and stops every backend.
        set(CURLOPT_QUICK_EXIT, true)
        if order.isCommand {
            // curl sends again, POST included, when a connection that it reused dies before the first byte of
            // the answer, and an HTTP/2 server may refuse a stream, which curl repeats as well.
            set(CURLOPT_FRESH_CONNECT, true)
            set(CURLOPT_FORBID_REUSE, true)
            set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        } else {
            set(CURLOPT_TCP_KEEPALIVE, true)
            set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        }
    }

    private func configureAddress(_ order: TransferOrder) {
        set(CURLOPT_URL, order.url)
        set(CURLOPT_PATH_AS_IS, true)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        set(CURLOPT_FOLLOWLOCATION, false)
        if let proxy = order.endpoint.proxy {
            set(CURLOPT_PROXY, proxy)
            // The environment's exceptions belong to the environment's proxy.
            set(CURLOPT_NOPROXY, "")
        }
        // Else a proxy's answer to CONNECT would count as the server's first byte.
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
    }

    private func configureTrust(_ trust: Trust) {
        set(CURLOPT_SSL_VERIFYPEER, !trust.insecure)
        set(CURLOPT_SSL_VERIFYHOST, trust.insecure ? 0 : 2)
        if let file = trust.authorityFile {
            set(CURLOPT_CAINFO, file)
            // curl's own folder of authorities would be asked as well.
            clear(CURLOPT_CAPATH)
        }
        set(CURLOPT_SSLCERT, trust.certificateFile)
        set(CURLOPT_SSLKEY, trust.keyFile)
        set(CURLOPT_PINNEDPUBLICKEY, trust.pin)
    }

    private func configureRequest(_ order: TransferOrder) {
        set(CURLOPT_USERAGENT, order.userAgent)
        set(CURLOPT_ACCEPT_ENCODING, "")
        switch order.method {
        case .get: set(CURLOPT_HTTPGET, true)
        case .head: set(CURLOPT_NOBODY, true)
        case .options, .delete: break
        case .post: set(CURLOPT_POST, true)
        case .put, .patch: break
        }
        if let body = order.body {
            setBody(body)
        } else if [.post, .put, .patch].contains(order.method) {
            setBody([])
        }
        if order.method != .get && order.method != .head || order.body != nil {
            set(CURLOPT_CUSTOMREQUEST, order.method.rawValue)
        }
        setHeaders(headerLines(order))
    }

    /// The header lines as curl wants them: `Name;` sends an empty value, `Name:` removes curl's own.
    private func headerLines(_ order: TransferOrder) -> [String] {
        var lines = order.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        // Waiting for "100 Continue" costs a second with servers that do not know it.
        lines.append("Expect:")
        if !order.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            lines.append("Content-Type:")
        }
        return lines
    }
}
