import HTTP

/// One exchange as a line of the log: never a header, never a body, never a secret of the query.
struct LogLine {
    /// The line.
    let text: String

    init(
        _ backend: String, _ order: TransferOrder, _ result: Result<Response, TransportError>,
        elapsed: Duration
    ) {
        let start = "\(backend) \(order.method.rawValue) \(Self.masked(order.target))"
        switch result {
        case .success(let response):
            let exchange = response.exchange
            text =
                "\(start) \(response.status) \(Self.milliseconds(exchange.seconds)) "
                + "\(exchange.received) B HTTP/\(exchange.version)"
        case .failure(let error):
            text = "\(start) \(Self.words(error)) \(Self.milliseconds(elapsed.inSeconds))"
        }
    }

    private static func milliseconds(_ seconds: Double) -> String { "\(Int(seconds * 1000)) ms" }

    private static let secretNames = [
        "token", "password", "passwd", "passphrase", "secret", "key", "auth", "credential", "session",
        "signature",
    ]

    /// The target with the values of query names that sound secret taken out.
    static func masked(_ target: String) -> String {
        guard let mark = target.firstIndex(of: "?") else { return target }
        let pairs = target[target.index(after: mark)...].split(
            separator: "&", omittingEmptySubsequences: false)
        let shown = pairs.map { pair -> String in
            guard let equals = pair.firstIndex(of: "=") else { return String(pair) }
            let name = PercentDecoding.bytes(pair[..<equals].utf8)
            let plain = String(decoding: name, as: UTF8.self).lowercased()
            return secretNames.contains(where: plain.contains) ? "\(pair[..<equals])=•••" : String(pair)
        }
        return "\(target[..<mark])?\(shown.joined(separator: "&"))"
    }

    private static func words(_ error: TransportError) -> String {
        switch error {
        case .unresolved: "name not resolved"
        case .unreachable(_, let reason): "unreachable (\(reason))"
        case .untrusted(_, let reason): "not trusted (\(reason))"
        case .timedOut(let phase, let seconds): "timed out (\(phase.rawValue), \(Seconds.words(seconds)))"
        case .closed(let reason): "closed (\(reason))"
        case .tooLarge(let limit): "larger than \(limit) B"
        case .redirected(let status, let target): "\(status) to \(target)"
        case .refused(let words): "refused (\(words))"
        case .outcomeUnknown(let reason): "outcome unknown (\(reason))"
        case .cancelled: "cancelled"
        case .stopped: "stopped"
        case .proxy(let reason): "proxy (\(reason))"
        }
    }
}
