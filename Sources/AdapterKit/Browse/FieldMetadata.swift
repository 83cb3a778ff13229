internal import Domain
internal import HTTP
internal import JSON

/// What a server says by OPTIONS of a field that it takes: Django REST framework's metadata.
struct FieldMetadata {
    let key: String
    let title: String
    let type: String
    let isRequired: Bool
    let choices: [String]

    /// Reads a field; nil for one that is only read.
    init?(_ key: String, _ value: JSONValue) {
        guard value.kind == .object, value["read_only"]?.flag != true else { return nil }
        self.key = key
        let label = Cleaning.clean(value["label"]?.string ?? key)
        let help = Cleaning.clean(value["help_text"]?.string ?? "")
        title = help.isEmpty || help.count > 40 ? label : "\(label) (\(help))"
        type = value["type"]?.string ?? "field"
        isRequired = value["required"]?.flag ?? false
        choices = value["choices"]?.array?.compactMap { ($0["value"] ?? $0).text } ?? []
    }

    /// The fields that a method takes, by the server's answer to OPTIONS; nil where it names none.
    static func fields(in root: JSONValue, for method: Method) -> [FieldMetadata]? {
        guard let actions = root["actions"] else { return nil }
        // Metadata are the same for PUT and PATCH, and servers name the first alone.
        let named = method == .patch ? [Method.patch, .put] : [method]
        let members = named.lazy.compactMap { actions[$0.rawValue]?.object }.first
        return members?.compactMap { FieldMetadata($0.key, $0.value) }
    }

    /// The field as it is asked for and written.
    ///
    /// - Parameter isNew: whether the object is still to be made: a switch that nobody touched is then the server's to
    ///   decide, not off.
    func field(isSecret: Bool, isNew: Bool) -> RecordField {
        if isSecret { return RecordField(key, title, .secret(required: isRequired)) }
        switch type {
        case "boolean":
            guard isNew else { return RecordField(key, title, .toggle(initially: false)) }
            var field = RecordField(key, title, .choice(["yes", "no"]), .flag)
            field.needsChoice = isRequired
            return field
        case "choice" where !choices.isEmpty:
            var field = RecordField(key, title, .choice(choices))
            field.needsChoice = isRequired
            return field
        case "integer": return RecordField(key, title, .line(required: isRequired), .number, nothing: .null)
        case "string", "email", "url", "slug", "date", "datetime", "time", "regex":
            return RecordField(key, title, .line(required: isRequired))
        default: return RecordField(key, title, .line(required: isRequired), .json, nothing: .null)
        }
    }
}

extension EditableRecord {
    /// The record that a place holds, from what the server says of its fields.
    init(
        _ title: String, _ metadata: [FieldMetadata], of row: JSONValue?, _ place: BrowsePlace,
        _ manners: BrowseManners
    ) {
        let secrets = manners.secrets.joined(by: place.entry.secrets)
        let fields = metadata.map { metadata in
            // What holds a secret somewhere inside is as secret as that.
            let now = row?[metadata.key].map { JSONTree($0) } ?? .null
            let isSecret = secrets.holds(metadata.key) || secrets.masking(now) != now
            return metadata.field(isSecret: isSecret, isNew: row == nil)
        }
        self.init(title, fields, manners.record)
    }
}
