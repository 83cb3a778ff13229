internal import AdapterKit
internal import Domain
internal import TOML

/// Holds a table of a file to the schema, and complains about what does not fit.
struct SchemaReader {
    /// What the whole file is called.
    static let whole = "the configuration"

    /// The path of the file, as complaints show it.
    let file: String
    /// Makes a path of the operator absolute.
    let resolvePath: (String) -> String
    /// What was wrong so far.
    private(set) var complaints: [Complaint] = []
    /// Where secrets stand in the file itself.
    private(set) var writtenSecrets: [TOMLPosition] = []
    /// Where programs are named that nocturne runs.
    private(set) var programs: [TOMLPosition] = []

    init(file: String, resolvePath: @escaping (String) -> String) {
        self.file = file
        self.resolvePath = resolvePath
    }

    /// Notes something that is wrong.
    mutating func complain(_ weight: Complaint.Weight, at position: TOMLPosition?, _ words: String) {
        complaints.append(Complaint(weight, file, position, words))
    }

    /// Notes that a secret stands in the file at a place.
    mutating func noteSecret(at position: TOMLPosition) { writtenSecrets.append(position) }

    /// The values of a table that fit; the others are complained about and left out.
    ///
    /// - Parameter name: what the table is, for complaints: `[ui]`.
    mutating func read(_ table: TOMLTable, _ settings: [Setting], name: String) -> SettingValues {
        var values = SettingValues(position: table.position)
        for entry in table.entries {
            guard let setting = settings.first(where: { $0.key == entry.key }) else {
                let hint = Nearest.hint(entry.key, among: settings.map(\.key))
                complain(.warning, at: entry.position, "\(name) has no key \"\(entry.key)\"\(hint)")
                continue
            }
            if let value = value(entry.node, setting.type, key: entry.key, name: name) {
                values.values[entry.key] = PlacedValue(value: value, position: entry.node.position)
            } else {
                values.faults.insert(entry.key)
            }
        }
        for setting in settings where setting.isRequired && table[setting.key] == nil {
            complain(.error, at: table.position, "\(name) needs \(setting.key) = \(setting.type.words)")
            values.faults.insert(setting.key)
        }
        return values
    }

    private mutating func value(
        _ node: TOMLNode, _ type: SettingType, key: String, name: String
    ) -> SettingValue? {
        switch (type, node.value) {
        case (.text, .string(let text)), (.form, .string(let text)): return .text(text)
        case (.path, .string(let text)) where !text.isEmpty: return .text(resolvePath(text))
        case (.flag, .flag(let flag)): return .flag(flag)
        case (.choice(let choices), .string(let text)):
            if choices.contains(text) { return .text(text) }
            let hint = Nearest.hint(text, among: choices)
            complain(.error, at: node.position, "\(key) is \(type.words), not \"\(text)\"\(hint)")
            return nil
        case (.words(let words), .array(let nodes)):
            if let wrong = nodes.first(where: { node in !words.contains { $0 == node.string } }) {
                let hint = wrong.string.map { Nearest.hint($0, among: words) } ?? ""
                complain(.error, at: wrong.position, "\(key) is \(type.words)\(hint)")
                return nil
            }
            return .list(nodes.compactMap(\.string))
        case (.timeOfDay, .string(let text)):
            if let minute = Duration.minuteOfDay(text) { return .number(Double(minute)) }
        case (.whole(let range), .integer(let number)):
            if let whole = Int(exactly: number), range.contains(whole) { return .number(Double(whole)) }
        case (.seconds(let range), _):
            let seconds = node.number ?? node.string.flatMap(Duration.seconds)
            if let seconds, range.contains(seconds) { return .number(seconds) }
        case (.bytes(let range), .string(let text)):
            if let bytes = Amount.bytes(text), range.contains(bytes) { return .number(Double(bytes)) }
        case (.secret, _), (.account, _):
            return source(node, type, key: key).map { .source($0) }
        case (.program, .array(let nodes)):
            let words = nodes.compactMap(\.string)
            if words.count == nodes.count, words.first?.isEmpty == false {
                programs.append(node.position)
                return .list(words)
            }
        case (.texts, .array(let nodes)), (.template, .array(let nodes)):
            let texts = nodes.compactMap { node in node.string.map { ($0, node.position) } }
            let isTemplate = if case .template = type { true } else { false }
            if texts.count == nodes.count, !isTemplate || texts.first?.0.isEmpty == false {
                if isTemplate { programs.append(node.position) }
                return .texts(texts)
            }
        case (.map(let inner), .table(let table)):
            var values = SettingValues(position: node.position)
            for entry in table.entries {
                guard let value = value(entry.node, inner, key: "\(key).\(entry.key)", name: name) else {
                    return nil
                }
                values.values[entry.key] = PlacedValue(value: value, position: entry.position)
            }
            return .section(values)
        case (.section(let settings), .table(let table)):
            let values = read(table, settings, name: name == Self.whole ? "[\(key)]" : "\(key) of \(name)")
            return !values.faults.isEmpty ? nil : .section(values)
        case (.sections(let settings), .array(let nodes)) where nodes.allSatisfy({ $0.table != nil }):
            return .sections(nodes.compactMap(\.table).map { read($0, settings, name: "[[\(key)]]") })
        case (.sections, .table):
            complain(.error, at: node.position, "write [[\(key)]], with two brackets: there may be several")
            return nil
        default: break
        }
        complain(.error, at: node.position, "\(key) is \(type.words), and this is \(described(node))")
        return nil
    }

    /// What a value is; texts are not repeated, since one in the wrong place may be a secret.
    private func described(_ node: TOMLNode) -> String {
        switch node.value {
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        default: node.kind
        }
    }

    private mutating func source(_ node: TOMLNode, _ type: SettingType, key: String) -> SecretSource? {
        if let text = node.string {
            if case .secret = type { noteSecret(at: node.position) }
            if !text.isEmpty { return .written(Secret(text)) }
        } else if let table = node.table, table.entries.count == 1, let entry = table.entries.first {
            switch (entry.key, entry.node.value) {
            case ("env", .string(let name)) where !name.isEmpty && !name.contains("="):
                return .environment(name)
            case ("file", .string(let path)) where !path.isEmpty: return .file(resolvePath(path))
            case ("command", .array(let nodes)):
                let words = nodes.compactMap(\.string)
                if words.count == nodes.count, words.first?.isEmpty == false {
                    programs.append(entry.position)
                    return .command(words)
                }
            default: break
            }
        }
        complain(.error, at: node.position, "\(key) is \(type.words)")
        return nil
    }
}
