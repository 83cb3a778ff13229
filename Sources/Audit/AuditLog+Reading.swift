public import Domain
internal import Glibc
internal import JSON

extension AuditLog {
    /// The newest commands first, each with what became of it.
    ///
    /// Lines that are no records, such as one that a crash left unfinished, are skipped; so is what a
    /// later version adds.
    ///
    /// - Parameters:
    ///   - limit: at most this many; the file is read from its end and no further than needed.
    ///   - earliest: nothing that was sent before this.
    public func entries(
        limit: Int = .max, since earliest: Timestamp? = nil,
        where isWanted: (AuditEntry) -> Bool = { _ in true }
    ) throws(AuditError) -> [AuditEntry] {
        guard let lines = AuditLines(path: path) else {
            let code = errno
            if code == ENOENT { return [] }
            throw .system(path, "can't be read", code, fix: "make it readable for you")
        }
        var results: [String: AuditResult] = [:]
        var entries: [AuditEntry] = []
        // From the end of the file, a result stands before its command; the newest of several counts.
        for line in lines {
            guard entries.count < limit else { break }
            guard let record = (try? JSONDocument(line))?.root, let id = record["id"]?.string else {
                continue
            }
            switch record["record"]?.string {
            case "result":
                results[id] = results[id].map { $0.filled(from: AuditResult(record)) } ?? AuditResult(record)
            case "command":
                guard var entry = AuditEntry(record, id: id) else { continue }
                if let earliest, entry.time < earliest {
                    // The machines that share a log may not agree on the time.
                    if earliest.seconds - entry.time.seconds > Self.clockDoubt { return entries }
                    continue
                }
                entry.settle(results.removeValue(forKey: id), isRunning: isRunning(entry, record))
                if isWanted(entry) { entries.append(entry) }
            default: continue
            }
        }
        return entries
    }

    /// How far the clocks of the machines that share a log may be apart, in seconds.
    private static let clockDoubt: Int64 = 3_600

    /// The newest command of a kind that was done to an entity, or may have been; nil when none is known here.
    ///
    /// What failed, or was found not to be needed, was not done.
    public func lastCommand(
        _ kind: CommandKind, backend: String, entity: EntityRef
    ) throws(AuditError) -> AuditEntry? {
        try entries(limit: 1) { $0.mayHaveDone(kind, backend: backend, entity: entity) }.first
    }

    /// Whether a result may still come: the process lives, here, and the command is not over its limit.
    func isRunning(_ entry: AuditEntry, _ record: JSONValue) -> Bool {
        let limit = record["limit"]?.int64 ?? 60
        guard now().seconds - entry.time.seconds <= limit else { return false }
        guard entry.host == identity.host else { return true }
        return entry.process > 0 && (kill(entry.process, 0) == 0 || errno == EPERM)
    }
}

/// The result records of one command.
struct AuditResult {
    var time: Timestamp?
    var outcomes: [String: (state: Outcome.State, words: String, isSettled: Bool)] = [:]

    init(_ record: JSONValue) {
        time = record["time"]?.string.flatMap(AuditTime.moment)
        guard let list = record["outcomes"]?.array else { return }
        for value in list {
            guard let kind = value["kind"]?.string, let id = value["id"]?.text else { continue }
            outcomes["\(kind) \(id)"] = (
                value["state"]?.string.flatMap(Outcome.State.init) ?? .unknown,
                Cleaning.clean(value["words"]?.string ?? ""), value["settled"]?.flag == true
            )
        }
    }

    /// This result, with an older one for the entities that it says nothing about.
    func filled(from older: AuditResult) -> AuditResult {
        var both = self
        both.outcomes.merge(older.outcomes) { newer, _ in newer }
        return both
    }
}

extension AuditEntry {
    /// Whether this command did something to an entity, or may have: what failed or was not needed did not.
    public func mayHaveDone(_ kind: CommandKind, backend: String, entity: EntityRef) -> Bool {
        self.backend == backend && mayHaveDone(kind, entity: entity)
    }

