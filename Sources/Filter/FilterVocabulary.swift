public import Domain

/// The names that a filter may use: fields by key and title, backends, and sets of entities.
///
/// A word with a colon is a test of a field only if it names one, so reading a filter needs to know them.
public struct FilterVocabulary: Sendable, Equatable {
    /// The configured backends in order; without any, no name is called wrong.
    public var backends: [String]
    /// The sets in `FilterContext.sets`, such as `marked`: words after `is:`.
    public var sets: Set<String>
    /// Who has claimed rows: `owner:ana` means theirs; nil where nothing can be claimed.
    public var owners: [String]?
    /// Whether a word such as `foo:bar` is wrong where no field is called `foo`, as on a command line, whose reader sees
    /// no rows go while typing.
    public var isStrict: Bool
    private var fields: [String: FieldKey] = [:]
    private var types: [FieldKey: Set<FieldType>] = [:]
    /// The fields of which `util` is the larger one; none where there is no such field.
    private var directions: [FieldKey] = []
    /// The names of yes-or-no fields, which `is:` may be followed by.
    private(set) var flags: Set<String> = []

    /// The names of some resources' fields.
    public init(
        _ resources: [ResourceDescriptor], backends: [String] = [], sets: Set<String> = [],
        owners: [String]? = nil, isStrict: Bool = false
    ) {
        self.owners = owners
        self.backends = backends
        self.isStrict = isStrict
        self.sets = sets
        for field in resources.lazy.flatMap(\.fields) {
            types[field.key, default: []].insert(field.type)
            if field.type == .flag { flags.insert(field.key.rawValue.lowercased()) }
            fields[field.key.rawValue.lowercased()] = field.key
        }
        // A title never takes a name away from a key.
        for field in resources.lazy.flatMap(\.fields) {
            for name in [
                field.title, field.title.replacing(" ", with: "_"), field.title.replacing(" ", with: ""),
            ]
            where fields[name.lowercased()] == nil {
                fields[name.lowercased()] = field.key
            }
        }
        let busier = Self.busier.filter { types[$0] != nil }
        if !busier.isEmpty, fields[Self.utilisation] == nil { directions = busier }
        if fields["sev"] == nil { fields["sev"] = fields["severity"] }
        if fields["polled"] == nil { fields["polled"] = fields["last_polled"] }
    }

    /// The field that a name means, by key or title in any case; `sev` is severity, `polled` when the server looked.
    public func field(named name: some StringProtocol) -> FieldKey? {
        let name = name.lowercased()
        if name == FieldKey.age.rawValue, types[.age] == nil,
            types[.since] != nil || types[.lastPolled] != nil
        {
            return .age
        }
        return fields[name]
    }

    /// The fields that a name means: one, or both directions of `util`; none where it names nothing.
    public func fields(named name: some StringProtocol) -> [FieldKey] {
        if let field = field(named: name) { return [field] }
        return name.lowercased() == Self.utilisation ? directions : []
    }

    /// How busy the busier direction of a port is.
    private static let utilisation = "util"
    private static let busier: [FieldKey] = ["in_percent", "out_percent"]

    /// The types that a field has in the resources; empty for a field of none.
    public func types(of key: FieldKey) -> Set<FieldType> {
        key == .age ? types[key] ?? [.time] : types[key] ?? []
    }

    /// Whether it has any field.
    var knowsFields: Bool { !fields.isEmpty }

    /// Every name that a test may begin with, in alphabetical order.
    var names: [String] { (fields.keys + ["is"] + shortNames).filter { !$0.contains(" ") }.sorted() }

    /// The names that stand for more than one field.
    var shortNames: [String] {
        (directions.isEmpty ? [] : [Self.utilisation]) + (knowsOwners ? [Self.owner] : [])
    }

    /// What stands before the name of who has claimed a row.
    static let owner = "owner"

    /// Whether `owner` means who has claimed a row: a field of that name comes first.
    var knowsOwners: Bool { owners != nil && field(named: Self.owner) == nil }

    /// Every name of a field, blanks included.
    var everyName: [String: FieldKey] { fields }

    /// The keys that can be written, for completion, in alphabetical order.
    public var fieldKeys: [FieldKey] { types.keys.sorted { $0.rawValue < $1.rawValue } }
}

extension FieldKey {
    /// The age of a row: of the moment it began, or without one, of the moment the server last looked.
    public static let age: FieldKey = "age"
}
