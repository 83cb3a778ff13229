internal import AdapterKit
internal import HTTP
public import Audit
public import Dashboard
internal import Domain
internal import Filter
public import History
internal import Synchronization

/// Does what the dashboard wants done outside, each in a task of its own, and posts what came of it.
///
/// Called on the main thread; everything it starts runs elsewhere.
public final class EffectRunner: Sendable {
    struct Key: Hashable {
        var backend: BackendID
        var kind: ResourceKind
    }

    let connections: [Connection]
    let inbox: Inbox
    let executor: CommandExecutor
    let pictures: PictureAlbum
    let integrations: Integrations
    /// The alerts of each backend as they were when all of them were known last.
    let known = Mutex<[Key: Table]>([:])
    let hooks = Mutex(HookQueue())
    let books = Mutex<[Key: TrendBook]>([:])
    /// Browsers that were still running when they were not waited for any longer.
    let browsers = Mutex<[Int32]>([])
    /// Programs of the operator's that run away from the terminal, by the number of the run.
    let owned = Mutex<[Int: Int32]>([:])
    let clock: any Clock
    /// Writes down what the operator arranged; what is wrong when it can't be.
    let keep: @Sendable (Preferences.Change) -> String?
    /// Reads the operator's files again; nil where there are none.
    let reload: (@Sendable () -> Result<Reloaded, ReloadFault>)?
    /// The rows of each resource, and its last complete generation.
    private let kept = Mutex<[Key: (table: Table, generation: Generation?)]>([:])
    /// How what several servers say is linked.
    let links: LinkSettings
    /// What was linked last, and the tables of alerts that are shown with it.
    let linked = Mutex<Linked?>(nil)
    let shownAlerts = Mutex<[Key: ShownAlerts]>([:])
    private let running = Atomic(0)
    private let begun = Atomic(0)
    /// Whether a team shares what is read.
    private let sharesReads: Bool
    /// Where claims are kept; nil without a team.
    let claims: (any ClaimKeeper)?
    /// What changed before; nil where nothing is recorded.
    let history: HistoryKeeper?
    /// Questions to equipment that are under way, by the entity that is asked.
    let inquiries = Mutex<[EntityRef: Inquiry]>([:])
    /// Logs of servers that are being read, by what they are of.
    let logReadings = Mutex<[EntityRef: Inquiry]>([:])

    /// Makes a runner for the configured backends.
    ///
    /// - Parameters:
    ///   - pictures: the directory that saved pictures go to, made when it is needed.
    ///   - integrations: where things leave the program besides servers and screen.
    ///   - links: how what several servers say is linked.
    ///   - history: where changes of state are recorded; nil records none. Used on any thread but this one.
    ///   - sharesReads: whether a team shares what is read.
    ///   - team: what the screens of a team recorded of commands; nil without one.
    ///   - claims: where claims are kept; nil without a team.
    ///   - keep: writes down what the operator arranged; says what is wrong when it can't. Called on any thread.
    ///   - reload: reads the operator's files again. Called on any thread.
    public init(
        connections: [Connection], audit: AuditLog, inbox: Inbox, clock: any Clock, pictures: String,
        integrations: Integrations, links: LinkSettings = LinkSettings(),
        history: (any HistoryStore)? = nil, sharesReads: Bool = false, team: (any SharedRecord)? = nil,
        claims: (any ClaimKeeper)? = nil,
        keep: @escaping @Sendable (Preferences.Change) -> String? = { _ in nil },
        reload: (@Sendable () -> Result<Reloaded, ReloadFault>)? = nil
    ) {
        self.connections = connections
        self.inbox = inbox
        self.clock = clock
        self.history = history.map { HistoryKeeper($0, clock: clock) }
        self.keep = keep
        self.sharesReads = sharesReads
        self.claims = claims
        self.reload = reload
        self.integrations = integrations
        self.links = links
        self.pictures = PictureAlbum(directory: pictures)
        executor = CommandExecutor(connections: connections, audit: audit, clock: clock, team: team) {
            session, backend, words in
            inbox.post(.commandProgressed(session: session, backend, words))
        }
    }

