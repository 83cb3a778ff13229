/// Keys with values, in the order of the file.
public struct TOMLTable: Sendable, Hashable {
    /// Where the table begins; a table that only dotted keys imply is where the first of them is.
    public let position: TOMLPosition
    /// The entries in the order of the file.
    public let entries: [Entry]

    /// Makes a table.
    public init(_ entries: [Entry], at position: TOMLPosition) {
        self.entries = entries
        self.position = position
    }

    /// One key with its value.
    public struct Entry: Sendable, Hashable {
        /// The key, without quotes.
        public let key: String
        /// Where the key begins.
        public let position: TOMLPosition
        /// What it holds.
        public let node: TOMLNode

        /// Makes an entry.
        public init(_ key: String, at position: TOMLPosition, _ node: TOMLNode) {
            self.key = key
            self.position = position
            self.node = node
        }
    }

    /// The value of a key; nil when the table does not have it.
    public subscript(key: String) -> TOMLNode? { entry(key)?.node }

    /// The entry of a key; nil when the table does not have it.
    public func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }
}

/// Why a text is no TOML, and where.
public struct TOMLError: Error, Sendable, Hashable {
    /// Where reading stopped.
    public let position: TOMLPosition
    /// What is wrong, in the parser's words.
    public let words: String

    /// Makes an error.
    public init(_ words: String, at position: TOMLPosition) {
        self.words = words
        self.position = position
    }
}
