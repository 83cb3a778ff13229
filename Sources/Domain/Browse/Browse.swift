extension ResourceKind {
    /// A path of an API that holds rows: `/v3/bonds/`.
    public static let collection: ResourceKind = "collection"
    /// A path of an API that holds one object, or something within it: `/v3/bonds/12/`.
    public static let resource: ResourceKind = "resource"
    /// A path of an API that runs something and has nothing to read: `/v3/bonds/12/restart/`.
    public static let operation: ResourceKind = "operation"
}

extension EntityRef {
    /// Whether it is a place in an API, known by its path, rather than something that has a pane.
    public var isBrowsed: Bool { kind == .collection || kind == .resource || kind == .operation }
}

extension PaneName {
    /// All of the servers' APIs.
    public static let browse: PaneName = "browse"
}

/// What a server answered at a place of its API.
public struct Browsed: Sendable {
    /// The place.
    public var place: EntityRef
    /// What the API's document calls it.
    public var title: String
    /// What is there.
    public var content: Content
    /// Whether it is all that is there.
    public var completeness: Completeness
    /// Whether more pages follow that were not asked for: then the answer is partial because nobody wanted more.
    public var hasMore = false
    /// Why some commands are not possible there, in words.
    public var refusals: [CommandKind: String]

    /// Makes an answer.
    public init(
        _ place: EntityRef, title: String, content: Content, completeness: Completeness = .complete,
        refusals: [CommandKind: String] = [:]
    ) {
        self.place = place
        self.title = title
        self.content = content
        self.completeness = completeness
        self.refusals = refusals
    }

    /// The kinds of answers.
    public enum Content: Sendable {
        /// Rows; more of them may follow.
        case rows(Table)
        /// One object.
        case object(Detail)
        /// A file, which is saved rather than shown.
        case file(BrowsedFile)
    }
}

/// A file that a server answered with.
public struct BrowsedFile: Sendable, Hashable {
    /// The name that the server suggests, without a path; made from the place's own where it has none.
    public var name: String
    /// Its media type.
    public var type: String
    /// Its content.
    public var bytes: [UInt8]

    /// Describes a file.
    public init(name: String, type: String, bytes: [UInt8]) {
        self.name = name
        self.type = type
        self.bytes = bytes
    }
}

/// An answer as it came, with its secrets masked.
public struct RawAnswer: Sendable, Hashable {
    /// The method and the full address.
    public var request: String
    /// The status and the header fields, a line each.
    public var head: [String]
    /// The body, a line each: JSON is indented.
    public var body: [String]
    /// The same request for a shell, which reads the secret from the environment.
    public var curl: String

    /// Makes an answer.
    public init(request: String, head: [String], body: [String], curl: String) {
        self.request = request
        self.head = head
        self.body = body
        self.curl = curl
    }
}

extension CommandKind {
    /// Makes something new in a collection.
    public static let createResource: CommandKind = "create-resource"
    /// Changes some fields of an object.
    public static let changeResource: CommandKind = "change-resource"
    /// Writes an object whole, changed in some fields.
    public static let replaceResource: CommandKind = "replace-resource"
    /// Deletes an object.
    public static let deleteResource: CommandKind = "delete-resource"
    /// Has a server do what a path stands for.
    public static let callOperation: CommandKind = "call-operation"
}
