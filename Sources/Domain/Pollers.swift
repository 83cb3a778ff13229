extension ResourceKind {
    /// A process by which a server asks devices.
    public static let poller: ResourceKind = "poller"
}

extension Table {
    /// What is to be said of pollers that are not well, a line each: `poller2 is late: it reported 1h ago`.
    public func pollerTroubles(now: Timestamp) -> [String] {
        guard resource.kind == .poller else { return [] }
        return refs.indices.compactMap { row in
            let status = text(row, .status)
            guard status != "ok" else { return nil }
            guard let reported = integer(row, .lastPolled) else {
                return "\(name(row)): when it last reported is not known"
            }
            let age = Quantity.age(max(0, now.seconds - reported))
            return "\(name(row)) is \(status.isEmpty ? "unknown" : status): it reported \(age) ago"
        }
    }
}
