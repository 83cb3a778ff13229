internal import Domain
internal import JSON

/// Times as this API writes them, which name their zone.
enum WireTime {
    private static let greenwich = ServerClock(offset: 0, isCertain: true)
    private static let elsewhere = ServerClock(offset: 3_600, isCertain: true)

    /// Reads a time; one that names no zone needs a clock from the configuration, since nothing else tells it.
    static func read(_ text: String, clock: ServerClock?) -> Timestamp? {
        let time = CivilTime.parse(text, clock: greenwich)
        if time == CivilTime.parse(text, clock: elsewhere) { return time }
        return clock.flatMap { CivilTime.parse(text, clock: $0) }
    }

    /// Reads a time or the seconds since 1970; nil for anything else.
    static func read(_ value: JSONValue?, clock: ServerClock?) -> Timestamp? {
        guard let value else { return nil }
        if let text = value.string, let time = read(text, clock: clock) { return time }
        return value.int64.flatMap { $0 > 0 ? Timestamp($0) : nil }
    }
}
