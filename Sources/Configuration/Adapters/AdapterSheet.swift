internal import AdapterKit
internal import DeclaredAdapter
internal import Domain
internal import HTTP
internal import JSON
internal import TOML

/// What is wrong with a file so far; one reader fills it while it walks the file.
final class AdapterComplaints {
    let file: String
    /// The names that hold secrets, which no field may show.
    var secrets = SecretKeys()
    private(set) var all: [Complaint] = []

    init(file: String) { self.file = file }

    func add(_ position: TOMLPosition?, _ words: String) {
        all.append(Complaint(.error, file, position, words))
    }
}

/// One table of a file that describes an adapter: each key is asked for once, and what nobody asked for is a mistake.
struct AdapterSheet {
    let table: TOMLTable
    /// What the table is, for complaints: `[login]`.
    let name: String
    let complaints: AdapterComplaints
    private var known: [String] = []

    init(_ table: TOMLTable, _ name: String, _ complaints: AdapterComplaints) {
        self.table = table
        self.name = name
        self.complaints = complaints
    }

    func complain(_ key: String?, _ words: String) {
        complaints.add(key.flatMap { table[$0]?.position } ?? table.position, words)
    }

    /// The value of a key; nil for none, with a complaint where there must be one.
    mutating func node(_ key: String, _ wanted: String, required: Bool = false) -> TOMLNode? {
        known.append(key)
        if let node = table[key] { return node }
        if required {
            complaints.add(table.position, "\(name.isEmpty ? "the file" : name) needs \(key) = \(wanted)")
        }
        return nil
    }

    private func mismatch(_ key: String, _ node: TOMLNode, _ wanted: String) {
        complaints.add(node.position, "\(key) is \(wanted), and this is \(node.kind)")
    }

    // MARK: Plain values

    mutating func text(_ key: String, _ wanted: String = "\"…\"", required: Bool = false) -> String? {
        guard let node = node(key, wanted, required: required) else { return nil }
        guard let text = node.string else {
            mismatch(key, node, "a text such as \(wanted)")
            return nil
        }
        if required, text.allSatisfy(\.isWhitespace) {
            complaints.add(node.position, "\(key) is empty: write \(key) = \(wanted)")
            return nil
        }
        return text
    }

    mutating func flag(_ key: String) -> Bool? {
        guard let node = node(key, "true") else { return nil }
        if node.flag == nil { mismatch(key, node, "true or false") }
        return node.flag
    }

