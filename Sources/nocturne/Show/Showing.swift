import AdapterKit
import Domain
import Runtime
import Synchronization

/// Everything that is known of one entity, without a screen: what its detail shows, its row, and the rows that name it.
struct Shown: Sendable {
    /// Rows of one list that name the entity.
    struct Related: Sendable {
        /// The list as it was read.
        let table: Table
        /// The rows of it.
        let rows: [Int]
        /// Why there may be more; nil where these are all.
        var problem: String?
    }

    let backend: String
    let entity: EntityRef
    var title: String
    var detail: Detail?
    /// The list that has the entity, and its row there; nil where no list has it.
    var row: (table: Table, place: Int)?
    var related: [Related] = []
    var fetchedAt: Timestamp
    /// What could not be read, in words.
    var problems: [String] = []
}

/// Finds an entity by its kind and its name or id, and reads everything about it.
struct Showing: Sendable {
    let network: Network
    let patience: Patience
    var progress: ProgressLine?

    /// Finds what a kind and a name or id mean.
    ///
    /// - Throws: a `Failure` with what there is, where they mean nothing or several.
    func find(_ kindWord: String, _ word: String) async throws -> (Connection, EntityRef) {
        let silent = await check()
        let offering = network.connections.filter { !KindWord.kinds(kindWord, at: $0).isEmpty }
        if offering.isEmpty { return try await linked(kindWord, word, silent) }
        if let (connection, error) = silent.first(where: { silent in
            offering.contains { $0.settings.id == silent.0.settings.id }
        }) {
            throw Failure(
                .backendFailed, "\(connection.settings.name): \(error.words) (--backend leaves it out)")
        }
        var kinds: [ResourceKind] = []
        for kind in offering.flatMap({ KindWord.kinds(kindWord, at: $0) }) where !kinds.contains(kind) {
            kinds.append(kind)
        }
        let finder = TargetFinder(connections: offering, kinds: kinds, prefix: "")
        guard let found = try await finder.find([word]).first,
            let connection = offering.first(where: { $0.settings.id == found.entity.backend })
        else { throw Failure(.usage, "there is no \(kindWord) \(word)") }
        return (connection, found.entity)
    }

    private func check() async -> [(Connection, BackendError)] {
        await withTaskGroup(of: (Connection, BackendError)?.self) { group in
            for connection in network.connections {
                group.addTask {
                    do throws(BackendError) {
                        _ = try await reading(connection) { () async throws(BackendError) in
                            try await connection.adapter.check()
                        }
                        return nil
                    } catch { return (connection, error) }
                }
            }
            return await group.reduce(into: []) { if let failed = $1 { $0.append(failed) } }
        }
    }

    /// An entity of a kind that only details link to and no command works on: what has a detail of it has it.
    private func linked(
        _ kindWord: String, _ word: String, _ silent: [(Connection, BackendError)]
    ) async throws -> (Connection, EntityRef) {
        var failure: Failure?
        for connection in network.connections
        where !silent.contains(where: { $0.0.settings.id == connection.settings.id }) {
            let entity = EntityRef(connection.settings.id, ResourceKind(rawValue: kindWord), id: word)
            do throws(BackendError) {
                _ = try await connection.adapter.detail(of: entity)
                return (connection, entity)
            } catch {
                if error.kind == .unsupported { continue }
                let code = error.kind == .missing ? ExitCodes.usage : .backendFailed
                failure = failure ?? Failure(code, "\(connection.settings.name): \(error.words)")
            }
        }
        throw failure ?? unknown(kindWord, silent)
    }

    private func unknown(_ word: String, _ silent: [(Connection, BackendError)]) -> Failure {
        if let (connection, error) = silent.first {
            return Failure(.backendFailed, "\(connection.settings.name): \(error.words)")
        }
        var known: [String] = []
        for connection in network.connections {
            for kind in connection.adapter.resources.map(\.kind)
                + connection.adapter.linkedKinds.sorted(by: {
                    $0.rawValue < $1.rawValue
                }) where !known.contains(kind.rawValue)
            { known.append(kind.rawValue) }
        }
        return Failure(.usage, "there is no kind \(word)\(Nearest.choices(word, among: known))")
    }

