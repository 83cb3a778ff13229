public import Domain

/// What the operator's files say now, read again while the dashboard runs.
public struct Reloaded: Sendable {
    /// What may be changed of a backend without connecting it again.
    public struct Backend: Sendable, Equatable {
        /// Its name in the configuration.
        public var name: String
        /// What may be done to it; a looser one than now waits for a restart.
        public var mode: BackendMode
        /// Seconds between refreshes where the configuration says it, by the singular of the kind.
        public var intervals: [String: Double]
        /// Seconds between two looks of the server itself at a device, where the configuration says it.
        public var pollInterval: Double?

        /// Describes a backend.
        public init(name: String, mode: BackendMode, intervals: [String: Double], pollInterval: Double? = nil)
        {
            self.name = name
            self.mode = mode
            self.intervals = intervals
            self.pollInterval = pollInterval
        }
    }

    /// The looks to choose from.
    public var themes: [Theme]
    /// The look that is asked for since this reading; nil leaves the one in use.
    public var theme: String?
    /// What keys do.
    public var keymap: Keymap
    /// What makes the screen that a key brings; nil leaves the one in use.
    public var profile: (any ScreenProfile)?
    /// The configured backends.
    public var backends: [Backend]
    /// The programs of the operator's for rows.
    public var commands: [OwnCommand]
    /// The operator's own texts on what to do.
    public var runbooks: Runbooks
    /// What changed and only a restart brings, in words.
    public var restarts: [String]
    /// What is wrong with the files and was skipped.
    public var notices: [String]

    /// Describes a reading.
    public init(
        themes: [Theme], theme: String? = nil, keymap: Keymap, profile: (any ScreenProfile)? = nil,
        backends: [Backend], commands: [OwnCommand] = [], runbooks: Runbooks = Runbooks(),
        restarts: [String] = [],
        notices: [String] = []
    ) {
        self.themes = themes
        self.theme = theme
        self.keymap = keymap
        self.profile = profile
        self.backends = backends
        self.commands = commands
        self.runbooks = runbooks
        self.restarts = restarts
        self.notices = notices
    }
}

/// Why the operator's files can't be used now; everything stays as it is then.
public struct ReloadFault: Error, Sendable, Equatable {
    /// What is wrong, with file, line and column where there is a place.
    public let words: String

    /// Makes a fault.
    public init(_ words: String) { self.words = words }
}
