public import Canvas
public import Domain
public import Filter

/// Something that happened.
public enum Event: Sendable {
    /// All that one read of the terminal gave: keys, pastes, the mouse.
    ///
    /// Together, because a key that opens a form discards what was typed ahead behind it.
    case read([Input])
    /// The terminal has another size.
    case resized(Size)
    /// Time went on.
    case tick(Instant, wall: Timestamp, zone: Int)

    /// The screen was opened on a place that the command line named.
    case began(at: Visit)

    /// A backend said who it is, or did not.
    case probed(BackendID, Result<Probe, BackendError>)
    /// Rows arrived while a refresh goes on.
    case arrived(BackendID, ResourceKind, Table)
    /// A long refresh said how far it is.
    case progressed(BackendID, ResourceKind, String)
    /// A refresh ended.
    case refreshed(BackendID, ResourceKind, Result<Refreshed, BackendError>)
    /// Some rows were looked at between two refreshes; the rest of the table is as it was. Or they were not.
    case looked(BackendID, ResourceKind, Result<Table, BackendError>)
    /// This process joined its team, or lost it.
    case teamed(TeamStanding)
    /// Another process of the team has newer rows of a list.
    case renewed(BackendID, ResourceKind)
    /// Who of the team has which rows is known, or changed.
    case claimed(ClaimBook)
    /// The rows of all servers were looked through for what is linked.
    case linked(question: Int, Linked)
    /// Rows were filtered and sorted off the main thread.
    case arranged(ArrangedList, question: Int, Arrangement)
    /// A pane's rows were looked through off the main thread.
    case found(PaneName, question: Int, Hits)
    /// The rows of all servers were looked through off the main thread.
    case sought(RowSearch, RowSearch.Hits)
    /// Rows to be marked were found off the main thread.
    case selected(PaneName, Arrangement)
    /// A server said a part about an entity; the rest is on its way.
    case partlyDetailed(EntityRef, Detail)
    /// A server said everything about an entity, or did not.
    case detailed(EntityRef, Result<Detail, BackendError>)
    /// A server said what stands one level below an entity, or did not.
    case unfolded(EntityRef, Result<[Detail.Line], BackendError>)

    /// A question to equipment says how far it is, in words.
    case liveTold(EntityRef, question: Int, String)
    /// Equipment answered, or did not.
    case lived(EntityRef, question: Int, Result<[Detail.Section], BackendError>)

    /// What a form begins with was read, or was not.
    case opened(session: Int, BackendID, Result<Opening, BackendError>)
    /// The operator's own editor gave a form back.
    case edited(session: Int, Edited)
    /// The operator's own editor gave a text back, or there was no editing.
    case textEdited(Result<String, BackendError>)
    /// A part of a command was prepared.
    case prepared(session: Int, BackendID, Result<Prepared, BackendError>)
    /// What a part of a command does takes its time; how far it is, in words.
    case commandProgressed(session: Int, BackendID, String)
    /// A part of a command was sent, and evidence looked for.
    case performed(session: Int, BackendID, [Outcome])
    /// What was recorded of earlier states was read; or why it can't be.
    case recalled(HistoryPurpose, Result<Recollection, BackendError>)
    /// Changes of state were seen and recorded.
    case recorded([StateChange])
    /// The rows of lists as they were recorded last were read, and when each list was read.
    case remembered([RememberedList])
    /// The rows of an earlier moment were made; nil where nothing was recorded. Or why they can't be.
    case travelled(question: Int, Result<PastRecord?, BackendError>)
    /// What was measured of an entity was read; or why it can't be.
    case samplesRecalled(EntityRef, SampleQuery, Result<StoredSamples, BackendError>)
    /// What was measured before this process began is here.
    case trendsRecalled(BackendID, ResourceKind, TrendBook)
    /// The audit log was read, with the team's record unless the words say why not; or why it can't be.
    case auditRead(Result<[AuditRow], BackendError>, unread: String? = nil)
    /// A server's own log of an entity was read, nil where it keeps none; or why it can't be.
    case logRead(EntityRef, question: Int, Result<ServerLog?, BackendError>)
    /// So many commands of this operator have no known outcome.
    case unknownCounted(Int)
    /// An earlier command of unknown outcome was looked into.
    case recordChecked(id: String, [Outcome])
    /// A collection of an API answered, or did not; more rows follow unless they are the last.
    case browsed(EntityRef, question: Int, Result<Browsed, BackendError>, isLast: Bool)
    /// A place of an API answered, as it came; or did not.
    case rawAnswered(EntityRef, Result<RawAnswer, BackendError>)
    /// The value of a masked field is known, or not.
    case revealed(EntityRef, field: String, Result<String, BackendError>)
    /// A server searched, or did not.
    case searched(Search, Result<Table, BackendError>)
    /// A server said where an address is, or rows that are here were looked through for it; or not.
    case located(NetworkAddress, WhereaboutsView.Source, Result<Located, BackendError>)
    /// A server said which pictures it draws of an entity, or did not.
    case picturesListed(EntityRef, Result<[PictureDescriptor], BackendError>)
    /// A picture arrived, or did not.
    case pictured(PictureRequest, Result<PixelImage, BackendError>)
    /// A picture or a text was written into a file, at this path; or was not.
    case pictureSaved(Result<String, BackendError>)
    /// The next page of the screen is wanted, from outside.
    case pageTurned
    /// The operator's files were read again, or can't be used.
    case reloaded(Result<Reloaded, ReloadFault>)
    /// The page of an entity in its server's web interface is known, or why not.
    case addressed(EntityRef, AddressPurpose, Result<String, BackendError>)
    /// A text of the operator's on what to do was read, or can't be.
    case runbookRead(Runbooks.Book, Result<CapturedText, BackendError>)
    /// A program that was started for something that happened has ended, well or with a problem.
    case hookEnded(String, problem: String?)
    /// A program of the operator's is written down and may start.
    case ownRecorded(OwnRun, record: String)
    /// One printed something; this is all so far.
    case ownPrinted(Int, CapturedText)
    /// One ended, or never ran; the remark says what is wrong with its record.
    case ownEnded(OwnRun, OwnEnding, remark: String?)
    /// Something is ready to be copied.
    case clipped(Clipped)
    /// The operator is to know something.
    case noticed(Message.Tone, String)
}

