internal import AdapterKit
internal import Dashboard
internal import Domain
internal import Synchronization

/// One refresh of one resource: takes pages from the adapter, makes the next table, tells the inbox.
final class Refresh: SnapshotSink {
    private struct Progress {
        var generation = Generation()
        var table: Table
    }

    private let backend: BackendID
    private let kind: ResourceKind
    private let inbox: Inbox
    private let progress: Mutex<Progress>

    /// Starts from the rows as they are.
    init(_ backend: BackendID, _ kind: ResourceKind, from table: Table, inbox: Inbox) {
        self.backend = backend
        self.kind = kind
        self.inbox = inbox
        progress = Mutex(Progress(table: table))
    }

    func add(_ page: Table, covering coverage: Coverage) {
        let table = progress.withLock { progress in
            progress.table = progress.generation.merge(page, covering: coverage, into: progress.table)
            return progress.table
        }
        // The end of the refresh brings a whole answer; a part is worth seeing before.
        if coverage != .everything { inbox.post(.arrived(backend, kind, table)) }
    }

    func progress(_ words: String) { inbox.post(.progressed(backend, kind, words)) }

    /// The table at the end: of a complete generation, what was never seen is gone.
    func finish(_ completeness: Completeness) -> Table {
        progress.withLock { progress in
            if completeness == .complete { progress.table = progress.generation.finish(progress.table) }
            return progress.table
        }
    }

    /// The table as far as it came.
    var table: Table { progress.withLock(\.table) }
}
