internal import AdapterKit
internal import Domain
internal import JSON

/// A kind of record of the CRM with the fields that people write: their order and words are ours, whether a field is
/// required and what it may hold the server's where OPTIONS says so.
struct RecordForm: Sendable {
    /// One field.
    struct Entry: Sendable {
        let key: String
        let title: String
        var input: FormField.Input
        var isNumber = false
        /// Whether it holds an empty text, and not null, where there is nothing.
        var isEmptyText = false
        /// Whether the server wants one of its words.
        var needsChoice = false

        init(
            _ key: String, _ title: String, _ input: FormField.Input, isNumber: Bool = false,
            isEmptyText: Bool = false
        ) {
            self.key = key
            self.title = title
            self.input = input
            self.isNumber = isNumber
            self.isEmptyText = isEmptyText
        }

        /// What is sent where there is to be nothing.
        var nothing: JSONTree { isEmptyText ? .string("") : .null }
    }

    var entries: [Entry]

    /// The questions of a new record; a choice that nobody makes is the server's to make.
    var questions: [FormField] {
        entries.map { entry in
            var input = entry.input
            if case .choice(let words) = input, !entry.needsChoice { input = .choice([""] + words) }
            return FormField(FieldKey(rawValue: entry.key), entry.title, input)
        }
    }

    /// The questions of a record that is there: nothing is required, since what is not written stays.
    ///
    /// What the server has no value for begins with none: a form that began with the first choice, or with a yes, would
    /// send that although nobody chose it.
    var changes: [FormField] {
        entries.map { entry in
            let input: FormField.Input
            switch entry.input {
            case .line: input = .line(required: false)
            case .secret: input = .secret(required: false)
            case .choice(let words): input = .choice([""] + words)
            case .toggle: input = .toggle(initially: false)
            case .carried: input = .carried
            }
            return FormField(FieldKey(rawValue: entry.key), entry.title, input)
        } + [FormField(.seenUpdated, "", .carried)]
    }

    static let cpe = RecordForm(entries: [
        Entry("customer", "Customer number", .line(required: true), isNumber: true),
        Entry("realm", "Realm", .line(required: true)),
        Entry("profile", "Profile number", .line(required: true), isNumber: true),
        Entry("external_id", "External id", .line(required: false)),
        Entry("sn", "Serial number", .line(required: false)),
        Entry("mac", "MAC", .line(required: false)),
        Entry("model", "Model", .line(required: false)),
        Entry("tech", "Technology", .choice(["gpon", "docsis", "ethernet", "wimax", "ghn"])),
        Entry("line_profile", "Line profile", .line(required: false)),
        Entry("address_profile", "Address", .choice(["nat", "public", "fixed"])),
        Entry("fixed_address", "Fixed address", .line(required: false)),
        Entry("access", "Has access", .toggle(initially: true)),
        Entry("active", "Active", .toggle(initially: true)),
        Entry("disable_provision", "Not to be provisioned", .toggle(initially: false)),
        Entry("disable_reconfig", "Not to be configured", .toggle(initially: false)),
        Entry("address", "Street", .line(required: false), isEmptyText: true),
        Entry("city", "City", .line(required: false), isEmptyText: true),
        Entry("postalcode", "Postal code", .line(required: false)),
        Entry("pppoe_username", "PPPoE user", .line(required: false)),
        Entry("pppoe_password", "PPPoE password", .secret(required: false)),
        Entry("wifi_ssid", "Wi-Fi name", .line(required: false), isEmptyText: true),
        Entry("wifi_password", "Wi-Fi password", .secret(required: false)),
        Entry("notes", "Notes", .line(required: false), isEmptyText: true),
    ])

    static let customer = RecordForm(entries: [
        Entry("name", "Name", .line(required: true)),
        Entry("surname", "Surname", .line(required: false), isEmptyText: true),
        Entry("realm", "Realm", .line(required: true)),
        Entry("external_id", "External id", .line(required: false)),
        Entry("address", "Street", .line(required: false), isEmptyText: true),
        Entry("city", "City", .line(required: false), isEmptyText: true),
        Entry("postalcode", "Postal code", .line(required: false)),
        Entry("country", "Country", .line(required: false)),
        Entry("comment", "Comment", .line(required: false), isEmptyText: true),
    ])

    static let pots = RecordForm(entries: [
        Entry("cli", "Number", .line(required: false)),
        Entry("label", "Label", .line(required: false)),
        Entry("context", "Context", .line(required: false)),
        Entry("contextname", "Context name", .line(required: false)),
        Entry("custom_digitmap", "Digit map", .line(required: false)),
        Entry("dtmf", "DTMF", .choice(["auto", "inband", "rfc2833", "info"])),
        Entry("language", "Language", .line(required: false)),
        Entry("username", "SIP user", .line(required: false)),
        Entry("password", "SIP password", .secret(required: false)),
        Entry("pbx_extension", "PBX extension", .toggle(initially: false)),
        Entry("voicemail", "Voicemail", .toggle(initially: false)),
        Entry("voicemail_password", "Voicemail password", .secret(required: false)),
    ])

    /// The same with what `OPTIONS` says of each field: one that the server does not know or write is left out, and
    /// what it requires beyond the usual is asked for.
    func described(by options: JSONValue) -> RecordForm {
        let actions = options["actions"]
        guard let fields = (actions?["POST"] ?? actions?["PUT"] ?? actions?["PATCH"])?.object else {
            return self
        }
        var words: [String: JSONValue] = [:]
        for (key, value) in fields where value["read_only"]?.flag != true { words[key] = value }
        guard !words.isEmpty else { return self }
        var entries = entries.compactMap { entry in words[entry.key].map { Self.described(entry, $0) } }
        let known = Set(self.entries.map(\.key))
        for (key, field) in words.sorted(by: { $0.key < $1.key })
        where !known.contains(key) && field["required"]?.flag == true {
            let title = field["label"]?.text.map { Cleaning.clean($0) } ?? Cleaning.clean(key)
            let input: FormField.Input =
                SecretKeys.krill.holds(key) ? .secret(required: true) : .line(required: true)
            entries.append(
                Self.described(Entry(key, title, input, isNumber: field["type"]?.text == "integer"), field))
        }
        return RecordForm(entries: entries)
    }

    private static func described(_ entry: Entry, _ field: JSONValue) -> Entry {
        var entry = entry
        let isRequired = field["required"]?.flag == true
        switch entry.input {
        case .line: entry.input = .line(required: isRequired)
        case .secret: entry.input = .secret(required: isRequired)
        case .choice:
            let words = field["choices"]?.array?.compactMap { ($0["value"] ?? $0).text } ?? []
            let shown = words.map { Cleaning.clean($0) }.filter { !$0.isEmpty }
            if !shown.isEmpty { entry.input = .choice(shown) }
            entry.needsChoice = isRequired
        case .toggle, .carried: break
        }
        return entry
    }
}
