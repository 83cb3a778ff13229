internal import CLinux
public import Domain

/// Where the time comes from; tests bring their own.
public protocol Clock: Sendable {
    /// The boot-time clock.
    var now: Instant { get }
    /// The wall clock.
    var wall: Timestamp { get }
    /// Seconds that local time is east of UTC now.
    var zone: Int { get }
}

/// The clocks of this machine.
public struct SystemClock: Clock {
    /// Reads the machine's clocks.
    public init() {}
    /// Nanoseconds since the machine started, suspends included.
    public var now: Instant { Instant(nanoseconds: clinux_boot_nanoseconds()) }
    /// Seconds since 1970.
    public var wall: Timestamp { Timestamp(clinux_wall_nanoseconds() / 1_000_000_000) }
    /// By `TZ` or the machine's setting.
    public var zone: Int { Int(clinux_local_time(wall.seconds).offset) }
}
