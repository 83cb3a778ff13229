/// Records to which nothing happens by itself: what they are like is data, what people write stays written.
///
/// Krill's lesser applications are made of these. Only their paths are public, and some of their fields; the
/// others are inferred from what such applications hold.
struct Shelf: Sendable {
    /// What people may do with its records.
    enum Rights: Sendable {
        case read, create, all
    }

    let path: String
    let title: String
    let count: Int
    let rights: Rights
    let fields: [ShelfField]
    var paging = KrillResource<ShelfRow>.Paging.pages

    init(
        _ path: String, _ title: String, _ count: Int, _ rights: Rights = .read,
        paging: KrillResource<ShelfRow>.Paging = .pages, _ fields: [ShelfField]
    ) {
        self.path = path
        self.title = title
        self.count = count
        self.rights = rights
        self.fields = fields
        self.paging = paging
    }

    var resource: KrillResource<ShelfRow> {
        let shelf = self
        return KrillResource(
            path: path, title: title, fields: [Self.id] + fields.map(\.field), paging: paging,
            canCreate: rights != .read, canChange: rights == .all, canDelete: rights == .all,
            forgivesSlash: false, list: { shelf.rows($0) },
            find: { call, text in shelf.rows(call).first { String($0.id) == text } })
    }

    private static let id = KrillField<ShelfRow>("id", .integer, isReadOnly: true) { .integer($0.id) }

    private func rows(_ call: KrillCall) -> [ShelfRow] {
        let drawer = call.drawer(path)
        let ids = (0..<count).map { $0 + 1 }.filter { !drawer.removed.contains($0) } + drawer.added.sorted()
        return ids.map { id in
            ShelfRow(
                id: id, written: drawer.written[id] ?? [:], isAdded: drawer.added.contains(id), call: call)
        }
    }
}

/// A record of a shelf.
struct ShelfRow: KrillRecord {
    let id: Int
    let written: [String: Input]
    /// Somebody wrote it down, so that nothing is known of it but that.
    let isAdded: Bool
    let call: KrillCall
}

/// A field of a shelf's records and what it is filled with.
struct ShelfField: Sendable {
    let field: KrillField<ShelfRow>

    private init(
        _ name: String, _ kind: FieldWords.Kind, isRequired: Bool = false, isReadOnly: Bool = false,
        choices: [String] = [], _ value: @escaping @Sendable (ShelfRow) -> Value
    ) {
        field = KrillField(
            name, kind, isRequired: isRequired, isReadOnly: isReadOnly, choices: choices
        ) { $0.isAdded ? .null : value($0) }
    }

    /// A word with the record's number behind it.
    static func numbered(_ name: String, _ prefix: String, isRequired: Bool = false) -> ShelfField {
        ShelfField(name, .string, isRequired: isRequired) { .text("\(prefix)\($0.id)") }
    }

    /// One of some words, and no other may be written.
    static func choice(_ name: String, _ words: [String]) -> ShelfField {
        ShelfField(name, .string, choices: words) { row in .text(words[row.id % words.count]) }
    }

    /// One of some words.
    static func words(_ name: String, _ words: [String], isRequired: Bool = false) -> ShelfField {
        ShelfField(name, .string, isRequired: isRequired) { row in .text(words[row.id % words.count]) }
    }

    static func number(_ name: String, _ range: ClosedRange<Int>) -> ShelfField {
        ShelfField(name, .integer) { row in
            .integer(row.call.access.network.noise.pick(range, .household, row.id, name.utf8.count + 300))
        }
    }

    static func flag(_ name: String, isSetInOneOf divisor: Int = 1) -> ShelfField {
        ShelfField(name, .boolean) { .flag($0.id % divisor == 0) }
    }

    /// A moment before the world began.
    static func time(_ name: String, isReadOnly: Bool = true) -> ShelfField {
        ShelfField(name, .datetime, isReadOnly: isReadOnly) { row in
            row.call.time(row.call.krill.world.origin - row.id * 86_377 - 4_000)
        }
    }

    static func null(_ name: String) -> ShelfField { ShelfField(name, .string) { _ in .null } }

    /// An object without a shape of its own.
    static func object(_ name: String) -> ShelfField { ShelfField(name, .field) { _ in .object([]) } }

    /// The name of a line of the world.
    static func line(_ name: String) -> ShelfField {
        ShelfField(name, .string) { row in
            let lines = row.call.access.lines
            return lines.isEmpty ? .null : .text(lines[row.id * 7 % lines.count].name)
        }
    }

    /// The name of a customer of the world.
    static func customer(_ name: String) -> ShelfField {
        ShelfField(name, .string) { row in
            let people = row.call.access.subscribers
            return people.isEmpty ? .null : .text(people[row.id * 5 % people.count].name)
        }
    }

    /// A secret that Krill gives out in clear.
    static func secret(_ name: String) -> ShelfField {
        ShelfField(name, .string) { .text("s3cret-\(name)-\($0.id)") }
    }
}
