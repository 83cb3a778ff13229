internal import DeclaredAdapter
internal import Domain
internal import TOML

extension DeclaredField {
    private static let types: [(String, FieldType)] = [
        ("text", .text), ("word", .word), ("severity", .severity), ("state", .state), ("states", .states),
        ("integer", .integer), ("number", .number), ("rate", .rate), ("bytes", .bytes), ("percent", .percent),
        ("usage", .usage), ("dbm", .decibelMilliwatts), ("duration", .duration), ("time", .time),
        ("flag", .flag),
    ]
    private static let links: [(String, LinkKey)] = [
        ("mac", .mac), ("address", .address), ("peer", .peer), ("host", .hostName), ("serial", .serial),
        ("circuit", .circuit), ("customer", .customer), ("of-customer", .ofCustomer),
        ("interface", .interface),
        ("label", .label),
    ]

    /// Reads one `[[resource.field]]`; nil when something is wrong with it.
    static func read(_ sheet: AdapterSheet, _ place: String) -> DeclaredField? {
        var sheet = sheet
        let key = sheet.text("key", "\"name\"", required: true)
        if let key, !DeclaredResource.isWord(key) {
            sheet.complain("key", "key is one word in lower case with underscores, such as \"last_seen\"")
        }
        let title = sheet.text("title") ?? key.map { Self.title($0) }
        let name = sheet.choice("type", types.map(\.0) + ["ref"]) ?? "text"
        let kind = sheet.text("kind")
        let reference = sheet.template("id")
        let type: FieldType
        if name == "ref" {
            if kind == nil || reference == nil {
                sheet.complain(
                    "type", "a field of type ref needs kind = \"device\" and id = \"{/device_id}\"")
            }
            type = .ref(ResourceKind(rawValue: kind ?? "device"))
        } else {
            if kind != nil || reference != nil {
                sheet.complain(kind == nil ? "id" : "kind", "only a field of type ref has kind and id")
            }
            type = types.first { $0.0 == name }?.1 ?? .text
        }
        let width = Self.width(&sheet)
        let priority = sheet.whole("priority", in: 0...9)
        let isHidden = sheet.flag("hidden") ?? false
        let decides = sheet.flag("decides") ?? false
        let link = sheet.choice("links", links.map(\.0))
        let origin = Self.origin(&sheet, type)
        let map = sheet.map("map")
        let other = sheet.text("other")
        if other != nil, map == nil {
            sheet.complain("other", "other is for what is not in map, and there is none")
        }
        let missing = sheet.text("missing")
        let isWord = !type.isNumeric && type != .flag
        for key in ["map", "missing", "until"] where !isWord && sheet.table[key] != nil {
            sheet.complain(key, "\(key) is for fields that hold words, not for \(name)")
        }
        let words =
            (map.map { Array($0.values) } ?? []) + [other, missing].compactMap { $0 } + Self.words(origin)
        if type == .severity {
            for word in words where Severity(word: word).word != word {
                let known = Severity.allCases.map(\.word)
                sheet.complain(
                    "type",
                    "\"\(word)\" is no severity\(Nearest.hint(word, among: known)); there is "
                        + known.joined(separator: ", "))
            }
        }
        let time = sheet.choice("time", TimeFormat.allCases.map(\.rawValue)).flatMap {
            TimeFormat(rawValue: $0)
        }
        if time != nil, type != .time { sheet.complain("time", "time is for fields of type time") }
        let scale = sheet.number("scale")
        if scale != nil, !type.isNumeric || type == .time {
            sheet.complain("scale", "scale is for fields that hold numbers")
        }
        let until = sheet.text("until")
        sheet.close()
        guard let key, let title, let origin else { return nil }
        var field = DeclaredField(
            Field(
                FieldKey(rawValue: key), title, type, width: width, priority: isHidden ? nil : priority ?? 5,
                decides: decides, links: links.first { $0.0 == link }?.1),
            origin)
        field.map = map
        field.other = other
        field.missing = missing
        field.time = time ?? .rfc3339
        field.scale = scale ?? 1
        field.until = until.flatMap { $0.isEmpty ? nil : $0 }
        field.reference = reference
        field.place = "\(place):\((sheet.table["from"]?.position ?? sheet.table.position).line)"
        return field
    }

    /// A heading from a key: `last_seen` is `Last seen`.
    private static func title(_ key: String) -> String {
        let words = key.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private static func width(_ sheet: inout AdapterSheet) -> ClosedRange<Int> {
        guard let node = sheet.node("width", "[8, 24]") else { return 6...16 }
        if let width = Self.width(node) { return width }
        sheet.complain("width", "width is the least and the most columns, such as [8, 24]")
        return 6...16
    }

    private static func width(_ node: TOMLNode) -> ClosedRange<Int>? {
        guard let nodes = node.array, nodes.count == 2, let least = nodes[0].integer,
            let most = nodes[1].integer,
            1 <= least, least <= most, most <= 200
        else { return nil }
        return Int(least)...Int(most)
    }

    private static func origin(_ sheet: inout AdapterSheet, _ type: FieldType) -> Origin? {
        let pointers = sheet.pointers("from")
        let template = sheet.template("template")
        let words = sheet.pointer("words")
        let count = sheet.pointer("count")
        var rules: [Rule] = []
        for var rule in sheet.sheets("when") {
            let condition = rule.condition()
            let word = rule.text("gives", "\"open\"", required: true)
            rule.close()
            if let condition, let word { rules.append(Rule(condition, gives: word)) }
        }
        let given = ["from", "template", "words", "count", "when"].filter { sheet.table[$0] != nil }
        guard given.count == 1 else {
            sheet.complain(
                given.dropFirst().first,
                "a field is made from one of from = \"/pointer\", template = \"{/a} {/b}\", "
                    + "words = \"/pointer\", count = \"/pointer\", when = [{ … }]")
            return nil
        }
        if given[0] == "count" {
            if type != .integer { sheet.complain("count", "a count is of type integer") }
            return count.map { .count($0) }
        }
        if given[0] != "from", type.isNumeric || type == .flag {
            sheet.complain(given[0], "a number, a moment or a flag is made from = \"/pointer\"")
        }
        if let pointers { return .pointers(pointers) }
        if let template {
            if template.parts.contains(where: {
                if case .literal = $0 { false } else if case .pointer = $0 { false } else { true }
            }) {
                sheet.complain("template", "a field's template is filled with {/pointer} alone")
            }
            return .template(template)
        }
        if let words { return .words(words) }
        return rules.isEmpty ? nil : .rules(rules)
    }

    /// The words that it may hold, as far as the file says them.
    var words: [String] {
        (map.map { Array($0.values) } ?? []) + [other, missing].compactMap { $0 } + Self.words(self.origin)
    }

    private static func words(_ origin: Origin?) -> [String] {
        if case .rules(let rules) = origin { rules.map(\.word) } else { [] }
    }
}