    /// How many effects are under way; tests wait for none.
    public var inFlight: Int { running.load(ordering: .acquiring) }

    /// How many effects were ever started.
    public var started: Int { begun.load(ordering: .acquiring) }

    /// Starts an effect.
    public func run(_ effect: Effect) {
        switch effect {
        case .probe(let backend):
            start { [self] in await probe(backend) }
        case .refresh(let backend, let kind, let focus):
            start { [self] in await refresh(backend, Query(kind, focus: focus)) }
        case .share(let backend, let kind, let focus, let interval):
            start { [self] in
                await shared(kind, interval) { await refresh(backend, Query(kind, focus: focus)) }
            }
        case .look(let backend, let kind, nil) where sharesReads:
            let interval = connection(backend)?.adapter.resources.first { $0.kind == kind }?.quickInterval
            start { [self] in
                await shared(kind, interval ?? 0) { await look(backend, Query(kind, scope: .changes)) }
            }
        case .look(let backend, let kind, let only):
            start { [self] in await look(backend, Query(kind, scope: only.map { .only($0) } ?? .changes)) }
        case .detail(let entity):
            start { [self] in .detailed(entity, await detail(of: entity)) }
        case .children(let entity):
            start { [self] in .unfolded(entity, await children(of: entity)) }
        case .live(let entity, let question):
            ask(entity, question)
        case .cancelLive(let entity):
            stopAsking(entity)
        case .arrange(let listing, let question, let request, let earlier):
            start(at: Self.waitedFor) {
                .arranged(
                    listing, question: question,
                    await Arrangement.makeOnTwoCores(request, refining: earlier))
            }
        case .claim(let deeds): startWaiting { [claims] in claims?.take(deeds) }
        case .link(let question, let request):
            start { [self] in .linked(question: question, link(request)) }
        case .find(let pane, let question, let request):
            start(at: Self.waitedFor) { Hits.make(request).map { .found(pane, question: question, $0) } }
        case .seek(let search):
            start(at: Self.waitedFor) { .sought(search, search.make()) }
        case .select(let pane, let request):
            start(at: Self.waitedFor) { .selected(pane, await Arrangement.makeOnTwoCores(request)) }
        case .open(let session, let backend, let command):
            start { [executor] in
                .opened(session: session, backend, await executor.opening(backend, command))
            }
        case .prepare(let session, let backend, let command):
            start { [executor] in
                .prepared(session: session, backend, await executor.prepare(session, backend, command))
            }
        case .perform(let session, let backend, let tier):
            start { [executor] in
                .performed(session: session, backend, await executor.perform(session, backend, as: tier))
            }
        case .check(let session, let backend):
            start { [executor] in
                .performed(session: session, backend, await executor.check(session, backend))
            }
        case .forget(let session):
            executor.forget(session)
        case .recall(let query, let purpose): remember(.recall(query, purpose))
        case .remember(let lists, let names): remember(.last(lists, names))
        case .travel(let request): remember(.travel(request))
        case .recallSamples(let entity, let query): remember(.recallSamples(entity, query))
        case .record(let changes): remember(.record(changes))
        case .setLooked(let moment): remember(.setLooked(moment))
        case .readAudit:
            start { [executor] in
                let (result, unread) = await executor.rows()
                return .auditRead(result, unread: unread)
            }
        case .readLog(let entity, let question): readLog(entity, question)
        case .countUnknown:
            start { [executor] in .unknownCounted(executor.unknownOutcomes()) }
        case .checkRecord(let id):
            start { [executor] in .recordChecked(id: id, await executor.check(record: id)) }
        case .search(let search):
            start { [self] in .searched(search, await table(of: search)) }
        case .locate(let address, let backend):
            start { [self] in
                .located(address, .init(backend, isLoaded: false), await locate(address, backend))
            }
        case .locateLoaded(let address, let backend, let tables, let completeness):
            start {
                let found = address.whereabouts(in: tables, of: backend)
                return .located(
                    address, .init(backend, isLoaded: true), .success(Located(found, completeness)))
            }
        case .readCollection(let collection, let question):
            read(collection, question)
        case .stopReading(let collection):
            stopAsking(collection)
        case .readRaw(let entity):
            start { [self] in .rawAnswered(entity, await raw(entity)) }
        case .reveal(let entity, let field):
            start { [self] in .revealed(entity, field: field, await reveal(field, of: entity)) }
        case .saveFile(let entity):
            start { [self] in await saveFile(of: entity) }
        case .listPictures(let entity):
            start { [self] in .picturesListed(entity, await list(picturesOf: entity)) }
        case .picture(let request):
            start { [self] in .pictured(request, await image(request)) }
        case .savePicture(let request):
            start { [self] in .pictureSaved(await save(request)) }
        case .saveText(let text, let name, let ending):
            start { [self] in .pictureSaved(save(text, as: name, ending)) }
        case .keep(let change):
            start { [keep] in keep(change).map { .noticed(.bad, $0) } }
        case .seal:
            executor.seal(nil, because: "this process became read-only, until a restart")
        case .tighten(let backend):
            // At once, not in a task: what is asked for next must find it done.
            executor.seal(backend, because: Self.tightened)
        case .reload:
            start { [reload] in
                guard let reload else {
                    return .noticed(.bad, "there is no configuration to read again")
                }
                return .reloaded(reload())
            }
        case .address(let entity, let table, let purpose):
            start { [self] in .addressed(entity, purpose, address(of: entity, table)) }
        case .readRunbook(let book):
            start { [integrations] in .runbookRead(book, integrations.runbook(book)) }
        case .runHook(let command, let transition):
            runHook(command, transition)
        case .browse(let address):
            start { [self] in await browse(address) }
        case .copy(let clipping):
            start { [self] in .clipped(clip(clipping)) }
        case .launch(let run):
            start { [self] in record(run) }
        case .startOwn(let run, let record):
            start { [self] in await perform(run, record) }
        case .concludeOwn(let run, let record, let ending):
            start { [self] in conclude(run, record, ending) }
        case .endOwn(let number):
            end(own: number)
        case .transmit, .edit, .editText, .lend, .setMouse, .redraw, .quit:
            break
        }
    }

