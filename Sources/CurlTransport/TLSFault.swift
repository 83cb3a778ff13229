import CCurl
import HTTP

/// Why TLS failed, in words that say what to do; no reason when it is not TLS that failed.
struct TLSFault {
    private let code: CURLcode
    private let handle: EasyHandle
    private let trust: Trust

    init(_ code: CURLcode, handle: EasyHandle, trust: Trust) {
        self.code = code
        self.handle = handle
        self.trust = trust
    }

    /// The reason; nil when TLS is not to blame.
    var reason: String? {
        switch code {
        case CURLE_PEER_FAILED_VERIFICATION: certificateReason
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            "the server's key is not the pinned one: "
                + "if its key was changed on purpose, set the new pin, else somebody is in between"
        case CURLE_SSL_CACERT_BADFILE:
            "the file of certificate authorities \(trust.authorityFile ?? "of the system") cannot be read "
                + "or holds no certificate in PEM"
        case CURLE_SSL_CERTPROBLEM:
            "the client certificate \(trust.certificateFile ?? "") or its key does not work: "
                + "both must be readable PEM files that belong together (\(handle.words))"
        case CURLE_SSL_CONNECT_ERROR: handshakeReason
        case CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_SSL_CIPHER,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED,
            CURLE_USE_SSL_FAILED:
            handle.words
        default: nil
        }
    }

    /// The certificate was judged and found wanting; the numbers are those of OpenSSL's X.509 verdicts.
    private var certificateReason: String {
        switch ccurl_get_long(handle.pointer, CURLINFO_SSL_VERIFYRESULT) {
        case 9: "the server's certificate is not valid yet; check the clocks of both machines"
        case 10: "the server's certificate has expired; have it renewed"
        case 18: "the server's certificate is self-signed; set its file as CA file, or pin its key"
        case 19, 20, 21:
            "the server's certificate comes from an unknown authority; set that authority's CA file"
        case 23: "the server's certificate was revoked"
        case 62, 64: Self.otherName
        // curl compares names by itself, before it asks OpenSSL for its verdict.
        case _ where handle.words.contains("subject name"): Self.otherName
        default: "the server's certificate was not accepted: \(handle.words)"
        }
    }

    private static let otherName =
        "the server's certificate is for another name; use the name that it was made for as address"

    private var handshakeReason: String {
        let words = handle.words.lowercased()
        if words.contains("wrong version number") || words.contains("packet length") {
            return "what answers on this port does not speak TLS; use http:// or the TLS port"
        }
        if words.contains("alert") && words.contains("certificate") {
            return "the server wants a client certificate, or does not accept the one that is set"
        }
        return "the TLS handshake failed: \(handle.words)"
    }
}
