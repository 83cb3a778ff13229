/// Which changes of state are wanted of what was recorded.
public struct HistoryQuery: Hashable, Sendable {
    /// Of what.
    public enum Subject: Hashable, Sendable {
        /// Of everything.
        case everything
        /// Of these entities.
        case entities([EntityName])
        /// Of all that is at a site, by its name.
        case site(String)
        /// Of a device and what belongs to it, by its name.
        case device(String)
    }

    /// Of what.
    public var subject: Subject
    /// From when on, by when it was seen; nil means from the moment at which the operator looked last.
    public var since: Timestamp?
    /// Until when, by when it was seen; nil means until now.
    public var until: Timestamp?
    /// How many at most: the latest are given.
    public var limit: Int

    /// Describes what is wanted.
    public init(
        _ subject: Subject = .everything, since: Timestamp?, until: Timestamp? = nil, limit: Int = 1_000
    ) {
        self.subject = subject
        self.since = since
        self.until = until
        self.limit = limit
    }
}

/// What was recorded, as far as it was asked for.
public struct Recollection: Hashable, Sendable {
    /// From when on, or the moment of the last look where that was asked for.
    ///
    /// Nil where nobody ever looked.
    public var since: Timestamp?
    /// When recording began, or the oldest that is kept; nil where nothing is.
    public var begins: Timestamp?
    /// The changes in order of time, the oldest first.
    public var changes: [StateChange]
    /// Whether there are more than were asked for.
    public var isCut: Bool
    /// Backends that are not recorded: whether anything of theirs changed is not known.
    public var unrecorded: [String]

    /// Describes what was recorded.
    public init(
        since: Timestamp? = nil, begins: Timestamp? = nil, changes: [StateChange] = [], isCut: Bool = false,
        unrecorded: [String] = []
    ) {
        self.since = since
        self.begins = begins
        self.changes = changes
        self.isCut = isCut
        self.unrecorded = unrecorded
    }

    /// Which backends have no history, as in `core, edge have no history`; nil where all have one.
    public static func words(ofUnrecorded names: [String]) -> String? {
        guard let first = names.first else { return nil }
        return names.count == 1
            ? "\(first) has no history" : "\(names.joined(separator: ", ")) have no history"
    }
}
