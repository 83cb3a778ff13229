internal import AdapterKit
internal import Domain
internal import JSON

extension RecordManners {
    /// Krill has null where there is nothing, says when a record was changed, and leaves fields out that may be written.
    static let krill = RecordManners(nothing: .null, witness: .stamp("updated"), writesUnread: true)
}

/// Records of the CRM with the fields that people write: their order and words are ours, whether a field is required
/// and what it may hold the server's where OPTIONS says so.
extension EditableRecord {
    static let cpe = EditableRecord(
        "CPE",
        [
            RecordField("customer", "Customer number", .line(required: true), .number),
            RecordField("realm", "Realm", .line(required: true)),
            RecordField("profile", "Profile number", .line(required: true), .number),
            RecordField("external_id", "External id"),
            RecordField("sn", "Serial number"),
            RecordField("mac", "MAC"),
            RecordField("model", "Model"),
            RecordField("tech", "Technology", .choice(["gpon", "docsis", "ethernet", "wimax", "ghn"])),
            RecordField("line_profile", "Line profile"),
            RecordField("address_profile", "Address", .choice(["nat", "public", "fixed"])),
            RecordField("fixed_address", "Fixed address"),
            RecordField("access", "Has access", .toggle(initially: true)),
            RecordField("active", "Active", .toggle(initially: true)),
            RecordField("disable_provision", "Not to be provisioned", .toggle(initially: false)),
            RecordField("disable_reconfig", "Not to be configured", .toggle(initially: false)),
            RecordField("address", "Street", nothing: .empty),
            RecordField("city", "City", nothing: .empty),
            RecordField("postalcode", "Postal code"),
            RecordField("pppoe_username", "PPPoE user"),
            RecordField("pppoe_password", "PPPoE password", .secret(required: false)),
            RecordField("wifi_ssid", "Wi-Fi name", nothing: .empty),
            RecordField("wifi_password", "Wi-Fi password", .secret(required: false)),
            RecordField("notes", "Notes", nothing: .empty),
        ], .krill)

    static let customer = EditableRecord(
        "customer",
        [
            RecordField("name", "Name", .line(required: true)),
            RecordField("surname", "Surname", nothing: .empty),
            RecordField("realm", "Realm", .line(required: true)),
            RecordField("external_id", "External id"),
            RecordField("address", "Street", nothing: .empty),
            RecordField("city", "City", nothing: .empty),
            RecordField("postalcode", "Postal code"),
            RecordField("country", "Country"),
            RecordField("comment", "Comment", nothing: .empty),
        ], .krill)

    static let pots = EditableRecord(
        "telephone line",
        [
            RecordField("cli", "Number"),
            RecordField("label", "Label"),
            RecordField("context", "Context"),
            RecordField("contextname", "Context name"),
            RecordField("custom_digitmap", "Digit map"),
            RecordField("dtmf", "DTMF", .choice(["auto", "inband", "rfc2833", "info"])),
            RecordField("language", "Language"),
            RecordField("username", "SIP user"),
            RecordField("password", "SIP password", .secret(required: false)),
            RecordField("pbx_extension", "PBX extension", .toggle(initially: false)),
            RecordField("voicemail", "Voicemail", .toggle(initially: false)),
            RecordField("voicemail_password", "Voicemail password", .secret(required: false)),
        ], .krill)

    /// The same with what `OPTIONS` says of each field: one that the server does not know or write is left out, and
    /// what it requires beyond the usual is asked for.
    func described(by options: JSONValue) -> EditableRecord {
        let actions = options["actions"]
        guard let all = (actions?["POST"] ?? actions?["PUT"] ?? actions?["PATCH"])?.object else {
            return self
        }
        var words: [String: JSONValue] = [:]
        for (key, value) in all where value["read_only"]?.flag != true { words[key] = value }
        guard !words.isEmpty else { return self }
        var described = self
        described.fields = fields.compactMap { field in words[field.key].map { Self.described(field, $0) } }
        let known = Set(fields.map(\.key))
        for (key, field) in words.sorted(by: { $0.key < $1.key })
        where !known.contains(key) && field["required"]?.flag == true {
            let title = field["label"]?.text.map { Cleaning.clean($0) } ?? Cleaning.clean(key)
            let input: FormField.Input =
                SecretKeys.krill.holds(key) ? .secret(required: true) : .line(required: true)
            let kind: RecordField.Kind = field["type"]?.text == "integer" ? .number : .text
            described.fields.append(Self.described(RecordField(key, title, input, kind), field))
        }
        return described
    }

    private static func described(_ field: RecordField, _ words: JSONValue) -> RecordField {
        var field = field
        let isRequired = words["required"]?.flag == true
        switch field.input {
        case .line: field.input = .line(required: isRequired)
        case .secret: field.input = .secret(required: isRequired)
        case .choice:
            let choices = words["choices"]?.array?.compactMap { ($0["value"] ?? $0).text } ?? []
            let shown = choices.map { Cleaning.clean($0) }.filter { !$0.isEmpty }
            if !shown.isEmpty { field.input = .choice(shown) }
            field.needsChoice = isRequired
        case .toggle, .carried: break
        }
        return field
    }
}
