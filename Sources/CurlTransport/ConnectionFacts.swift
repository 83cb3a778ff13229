import CCurl
public import HTTP

/// What making one connection to a backend shows, before anything is asked there.
public struct ConnectionFacts: Sendable, Equatable {
    /// The address that the name stands for, or that of the proxy.
    public var address: String
    /// Seconds until the name was looked up.
    public var lookup: Double
    /// Seconds until the connection stood.
    public var connect: Double
    /// Seconds until TLS was agreed on; nil without TLS.
    public var handshake: Double?
    /// When the server's certificate ends, as it says it: `Jan  1 12:00:00 2027 GMT`; nil where that is not known.
    public var certificateEnd: String?

    /// Describes a connection that was made.
    public init(
        address: String, lookup: Double, connect: Double, handshake: Double?, certificateEnd: String?
    ) {
        self.address = address
        self.lookup = lookup
        self.connect = connect
        self.handshake = handshake
        self.certificateEnd = certificateEnd
    }
}

extension CurlBackend {
    /// Makes one connection as requests do, sends no request, and closes it.
    ///
    /// Waits, so only where nothing else is to be done; never on the main thread of a dashboard.
    public func connectOnce() -> Result<ConnectionFacts, TransportError> {
        guard let handle = EasyHandle() else {
            return .failure(.refused("there is no memory for a connection"))
        }
        let order = order(
            target: "", method: .get, headers: [], body: nil, priority: 0, whole: endpoint.limits.connect)
        handle.configure(order)
        handle.set(CURLOPT_CONNECT_ONLY, true)
        handle.set(CURLOPT_CERTINFO, true)
        handle.set(CURLOPT_TIMEOUT_MS, max(1, Int(endpoint.limits.connect * 1000)))
        if handle.refused != nil {
            return .failure(.refused("curl does not take the settings of this backend: \(handle.words)"))
        }
        let code = curl_easy_perform(handle.pointer)
        guard code == CURLE_OK else {
            return .failure(CurlFault(code, handle: handle, order: order).error)
        }
        func seconds(_ info: CURLINFO) -> Double { Double(ccurl_get_size(handle.pointer, info)) / 1e6 }
        let handshake = seconds(CURLINFO_APPCONNECT_TIME_T)
        return .success(
            ConnectionFacts(
                address: ccurl_get_text(handle.pointer, CURLINFO_PRIMARY_IP).map { String(cString: $0) }
                    ?? "",
                lookup: seconds(CURLINFO_NAMELOOKUP_TIME_T), connect: seconds(CURLINFO_CONNECT_TIME_T),
                handshake: handshake > 0 ? handshake : nil, certificateEnd: Self.certificateEnd(handle)))
    }

    private static func certificateEnd(_ handle: EasyHandle) -> String? {
        var place: Int32 = 0
        while let line = ccurl_certificate_line(handle.pointer, place) {
            let words = String(cString: line)
            if words.hasPrefix("Expire date:") { return String(words.dropFirst("Expire date:".count)) }
            place += 1
        }
        return nil
    }
}
