public import Canvas
public import Domain

/// What lies over the pane; the last one has the keys.
public enum Overlay: Sendable, Equatable {
    /// The keys that work here.
    case help(top: Int)
    /// Every action by name.
    case palette(Palette)
    /// A command on its way, by the number of its session.
    case command(Int)
    /// The audit log.
    case audit(AuditView)
    /// The state of every backend.
    case health(top: Int)
    /// The filter is being typed.
    case filter(FilterPrompt)
    /// The pictures that a server draws of an entity.
    case pictures(PictureView)
    /// What a server found.
    case search(SearchView)
    /// The columns of the pane in front, and the one of them under the cursor.
    case columns(focus: Int)
    /// The saved views.
    case views(ViewList)
    /// What can be copied.
    case copy(CopyMenu)
    /// The address of an entity in its server's web interface.
    case address(AddressView)
    /// What can be done with the row under the cursor.
    case actions(ActionMenu)
    /// How long rows are to be hidden here is being typed.
    case snooze(SnoozePrompt)
}

/// The palette: what was typed, and which of the found entries has the focus.
public struct Palette: Sendable, Equatable {
    /// What was typed.
    public var input = TextField()
    /// The focused entry's place among those found.
    public var focus = 0
}

/// A prompt for a filter: what was typed, and what held before.
public struct FilterPrompt: Sendable, Equatable {
    /// What was typed.
    public var input: TextField
    /// The filter that Esc brings back.
    public var before: String
    /// What is done with the rows that pass.
    public var purpose = Purpose.show

    /// Whether the cursor goes to what is typed.
    var isFinding: Bool { if case .find = purpose { true } else { false } }

    /// What a filter is typed for.
    public enum Purpose: Sendable, Equatable {
        /// They alone are shown, while it is typed.
        case show
        /// They are marked, once it is typed.
        case mark
        /// None: what is typed is a name for what is shown.
        case name
        /// The cursor goes to the nearest of them, while it is typed; what was looked for before.
        case find(Find?)
    }
}

/// The audit log on the screen.
public struct AuditView: Sendable, Equatable {
    /// The records, newest first; nil while they are being read.
    public var entries: [AuditRow]?
    /// Why they can't be read.
    public var problem: String?
    /// The record under the cursor.
    public var focus = 0
    /// Whether the record under the cursor is shown whole.
    public var isOpen = false
    /// The first line of an open record on the screen.
    public var top = 0
    /// What is looked for in the records; nil when nothing is.
    public internal(set) var find: Find?
}

/// One record of the audit log as the screen shows it.
public struct AuditRow: Sendable, Hashable {
    /// The record's number.
    public var id: String
    /// When it was written.
    public var time: Timestamp
    /// Who did it, and from where.
    public var who: String
    /// What was done: the command and its backend.
    public var what: String
    /// To what, by name.
    public var targets: [String]
    /// What became of it, per entity, or that it is not known.
    public var results: [Result]
    /// Everything else that the record holds, line by line.
    public var lines: [String]
    /// Whether what became of it is not known, so that a check is offered.
    public var isUnknown: Bool
    /// What would put it back; nil when the record says nothing, or its backend is not configured any more.
    public var undo: Command?

    /// Makes an entry.
    public init(
        id: String, time: Timestamp, who: String, what: String, targets: [String], results: [Result],
        lines: [String], isUnknown: Bool, undo: Command? = nil
    ) {
        self.id = id
        self.time = time
        self.who = who
        self.what = what
        self.targets = targets
        self.results = results
        self.lines = lines
        self.isUnknown = isUnknown
        self.undo = undo
    }

    /// What became of a command for one entity.
    public struct Result: Sendable, Hashable {
        /// What is known.
        public var state: Outcome.State
        /// The same in words.
        public var words: String
        /// Makes a result.
        public init(_ state: Outcome.State, _ words: String) {
            self.state = state
            self.words = words
        }
    }
}
