public import Domain

/// Everything that is known of one configured server.
public struct BackendState: Sendable {
    /// Its place in the configuration.
    public let id: BackendID
    /// The name in the backend column.
    public let name: String
    /// What kind of server it is: `LibreNMS`.
    public let title: String
    /// Where it is, as shown: scheme, host and port.
    public let address: String
    /// Whether its certificate is not verified.
    public let isInsecure: Bool
    /// Seconds between refreshes where the configuration says it, by the singular of the kind.
    var intervals: [String: Double]
    /// What may be done to it.
    public var mode: BackendMode
    /// What it can list; replaced by what the probe finds.
    public var resources: [ResourceDescriptor]
    /// What it can be told; replaced by what the probe finds.
    public var commands: [CommandDescriptor]
    /// What it draws pictures of; known once the probe was answered.
    public internal(set) var picturedKinds: Set<ResourceKind> = []
    /// What it can search for; known once the probe was answered.
    public internal(set) var searches: [SearchDescriptor] = []
    /// What can be asked of equipment itself: what that takes, in words, by kind.
    public internal(set) var liveKinds: [ResourceKind: String] = [:]

    /// What was measured lately, by kind.
    public internal(set) var trends: [ResourceKind: TrendBook] = [:]
    /// What has a page in its own web interface.
    public internal(set) var webKinds: Set<ResourceKind> = []

    /// What the probe found; nil until it was answered.
    public internal(set) var info: ServerInfo?
    /// The health of the probe itself.
    public internal(set) var probe: ResourceHealth
    /// The health of each resource.
    public internal(set) var health: [ResourceKind: ResourceHealth] = [:]
    /// The rows of each resource as they last arrived.
    public internal(set) var tables: [ResourceKind: Table] = [:]
    /// When the server itself looked at its devices, as far as its rows say.
    var polls = PollWatch()
    /// Seconds between two looks of the server at a device, where the configuration says it.
    var pollInterval: Double?
    /// How many devices were late when they were counted last.
    package internal(set) var countedLate = 0
    /// How far a long refresh has come, in words.
    public internal(set) var progress: [ResourceKind: String] = [:]
    /// Until when nothing at all is tried, because it refused the login: some servers ban an address that insists.
    public internal(set) var refusedUntil: Instant?
    /// Whether that is because a page answered in place of the API, which said nothing of the login.
    var restsAfterPage = false
    /// How many times in a row that was so.
    var refusals = 0

    /// Describes a backend that was not asked yet.
    public init(
        id: BackendID, name: String, title: String, address: String, isInsecure: Bool = false,
        mode: BackendMode = .normal, intervals: [String: Double] = [:], pollInterval: Double? = nil,
        resources: [ResourceDescriptor],
        commands: [CommandDescriptor], now: Instant
    ) {
        self.id = id
        self.name = name
        self.title = title
        self.address = address
        self.isInsecure = isInsecure
        self.intervals = intervals
        self.pollInterval = pollInterval
        self.mode = mode
        self.resources = resources
        self.commands = commands
        probe = ResourceHealth(dueAt: now)
    }

    /// Seconds between two refreshes: the resource's own, and never under ten times what the last one took.
    public func interval(of resource: ResourceDescriptor) -> Double {
        max(configuredInterval(of: resource), 10 * (health[resource.kind]?.duration ?? 0))
    }

    /// Seconds between two refreshes that take no time.
    func configuredInterval(of resource: ResourceDescriptor) -> Double {
        intervals.isEmpty ? resource.interval : intervals[resource.kind.rawValue] ?? resource.interval
    }

    /// How far the rows of a resource can be trusted.
    public func freshness(of resource: ResourceDescriptor, now: Instant) -> Freshness {
        if refusedUntil != nil { return .refused }
        if info == nil {
            switch probe.error?.kind {
            case .refused: return .refused
            case .forbidden: return .noRight
            case nil: if health[resource.kind] == nil { return .asking }
            default: if health[resource.kind] == nil { return .neverSeen }
            }
        }
        guard let health = health[resource.kind] else { return .asking }
        let own = health.freshness(interval: interval(of: resource), now: now)
        guard own == .fresh, resource.tally == .devices || resource.tally == .alerts else { return own }
        return latePolls(now) == nil ? .fresh : .outdated
    }

    /// The worst of several resources, with the oldest arrival among those that are as bad.
    ///
    /// Of a backend that has none of them, what its probe says.
    public func worst(of kinds: Set<ResourceKind>, now: Instant) -> (
        freshness: Freshness, arrivedAt: Instant?
    ) {
        var worst: (freshness: Freshness, arrivedAt: Instant?)?
        for resource in resources where kinds.contains(resource.kind) {
            let freshness = freshness(of: resource, now: now)
            // Of what is new and says what is old, the age is that of what it says.
            let arrivedAt =
                freshness == .outdated
                ? latePolls(now)?.oldest.map { now + -Double($0) } : health[resource.kind]?.arrivedAt
            guard let known = worst, known.freshness >= freshness else {
                worst = (freshness, arrivedAt)
                continue
            }
            if known.freshness == freshness, let oldest = known.arrivedAt {
                worst?.arrivedAt = arrivedAt.map { min($0, oldest) }
            }
        }
        if let worst { return worst }
        if refusedUntil != nil { return (.refused, nil) }
        return info == nil ? (probe.freshness(interval: .infinity, now: now), nil) : (.fresh, nil)
    }

    /// Why the last attempt failed, in words; nil when nothing is wrong.
    public func trouble(with kinds: Set<ResourceKind>) -> BackendError? {
        if let error = probe.error { return error }
        return resources.lazy.filter { kinds.contains($0.kind) }.compactMap { self.health[$0.kind]?.error }
            .first
    }

    /// The same with when it is tried again, as in `no answer within 30 s; next try in 42s`; nil when nothing is wrong.
    ///
    /// - Parameter isStepped: leaves seconds out, for what is drawn once a second for years.
    public func troubleWords(with kinds: Set<ResourceKind>, now: Instant, isStepped: Bool = false) -> String?
    {
        guard let error = trouble(with: kinds) else { return nil }
        var due = refusedUntil
        if due == nil {
            let failed =
                probe.error != nil
                ? [probe]
                : resources.lazy.filter { kinds.contains($0.kind) }.compactMap { self.health[$0.kind] }
                    .filter { $0.error != nil }
            if failed.contains(where: { $0.askedAt != nil }) { return "\(error.words); trying" }
            due = failed.map(\.dueAt).min()
        }
        guard let due else { return error.words }
        let seconds = Int64(max(0, due - now))
        let words =
            isStepped
            ? (seconds < 60 ? "soon" : "in \(Quantity.age(seconds))") : "in \(Quantity.duration(seconds))"
        return "\(error.words); next try \(words)"
    }

    /// Why nothing is asked of it now; nil while it is.
    var restWords: String? {
        guard refusedUntil != nil else { return nil }
        return restsAfterPage ? "a page answered in place of the API" : "the login was refused"
    }

    /// The command of a name.
    public func command(_ kind: CommandKind) -> CommandDescriptor? { commands.first { $0.kind == kind } }
    /// The resource of a kind.
    public func resource(_ kind: ResourceKind) -> ResourceDescriptor? { resources.first { $0.kind == kind } }
}
