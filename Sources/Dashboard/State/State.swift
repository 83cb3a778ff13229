public import Canvas
public import Domain
package import Filter

/// Everything that the screen is a function of.
///
/// Changed by `reduce` alone, on the main thread.
public struct State: Sendable {
    /// The size of the terminal.
    public private(set) var size: Size
    /// What the terminal can show; only pictures are drawn by it.
    public let terminal: Capabilities
    /// What the operator is called for.
    public internal(set) var alarms: Alarms
    /// Whether a browser is configured that opens addresses.
    public let opensAddresses: Bool
    /// Whether as few bytes as possible are drawn: no seconds, no sparklines.
    public let isLowBandwidth: Bool
    /// Whether tables leave out the domain that most devices share.
    let shortensNames: Bool
    /// How tables show names of devices; nil shows them whole.
    package private(set) var shortNames: ShortNames?
    /// The moment of the boot-time clock that ages count to.
    public private(set) var now: Instant
    /// The moment of the wall clock.
    public private(set) var wall: Timestamp
    /// Seconds that local time is east of UTC.
    public private(set) var zone: Int

    /// The configured servers, by their identifier's index.
    public internal(set) var backends: Parts<BackendState>
    /// The tables of the dashboard; the overview is one of them, with its list of the worst.
    public internal(set) var panes: Parts<PaneState>
    /// The opened entities of `place`, in its order.
    public internal(set) var details: [DetailState] = []
    /// What is found over the rows of all servers.
    var linking: Linking
    /// Whether alerts arrive too fast to be read one by one.
    var storm: StormWatch
    /// What happened since the operator looked last.
    var sinceLooked: SinceLooked
    /// Who of the team has which rows.
    var claims: Claims
    /// What was measured before of what is looked at.
    var charts = Charts()
    /// The state of the earlier moment that is shown in place of this one; empty where now is shown.
    package internal(set) var past: [State] = []
    /// The moment that this is the state of; nil where it is that of now.
    var moment: PastMoment?
    /// The way to an earlier moment that is waited for.
    var pastQuestion: Int?
    /// The detail beside the list.
    public internal(set) var split = Split()
    /// The second table under the first.
    var pin = Pin()
    /// Whether the pane or detail is maximized, without tabs and keys.
    public private(set) var isZoomed = false
    /// Where the operator is and was, and how far back in that they went.
    var history = History(Place(pane: .overview))
    /// What was looked at in the servers' APIs.
    public internal(set) var browse = Browse()
    /// What lies over the pane.
    public internal(set) var layers = LayerStack()
    /// Commands on their way, by number.
    public internal(set) var sessions: [Int: CommandSession] = [:]
    /// What was written into the notes of commands.
    var earlierNotes = EarlierNotes()
    /// What is looked at closely because a command was sent to it.
    public internal(set) var watches: [WatchedRows] = []
    /// When the next refresh or look is due.
    var schedule: Schedule
    /// Whether the next command that is begun only shows what it would send.
    public private(set) var isDryRunArmed = false
    var messages = MessageLife()
    var sequence = KeySequence()

    /// What the operator arranged and finds again.
    public private(set) var preferences: Preferences

    /// Counts over everything, kept in step with the tables.
    public private(set) var counts = Counts()
    /// Commands of this operator of which nobody knows what became of them.
    public private(set) var unknownOutcomes = 0
    /// Devices by site, kept in step with the tables.
    public private(set) var map: [SiteMap] = []

    /// What keys do.
    public private(set) var keymap: Keymap
    var themeChoice: ThemeChoice
    /// How this process stands to its team; nil where none is configured.
    package private(set) var team: TeamStanding?
    /// Why the team's record of commands was not read with the audit log last; nil where it was, and without a team.
    var unreadRecord: String?
    /// The programs of the operator's for rows, in the order of the configuration.
    private(set) var configuredCommands: [OwnCommand]
    /// The operator's own texts on what to do.
    private(set) var runbooks: Runbooks
    /// The options of the command line that a line for a shell needs to reach the same servers.
    let lineOptions: [String]
    /// Whether no command is possible at all.
    public private(set) var isReadOnly: Bool
    /// What makes the screen that a key brings; nil where there is none.
    public private(set) var profile: (any ScreenProfile)?
    /// What stands in place of the panes; nil in the dashboard.
    public private(set) var screen: (any Screen)?
    /// Whether the mouse is reported.
    public private(set) var isMouseOn = false
    /// What the configuration wants the operator to know, such as unknown keys.
    public private(set) var notices: [String]

    /// What the lines around a table are drawn from.
    var backdrop: Backdrop
    /// How often a key moved the cursor of a table.
    var cursorMoves = 0
    private(set) var sessionCount = 0
    private(set) var liveCount = 0
    /// Below this many rows a pane is arranged at once instead of off the main thread.
    static let arrangeAtOnce = 5_000

