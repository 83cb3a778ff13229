public import Domain
public import HTTP

extension BackendError {
    /// What a failed exchange means to the operator.
    public init(_ error: TransportError) {
        switch error {
        case .unresolved(let host):
            self.init(.unreachable, "the name \(host) can't be resolved: check url and DNS")
        case .unreachable(let host, let reason):
            self.init(.unreachable, "no connection to \(host): \(reason)")
        case .untrusted(let host, let reason):
            self.init(.unreachable, "TLS to \(host): \(reason)")
        case .timedOut(let phase, let seconds):
            let limit = seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
            switch phase {
            case .resolving:
                self.init(.timedOut, "the server's name was not resolved within \(limit): check DNS")
            case .connecting: self.init(.timedOut, "no connection within \(limit)")
            case .handshake:
                self.init(
                    .timedOut,
                    "connected, but the TLS handshake was not answered within \(limit): check that url has the TLS port"
                )
            case .firstByte: self.init(.timedOut, "no answer within \(limit)")
            case .stalled: self.init(.timedOut, "the answer stalled for \(limit)")
            case .whole: self.init(.timedOut, "the answer was not complete within \(limit)")
            }
        case .closed(let reason):
            self.init(.unreachable, "the connection ended before the answer was complete: \(reason)")
        case .tooLarge(let limit):
            self.init(
                .invalid, "the answer is larger than \(limit >> 20) MB; raise limits.body if that is right")
        case .redirected(let status, let target):
            guard !target.lowercased().contains("login") else {
                self = .loginRedirect("\(status) to \(target)")
                return
            }
            self.init(
                .invalid, "the server points elsewhere (\(status) to \(target)): check url", isPage: true)
        case .refused(let words):
            self.init(.gated, words)
        case .outcomeUnknown(let reason):
            self.init(.outcomeUnknown, "sent, but no answer came: \(reason)")
        case .cancelled:
            self.init(.cancelled, "cancelled")
        case .stopped:
            self.init(.cancelled, "nocturne is closing")
        case .proxy(let reason):
            self.init(.unreachable, "the proxy failed: \(reason)")
        }
    }
}
