internal import Glibc

/// What tells a server how late it is in the world.
public struct WorldClock: Sendable {
    /// The present in Unix seconds.
    public let now: @Sendable () -> Int
    /// Whether a request moves the world to the clock's present.
    let movesWorld: Bool

    /// Makes a clock; what it says of the world's past changes nothing.
    public init(now: @escaping @Sendable () -> Int) {
        self.init(movesWorld: true, now: now)
    }

    private init(movesWorld: Bool, now: @escaping @Sendable () -> Int) {
        self.movesWorld = movesWorld
        self.now = now
    }

    /// The clock of this machine.
    public static let real = WorldClock { time(nil) }

    /// A clock that never moves the world: somebody else advances it.
    public static let standing = WorldClock(movesWorld: false) { World.usualOrigin }
}