    /// Reads everything about an entity.
    ///
    /// - Parameter withRelated: whether the lists are read that may name it.
    func gather(_ connection: Connection, _ entity: EntityRef, withRelated: Bool) async throws -> Shown {
        var shown = Shown(
            backend: connection.settings.name, entity: entity, title: entity.description,
            fetchedAt: network.clock.wall)
        do throws(BackendError) {
            let detail = try await reading(connection) { () async throws(BackendError) in
                try await connection.adapter.detail(of: entity)
            }
            shown.title = detail.title
            shown.detail = detail
            for section in detail.sections {
                for line in section.lines where line.isUnreadable {
                    shown.problems.append(
                        "\(section.title): \(Quantity.text(line.value, line.type, now: shown.fetchedAt))")
                }
            }
        } catch {
            if error.kind == .missing || error.kind == .unsupported {
                throw Failure(.usage, "\(connection.settings.name): \(error.words)")
            }
            shown.problems.append(error.words)
        }
        if let resource = connection.adapter.resources.first(where: { $0.kind == entity.kind }) {
            let snapshot = Snapshot(from: .empty(resource, entity.backend))
            do throws(BackendError) {
                _ = try await reading(connection) { () async throws(BackendError) in
                    try await connection.adapter.refresh(
                        Query(entity.kind, scope: .only([entity])), into: snapshot)
                }
                let table = snapshot.table
                shown.row = table.row(of: entity).map { (table, $0) }
            } catch {
                shown.problems.append("its row: \(error.words)")
            }
        }
        guard withRelated else { return shown }
        for resource in connection.adapter.resources where resource.mayName(entity.kind) {
            let related = await related(resource, entity, connection)
            if let problem = related.problem { shown.problems.append("\(resource.plural): \(problem)") }
            if !related.rows.isEmpty || related.problem != nil { shown.related.append(related) }
        }
        return shown
    }

    /// The rows of a list that name an entity; a list that comes owner by owner is read no further than that one.
    private func related(
        _ resource: ResourceDescriptor, _ entity: EntityRef, _ connection: Connection
    ) async -> Shown.Related {
        let snapshot = Snapshot(
            from: .empty(resource, entity.backend),
            onProgress: { [progress] in progress?.take($0, of: connection.settings.name) })
        let sink = OwnerSink(snapshot, owner: entity)
        let reading = Task { () -> Result<Completeness, BackendError> in
            do throws(BackendError) {
                return .success(
                    try await self.reading(connection) { () async throws(BackendError) in
                        try await connection.adapter.refresh(
                            Query(resource.kind, focus: [entity]), into: sink)
                    })
            } catch { return .failure(error) }
        }
        sink.whenWhole { reading.cancel() }
        let result = await reading.value
        var problem: String?
        let table: Table
        switch result {
        case .success(let arrived):
            let end = snapshot.finish(arrived)
            table = end.table
            if case .partial(let words) = end.completeness { problem = "incomplete: \(words)" }
        case .failure(let error):
            table = snapshot.table
            problem = sink.isWhole ? nil : error.words
        }
        return Shown.Related(table: table, rows: table.rows(referringTo: entity), problem: problem)
    }

    private func reading<Answer>(
        _ connection: Connection, _ read: () async throws(BackendError) -> Answer
    ) async throws(BackendError) -> Answer {
        try await patience.reading(
            connection.settings.id,
            reporting: { progress?.take($0, of: connection.settings.name) }, read)
    }
}

extension ResourceDescriptor {
    /// Whether its rows may name an entity of a kind; alerts are about anything.
    fileprivate func mayName(_ kind: ResourceKind) -> Bool {
        tally == .alerts || fields.contains { $0.type == .ref(kind) }
    }
}

/// Takes the rows of a list until it has all that one entity owns, where they come owner by owner.
private final class OwnerSink: SnapshotSink {
    private struct Progress {
        var isWhole = false
        var end: (@Sendable () -> Void)?
    }

    private let inner: Snapshot
    private let owner: EntityRef
    private let progress = Mutex(Progress())

    init(_ inner: Snapshot, owner: EntityRef) {
        self.inner = inner
        self.owner = owner
    }

    /// Whether all that the entity owns is there.
    var isWhole: Bool { progress.withLock(\.isWhole) }

    /// Calls something once all of it is there.
    func whenWhole(_ end: @escaping @Sendable () -> Void) {
        let isWhole = progress.withLock { progress in
            progress.end = end
            return progress.isWhole
        }
        if isWhole { end() }
    }

    func add(_ page: Table, covering coverage: Coverage) {
        inner.add(page, covering: coverage)
        guard case .owned(by: owner, _) = coverage else { return }
        let end = progress.withLock { progress in
            progress.isWhole = true
            return progress.end
        }
        end?()
    }

    func progress(_ words: String) { inner.progress(words) }
}
