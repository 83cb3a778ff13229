public import Domain

/// Something that the operator copies: for the terminal's clipboard, and for a file where that can't be relied on.
public struct Clipping: Sendable, Equatable {
    /// What it is, in words: `mad1-core-rtr02`, `12 rows as JSON`.
    public var words: String
    /// What is copied.
    public var content: Content
    /// Whether a copy has to be in a file as well, because the terminal may not take it.
    public var needsFile: Bool

    /// What is copied.
    public enum Content: Sendable, Equatable {
        /// Text, clean and with its lines broken.
        case text(String)
        /// Rows as JSON: one as an object, several as an object a line.
        case rows([FlatRow])
        /// The rows of a pane.
        case table(CopiedTable)
    }

    /// Makes a clipping.
    public init(_ words: String, _ content: Content, needsFile: Bool) {
        self.words = words
        self.content = content
        self.needsFile = needsFile
    }
}

/// One row as a flat object, with what every object has that nocturne writes: `backend`, `kind`, `id`, `name`.
public struct FlatRow: Sendable, Hashable {
    /// The members in order.
    public var members: [Member]

    /// One member.
    public struct Member: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value.
        public var value: Value
        /// Makes a member.
        public init(_ key: String, _ value: Value) {
            self.key = key
            self.value = value
        }
    }

    /// A row of a table.
    ///
    /// - Parameter fetchedAt: when it arrived; nil leaves that out.
    public init(_ table: Table, _ row: Int, backend: String, fetchedAt: Timestamp? = nil) {
        members = [
            Member("backend", .text(backend)), Member("kind", .text(table.resource.kind.rawValue)),
            Member("id", .text(table.refs[row].id)), Member("name", .text(table.name(row))),
        ]
        if let fetchedAt { members.append(Member("fetched_at", .time(fetchedAt))) }
        let taken = Set(members.map(\.key))
        for (place, field) in table.resource.fields.enumerated() where !taken.contains(field.key.rawValue) {
            members.append(Member(field.key.rawValue, table.value(row, place)))
        }
    }
}

/// A clipping that is ready to leave.
public struct Clipped: Sendable, Equatable {
    /// What it is, in words.
    public var words: String
    /// What fits into a clipboard, in Base64.
    public var base64: String
    /// The lines of that, and of all.
    public var lines: (kept: Int, all: Int)
    /// The file with all of it, or why there is none; nil where none was needed.
    public var file: Result<String, BackendError>?

    /// Describes what is ready.
    public init(
        words: String, base64: String, lines: (kept: Int, all: Int), file: Result<String, BackendError>?
    ) {
        self.words = words
        self.base64 = base64
        self.lines = lines
        self.file = file
    }

    /// Whether both are the same.
    public static func == (a: Clipped, b: Clipped) -> Bool {
        a.words == b.words && a.base64 == b.base64 && a.lines == b.lines && a.file == b.file
    }
}
