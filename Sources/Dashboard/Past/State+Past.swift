import Canvas
import Domain

/// The panes as they were at an earlier moment: a second state, which no answer of a server reaches.
///
/// What is shown of the past can therefore not be changed by now, nor what is known of now by the past: the state of now
/// goes on behind it as if nobody pressed a key, and is shown again as it is then.
extension State {
    /// Questions of the past have numbers that those of now never reach.
    static let pastQuestions = 1 << 40

    /// Whether an earlier moment is shown.
    public var isInPast: Bool { !past.isEmpty }

    /// Whether this is the state of an earlier moment.
    var isPast: Bool { moment != nil }

    /// Why no earlier moment can be shown; nil when one can.
    var reasonAgainstPast: String? {
        if !sinceLooked.isKept, !isPast { return "no history is kept" }
        if isBrowsing { return "an API is read as it is: only panes have a past" }
        return nil
    }

    /// Why a detail of an earlier moment has no more than its row.
    static let onlyRecorded = BackendError(.missing, "the past: only what is recorded is shown")

    // MARK: Ways

    /// Shows now again.
    mutating func endPast() -> [Effect] {
        moment?.end()
        return []
    }

    /// Says that there is nothing later than now.
    mutating func sayNow() -> [Effect] {
        let key = keymap.spelling(of: .own(.earlier), in: contexts).map { "; \($0) goes back" } ?? ""
        showMessage(.plain, "this is now\(key)", isBrief: true)
        return []
    }

    /// Goes to another moment; the rows come when they were looked up.
    mutating func travel(_ step: PastQuery.Step) -> [Effect] {
        if let moment, moment.question != nil { return [] }
        let question = nextQuestion()
        guard let moment else {
            pastQuestion = question
            showMessage(.plain, "looking back", isBrief: true)
            return [
                .travel(
                    PastRequest(
                        question: question, query: PastQuery(step, lists: Set(wholeLists.map(\.list))),
                        record: nil, tables: backends.flatMap(\.pastTables),
                        names: Dictionary(uniqueKeysWithValues: backends.map { ($0.id, $0.name) }),
                        lost: alarms.lost))
            ]
        }
        self.moment?.ask(question)
        let findings = moment.record.findings
        return [
            .travel(
                PastRequest(
                    question: question,
                    query: PastQuery(step, from: findings.place, at: findings.time, last: findings.last),
                    record: moment.record, tables: [], names: [:], lost: []))
        ]
    }

    /// Goes so many seconds back, or forward.
    mutating func travel(by seconds: Int64) -> [Effect] {
        let time = Timestamp((moment?.time ?? wall).seconds + seconds)
        // What is not over yet is now.
        if let moment, seconds > 0, time >= moment.began {
            self.moment?.end()
            return []
        }
        return travel(.moment(time))
    }

    /// Takes the end of the way from now to an earlier moment.
    mutating func travelled(_ question: Int, _ result: Result<PastRecord?, BackendError>) -> [Effect] {
        guard question == pastQuestion else { return [] }
        pastQuestion = nil
        // Something else came in front meanwhile, and has the keys.
        guard layers.isEmpty, screen == nil, !isBrowsing else { return [] }
        switch result {
        case .success(let record?):
            var view = self
            let effects = view.begin(
                PastMoment(
                    record, began: wall,
                    wasWhole: wholeLists.allSatisfy { isTrustworthy($0.backend, $0.list.kind) }))
            messages.clear()
            past = [view]
            return effects
        case .success(nil): showMessage(.plain, "nothing was recorded yet")
        case .failure(let error): showMessage(.bad, "the past is not known: \(error.words)")
        }
        return []
    }

    /// Becomes the state of an earlier moment.
    private mutating func begin(_ moment: PastMoment) -> [Effect] {
        self.moment = moment
        startNumbers(at: Self.pastQuestions)
        forgetNow()
        for index in panes.indices { panes[index].forgetNow(questions: Self.pastQuestions) }
        details = details.map {
            var opened = DetailState(entity: $0.entity, title: $0.title)
            opened.failed(Self.onlyRecorded)
            return opened
        }
        let wantsSplit = split.isOn
        split = Split()
        split.setOn(wantsSplit)
        return showMoment()
    }

