/// One path of Krill's API with all that may be asked of it.
struct KrillPath: Sendable {
    typealias Handler = @Sendable (KrillCall) -> Reply

    /// What may be asked, and whether it changes something: a GET may.
    struct Method: Sendable {
        let name: String
        let acts: Bool
        let answer: Handler
    }

    /// Below `/api/v2/`, without slashes at its ends: `isp/cpes/{id}`.
    let path: String
    let title: String
    /// Whether the path is good without a closing slash too; else it is redirected to the one with it.
    let forgivesSlash: Bool
    /// Anybody may ask, logged in or not.
    let isOpen: Bool
    let methods: [Method]
    /// What a body may hold, for OPTIONS.
    let fields: [FieldWords]

    init(
        _ path: String, _ title: String, forgivesSlash: Bool = false, isOpen: Bool = false,
        fields: [FieldWords] = [], _ methods: [Method]
    ) {
        self.path = path
        self.title = title
        self.forgivesSlash = forgivesSlash
        self.isOpen = isOpen
        self.fields = fields
        self.methods = methods
    }

    static func get(_ path: String, _ title: String, forgivesSlash: Bool = false, _ answer: @escaping Handler)
        -> KrillPath
    {
        KrillPath(
            path, title, forgivesSlash: forgivesSlash, [.init(name: "GET", acts: false, answer: answer)])
    }

    /// A GET that does something.
    static func command(_ path: String, _ title: String, _ answer: @escaping Handler) -> KrillPath {
        KrillPath(path, title, [.init(name: "GET", acts: true, answer: answer)])
    }

    static func post(
        _ path: String, _ title: String, forgivesSlash: Bool = false, isOpen: Bool = false, acts: Bool = true,
        fields: [FieldWords] = [], _ answer: @escaping Handler
    ) -> KrillPath {
        KrillPath(
            path, title, forgivesSlash: forgivesSlash, isOpen: isOpen, fields: fields,
            [.init(name: "POST", acts: acts, answer: answer)])
    }

    /// As `Allow` has them.
    var allowed: [String] {
        let names = methods.map(\.name)
        return ["GET", "POST", "PUT", "PATCH", "DELETE"].filter(names.contains)
            + (names.contains("GET") ? ["HEAD", "OPTIONS"] : ["OPTIONS"])
    }
}

/// A field of a body, as OPTIONS describes it.
struct FieldWords: Sendable {
    enum Kind: String, Sendable {
        case integer, string, boolean, datetime, choice, field, float
    }

    let name: String
    let kind: Kind
    var isRequired = false
    var isReadOnly = false
    var choices: [String] = []

    /// The most characters of a string; nil for one of any length.
    private var longest: Int? {
        kind == .string && !["notes", "comment"].contains(name) ? 255 : nil
    }

    /// What the server says of fields that are not clear by their names.
    private var help: String { Self.helps[name] ?? "" }

    private static let helps = [
        "disable_provision": "Nothing is sent to the OLT for this CPE, whatever happens.",
        "disable_reconfig": "The ACS does not configure this CPE.",
        "members": "Who answers the calls; one that is paused gets none.",
        "realm": "The operator that the record belongs to.",
        "enable_notifications": "Tell the customer when the line is down.",
    ]

    init(
        _ name: String, _ kind: Kind, isRequired: Bool = false, isReadOnly: Bool = false,
        choices: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.isReadOnly = isReadOnly
        self.choices = choices
    }

    /// Django's label: the first letter large, spaces for underscores.
    var label: String {
        let words = name.split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    var value: Value {
        var members: [Value.Member] = [
            .init("type", .text(kind.rawValue)), .init("required", .flag(isRequired)),
            .init("read_only", .flag(isReadOnly)), .init("label", .text(label)),
        ]
        if !help.isEmpty { members.append(.init("help_text", .text(help))) }
        if let longest, !isReadOnly { members.append(.init("max_length", .computed(longest))) }
        if !choices.isEmpty {
            members.append(
                .init(
                    "choices",
                    .list(
                        choices.map {
                            ["value": .text($0), "display_name": .text($0)]
                        })))
        }
        return .object(members)
    }

    /// What is wrong with a value, in Django REST framework's words.
    func complaint(about input: Input) -> String? {
        if input.isNull { return nil }
        switch kind {
        case .integer: return input.integer == nil ? "A valid integer is required." : nil
        case .float: return Double(input.plain) == nil ? "A valid number is required." : nil
        case .boolean:
            return ["true", "false", "1", "0"].contains(input.plain.lowercased())
                ? nil : "Must be a valid boolean."
        case .choice:
            return choices.contains(input.plain) ? nil : "\"\(input.plain)\" is not a valid choice."
        case .string:
            if input.isContainer { return "Not a valid string." }
            guard let longest, input.plain.unicodeScalars.count > longest else { return nil }
            return "Ensure this field has no more than \(longest) characters."
        case .datetime, .field: return nil
        }
    }
}

extension Input {
    /// A scalar as a form would have it.
    var plain: String {
        switch self {
        case .null, .list, .object: ""
        case .flag(let flag): flag ? "true" : "false"
        case .number(let digits): digits
        case .text(let text): text
        }
    }
}
