/// A moment of the boot-time clock, in nanoseconds: it goes on while the machine sleeps and never jumps.
public struct Instant: Hashable, Sendable, Comparable {
    /// Nanoseconds since the machine started.
    public var nanoseconds: Int64
    /// Makes a moment.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }
    /// Makes a moment from seconds, for tests and arithmetic.
    public init(seconds: Double) { nanoseconds = Int64(seconds * 1e9) }
    /// In order of time.
    public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }
    /// A moment some seconds later.
    public static func + (moment: Instant, seconds: Double) -> Instant {
        Instant(nanoseconds: moment.nanoseconds + Int64(seconds * 1e9))
    }
    /// The seconds between two moments.
    public static func - (a: Instant, b: Instant) -> Double { Double(a.nanoseconds - b.nanoseconds) / 1e9 }
}

/// A moment of the wall clock in Unix seconds.
public struct Timestamp: Hashable, Sendable, Comparable {
    /// Seconds since 1970 in UTC.
    public var seconds: Int64
    /// Makes a moment.
    public init(_ seconds: Int64) { self.seconds = seconds }
    /// In order of time.
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }
}
