/// A part of every day by the wall clock; it may span midnight.
public struct HoursOfDay: Sendable, Hashable {
    /// The first minute of the day that is in it, and the first that is not; with both the same none is.
    public let from: Int, to: Int

    /// Describes a part; minutes outside a day are those of another day.
    public init(from: Int, to: Int) {
        let day = 1440
        self.from = (from % day + day) % day
        self.to = (to % day + day) % day
    }

    /// Whether a minute of the day is in it.
    public func contains(minute: Int) -> Bool {
        from <= to ? (from..<to).contains(minute) : minute >= from || minute < to
    }
}
