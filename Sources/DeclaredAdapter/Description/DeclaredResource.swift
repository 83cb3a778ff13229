package import Domain

/// One kind of rows that a file describes.
package struct DeclaredResource: Sendable {
    /// What the screen knows of it.
    package let descriptor: ResourceDescriptor
    let read: DeclaredRead
    /// Where the rows are in the answer.
    let rows: Pointer
    /// Whether there is one row: the object at `rows`.
    let isSingle: Bool
    let paging: Paging
    let identity: Identity
    /// Which rows are meant; the others are none of this kind.
    let only: [Condition]
    let fields: [DeclaredField]
    /// How one row is read by itself.
    package var item: DeclaredSource?
    /// What else a detail shows.
    package var sections: [DeclaredSource] = []
    /// Its page in the server's own web interface.
    package var web: Template?
    /// How the server itself searches for rows.
    package var search: DeclaredSearch?

    /// Describes a resource.
    package init(
        _ descriptor: ResourceDescriptor, _ read: DeclaredRead, rows: Pointer, isSingle: Bool = false,
        paging: Paging = .none, identity: Identity, only: [Condition] = [], fields: [DeclaredField]
    ) {
        self.descriptor = descriptor
        self.read = read
        self.rows = rows
        self.isSingle = isSingle
        self.paging = paging
        self.identity = identity
        self.only = only
        self.fields = fields
    }

    /// What tells a row from others.
    package enum Identity: Sendable {
        /// Some of its values.
        case template(Template)
        /// A number made of everything at some pointers, for rows that have no identity of their own.
        case digest([Pointer])
    }

    /// How a list comes in parts.
    package enum Paging: Sendable {
        /// It comes at once.
        case none
        /// By the number of rows before a part.
        case offset(offset: String, limit: String, size: Int, total: Pointer?)
        /// By the number of the part.
        case page(page: String, size: (key: String, value: Int)?, first: Int, total: Pointer?)
        /// By the address of the next part, of whose query only some values are taken; the last part may have none where it
        /// is optional.
        case next(Pointer, keeping: Set<String>, isOptional: Bool)
        /// By a word for the next part, which the last one may not have where it is optional.
        case cursor(Pointer, key: String, isOptional: Bool)
    }
}

/// Something that is read beside a list: one row, or a section of a detail.
package struct DeclaredSource: Sendable {
    let title: String
    package let read: DeclaredRead
    let at: Pointer

    /// Describes what is read, and where in the answer it lies.
    package init(_ title: String = "", _ read: DeclaredRead, at: Pointer) {
        self.title = title
        self.read = read
        self.at = at
    }
}

/// How the server itself searches for rows of a kind, which may be more than the list shows.
package struct DeclaredSearch: Sendable {
    /// What may be given, in words: `a part of a serial number`.
    let words: String
    let read: DeclaredRead
    /// Where the rows are in the answer.
    let rows: Pointer

    /// Describes a search.
    package init(_ words: String, _ read: DeclaredRead, rows: Pointer) {
        self.words = words
        self.read = read
        self.rows = rows
    }
}

/// One field of a row: what the screen knows of it, and how it is made from what the server gives.
package struct DeclaredField: Sendable {
    package let field: Field
    package let origin: Origin
    /// Words for what the server says.
    package var map: [String: String]?
    /// The word for what the server says that is not in `map`.
    package var other: String?
    /// The word for a row that has none by nature.
    package var missing: String?
    package var time: TimeFormat = .rfc3339
    package var scale = 1.0
    /// What the text ends before.
    package var until: String?
    /// What the identity of what it refers to is made of.
    package var reference: Template?
    /// Where it stands in its file: `alertmanager.toml:34`.
    package var place = ""

    /// Describes a field.
    package init(_ field: Field, _ origin: Origin) {
        self.field = field
        self.origin = origin
    }

    /// What a field is made from.
    package enum Origin: Sendable {
        /// The first of some pointers that matches something.
        case pointers([Pointer])
        /// Several values and words between them.
        case template(Template)
        /// The word of the first rule that holds.
        case rules([Rule])
        /// Everything at a pointer, in words.
        case words(Pointer)
        /// How many elements or members there are at a pointer.
        case count(Pointer)
    }
}