    private static let tightened = "it became read-only, until a restart"

    /// Of work that somebody at the screen waits for.
    ///
    /// Tasks of one priority share as many threads as there are cores: rows would be sorted when answers of ten servers
    /// have been read and linked, seconds later.
    private static let waitedFor = TaskPriority.userInitiated

    @discardableResult
    func start(
        at priority: TaskPriority? = nil, _ work: @escaping @Sendable () async -> Event?
    ) -> Task<Void, Never> {
        begun.add(1, ordering: .acquiringAndReleasing)
        running.add(1, ordering: .acquiringAndReleasing)
        // Detached: a task that inherited the main actor would wait for the loop, which never ends.
        return Task.detached(priority: priority) { [self] in
            guard let event = await work() else {
                running.subtract(1, ordering: .acquiringAndReleasing)
                return inbox.wake()
            }
            inbox.post(event) { running.subtract(1, ordering: .acquiringAndReleasing) }
        }
    }

    /// Starts an effect that waits for the disk.
    func startWaiting(_ work: @escaping @Sendable () -> Void) {
        begun.add(1, ordering: .acquiringAndReleasing)
        running.add(1, ordering: .acquiringAndReleasing)
        let whole: @Sendable () -> Void = { [self] in
            work()
            running.subtract(1, ordering: .acquiringAndReleasing)
            inbox.wake()
        }
        if !OwnThread.start(whole) { Task.detached { whole() } }
    }

    func connection(_ id: BackendID) -> Connection? {
        connections.indices.contains(Int(id.index)) ? connections[Int(id.index)] : nil
    }