/// What a probe found.
public struct Probe: Sendable {
    /// What the server said about itself.
    public var info: ServerInfo
    /// What it can list.
    public var resources: [ResourceDescriptor]
    /// What it can be told.
    public var commands: [CommandDescriptor]
    /// What it draws pictures of.
    public var picturedKinds: Set<ResourceKind>
    /// What it can search for.
    public var searches: [SearchDescriptor]
    /// What can be asked of equipment itself: what that takes, in words, by kind.
    public var liveKinds: [ResourceKind: String]
    /// What it keeps a log of that can be read.
    public var loggedKinds: Set<ResourceKind>
    /// What has a page in its own web interface.
    public var webKinds: Set<ResourceKind>
    /// Where entities of panes are in its API: a path with one `{}` for their number.
    public var places: [ResourceKind: String]

    /// Makes a finding.
    public init(
        info: ServerInfo, resources: [ResourceDescriptor], commands: [CommandDescriptor],
        picturedKinds: Set<ResourceKind> = [], searches: [SearchDescriptor] = [],
        liveKinds: [ResourceKind: String] = [:], loggedKinds: Set<ResourceKind> = [],
        webKinds: Set<ResourceKind> = [],
        places: [ResourceKind: String] = [:]
    ) {
        self.places = places
        self.info = info
        self.resources = resources
        self.commands = commands
        self.picturedKinds = picturedKinds
        self.searches = searches
        self.liveKinds = liveKinds
        self.loggedKinds = loggedKinds
        self.webKinds = webKinds
    }
}

/// How a refresh ended well.
public struct Refreshed: Sendable {
    /// The rows after it; the same table as before when nothing changed.
    public var table: Table
    /// How much arrived.
    public var completeness: Completeness
    /// How long it took, in seconds.
    public var seconds: Double
    /// How long ago it was read, in seconds: more than 0 where another process of the team read it.
    public var age: Double
    /// What was measured lately; nil for a resource of which nothing is kept.
    public var trends: TrendBook?
    /// What happened to alerts since all of them were known.
    public var transitions: [Transition]
    /// Rows that are still there although it missed them, until another one misses them too.
    public var doubts: Int
    /// The server's clock where it has told it by now; nil leaves it as it is known.
    public var clock: ServerClock?

    /// Makes an ending.
    public init(
        table: Table, completeness: Completeness, seconds: Double, age: Double = 0, doubts: Int = 0,
        transitions: [Transition] = [], trends: TrendBook? = nil, clock: ServerClock? = nil
    ) {
        self.clock = clock
        self.transitions = transitions
        self.trends = trends
        self.table = table
        self.completeness = completeness
        self.seconds = seconds
        self.age = age
        self.doubts = doubts
    }
}

/// What was found before a command is sent.
public struct Prepared: Sendable {
    /// What will be sent.
    public var preview: PlanPreview
    /// The last time the same was done, in words.
    public var lastDone: String?
    /// The same, done so short a time ago that doing it again has to be confirmed once more.
    public var repeats: [Repeat]

    /// Makes a finding.
    public init(preview: PlanPreview, lastDone: String?, repeats: [Repeat] = []) {
        self.preview = preview
        self.lastDone = lastDone
        self.repeats = repeats
    }
}

/// A command that was done to an entity a short time ago, or may have been.
public struct Repeat: Sendable, Hashable {
    /// The entity.
    public var entity: EntityRef
    /// What it is called.
    public var name: String
    /// When, by whom and with which outcome.
    public var words: String
    /// The number of the record.
    public var record: String

    /// Describes what was done.
    public init(_ entity: EntityRef, name: String, words: String, record: String) {
        self.entity = entity
        self.name = name
        self.words = words
        self.record = record
    }
}
