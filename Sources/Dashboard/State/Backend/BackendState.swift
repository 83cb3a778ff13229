public import Domain
internal import Links

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
    private(set) var intervals: [String: Double]
    /// What may be done to it.
    public private(set) var mode: BackendMode
    /// What it can list; replaced by what the probe finds.
    public private(set) var resources: [ResourceDescriptor]
    /// What it can be told; replaced by what the probe finds.
    public private(set) var commands: [CommandDescriptor]
    /// What it draws pictures of; known once the probe was answered.
    public private(set) var picturedKinds: Set<ResourceKind> = []
    /// What it can search for; known once the probe was answered.
    public private(set) var searches: [SearchDescriptor] = []
    /// What can be asked of equipment itself: what that takes, in words, by kind.
    public private(set) var liveKinds: [ResourceKind: String] = [:]

    /// What it keeps a log of that can be read; known once the probe was answered.
    public private(set) var loggedKinds: Set<ResourceKind> = []

    /// What was measured lately, by kind.
    public private(set) var trends: [ResourceKind: TrendBook] = [:]
    /// What has a page in its own web interface.
    public private(set) var webKinds: Set<ResourceKind> = []
    /// Where entities of panes are in its API: a path with one `{}` for their number.
    private(set) var places: [ResourceKind: String] = [:]

    /// What the probe found; nil until it was answered.
    public private(set) var info: ServerInfo?
    /// The health of the probe itself.
    public private(set) var probe: ResourceHealth
    /// The health of each resource.
    public private(set) var health: [ResourceKind: ResourceHealth] = [:]
    /// The rows of each resource as they last arrived.
    public private(set) var tables: [ResourceKind: Table] = [:]
    /// When rows of an earlier session were read, by kind, until the server answers.
    private(set) var remembered: [ResourceKind: Instant] = [:]
    /// When the server itself looked at its devices, as far as its rows say.
    private(set) var polls = PollWatch()
    /// Whether its rows are those of an earlier moment.
    private(set) var isPast = false
    /// Seconds between two looks of the server at a device, where the configuration says it.
    private(set) var pollInterval: Double?
    /// How many devices were late when they were counted last.
    package private(set) var countedLate = 0
    /// The lists that are to be read at the server itself next, whatever a team has of them.
    private var pressed: Set<ResourceKind> = []
    /// Which of them are on their way.
    private var awaited: Set<ResourceKind> = []
    /// How far a long refresh has come, in words.
    public private(set) var progress: [ResourceKind: String] = [:]
    /// Until when nothing at all is tried, because it refused the login: some servers ban an address that insists.
    public private(set) var refusedUntil: Instant?
    /// Whether that is because a page answered in place of the API, which said nothing of the login.
    private(set) var restsAfterPage = false
    /// How many times in a row that was so.
    private(set) var refusals = 0

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
        self.resources = resources.map(\.withImpact)
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

    /// The command of a name.
    public func command(_ kind: CommandKind) -> CommandDescriptor? { commands.first { $0.kind == kind } }
    /// The resource of a kind.
    public func resource(_ kind: ResourceKind) -> ResourceDescriptor? { resources.first { $0.kind == kind } }

    // MARK: Probing

    /// The probe is under way.
    mutating func askedProbe(now: Instant) { probe.askedAt = now }

    /// The probe was answered: what is not offered any more is forgotten.
    mutating func probed(_ found: Probe, now: Instant) {
        refusals = 0
        info = found.info
        resources = found.resources.map(\.withImpact)
        commands = found.commands
        picturedKinds = found.picturedKinds
        searches = found.searches
        liveKinds = found.liveKinds
        loggedKinds = found.loggedKinds
        webKinds = found.webKinds
        places = found.places
        let offered = Set(found.resources.map(\.kind))
        health = health.filter { offered.contains($0.key) }
        tables = tables.filter { offered.contains($0.key) }
        trends = trends.filter { offered.contains($0.key) }
        remembered = remembered.filter { offered.contains($0.key) }
        for kind in offered where health[kind] == nil { health[kind] = ResourceHealth(dueAt: now) }
        probe.askedAt = nil
        probe.arrivedAt = now
        probe.error = nil
        probe.failures = 0
    }

    /// The probe failed, and is due again.
    mutating func failedProbe(_ error: BackendError, retryAt: Instant) {
        probe.askedAt = nil
        probe.failures += 1
        probe.error = error
        probe.dueAt = retryAt
    }

    // MARK: Refreshing

    /// A list is being read.
    ///
    /// - Returns: whether it is to be the server itself that answers, since the operator or a command wants to know.
    @discardableResult
    mutating func asked(_ kind: ResourceKind, now: Instant) -> Bool {
        health[kind]?.askedAt = now
        let isPressed = pressed.remove(kind) != nil
        if isPressed { awaited.insert(kind) } else { awaited.remove(kind) }
        return isPressed
    }

    /// Reading a list has come so far.
    mutating func progressed(_ kind: ResourceKind, _ words: String) { progress[kind] = words }

    /// How far a list has come, where somebody waits for it: not of one that is fresh and is read again by itself.
    func awaitedProgress(of resource: ResourceDescriptor, now: Instant) -> String? {
        guard let words = progress[resource.kind] else { return nil }
        return awaited.contains(resource.kind) || freshness(of: resource, now: now) != .fresh ? words : nil
    }

    /// The first rows of a list are here, and the rest is still to come.
    mutating func arrived(_ kind: ResourceKind, _ table: Table, now: Instant) {
        guard let known = health[kind] else { return }
        tables[kind] = table
        remembered[kind] = nil
        // Rows of a whole answer stay as old as that answer until the next whole one.
        guard known.arrivedAt == nil || known.completeness != .complete else { return }
        health[kind]?.arrivedAt = now
        if known.completeness == .complete { health[kind]?.completeness = .partial("still arriving") }
    }

    /// A list was read.
    ///
    /// - Parameter wait: seconds until it is read again.
    /// - Returns: whether it is due at once: what hastened it while it was under way may be newer than what arrived.
    mutating func refreshed(_ kind: ResourceKind, _ refreshed: Refreshed, wait: Double, now: Instant) -> Bool
    {
        guard var known = health[kind] else { return false }
        let isHastened = known.dueAt > known.askedAt ?? now
        known.askedAt = nil
        known.arrivedAt = now + -refreshed.age
        known.duration = refreshed.seconds
        known.completeness = refreshed.completeness
        known.error = nil
        known.failures = 0
        // Of what another process read a while ago, less is left.
        known.dueAt = isHastened ? now : now + max(min(1, wait), wait - refreshed.age)
        known.lookDueAt = resource(kind)?.quickInterval.map { now + $0 }
        health[kind] = known
        progress[kind] = nil
        refusals = 0
        tables[kind] = refreshed.table
        remembered[kind] = nil
        if let clock = refreshed.clock { info?.clock = clock }
        return isHastened
    }

    /// Shows rows of an earlier session until the server answers; what has rows already keeps them.
    ///
    /// - Parameter readAt: when they were read.
    mutating func remember(_ table: Table, readAt: Instant) {
        let kind = table.resource.kind
        guard tables[kind] == nil, health[kind]?.arrivedAt == nil, resource(kind) != nil else { return }
        tables[kind] = table
        remembered[kind] = readAt
    }

    /// Shows rows of an earlier session no longer.
    mutating func forgetRemembered(_ kinds: Set<ResourceKind>? = nil) {
        for kind in remembered.keys where kinds?.contains(kind) ?? true {
            tables[kind] = nil
            remembered[kind] = nil
        }
    }

    /// A list could not be read, and is due again.
    mutating func failed(_ kind: ResourceKind, _ error: BackendError, retryAt: Instant) {
        // That is an answer: what was seen in an earlier session is not to be seen now.
        if [.forbidden, .missing].contains(error.kind) { forgetRemembered([kind]) }
        progress[kind] = nil
        health[kind]?.askedAt = nil
        health[kind]?.failures += 1
        health[kind]?.error = error
        health[kind]?.dueAt = retryAt
    }

    /// Has other rows than its server's, with what is known of them: those of an earlier moment.
    mutating func replace(tables: [ResourceKind: Table], health: [ResourceKind: ResourceHealth]) {
        self.tables = tables
        self.health = health
        (trends, progress, polls, refusedUntil, countedLate) = ([:], [:], PollWatch(), nil, 0)
        remembered = [:]
        probe.error = nil
        isPast = true
    }

    /// Keeps rows as old as they are.
    mutating func keepArrivals(now: Instant) {
        for (kind, known) in health where known.arrivedAt != nil { health[kind]?.arrivedAt = now }
    }

    /// What was measured of a kind.
    mutating func setTrends(_ book: TrendBook?, of kind: ResourceKind) { trends[kind] = book }

    /// Forgets the rows of a kind.
    mutating func forgetRows(of kind: ResourceKind) { tables[kind] = nil }

    /// Makes lists due, and the probe where it was not answered yet; what is being asked is asked once more then.
    ///
    /// - Parameter kinds: which; nil for all.
    mutating func hasten(_ kinds: Set<ResourceKind>?, now: Instant) {
        if info == nil { probe.dueAt = now }
        for kind in health.keys where kinds?.contains(kind) ?? true {
            health[kind]?.dueAt = now
            pressed.insert(kind)
        }
    }

    /// Another process of the team has newer rows of a list: it is due, unless it is on its way or just came.
    mutating func renewed(_ kind: ResourceKind, now: Instant) {
        guard let known = health[kind], known.askedAt == nil, known.failures == 0,
            let arrivedAt = known.arrivedAt,
            now - arrivedAt > 2
        else { return }
        health[kind]?.dueAt = min(known.dueAt, now)
    }

    /// Makes those of some lists due that were never read.
    mutating func hastenUnread(_ kinds: Set<ResourceKind>, now: Instant) {
        for (kind, known) in health
        where kinds.contains(kind) && known.arrivedAt == nil && known.failures == 0 {
            health[kind]?.dueAt = now
        }
    }

    // MARK: Looks between two refreshes

    /// A look at a list is under way.
    mutating func askedLook(_ kind: ResourceKind) { health[kind]?.isLooking = true }

    /// A look has ended.
    mutating func looked(_ kind: ResourceKind, now: Instant) {
        let wait = resource(kind)?.quickInterval
        health[kind]?.isLooking = false
        health[kind]?.lookDueAt = wait.map { now + $0 }
    }

    /// Takes the rows of a look.
    ///
    /// - Returns: whether they are other ones.
    mutating func replaceRows(of kind: ResourceKind, _ table: Table) -> Bool {
        guard health[kind] != nil, tables[kind] != table else { return false }
        tables[kind] = table
        return true
    }

    // MARK: Rest

    /// Leaves it alone, because it did not accept the login or a page answered in place of its API.
    mutating func rest(until: Instant, afterPage: Bool) {
        refusals += 1
        restsAfterPage = afterPage
        refusedUntil = refusedUntil.map { max($0, until) } ?? until
    }

    /// Asks it again.
    mutating func endRest() { refusedUntil = nil }

    // MARK: Files

    /// Takes what its section says now; a list that is asked more often is not left waiting for the old time.
    mutating func setIntervals(_ intervals: [String: Double]) {
        guard intervals != self.intervals else { return }
        self.intervals = intervals
        for resource in resources {
            guard let known = health[resource.kind], let arrivedAt = known.arrivedAt, known.failures == 0
            else { continue }
            let due = min(known.dueAt, arrivedAt + interval(of: resource))
            health[resource.kind]?.dueAt = due
        }
    }

    /// Takes how often the server itself looks at a device.
    mutating func setPollInterval(_ interval: Double?) { pollInterval = interval }

    /// Lets less be done to it.
    mutating func tighten(_ mode: BackendMode) {
        if mode.strictness > self.mode.strictness { self.mode = mode }
    }

    // MARK: Polling

    /// Takes what rows of devices say about when the server looked at them.
    mutating func updatePolls(now: Instant, wall: Timestamp) {
        polls.update(
            tables(of: .devices), interval: pollInterval, clock: info?.clock, now: now, wall: wall)
    }

    /// Keeps how many devices are late, as they were counted now.
    mutating func noteLate(now: Instant) { countedLate = latePolls(now)?.count ?? 0 }
}
