internal import AdapterKit
internal import Domain

extension RecordManners {
    /// A bonding server tells null from an empty text, and does not say when something was changed.
    static let bonding = RecordManners(nothing: .asItWas, witness: .fields, writesUnread: false)
}

extension EditableRecord {
    static let bond = EditableRecord(
        "bond",
        [
            RecordField("circuit_id", "Circuit"), RecordField("note", "Note"),
            RecordField("product", "Product"),
        ], .bonding)

    static let leg = EditableRecord(
        "leg",
        [
            RecordField("up_speed", "Up, as in 10M", .line(required: false), .speed),
            RecordField("down_speed", "Down, as in 50M", .line(required: false), .speed),
            RecordField("circuit_id", "Circuit"), RecordField("note", "Note"),
        ], .bonding)

    static let space = EditableRecord(
        "space",
        [RecordField("name", "Name"), RecordField("key", "Key"), RecordField("crm_id", "Customer no.")],
        .bonding)

    /// What a command edits; nil for any other command.
    static func of(_ kind: CommandKind) -> EditableRecord? {
        switch kind {
        case "edit-bond": return bond
        case "edit-leg": return leg
        case "edit-space": return space
        default:
            guard let (part, verb) = BondPart.of(kind), verb == "edit" else { return nil }
            return part.record
        }
    }
}

extension FieldKey {
    /// What else something had that was deleted, as JSON: making it again sets that too.
    static let rest: FieldKey = "rest"
}