    mutating func whole(_ key: String, in range: ClosedRange<Int>, required: Bool = false) -> Int? {
        let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let node = node(key, wanted, required: required) else { return nil }
        guard let number = node.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            complaints.add(node.position, "\(key) is \(wanted)")
            return nil
        }
        return number
    }

    mutating func number(_ key: String) -> Double? {
        guard let node = node(key, "0.001") else { return nil }
        guard let number = node.number, number.isFinite, number != 0 else {
            complaints.add(node.position, "\(key) is a number other than 0")
            return nil
        }
        return number
    }

    mutating func choice(_ key: String, _ words: [String], required: Bool = false) -> String? {
        let wanted = words.map { "\"\($0)\"" }.joined(separator: " or ")
        guard let text = text(key, wanted, required: required) else { return nil }
        if words.contains(text) { return text }
        complain(key, "\(key) is \(wanted), not \"\(text)\"\(Nearest.hint(text, among: words))")
        return nil
    }

    mutating func texts(_ key: String) -> [String]? {
        guard let node = node(key, "[\"…\"]") else { return nil }
        if let text = node.string { return [text] }
        guard let nodes = node.array, nodes.allSatisfy({ Self.word($0) != nil }) else {
            mismatch(key, node, "a list of texts")
            return nil
        }
        return nodes.compactMap(Self.word)
    }

    /// A text, number or flag of the file as rows are compared with it.
    private static func word(_ node: TOMLNode) -> String? {
        switch node.value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .flag(let flag): flag ? "true" : "false"
        default: nil
        }
    }

    mutating func map(_ key: String) -> [String: String]? {
        guard let sheet = sheet(key) else { return nil }
        var map: [String: String] = [:]
        for entry in sheet.table.entries {
            guard let text = entry.node.string else {
                complaints.add(
                    entry.node.position, "\(key).\(entry.key) is a text, and this is \(entry.node.kind)")
                continue
            }
            map[entry.key] = text
        }
        return map
    }

    // MARK: Tables

    mutating func sheet(_ key: String, required: Bool = false) -> AdapterSheet? {
        guard let node = node(key, "{ … }", required: required) else { return nil }
        guard let table = node.table else {
            mismatch(key, node, "a table")
            return nil
        }
        return AdapterSheet(table, name.isEmpty ? "[\(key)]" : "\(key) of \(name)", complaints)
    }

    mutating func sheets(_ key: String) -> [AdapterSheet] {
        guard let node = node(key, "[{ … }]") else { return [] }
        let title = name.isEmpty ? "[[\(key)]]" : "\(key) of \(name)"
        guard let nodes = node.array else {
            let words = node.table == nil ? "and this is \(node.kind)" : "with two brackets: [[…]]"
            complaints.add(node.position, "\(key) is a list of tables, \(words)")
            return []
        }
        return nodes.compactMap { node in
            guard let table = node.table else {
                complaints.add(node.position, "\(key) is a list of tables, and this is \(node.kind)")
                return nil
            }
            return AdapterSheet(table, title, complaints)
        }
    }

    /// Complains about keys that nobody asked for.
    func close() {
        for entry in table.entries where !known.contains(entry.key) {
            let place = name.isEmpty ? "an adapter's file" : name
            complaints.add(
                entry.position, "\(place) has no key \"\(entry.key)\"\(Nearest.hint(entry.key, among: known))"
            )
        }
    }

    // MARK: What stands in texts

    /// The keys whose values reach the screen.
    private static let shown: Set<String> = [
        "from", "template", "words", "count", "id", "state", "summary", "version",
    ]

    private func refuseSecrets(_ pointers: [Pointer], _ position: TOMLPosition?) {
        for pointer in pointers {
            guard let name = pointer.steps.first(where: complaints.secrets.holds) else { continue }
            complaints.add(position, "\"\(name)\" holds a secret, which is never shown")
        }
    }

    func pointer(_ text: String, _ key: String) -> Pointer? {
        if let pointer = Pointer(text) {
            if Self.shown.contains(key) { refuseSecrets([pointer], table[key]?.position) }
            return pointer
        }
        complain(
            key,
            "\(key) is a JSON pointer such as \"/data/name\", or \"\" for all of it: it begins with a slash")
        return nil
    }

    mutating func pointer(_ key: String, required: Bool = false) -> Pointer? {
        guard let node = node(key, "\"/data\"", required: required) else { return nil }
        guard let text = node.string else {
            mismatch(key, node, "a JSON pointer such as \"/data\"")
            return nil
        }
        return pointer(text, key)
    }

    mutating func pointers(_ key: String) -> [Pointer]? {
        guard let texts = texts(key) else { return nil }
        let pointers = texts.compactMap { pointer($0, key) }
        return pointers.isEmpty ? nil : pointers
    }

    func template(
        _ text: String, _ key: String, at position: TOMLPosition? = nil, login: Bool = false,
        search: Bool = false
    ) -> Template? {
        do throws(Template.Fault) {
            let template = try Template(text)
            if template.takesLogin, !login {
                complaints.add(
                    position ?? table[key]?.position,
                    "{user} and {password} are filled in at body of [login] alone")
                return nil
            }
            if template.takesText, !search {
                complaints.add(
                    position ?? table[key]?.position,
                    "{text} is filled in at query and with of a search alone")
                return nil
            }
            if Self.shown.contains(key) {
                refuseSecrets(template.pointers, position ?? table[key]?.position)
            }
            return template
        } catch {
            complaints.add(position ?? table[key]?.position, "\(key): \(error.words)")
            return nil
        }
    }

    mutating func template(_ key: String, required: Bool = false) -> Template? {
        text(key, "\"{/name}\"", required: required).flatMap { template($0, key) }
    }

    mutating func templates(_ key: String, search: Bool = false) -> [(
        key: String, value: Template, position: TOMLPosition
    )] {
        guard let sheet = sheet(key) else { return [] }
        return sheet.table.entries.compactMap { entry in
            guard let text = Self.word(entry.node) else {
                complaints.add(
                    entry.node.position, "\(key).\(entry.key) is a text, and this is \(entry.node.kind)")
                return nil
            }
            return template(text, key, at: entry.node.position, search: search).map {
                (entry.key, $0, entry.node.position)
            }
        }
    }

    /// A condition, from the keys `at` and one of `is`, `not`, `empty`, `exists`.
    mutating func condition() -> Condition? {
        guard let at = pointer("at", required: true) else { return nil }
        let yes = texts("is").map(Set.init)
        let no = texts("not").map(Set.init)
        let empty = flag("empty")
        let exists = flag("exists")
        let otherwise = flag("otherwise")
        let count = [yes != nil || no != nil, empty != nil, exists != nil].count { $0 }
        guard count == 1 else {
            complain(
                "at",
                "a condition has one of is = [\"…\"], not = [\"…\"], empty = true, exists = true behind at")
            return nil
        }
        if let empty { return Condition(at, .empty(empty), otherwise: otherwise) }
        if let exists { return Condition(at, .exists(exists), otherwise: otherwise) }
        return Condition(at, .words(yes: yes, no: no), otherwise: otherwise)
    }
}