    /// Describes a dashboard before anything was asked.
    ///
    /// - Parameters:
    ///   - screen: what it begins with, read-only for good; nil begins with the dashboard.
    ///   - profile: what makes the screen that a key brings.
    ///   - linksServers: whether what several servers say is linked.
    ///   - keepsHistory: whether changes of state are recorded, so that what happened earlier can be asked for.
    ///   - team: how this process stands to its team; nil without one.
    ///   - stormThreshold: how many new alerts within a minute are a storm; 0 where none is.
    public init(
        size: Size, now: Instant, wall: Timestamp, zone: Int, backends: [BackendState], keymap: Keymap,
        themes: [Theme], themeIndex: Int = 0, isReadOnly: Bool = false, notices: [String] = [],
        terminal: Capabilities = Capabilities(colors: 256, unicode: true, name: ""),
        preferences: Preferences = Preferences(), screen: (any ScreenProfile)? = nil,
        profile: (any ScreenProfile)? = nil, isLowBandwidth: Bool = false, shortensNames: Bool = true,
        opensAddresses: Bool = false, alarms: [AlarmRule] = [], commands: [OwnCommand] = [],
        runbooks: Runbooks = Runbooks(), lineOptions: [String] = [], linksServers: Bool = false,
        stormThreshold: Int = 20, keepsHistory: Bool = false, team: TeamStanding? = nil,
        seed: UInt64 = 1
    ) {
        self.team = team
        claims = Claims(isKept: team != nil)
        sinceLooked = SinceLooked(isKept: keepsHistory)
        linking = Linking(isOn: linksServers)
        storm = StormWatch(threshold: stormThreshold)
        self.size = size
        self.terminal = terminal
        self.isLowBandwidth = isLowBandwidth
        self.shortensNames = shortensNames
        self.opensAddresses = opensAddresses
        self.alarms = Alarms(alarms)
        configuredCommands = commands
        self.runbooks = runbooks
        self.lineOptions = lineOptions
        self.now = now
        backdrop = Backdrop(now: now)
        self.wall = wall
        self.zone = zone
        self.backends = Parts(backends)
        self.keymap = keymap
        themeChoice = ThemeChoice(themes, index: themeIndex)
        self.isReadOnly = isReadOnly
        self.notices = notices
        self.preferences = preferences
        self.profile = screen ?? profile
        schedule = Schedule(seed: seed)
        panes = Parts([])
        rebuildPanes()
        if let notice = notices.first { messages.show(Message(tone: .bad, words: notice)) }
        // Nothing was read yet, so there is nothing to be filtered or sorted elsewhere.
        if let screen { _ = show(screen, isFromDashboard: false) }
    }

    /// Where the operator is.
    public var place: Place { history.place }

    /// The message line.
    public var message: Message? { messages.current }

    /// Keys of a sequence that is not complete.
    public var pendingKeys: [Key] { sequence.keys }

    /// The look in use.
    public var theme: Theme { screen?.theme ?? themeChoice.theme }

    /// The current table, or the one behind an opened entity.
    public var pane: PaneState { panes[paneIndex] }

    /// The place of the table that has the keys.
    var paneIndex: Int { isPinInFront ? pinIndex ?? upperIndex : upperIndex }

    /// The place of the table of the open pane.
    var upperIndex: Int { panes.firstIndex { $0.pane.name == place.pane } ?? 0 }

    /// The backend of an identifier.
    public func backend(_ id: BackendID) -> BackendState? {
        backends.indices.contains(Int(id.index)) ? backends[Int(id.index)] : nil
    }

    /// The table that holds an entity, and its row.
    public func find(_ entity: EntityRef) -> (table: Table, row: Int)? {
        if entity.isBrowsed { return findBrowsed(entity) }
        guard let table = backend(entity.backend)?.tables[entity.kind], let row = table.row(of: entity) else {
            return nil
        }
        return (table, row)
    }

    /// What an entity is called, with the device that it belongs to.
    public func name(of entity: EntityRef) -> String {
        guard let (table, row) = find(entity) ?? findFrozen(entity) else {
            return entity.isBrowsed ? CleanText.oneLine(entity.id) : entity.description
        }
        let device = table.text(row, .device)
        return device.isEmpty ? table.name(row) : "\(device): \(table.name(row))"
    }

    /// The row of an entity in the frozen table in front: it may be gone since.
    private func findFrozen(_ entity: EntityRef) -> (table: Table, row: Int)? {
        guard let frozen = pane.frozen else { return nil }
        return frozen.tables.lazy.compactMap { table in table.row(of: entity).map { (table, $0) } }.first
    }

    /// Makes the panes for what the backends offer, keeping what the operator did to those that stay.
    mutating func rebuildPanes() {
        let resources = backends.flatMap(\.resources)
        let widest = backends.map { CharacterWidth.of($0.name) }.max()
        var wanted = Pane.all(for: resources, backendWidth: backends.count > 1 ? widest : nil)
        if let width = jointNameWidth {
            wanted = wanted.map {
                $0.kinds.isDisjoint(with: Self.seenTwice) ? $0 : $0.naming(backendsIn: width)
            }
        }
        if var worst = wanted.first(where: { $0.name == .alerts }) {
            worst = worst.renamed(.overview)
            wanted.insert(worst, at: 0)
        }
        let visited = panes.filter { $0.pane.name.collection != nil }
        let below = panes.compactMap { old -> PaneState? in
            guard old.owner != nil, let pane = wanted.first(where: { $0.name == old.pane.name.above }) else {
                return nil
            }
            var new = old
            new.update(pane.renamed(old.pane.name))
            return new
        }
        let kept = wanted.map { pane in
            guard var old = panes.first(where: { $0.pane.name == pane.name }) else {
                var new = PaneState(pane)
                preferences.panes[pane.name].map { new.arrange(as: $0) }
                return new
            }
            old.update(pane)
            return old
        }
        panes = Parts(kept + visited + below)
        if !panes.contains(where: { $0.pane.name == place.pane }), let first = panes.first {
            history.replacePane(first.pane.name)
        }
    }

