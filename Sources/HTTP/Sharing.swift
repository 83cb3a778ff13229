internal import Synchronization

/// What the refresh of a list allows the reads that it makes: to be answered by what another process of the team read.
///
/// It stands around a refresh as a value of its task, and a read outside of one always goes to the server: so what
/// nobody thought of, such as what is read before a command, is never answered by an old answer.
public final class Sharing: Sendable {
    /// What the task at hand allows; nil allows nothing.
    @TaskLocal public static var current: Sharing?

    /// The list that is refreshed, by the name of its kind.
    public let list: String
    /// How old an answer may be, in seconds: the interval of the list.
    public let interval: Double

    private struct Tally {
        var reads = 0
        var oldest: ContinuousClock.Instant?
        var waited = Duration.zero
        var isOver = false
    }
    private let tally = Mutex(Tally())

    /// Allows what one refresh of a list may have.
    public init(list: String, interval: Double) {
        self.list = list
        self.interval = interval
    }

    /// Notes a read.
    ///
    /// - Returns: whether it is the first of the refresh.
    package func noteRead() -> Bool {
        tally.withLock { tally in
            tally.reads += 1
            return tally.reads == 1
        }
    }

    /// Whether the rest of the refresh goes to the server, since nobody else was there to read for it.
    package var isOver: Bool { tally.withLock { $0.isOver } }

    /// Has the rest of the refresh go to the server: who waited once does not wait for each of a hundred reads.
    package func end() { tally.withLock { $0.isOver = true } }

    /// Notes that an answer was taken that was fetched so many seconds ago, and how long it was waited for.
    package func noteTaken(age: Double, waited: Duration = .zero) {
        note(ContinuousClock.now - .seconds(max(0, age)), waited)
    }

    /// Notes all that another refresh took, whose answer this one takes.
    package func noteTaken(by other: Sharing) {
        guard other !== self, let oldest = other.tally.withLock(\.oldest) else { return }
        note(oldest, .zero)
    }

    private func note(_ moment: ContinuousClock.Instant, _ waited: Duration) {
        tally.withLock { tally in
            tally.oldest = min(tally.oldest ?? moment, moment)
            tally.waited += waited
        }
    }

    /// How long ago the oldest answer was fetched that was taken, in seconds; 0 where all were read now.
    public var age: Double {
        tally.withLock { $0.oldest.map { Self.seconds(ContinuousClock.now - $0) } ?? 0 }
    }

    /// How long others were waited for, in seconds; that says nothing of the server.
    public var waited: Double { tally.withLock { Self.seconds($0.waited) } }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
