import CCurl
import Glibc
import HTTP

/// What a failed exchange means, in words that say what to do.
struct CurlFault {
    private let code: CURLcode
    private let handle: EasyHandle
    private let order: TransferOrder

    init(_ code: CURLcode, handle: EasyHandle, order: TransferOrder) {
        self.code = code
        self.handle = handle
        self.order = order
    }

    private var host: String { order.endpoint.origin.host }
    private var hasProxy: Bool { !(order.endpoint.proxy ?? "").isEmpty }

    /// The error for the one who asked.
    var error: TransportError {
        if let reason = TLSFault(code, handle: handle, trust: order.endpoint.trust).reason {
            return .untrusted(host: host, reason: reason)
        }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return .unresolved(host: host)
        case CURLE_COULDNT_RESOLVE_PROXY:
            return .proxy(reason: "the proxy's name could not be resolved; check the proxy's address")
        case CURLE_PROXY: return .proxy(reason: "the proxy did not make the connection: \(handle.words)")
        case CURLE_COULDNT_CONNECT:
            if hasProxy { return .proxy(reason: "the proxy could not be reached: \(systemReason)") }
            return .unreachable(host: host, reason: systemReason)
        case CURLE_OPERATION_TIMEDOUT: return connectTimeout
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge(limit: order.endpoint.limits.body)
        case CURLE_URL_MALFORMAT:
            return .refused(
                "\(order.endpoint.origin) is not an address that curl understands: \(handle.words)")
        case CURLE_RECV_ERROR where connectStatus >= 300:
            return .proxy(reason: "the proxy answered \(connectStatus) and made no connection to \(host)")
        default: return .closed(reason: brokenReason)
        }
    }

    /// How far the connection came when its time was over.
    private var connectTimeout: TransportError {
        let seconds = order.endpoint.limits.connect
        func reached(_ moment: CURLINFO) -> Bool { ccurl_get_size(handle.pointer, moment) > 0 }
        guard reached(CURLINFO_NAMELOOKUP_TIME_T) else { return .timedOut(.resolving, seconds: seconds) }
        // curl counts TLS as a part of connecting; only the socket's own port says that it stands.
        guard ccurl_get_long(handle.pointer, CURLINFO_LOCAL_PORT) > 0 else {
            return .timedOut(.connecting, seconds: seconds)
        }
        // A proxy for HTTP is asked for the connection before TLS can begin.
        if order.endpoint.proxy?.hasPrefix("http") == true, connectStatus == 0 {
            return .proxy(
                reason: "it was reached, and made no connection to \(host) within \(Seconds.words(seconds))")
        }
        guard order.endpoint.origin.scheme == "https", !reached(CURLINFO_APPCONNECT_TIME_T) else {
            return .timedOut(.connecting, seconds: seconds)
        }
        return .timedOut(.handshake, seconds: seconds)
    }

    /// The proxy's answer to CONNECT; 0 without one.
    private var connectStatus: Int { ccurl_get_long(handle.pointer, CURLINFO_HTTP_CONNECTCODE) }

    /// Why the system made no connection.
    private var systemReason: String {
        switch Int32(ccurl_get_long(handle.pointer, CURLINFO_OS_ERRNO)) {
        case ECONNREFUSED: "connection refused; nothing listens on port \(order.endpoint.origin.port)"
        case EHOSTUNREACH, ENETUNREACH: "no route to it; check the network or the VPN"
        case ETIMEDOUT: "no answer to the connection attempt"
        case EACCES, EPERM: "the system forbids the connection; check the firewall of this machine"
        default: handle.words.isEmpty ? "the connection failed" : handle.words
        }
    }

    private var brokenReason: String {
        switch code {
        case CURLE_GOT_NOTHING: return "the server closed the connection without an answer"
        case CURLE_PARTIAL_FILE: return "the answer was cut off: \(handle.words)"
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: return "the connection broke: \(handle.words)"
        case CURLE_BAD_CONTENT_ENCODING: return "the compressed answer is damaged"
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            return "what answers on port \(order.endpoint.origin.port) does not speak HTTP"
        case CURLE_OUT_OF_MEMORY: return "there is no memory for the answer"
        default:
            let name = String(cString: curl_easy_strerror(code))
            return handle.words.isEmpty ? name : "\(name): \(handle.words)"
        }
    }

    /// Why it is not known what became of a command that left.
    ///
    /// - Parameter status: The status of the answer, where one had begun to come.
    static func doubt(_ error: TransportError, status: Int?) -> String {
        let reason: String =
            switch error {
            case .timedOut(_, let seconds): "no complete answer within \(Seconds.words(seconds))"
            case .closed(let reason), .outcomeUnknown(let reason): reason
            case .cancelled: "it was cancelled after it had left"
            case .stopped: "nocturne was stopped after it had left"
            case .tooLarge(let limit): "the answer is larger than \(limit) bytes"
            case .untrusted(_, let reason), .unreachable(_, let reason), .proxy(let reason): reason
            case .refused(let words): words
            case .unresolved, .redirected: "the connection broke"
            }
        guard let status else { return reason }
        return "the server began to answer with status \(status); then: \(reason)"
    }
}

/// Seconds as a text without useless decimals.
enum Seconds {
    static func words(_ seconds: Double) -> String {
        seconds == seconds.rounded() && abs(seconds) < 1e9 ? "\(Int(seconds)) s" : "\(seconds) s"
    }
}