    /// Adds a pane, arranged as it was kept.
    mutating func addPane(_ pane: Pane) {
        var new = PaneState(pane)
        preferences.panes[pane.name].map { new.arrange(as: $0) }
        add(new)
    }

    /// Adds a pane as it is.
    mutating func add(_ pane: PaneState) {
        var pane = pane
        // Else an answer to a question of now could be taken for one to its own.
        if isPast { pane.forgetNow(questions: Self.pastQuestions) }
        panes = Parts(panes + [pane])
    }

    /// Drops the second table.
    mutating func dropPinned() { panes = Parts(panes.filter { $0.owner == nil }) }

    /// Drops panes, but never the current one.
    mutating func dropPanes(_ isUnwanted: (PaneName) -> Bool) {
        panes = Parts(panes.filter { !isUnwanted($0.pane.name) || $0.pane.name == place.pane })
    }

    // MARK: What belongs to no part

    /// Takes another size of the terminal.
    mutating func resize(to size: Size) { self.size = size }

    /// Takes the moment.
    mutating func setTime(_ now: Instant, wall: Timestamp, zone: Int) {
        self.now = now
        self.wall = wall
        self.zone = zone
    }

    /// Takes what is counted over all backends.
    mutating func setCounts(_ counts: Counts) {
        self.counts = counts
        renewBackdrop()
    }

    /// Takes devices by site.
    mutating func setMap(_ map: [SiteMap]) { self.map = map }

    /// Takes how tables show names of devices.
    mutating func setShortNames(_ names: ShortNames?) { shortNames = names }

    /// Takes how many commands of this operator have no known outcome.
    mutating func setUnknownOutcomes(_ count: Int) { unknownOutcomes = count }

    /// Takes a change of what the operator arranged.
    mutating func apply(_ change: Preferences.Change) { preferences.apply(change) }

    /// Makes no command possible any more, for good.
    mutating func seal() { isReadOnly = true }

    /// Puts a screen in place of the panes; nil takes it away.
    mutating func setScreen(_ screen: (any Screen)?) { self.screen = screen }

    /// Takes keys, words and the screen that a key brings from files that were read again.
    mutating func setFiles(_ reloaded: Reloaded) {
        keymap = reloaded.keymap
        notices = reloaded.notices
        configuredCommands = reloaded.commands
        runbooks = reloaded.runbooks
        if let profile = reloaded.profile { self.profile = profile }
    }

    /// Maximizes the pane or detail, or restores the screen.
    mutating func setTeam(_ team: TeamStanding) { self.team = team }
    mutating func setZoomed(_ isZoomed: Bool) { self.isZoomed = isZoomed }

    /// Only shows what the next command would send, or sends it again.
    mutating func setDryRunArmed(_ isArmed: Bool) { isDryRunArmed = isArmed }

    /// Has the mouse reported, or not.
    mutating func toggleMouse() { isMouseOn.toggle() }

    /// The number of a new command.
    mutating func nextSession() -> Int {
        sessionCount += 1
        return sessionCount
    }

    /// Continues the numbers of questions at a number far from those that were asked.
    mutating func startNumbers(at number: Int) { liveCount = number }

    /// Forgets what is so now alone: what is linked, alarms, what is news, commands under way, what lies over the pane.
    mutating func forgetNow() {
        linking = Linking(isOn: false)
        storm = StormWatch(threshold: 0)
        sinceLooked = SinceLooked(isKept: false)
        claims = Claims(isKept: false)
        charts = Charts()
        browse = Browse()
        layers = LayerStack()
        (sessions, watches, unknownOutcomes, isDryRunArmed) = ([:], [], 0, false)
        (messages, sequence) = (MessageLife(), KeySequence())
        alarms = Alarms([])
    }

    /// The number of a new question to equipment.
    mutating func nextLive() -> Int {
        liveCount += 1
        return liveCount
    }
}

/// Parts of one kind, in order: each changes by its own verbs, and nothing but `State` puts others in their place.
public struct Parts<Part: Sendable>: RandomAccessCollection, Sendable {
    private var parts: [Part]

    fileprivate init(_ parts: [Part]) { self.parts = parts }

    /// The first place.
    public var startIndex: Int { parts.startIndex }
    /// The place behind the last.
    public var endIndex: Int { parts.endIndex }

    /// The part in a place.
    public internal(set) subscript(place: Int) -> Part {
        get { parts[place] }
        _modify { yield &parts[place] }
    }
}