    /// Whether this command did something to an entity of its server, or may have, whatever the backend is called.
    public func mayHaveDone(_ kind: CommandKind, entity: EntityRef) -> Bool {
        guard command == kind, let target = target(kind: entity.kind, id: entity.id) else { return false }
        switch target.outcome {
        case .failed, .skipped: return false
        case .verified, .accepted, .unknown, nil: return true
        }
    }

    /// Reads the record of a command; nil when what makes it one is missing.
    init?(_ record: JSONValue, id: String) {
        func text(_ key: String) -> String { Cleaning.clean(record[key]?.text ?? "") }
        guard let time = record["time"]?.string.flatMap(AuditTime.moment),
            let kind = record["command"]?.string
        else { return nil }
        self.init(
            id: Cleaning.clean(id), time: time, user: text("user"), host: text("host"),
            client: record["client"]?.string.map { Cleaning.clean($0) },
            process: record["process"]?.int64.flatMap { Int32(exactly: $0) } ?? 0, backend: text("backend"),
            server: text("server"),
            command: CommandKind(rawValue: Cleaning.clean(kind)),
            tier: record["tier"]?.int64.flatMap { Tier(rawValue: Int(truncatingIfNeeded: $0)) },
            targets: record["entities"]?.array?.map { value in
                Target(
                    kind: Cleaning.clean(value["kind"]?.text ?? ""),
                    id: Cleaning.clean(value["id"]?.text ?? ""),
                    name: Cleaning.clean(value["name"]?.text ?? ""), outcome: nil, words: "")
            } ?? [],
            arguments: record["arguments"]?.object?.map {
                Argument(key: Cleaning.clean($0.key), value: Cleaning.clean($0.value.text ?? ""))
            } ?? [],
            requests: record["requests"]?.array?.map { value in
                Request(
                    method: Cleaning.clean(value["method"]?.text ?? ""),
                    url: Cleaning.clean(value["url"]?.text ?? ""),
                    body: value["body"]?.text.map { Cleaning.clean($0) })
            } ?? [],
            undo: record["undo"].flatMap(Undo.init), state: .unknown, finishedAt: nil)
    }

    /// Adds what became of it.
    mutating func settle(_ result: AuditResult?, isRunning: Bool) {
        finishedAt = result?.time
        state = result != nil ? .finished : isRunning ? .running : .unknown
        for place in targets.indices {
            if let outcome = result?.outcomes["\(targets[place].kind) \(targets[place].id)"] {
                targets[place].outcome = outcome.state
                targets[place].words = outcome.words
                targets[place].isSettled = outcome.isSettled
            } else if state != .running {
                targets[place].outcome = .unknown
                targets[place].words =
                    result == nil
                    ? "recorded before sending, and nothing after: whether it was sent is not known"
                    : "no result was recorded for it: whether it happened is not known"
            }
        }
    }
}

extension AuditEntry.Undo {
    /// Reads what would put a command back; nil when there is nothing.
    fileprivate init?(_ record: JSONValue) {
        guard let kind = record["command"]?.string else { return nil }
        self.init(
            command: CommandKind(rawValue: Cleaning.clean(kind)),
            targets: record["entities"]?.array?.compactMap { value in
                guard let kind = value["kind"]?.string, let id = value["id"]?.text else { return nil }
                return Entity(kind: kind, id: id)
            } ?? [],
            arguments: Dictionary(
                record["arguments"]?.object?.compactMap { key, value in
                    Self.value(value).map { (FieldKey(rawValue: key), $0) }
                } ?? [], uniquingKeysWith: { $1 }))
    }

    private static func value(_ value: JSONValue) -> Value? {
        switch value.kind {
        case .bool: value.flag.map { .flag($0) }
        case .string: value.string.map { .text($0) }
        default: value.text.map { .text($0) }
        }
    }
}
