import Canvas
public import Domain

/// Changes the state for what happened and says what is to be done outside.
///
/// Pure: the same state and event give the same state and effects. Runs on the main thread.
public func reduce(_ state: inout State, _ event: Event) -> [Effect] {
    state.isInPast ? state.reducePast(event) : reduceNow(&state, event)
}

/// The same of what a state is of, be it now or an earlier moment.
func reduceNow(_ state: inout State, _ event: Event) -> [Effect] {
    if case .tick = event {} else { state.schedule.know(nil) }
    let followed = state.pane.isFollowing ? state.place.pane : nil
    let sheet = state.theme.sheet
    let (mayKeep, moves) = (state.mayKeepBackdrop(event), state.cursorMoves)
    var effects = apply(event, &state)
    if sheet !== state.theme.sheet { state.fitPicture() }
    state.reportEndOfFollowing(followed)
    // Whatever moved the cursor, the detail beside it follows.
    effects +=
        state.withScreen { $0.update(after: event, in: &$1) } + state.followWithPin() + state.followCursor()
    state.settleBackdrop(event, mayKeep, movesBefore: moves, effects)
    return effects
}

private func apply(_ event: Event, _ state: inout State) -> [Effect] {
    switch event {
    case .read(let inputs): return state.handle(inputs)
    case .resized(let size):
        state.resize(to: size)
        state.scrollIntoView()
        state.fitPicture()
        return []
    case .tick(let now, let wall, let zone):
        let before = state.now
        state.setTime(now, wall: wall, zone: zone)
        state.messages.expire(now)
        state.layers.update(RevealDialog.self) { $0.expire(now) }
        state.countLatePolls()
        return state.callForBackends(since: before) + state.wakeSnoozes() + state.expireClaims()
            + state.dueEffects()
            + state.relinkOutdated(since: before) + state.askSince()

    case .began(let visit): return state.begin(at: visit)

    case .probed(let backend, let result): return state.probed(backend, result)
    case .arrived(let backend, let kind, let table): return state.arrived(backend, kind, table)
    case .progressed(let backend, let kind, let words):
        state.change(backend) { $0.progressed(kind, words) }
        return []
    case .refreshed(let backend, let kind, let result): return state.refreshed(backend, kind, result)
    case .looked(let backend, let kind, let result): return state.looked(backend, kind, result)
    case .teamed(let standing):
        state.setTeam(standing)
        return []
    case .renewed(let backend, let kind):
        state.change(backend) { [now = state.now] in $0.renewed(kind, now: now) }
        return state.dueEffects()
    case .claimed(let book): return state.claimed(book)
    case .linked(let question, let found): return state.linked(question, found)
    case .arranged(let listing, let question, let arrangement):
        return state.arranged(listing, question, arrangement)
    case .found(let pane, let question, let hits): return state.found(pane, question, hits)
    case .selected(let pane, let found): return state.selected(pane, found)
    case .sought(let search, let hits):
        let looked = state
        state.layers.update(Palette.self) { $0.found(search, hits, looked) }
        return []
    case .partlyDetailed(let entity, let detail):
        state.partlyDetailed(entity, detail)
        return []
    case .detailed(let entity, let result): return state.detailed(entity, result)
    case .unfolded(let entity, let result):
        state.unfolded(entity, result)
        return []

    case .liveTold(let entity, let question, let words):
        state.liveTold(entity, question, words)
        return []
    case .lived(let entity, let question, let result):
        state.lived(entity, question, result)
        return []

    case .opened(let session, let backend, let result): return state.opened(session, backend, result)
    case .edited(let session, let edited):
        state.edited(session, edited)
        return []
    case .textEdited(let result):
        state.textEdited(result)
        return []
    case .prepared(let session, let backend, let result): return state.prepared(session, backend, result)
    case .commandProgressed(let session, let backend, let words):
        state.commandProgressed(session, backend, words)
        return []
    case .performed(let session, let backend, let outcomes):
        return state.performed(session, backend, outcomes)
    case .recalled(let purpose, let result): return state.recalled(purpose, result)
    case .recorded(let changes): return state.recorded(changes)
    case .remembered(let lists): return state.remembered(lists)
    case .travelled(let question, let result): return state.travelled(question, result)
    case .auditRead(let result, let unread):
        state.auditRead(result, unread: unread)
        return []
    case .logRead(let entity, let question, let result):
        state.logRead(entity, question, result)
        return []
    case .unknownCounted(let count):
        state.unknownCounted(count)
        return []
    case .recordChecked(let id, let outcomes): return state.recordChecked(id, outcomes)
    case .browsed(let collection, let question, let result, let isLast):
        return state.browsed(collection, question, result, isLast: isLast)
    case .rawAnswered(let entity, let result):
        state.layers.update(RawPage.self) { $0.answered(entity, result) }
        return []
    case .revealed(let entity, let field, let result):
        let until = state.now + RevealDialog.length
        state.layers.update(RevealDialog.self) { $0.answered(entity, field, result, until: until) }
        return []
    case .samplesRecalled(let entity, let query, let result):
        state.samplesRecalled(entity, query, result)
        return []
    case .trendsRecalled(let backend, let kind, let book):
        state.trendsRecalled(book, of: kind, on: backend)
        return []
    case .searched(let search, let result):
        state.searched(search, result)
        return []
    case .located(let address, let source, let result):
        state.located(address, source, result)
        return []
    case .picturesListed(let entity, let result): return state.picturesListed(entity, result)
    case .pictured(let request, let result): return state.pictured(request, result)
    case .pictureSaved(let result):
        state.pictureSaved(result)
        return []
    // A screen turns it when it follows what happened.
    case .pageTurned: return []
    case .reloaded(let result): return state.reloaded(result)
    case .addressed(let entity, let purpose, let result):
        return state.addressed(entity, purpose, result)
    case .runbookRead(let book, let result):
        state.layers.update(RunbookPage.self) { $0.read(book, result) }
        return []
    case .hookEnded(let name, let problem):
        state.hookEnded(name, problem)
        return []
    case .ownRecorded(let run, let record): return state.ownRecorded(run, record: record)
    case .ownPrinted(let number, let output):
        state.layers.update(OutputPage.self) { $0.printed(number, output) }
        return []
    case .ownEnded(let run, let ending, let remark):
        state.ownEnded(run, ending, remark: remark)
        return []
    case .clipped(let clipped): return state.copied(clipped)
    case .noticed(let tone, let words):
        state.showMessage(tone, words)
        return []
    }
}

