import Domain
import Runtime
import Synchronization

/// A clock that the soak moves, a second at a time.
final class SoakClock: Runtime.Clock {
    private let start: Int
    private let boot = Atomic(100_000)
    private let shift = Atomic(0)

    init(at start: Int) { self.start = start }

    var now: Instant { Instant(seconds: Double(boot.load(ordering: .relaxed))) }
    var wall: Timestamp {
        Timestamp(Int64(start + boot.load(ordering: .relaxed) - 100_000 + shift.load(ordering: .relaxed)))
    }
    var zone: Int { 0 }

    /// Lets time pass; a suspended machine's boot clock goes on.
    func advance(by seconds: Int) { boot.add(seconds, ordering: .relaxed) }
    /// Sets the wall clock alone, as an administrator does.
    func set(by seconds: Int) { shift.add(seconds, ordering: .relaxed) }
    /// The moment without what the administrator did to the clock.
    var truth: Int { start + boot.load(ordering: .relaxed) - 100_000 }
}
