import Domain
import Runtime
import Synchronization

/// A clock that moves only when a test moves it.
final class SteppedClock: Clock {
    private let seconds = Mutex(0)
    private let shift = Mutex(0)
    private let start: Timestamp

    /// Starts at a moment of the wall clock, some time after the machine did.
    init(at start: Timestamp) { self.start = start }

    var now: Instant { Instant(seconds: 100_000 + Double(seconds.withLock { $0 })) }
    var wall: Timestamp { Timestamp(start.seconds + Int64(seconds.withLock { $0 } + shift.withLock { $0 })) }
    var zone: Int { 0 }

    func advance(by step: Int) { seconds.withLock { $0 += step } }
    /// Sets the wall clock alone, as an administrator does.
    func setWall(by step: Int) { shift.withLock { $0 += step } }
}
