import Domain

/// A line of a server's log, as a timeline shows it.
struct LoggedEntry: Equatable, Sendable {
    /// What the log was read of.
    let entity: EntityRef
    /// The name of the server.
    let backend: String
    let entry: ServerLog.Entry
    /// Which of those that say the same in the same second it is.
    let copy: Int
    /// Its place in the log, the newest first.
    let place: Int

    /// What tells it from all others of the timeline.
    var id: String { "\(backend) \(entry.time.seconds) \(entry.type) \(entry.words) \(copy)" }
}

/// What servers say in their own logs of what a timeline is of: each read by itself, since each may fail by itself.
struct TimelineLogs: Equatable, Sendable {
    /// So many logs are read at most for one timeline: each costs its server a request or two.
    static let limit = 5

    private var readings: [EntityRef: Reading<ServerLog>] = [:]
    /// The number of the question, so that the answer to an older one is dropped.
    private var question: Int

    init(question: Int) { self.question = question }

    /// What was read of an entity; nil where nothing was asked, and where its server keeps no log of it.
    subscript(entity: EntityRef) -> Reading<ServerLog>? { readings[entity] }

    /// Asks for the logs of some entities that were not asked for yet.
    ///
    /// - Parameter reason: why a server is not asked now; nil where it is.
    mutating func ask(for entities: [EntityRef], unless reason: (EntityRef) -> String?) -> [Effect] {
        entities.filter { readings[$0] == nil }.compactMap { read($0, reason($0)) }
    }

    /// Asks for them once more; those of others are forgotten.
    mutating func askAgain(
        for entities: [EntityRef], question: Int, unless reason: (EntityRef) -> String?
    ) -> [Effect] {
        self.question = question
        readings = readings.filter { entities.contains($0.key) }
        return entities.compactMap { read($0, reason($0)) }
    }

    private mutating func read(_ entity: EntityRef, _ reason: String?) -> Effect? {
        readings[entity, default: Reading()].ask()
        guard let reason else { return .readLog(entity, question: question) }
        readings[entity]?.take(.failure(BackendError(.refused, "\(reason); nothing is asked")))
        return nil
    }

    /// Takes an answer; false for one that nobody waits for.
    mutating func take(
        _ entity: EntityRef, _ question: Int, _ result: Result<ServerLog?, BackendError>
    ) -> Bool {
        guard question == self.question, readings[entity]?.isAsked == true else { return false }
        switch result {
        case .success(let log?): readings[entity]?.take(.success(log))
        // It keeps none: nothing is missing, and nothing is claimed.
        case .success(nil): readings[entity] = nil
        case .failure(let error): readings[entity]?.take(.failure(error))
        }
        return true
    }

    /// The lines of some logs; what two logs of one server both have stands once.
    func entries(of entities: [EntityRef], _ backendName: (EntityRef) -> String) -> [LoggedEntry] {
        var shown: [BackendID: Set<ServerLog.Entry>] = [:]
        return entities.flatMap { entity -> [LoggedEntry] in
            guard let log = readings[entity]?.value else { return [] }
            let earlier = shown[entity.backend] ?? []
            shown[entity.backend, default: []].formUnion(log.entries)
            let name = backendName(entity)
            var copies: [ServerLog.Entry: Int] = [:]
            return log.entries.enumerated().compactMap { place, entry in
                guard !earlier.contains(entry) else { return nil }
                let copy = copies[entry, default: 0]
                copies[entry] = copy + 1
                return LoggedEntry(entity: entity, backend: name, entry: entry, copy: copy, place: place)
            }
        }
    }

    /// How many of them are being read.
    func waiting(of entities: [EntityRef]) -> Int { entities.count { readings[$0]?.isAsked == true } }

    /// Whether all that these servers keep of them is here.
    func areWhole(of entities: [EntityRef]) -> Bool {
        entities.allSatisfy { entity in
            guard let reading = readings[entity] else { return true }
            guard reading.isKnown, let log = reading.value else { return false }
            return log.completeness == .complete && !log.isCut
        }
    }
}
