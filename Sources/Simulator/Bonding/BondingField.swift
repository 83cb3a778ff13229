/// One field of an object: what stands in it, who may write it, and what it takes.
struct BondingField: Sendable {
    /// What a field holds.
    enum Content: Sendable {
        case integer(ClosedRange<Int>)
        case text(longest: Int)
        case flag
        case choice([String])
        /// Another object, as the address at which it is found.
        case link(BondBook.Kind)
        /// The space, which is shown with its name and key, and written as its address.
        case space
        /// An IP address.
        case address
        /// A network in CIDR notation.
        case network
        case email
        /// A list of words, or of addresses of objects.
        case words
        case links(BondBook.Kind)
        /// A routing group, of which version 3 has no collection: any address of one.
        case routingGroup
        /// What only the server makes: times, nested objects, lists.
        case nested
    }

    enum Access: Sendable {
        case readOnly
        case required
        /// Need not be given; then it is this.
        case optional(Input)
        /// As before, but never shown.
        case hidden(Input)
    }

    let name: String
    let content: Content
    let access: Access
    /// What is shown; nil for what was written.
    let read: (@Sendable (BondingRow) -> Value)?
    var mayBeNull = false
    /// The complaint when two objects have the same; nil when they may.
    var uniqueComplaint: String?

    /// A field that only the server writes.
    static func computed(
        _ name: String, _ content: Content = .nested, _ read: @escaping @Sendable (BondingRow) -> Value
    ) -> BondingField {
        BondingField(name: name, content: content, access: .readOnly, read: read)
    }

    /// A field as it is in the book, which only the server writes.
    static func fixed(_ name: String, _ content: Content = .text(longest: 255)) -> BondingField {
        BondingField(name: name, content: content, access: .readOnly, read: nil)
    }

    static func required(_ name: String, _ content: Content, unique complaint: String? = nil) -> BondingField
    {
        var field = BondingField(name: name, content: content, access: .required, read: nil)
        field.uniqueComplaint = complaint
        return field
    }

    static func optional(_ name: String, _ content: Content, _ usual: Input) -> BondingField {
        var field = BondingField(name: name, content: content, access: .optional(usual), read: nil)
        field.mayBeNull = usual == .null
        return field
    }

    static func text(_ name: String, longest: Int = 255) -> BondingField {
        optional(name, .text(longest: longest), .text(""))
    }

    static func flag(_ name: String, _ usual: Bool = false) -> BondingField {
        optional(name, .flag, .flag(usual))
    }

    static func integer(_ name: String, _ range: ClosedRange<Int>, _ usual: Int) -> BondingField {
        optional(name, .integer(range), .number(String(usual)))
    }

    /// The name as a form shows it.
    var label: String {
        let words = name.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    var isWritable: Bool { if case .readOnly = access { false } else { true } }
    var isShown: Bool { if case .hidden = access { false } else { true } }
    var isRequired: Bool { if case .required = access { true } else { false } }

    /// What is taken when nothing is given; nil when something must be.
    var usual: Input? {
        switch access {
        case .optional(let input), .hidden(let input): input
        case .required, .readOnly: nil
        }
    }

    // MARK: Showing

    func value(of row: BondingRow) -> Value {
        if let read { return read(row) }
        let input = row.record.fields[name] ?? .null
        switch content {
        case .link(let kind): return row.link(kind, input.integer)
        case .links(let kind): return .list((input.list ?? []).map { row.link(kind, $0.integer) })
        case .space: return row.space(input.integer)
        default: return input.value
        }
    }

    // MARK: Describing

    /// The word for the content in the answer to OPTIONS.
    private var type: String {
        switch content {
        case .integer: "integer"
        case .text, .network: "string"
        case .address: "string"
        case .flag: "boolean"
        case .choice: "choice"
        case .link, .space, .links, .routingGroup: "field"
        case .email: "email"
        case .words: "list"
        case .nested: "field"
        }
    }

    /// What the server says of fields that are not clear by their names.
    private static let helps = [
        "qos_profile": "How the bond shares its bandwidth between kinds of traffic.",
        "link_mode": "Offline is not brought up; idle is up and carries no bonded traffic.",
        "secondary_aggregator": "Where the bond goes when its aggregator has failed.",
        "apn": "The access point name of the mobile provider.",
        "crm_id": "The number of the customer in another system.",
    ]

    /// The field as OPTIONS describes it.
    var description: Value {
        var members: [Value.Member] = [
            .init("type", .text(type)), .init("required", .flag(isRequired)),
            .init("read_only", .flag(!isWritable)), .init("label", .text(label)),
        ]
        if isWritable, let help = Self.helps[name] { members.append(.init("help_text", .text(help))) }
        switch content {
        case .integer(let range) where isWritable:
            members.append(.init("min_value", .computed(range.lowerBound)))
            members.append(.init("max_value", .computed(range.upperBound)))
        case .text(let longest) where isWritable: members.append(.init("max_length", .computed(longest)))
        case .choice(let words):
            let choices = words.map { word in
                ([
                    "value": .text(word),
                    "display_name": .text(word.prefix(1).uppercased() + word.dropFirst()),
                ] as Value)
            }
            members.append(.init("choices", .list(choices)))
        default: break
        }
        return .object(members)
    }
}

/// An object with all that is needed to show it.
struct BondingRow: Sendable {
    let kind: BondBook.Kind
    let record: BondBook.Record
    let view: BondView
    let links: BondingLinks

    var url: Value { link(kind, record.id) }

    func link(_ kind: BondBook.Kind, _ id: Int?) -> Value {
        guard let id, let path = links.path(of: kind, id, view.book) else { return .null }
        return .text(links.origin + path)
    }

    /// A space as it stands inside other objects.
    func space(_ id: Int?) -> Value {
        guard let id, let space = view.book[.space][id] else { return .null }
        return [
            "url": link(.space, id), "id": .computed(id), "key": .text(space.text("key")),
            "name": .text(space.text("name")),
        ]
    }

    /// A moment that is given in ticks.
    func time(_ tick: Int?) -> Value { tick.map { .time(view.world.time($0)) } ?? .null }
}
