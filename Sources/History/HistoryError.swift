/// Why the history can't be used; the words name the file and what can be done.
public struct HistoryError: Error, Sendable, Hashable {
    /// What kind of trouble it is.
    public var kind: Kind
    /// What is wrong and what to do.
    public var words: String

    /// The kinds of trouble.
    public enum Kind: Sendable, Hashable {
        /// Another process writes for so long that this one gave up; the next reading tries again.
        case busy
        /// The disk has no room.
        case full
        /// It can't be written.
        case readOnly
        /// The file is not what was written to it.
        case damaged
        /// A newer version wrote it.
        case newer
        /// Anything else.
        case unavailable
    }

    package init(_ kind: Kind, _ words: String) {
        self.kind = kind
        self.words = words
    }
}