    /// Takes the end of the way from one earlier moment to another.
    mutating func travelledOn(_ question: Int, _ result: Result<PastRecord?, BackendError>) -> [Effect] {
        guard let moment, self.moment?.answered(question) == true else { return [] }
        switch result {
        case .success(let record?) where record.findings.isNow:
            self.moment?.end()
        case .success(let record?):
            if record.findings.place == moment.record.findings.place, record.findings.time == moment.time {
                showMessage(.plain, "nothing older is recorded")
                return []
            }
            self.moment?.show(record)
            return showMoment()
        case .success(nil): showMessage(.plain, "nothing is recorded any more")
        case .failure(let error): showMessage(.bad, "the past is not known: \(error.words)")
        }
        return []
    }

    /// The lists all of whose rows are recorded.
    private var wholeLists: [(backend: BackendState, list: HistoryList)] {
        backends.flatMap { backend in
            backend.resources.filter { RecordedFields($0)?.recording == .everything }.map {
                (backend, HistoryList(backend: backend.name, kind: $0.kind))
            }
        }
    }

    /// Whether all lists were read at the moment and when looking back began, as far as is known.
    var isPastWhole: Bool {
        guard let moment else { return false }
        let record = moment.record
        // Fields that are not recorded make the rows partial, not what changed.
        return moment.wasWhole
            && wholeLists.allSatisfy { record.findings.read.contains($0.list) && !record.isGuessed($0.list) }
    }

    // MARK: What is shown

    /// Shows the rows of the moment.
    private mutating func showMoment() -> [Effect] {
        guard let moment else { return [] }
        setTime(now, wall: moment.time, zone: zone)
        let record = moment.record
        for index in backends.indices {
            let backend = backends[index]
            let tables = record.tables.filter { $0.backend == backend.id }
            let rows = tables.map { ($0.resource.kind, ($0, completeness(of: $0, backend.name, record))) }
            let own = EntityName(backend: backend.name, kind: Handoff.backend, id: backend.name)
            let lost = Transition.Event.lost.rawValue
            let isLost = record.state(of: own).map { $0.word == lost } ?? record.isLost(backend.id)
            backends[index].setPast(
                Dictionary(rows) { $1 }, isLost: isLost, now: now)
        }
        countDevices()
        _ = findShortNames()
        for index in details.indices { relate(index) }
        return arrangePanes { _ in true }
    }

    /// Keeps the rows of the moment as fresh as they were: they don't age.
    mutating func pastTicked(_ now: Instant, zone: Int) {
        guard let moment else { return }
        setTime(now, wall: moment.time, zone: zone)
        for index in backends.indices { backends[index].keepArrivals(now: now) }
        messages.expire(now)
    }

    /// How much is known of a list at the moment.
    private func completeness(of table: Table, _ name: String, _ record: PastRecord) -> Completeness {
        let list = HistoryList(backend: name, kind: table.resource.kind)
        let findings = record.findings
        var completeness = record.decidedness(of: table)
        func lacks(_ words: String) { completeness = completeness.and(.partial(words)) }
        func clock(_ moment: Timestamp) -> String { Self.clock(moment, wall, zone) }
        if !findings.read.contains(list) {
            switch (findings.unread[list]?.since, findings.unread[list]?.until) {
            case (let since?, let until?): lacks("not read from \(clock(since)) to \(clock(until))")
            case (let since?, nil): lacks("not read after \(clock(since))")
            case (nil, let until?): lacks("not read before \(clock(until))")
            case (nil, nil): lacks("when it was read is not recorded")
            }
        }
        if record.isGuessed(list) { lacks("too many rows are recorded to read them again") }
        if findings.omitted.contains(list) { lacks("more changed since than was recorded") }
        if table.resource.recording == .changes { lacks("what was added or removed is not recorded") }
        return completeness
    }
}
