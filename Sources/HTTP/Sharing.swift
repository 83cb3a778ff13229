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
    /// Whether it stands around a part of a refresh that others need not hear of.
    private let isPart: Bool

    private struct Tally {
        var reads = 0
        var oldest: ContinuousClock.Instant?
        var waited = Duration.zero
        var isOver = false
        /// Whether the first answer was taken; nil while there is none.
        var isTaken: Bool?
    }
    private let tally = Mutex(Tally())

    /// Allows what one refresh of a list may have.
    public init(list: String, interval: Double) {
        self.list = list
        self.interval = interval
        isPart = false
    }

    private init(lasting seconds: Double, of whole: Sharing) {
        list = whole.list
        interval = max(seconds, whole.interval)
        isPart = true
        if whole.isOver { end() }
    }

    /// Allows the reads of some work, whose answers hold for longer than the list that they belong to, to be answered by
    /// what others read within so many seconds.
    ///
    /// What only now and then is a part of a refresh would else be read by each process at its own time.
    ///
    /// - Returns: what the work gave, and how many seconds ago the oldest answer was fetched.
    package static func lasting<Value, Failure: Error>(
        _ seconds: Double, _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> (Value, age: Double) {
        guard let whole = current else { return (try await work(), 0) }
        let part = Sharing(lasting: seconds, of: whole)
        defer {
            if part.isOver { whole.end() }
            whole.noteWaited(part.tally.withLock(\.waited))
        }
        let value = try await allowing(part, work)
        return (value, part.age)
    }

    /// Does some work whose reads are allowed so much; nil allows them nothing.
    package static func allowing<Value, Failure: Error>(
        _ sharing: Sharing?, _ work: () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await $current.withValue(sharing) {
            do throws(Failure) { return .success(try await work()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Notes a read.
    ///
    /// - Returns: whether it is the first of the refresh.
    package func noteRead() -> Bool {
        tally.withLock { tally in
            tally.reads += 1
            return tally.reads == 1 && !isPart
        }
    }

    /// Whether the rest of the refresh goes to the server, since nobody else was there to read for it.
    package var isOver: Bool { tally.withLock { $0.isOver } }

    /// Has the rest of the refresh go to the server: who waited once does not wait for each of a hundred reads.
    package func end() { tally.withLock { $0.isOver = true } }

    /// Notes that something was read at the server by this process itself.
    package func noteOwn() { decide(false) }

    /// Notes that an answer of another process was taken.
    package func noteAnswer() { decide(true) }

    /// The first answer says whose refresh it is: of a list in many parts everybody may read some.
    private func decide(_ isTaken: Bool) {
        tally.withLock { tally in
            if tally.isTaken == nil { tally.isTaken = isTaken }
        }
    }

    /// Whether another process began to read it, so that all of it is that one's to record.
    public var isTaken: Bool { tally.withLock { $0.isTaken == true } }

    /// Notes that an answer was taken that was fetched so many seconds ago, and how long it was waited for.
    package func noteTaken(age: Double, waited: Duration = .zero) {
        note(ContinuousClock.now - .seconds(max(0, age)), waited)
    }

    /// Notes that others were waited for.
    package func noteWaited(_ duration: Duration) { tally.withLock { $0.waited += duration } }

    /// Notes all that another refresh took, whose answer this one takes.
    package func noteTaken(by other: Sharing) {
        guard other !== self else { return }
        let taken = other.tally.withLock { $0 }
        if let isTaken = taken.isTaken { decide(isTaken) }
        guard let oldest = taken.oldest else { return }
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