extension State {
    /// The moment at which something would change without an event: a clock, a refresh, a message.
    public var nextWake: Instant {
        var next = min(nextDue, now + (1.0 - Double(now.nanoseconds % 1_000_000_000) / 1e9))
        if let until = message?.until { next = min(next, until) }
        if let due = split.dueAt { next = min(next, due) }
        if let view = past.first {
            next = min(next, view.message?.until ?? next, view.split.dueAt ?? next)
        }
        return max(next, now)
    }

    /// The moment at which the first refresh or look is due: asked for at every key.
    var nextDue: Instant {
        if let due = schedule.knownDue { return due }
        var next = Instant(nanoseconds: .max)
        for backend in backends {
            if let until = backend.refusedUntil {
                next = min(next, until)
                continue
            }
            guard backend.info != nil else {
                if backend.probe.askedAt == nil { next = min(next, backend.probe.dueAt) }
                continue
            }
            for resource in backend.resources {
                guard let health = backend.health[resource.kind], health.askedAt == nil, isWanted(resource)
                else { continue }
                next = min(next, health.dueAt)
                if let look = health.lookDueAt, health.arrivedAt != nil, !health.isLooking {
                    next = min(next, look)
                }
            }
        }
        // One that can't be made yet is waited for: what is in its way ends with an event.
        for watch in watches where !watch.isLooking && canLook(watch.backend, watch.kind) {
            next = min(next, watch.dueAt)
        }
        return next
    }

    /// Changes what is known of a backend; nil where there is none.
    @discardableResult
    mutating func change<Result>(_ id: BackendID, _ change: (inout BackendState) -> Result) -> Result? {
        guard backends.indices.contains(Int(id.index)) else { return nil }
        return change(&backends[Int(id.index)])
    }
}
