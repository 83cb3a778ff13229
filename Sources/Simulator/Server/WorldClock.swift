import Foundation

/// What tells a server how late it is in the world.
public struct WorldClock: Sendable {
    /// The present in Unix seconds; what lies in the world's past changes nothing.
    public let now: @Sendable () -> Int

    /// Makes a clock.
    public init(now: @escaping @Sendable () -> Int) {
        self.now = now
    }

    /// The clock of this machine.
    public static let real = WorldClock { Int(Date().timeIntervalSince1970) }

    /// A clock that never moves the world: somebody else advances it.
    public static let standing = WorldClock { .min }
}