    private func probe(_ id: BackendID) async -> Event? {
        guard let adapter = connection(id)?.adapter else { return nil }
        do throws(BackendError) {
            let info = try await adapter.check()
            return .probed(
                id,
                .success(
                    Probe(
                        info: info, resources: adapter.resources, commands: adapter.commands,
                        picturedKinds: adapter.picturedKinds, searches: adapter.searches,
                        liveKinds: adapter.liveKinds, loggedKinds: adapter.loggedKinds,
                        webKinds: adapter.webKinds,
                        places: adapter.browser?.places ?? [:])))
        } catch {
            return .probed(id, .failure(error))
        }
    }

    private func refresh(_ id: BackendID, _ query: Query) async -> Event? {
        guard let adapter = connection(id)?.adapter,
            let resource = adapter.resources.first(where: { $0.kind == query.kind })
        else { return nil }
        let key = Key(backend: id, kind: query.kind)
        let known = kept.withLock { $0[key] }
        let before = known?.table ?? Table.empty(resource, id)
        let snapshot = Snapshot(
            from: before, after: known?.generation,
            onPart: { [self] in inbox.post(.arrived(id, query.kind, withImpact($0))) },
            onProgress: { [inbox] in inbox.post(.progressed(id, query.kind, $0)) })
        let startedAt = clock.now
        let askedAt = clock.wall
        do throws(BackendError) {
            let arrived = try await adapter.refresh(query, into: snapshot)
            var (table, completeness) = snapshot.finish(arrived, stillNamed: namedElsewhere(key))
            // The same rows keep their table: nothing on the screen has to be made again.
            if table.hasSameRows(as: before) { table = before }
            let age = Sharing.current?.age ?? 0
            let generation = arrived == .complete ? snapshot.generation : known?.generation
            let doubts = arrived == .complete ? snapshot.generation.doubts : 0
            kept.withLock { kept in
                kept[key] = (table, generation)
                enqueue(
                    table, isComplete: completeness == .complete, doubts: doubts, startedAt: askedAt,
                    age: age,
                    kept)
            }
            enqueue(samplesOf: table, before: completeness == .complete ? nil : before, age: age)
            if let history { work(history) }
            let refreshed = Refreshed(
                table: withImpact(table), completeness: completeness,
                seconds: serverTook(since: startedAt), age: age,
                doubts: doubts,
                transitions: transitions(of: id, table, completeness),
                trends: book(key, table, completeness, askedAt), clock: adapter.serverClock)
            return .refreshed(id, query.kind, .success(refreshed))
        } catch {
            kept.withLock { $0[key] = (snapshot.table, known?.generation) }
            return .refreshed(id, query.kind, .failure(error))
        }
    }

    /// Whether another list of the same backend, as it was read last, names an entity of a kind.
    private func namedElsewhere(_ key: Key) -> (EntityRef) -> Bool {
        let others = kept.withLock { kept in
            kept.filter { $0.key.backend == key.backend && $0.key.kind != key.kind }.map(\.value.table)
        }
        return { entity in others.contains { $0.names(entity) } }
    }

    /// Reads some rows and puts them into the table as it is; nothing of it goes.
    private func look(_ id: BackendID, _ query: Query) async -> Event? {
        guard let adapter = connection(id)?.adapter,
            let resource = adapter.resources.first(where: { $0.kind == query.kind })
        else { return nil }
        let key = Key(backend: id, kind: query.kind)
        let snapshot = Snapshot(from: .empty(resource, id))
        let askedAt = clock.wall
        do throws(BackendError) {
            _ = try await adapter.refresh(query, into: snapshot)
            let found = snapshot.table
            let table = kept.withLock { kept -> Table in
                var generation = Generation()
                let table = generation.merge(found, covering: .page, into: kept[key]?.table)
                kept[key] = (table, kept[key]?.generation)
                enqueue(
                    table, isComplete: false, startedAt: askedAt, age: Sharing.current?.age ?? 0, kept)
                return table
            }
            if let history { work(history) }
            return .looked(id, query.kind, .success(withImpact(table)))
        } catch {
            return .looked(id, query.kind, .failure(error))
        }
    }
}
