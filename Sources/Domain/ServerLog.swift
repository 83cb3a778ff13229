/// What a server's own log says of an entity, the newest first.
public struct ServerLog: Sendable, Hashable {
    /// So many entries at most: the newest.
    public static let limit = 200

    /// The entries, the newest first.
    public let entries: [Entry]
    /// Whether all of what was asked for is here, apart from what is older than `begins`.
    public let completeness: Completeness
    /// From when on it is known; nil where all is here that the server keeps, or that was asked for.
    public let begins: Timestamp?
    /// Whether the server has older entries that were not read.
    public let isCut: Bool

    /// Makes a log of what a server said: in order, without what is too old, and with the newest alone where there are too
    /// many.
    ///
    /// - Parameters:
    ///   - since: from when on it is asked for.
    ///   - begins: from when on the server was read, or keeps anything.
    ///   - isCut: whether the server has more, older than that.
    public init(
        _ entries: [Entry], since: Timestamp, completeness: Completeness = .complete,
        begins: Timestamp? = nil, isCut: Bool = false
    ) {
        let wanted = entries.enumerated().filter { $0.element.time >= since }.sorted { a, b in
            a.element.time == b.element.time ? a.offset < b.offset : a.element.time > b.element.time
        }
        self.entries = wanted.prefix(Self.limit).map(\.element)
        self.completeness = completeness
        if wanted.count > Self.limit {
            self.begins = self.entries.last?.time
            self.isCut = true
        } else if let begins, begins <= since {
            self.begins = nil
            self.isCut = false
        } else {
            self.begins = begins
            self.isCut = isCut
        }
    }

    /// One line of it.
    public struct Entry: Sendable, Hashable {
        /// When it happened, by the server's clock.
        public let time: Timestamp
        /// Whether it is known of which zone that time is; else it is shown with `~`.
        public let isTimeCertain: Bool
        /// What happened, cleaned, in one line.
        public let words: String
        /// What sort of thing it is, in the server's word; empty where it has none.
        public let type: String
        /// How bad it is, in the server's word; empty where it has none.
        public let level: String
        /// The same in the scale of all backends; unknown where the server does not judge it.
        public let severity: Severity
        /// Who did it; empty where nobody did, or nobody says.
        public let who: String
        /// What it is about where that is not what the log was read of, such as a port of a device.
        public let about: EntityRef?

        /// The characters of a line that are kept, and of each word beside it.
        private static let longest = 400, longestWord = 40

        /// Makes a line of a server's texts, which are cleaned and cut.
        public init(
            _ time: Timestamp, isTimeCertain: Bool, words: String, type: String = "", level: String = "",
            severity: Severity = .unknown, who: String = "", about: EntityRef? = nil
        ) {
            self.time = time
            self.isTimeCertain = isTimeCertain
            self.words = Self.line(words, Self.longest)
            self.type = Self.line(type, Self.longestWord)
            self.level = Self.line(level, Self.longestWord)
            self.severity = severity
            self.who = Self.line(who, Self.longestWord)
            self.about = about
        }

        private static func line(_ text: String, _ most: Int) -> String {
            let words = Cleaning.clean(text).split(separator: " ").joined(separator: " ")
            return words.count > most ? words.prefix(most - 1) + "…" : words
        }
    }
}

/// A time as a server wrote it.
public struct WrittenTime: Sendable, Hashable {
    /// The moment.
    public let time: Timestamp
    /// Whether the text names its zone, or the server's is known.
    public let isCertain: Bool

    private static let greenwich = ServerClock(offset: 0, isCertain: true)
    private static let elsewhere = ServerClock(offset: 3_600, isCertain: true)

    /// Reads a time; nil for what is none.
    ///
    /// - Parameter clock: what a time means that names no zone.
    public init?(_ text: some StringProtocol, clock: ServerClock) {
        guard let time = CivilTime.parse(text, clock: clock) else { return nil }
        self.time = time
        isCertain =
            clock.isCertain
            || CivilTime.parse(text, clock: Self.greenwich) == CivilTime.parse(text, clock: Self.elsewhere)
    }
}
