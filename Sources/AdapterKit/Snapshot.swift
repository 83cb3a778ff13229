public import Domain
internal import Synchronization

/// Takes the pages of one refresh and makes the next table of them; may be used from any task.
public final class Snapshot: SnapshotSink {
    private struct Progress {
        var generation: Generation
        var table: Table
    }

    private let progress: Mutex<Progress>
    private let onPart: @Sendable (Table) -> Void
    private let onProgress: @Sendable (String) -> Void

    /// Starts from the rows as they are.
    ///
    /// - Parameters:
    ///   - earlier: the last complete generation of them.
    ///   - onPart: takes the table after a page that is not the whole answer.
    ///   - onProgress: takes how far a long refresh has come, in words.
    public init(
        from table: Table, after earlier: Generation? = nil,
        onPart: @escaping @Sendable (Table) -> Void = { _ in },
        onProgress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        progress = Mutex(Progress(generation: Generation(after: earlier), table: table))
        self.onPart = onPart
        self.onProgress = onProgress
    }

    /// Merges a page.
    public func add(_ page: Table, covering coverage: Coverage) {
        let table = progress.withLock { progress in
            progress.table = progress.generation.merge(page, covering: coverage, into: progress.table)
            return progress.table
        }
        if coverage != .everything { onPart(table) }
    }

    /// Hands on how far it has come.
    public func progress(_ words: String) { onProgress(words) }

    /// The table at the end, and whether it says all that it should.
    ///
    /// Of a complete answer, what was never seen is gone; a list that has become empty is gone when a second answer
    /// says so, and no other list names its rows. Rows without a field that decides make the answer partial, whatever
    /// the adapter says: this is the one place that judges it, for every adapter and every reader.
    ///
    /// - Parameters:
    ///   - completeness: whether all of it arrived.
    ///   - isNamed: whether another list of the same server names an entity.
    public func finish(
        _ completeness: Completeness, stillNamed isNamed: (EntityRef) -> Bool = { _ in false }
    ) -> (table: Table, completeness: Completeness) {
        progress.withLock { progress in
            var judged = completeness
            if completeness == .complete {
                progress.table = progress.generation.finish(progress.table, stillNamed: isNamed)
                if progress.generation.isEmptied, progress.table.count > 0 {
                    judged = .partial("the server gave no \(progress.table.resource.plural) any more")
                }
            }
            return (progress.table, judged.and(progress.table.decidedness))
        }
    }

    /// What it saw and missed, once it is complete.
    public var generation: Generation { progress.withLock(\.generation) }

    /// The table as far as it came.
    public var table: Table { progress.withLock(\.table) }
}
