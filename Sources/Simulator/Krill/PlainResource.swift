/// Records to which nothing happens by itself: what they are like is data, what people write stays written.
///
/// Krill's lesser applications are made of these. Only their paths are public, and some of their fields; the
/// others are inferred from what such applications hold.
struct PlainResource: Sendable {
    /// What people may do with its records.
    enum Rights: Sendable {
        case read, create, all
    }

    let path: String
    let title: String
    let count: Int
    let rights: Rights
    let fields: [PlainField]
    var paging = KrillResource<PlainRecord>.Paging.pages

    init(
        _ path: String, _ title: String, _ count: Int, _ rights: Rights = .read,
        paging: KrillResource<PlainRecord>.Paging = .pages, _ fields: [PlainField]
    ) {
        self.path = path
        self.title = title
        self.count = count
        self.rights = rights
        self.fields = fields
        self.paging = paging
    }

    var resource: KrillResource<PlainRecord> {
        let plain = self
        return KrillResource(
            path: path, title: title, fields: [Self.id] + fields.map(\.field), paging: paging,
            canCreate: rights != .read, canChange: rights == .all, canDelete: rights == .all,
            forgivesSlash: false,
            hasParent: { call in call.parameters["pbx"] == nil || call.hasPBX }, list: { plain.rows($0) },
            find: { call, text in
                call.parameters["pbx"] == nil || call.hasPBX
                    ? plain.rows(call).first { String($0.id) == text } : nil
            })
    }

    private static let id = KrillField<PlainRecord>("id", .integer, isReadOnly: true) { .integer($0.id) }

    private func rows(_ call: KrillCall) -> [PlainRecord] {
        let edits = call.edits(path)
        return edits.ids(1...count).map { id in
            PlainRecord(
                id: id, written: edits.written[id] ?? [:], isAdded: edits.added.contains(id), call: call)
        }
    }
}

extension KrillCall {
    /// Whether the exchange that the path names is there.
    fileprivate var hasPBX: Bool {
        Int(self["pbx"]).map { edits("pbx/pbxs").ids(1...PlainResource.pbxCount).contains($0) } ?? false
    }
}

/// A record of such a resource.
struct PlainRecord: KrillRecord {
    let id: Int
    let written: [String: Input]
    /// Somebody wrote it down, so that nothing is known of it but that.
    let isAdded: Bool
    let call: KrillCall
}

/// A field of such records and what it is filled with.
struct PlainField: Sendable {
    let field: KrillField<PlainRecord>

    private init(
        _ name: String, _ kind: FieldWords.Kind, isRequired: Bool = false, isReadOnly: Bool = false,
        choices: [String] = [], _ value: @escaping @Sendable (PlainRecord) -> Value
    ) {
        field = KrillField(
            name, kind, isRequired: isRequired, isReadOnly: isReadOnly, choices: choices
        ) { $0.isAdded ? .null : value($0) }
    }

    /// A word with the record's number behind it.
    static func numbered(_ name: String, _ prefix: String, isRequired: Bool = false) -> PlainField {
        PlainField(name, .string, isRequired: isRequired) { .text("\(prefix)\($0.id)") }
    }

    /// One of some words, and no other may be written.
    static func choice(_ name: String, _ words: [String]) -> PlainField {
        PlainField(name, .string, choices: words) { row in .text(words[row.id % words.count]) }
    }

    /// One of some words.
    static func words(_ name: String, _ words: [String], isRequired: Bool = false) -> PlainField {
        PlainField(name, .string, isRequired: isRequired) { row in .text(words[row.id % words.count]) }
    }

    static func number(_ name: String, _ range: ClosedRange<Int>) -> PlainField {
        PlainField(name, .integer) { row in
            .integer(row.call.access.network.noise.pick(range, .household, row.id, name.utf8.count + 300))
        }
    }

    static func flag(_ name: String, isSetInOneOf divisor: Int = 1) -> PlainField {
        PlainField(name, .boolean) { .flag($0.id % divisor == 0) }
    }

    /// A moment before the world began.
    static func time(_ name: String, isReadOnly: Bool = true) -> PlainField {
        PlainField(name, .datetime, isReadOnly: isReadOnly) { row in
            row.call.time(row.call.krill.world.origin - row.id * 86_377 - 4_000)
        }
    }

    static func null(_ name: String) -> PlainField { PlainField(name, .string) { _ in .null } }

    /// An object without a shape of its own.
    static func object(_ name: String) -> PlainField { PlainField(name, .field) { _ in .object([]) } }

    /// The name of a line of the world.
    static func line(_ name: String) -> PlainField {
        PlainField(name, .string) { row in
            let lines = row.call.access.lines
            return lines.isEmpty ? .null : .text(lines[row.id * 7 % lines.count].name)
        }
    }

    /// The name of a customer of the world.
    static func customer(_ name: String) -> PlainField {
        PlainField(name, .string) { row in
            let people = row.call.access.subscribers
            return people.isEmpty ? .null : .text(people[row.id * 5 % people.count].name)
        }
    }

    /// Who answers the calls of a queue; one that is paused gets none.
    static func members(_ name: String) -> PlainField {
        PlainField(name, .field) { row in
            .list(
                (1...3).map { number in
                    [
                        "extension": .integer(200 + row.id * 10 + number), "penalty": .integer(number - 1),
                        "name": .text(["Recepción", "Soporte", "Ventas"][number - 1]),
                        "paused": .flag(number == 3 && row.id % 2 == 0),
                    ]
                })
        }
    }

    /// A secret that Krill gives out in clear.
    static func secret(_ name: String) -> PlainField {
        PlainField(name, .string) { .text("s3cret-\(name)-\($0.id)") }
    }
}
