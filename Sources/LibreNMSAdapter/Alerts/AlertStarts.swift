internal import Domain

/// When alerts opened, for servers that move an alert's time when it is acknowledged.
///
/// It can only know what it saw: an alert that was taken before the first look has the time of that.
struct AlertStarts: Sendable {
    private var known: [AlertID: AlertStart] = [:]

    private struct AlertStart {
        var time: Timestamp
        /// Whether the server's own time is no longer the opening's.
        var isKept: Bool
    }

    /// Where a time comes from.
    enum Origin: Equatable {
        /// The server's time is the opening's.
        case server
        /// The server moved its time; this is the one from before.
        case kept
        /// The server moved its time before anybody looked.
        case acknowledgement

        /// The word in the table.
        var word: String {
            switch self {
            case .server: ""
            case .kept: "before ack"
            case .acknowledgement: "ack"
            }
        }
    }

    /// Takes what the server says now and tells since when the alert is open.
    mutating func since(
        _ id: AlertID, _ state: AlertState, _ time: Timestamp?
    ) -> (time: Timestamp?, origin: Origin) {
        if state == .cleared { return (time, .server) }
        let before = known[id]
        if state == .acknowledged {
            guard let before else { return (time, .acknowledgement) }
            known[id]?.isKept = true
            return (before.time, .kept)
        }
        if let before, before.isKept { return (before.time, .kept) }
        if let time { known[id] = AlertStart(time: time, isKept: false) }
        return (time, .server)
    }

    /// Forgets alerts that are no longer open.
    mutating func keep(only ids: Set<AlertID>) { known = known.filter { ids.contains($0.key) } }
}
