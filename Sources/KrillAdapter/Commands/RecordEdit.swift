internal import AdapterKit
internal import Domain
internal import JSON

/// What an edit sends of a record: exactly what the operator changed of what the server has now.
struct RecordEdit: Sendable {
    private(set) var body: [JSONTree.Member] = []
    private(set) var changes: [Change] = []
    /// The answers that put everything back; nil where something can't be put back as it was.
    private(set) var undo: [FieldKey: Value]? = [:]

    /// - Throws: where a changed field can't hold what was written.
    init(_ form: RecordForm, _ row: JSONValue, _ command: Command) throws(BackendError) {
        for entry in form.entries {
            let key = FieldKey(rawValue: entry.key)
            guard let answer = command.arguments[key] else { continue }
            if entry.isSecret {
                guard let wanted = try entry.value(in: command) else { continue }
                body.append(.init(entry.key, wanted))
                changes.append(Change(entry.title, from: "•••", to: "•••"))
            } else if let wanted = try Self.change(of: entry, answer, from: row[entry.key], command) {
                take(entry, wanted, from: row[entry.key])
            }
        }
        if undo?.isEmpty == true { undo = nil }
    }

    private mutating func take(_ entry: RecordForm.Entry, _ wanted: JSONTree, from now: JSONValue?) {
        body.append(.init(entry.key, wanted))
        changes.append(
            Change(
                entry.title, from: now.map { Self.shown($0) } ?? "", to: Cleaning.clean(Self.written(wanted)))
        )
        undo?[FieldKey(rawValue: entry.key)] = Self.wayBack(entry, now)
        if Self.wayBack(entry, now) == nil { undo = nil }
    }

    /// The value that a field is to get; nil where it stays as it is.
    private static func change(
        of entry: RecordForm.Entry, _ answer: Value, from now: JSONValue?, _ command: Command
    ) throws(BackendError) -> JSONTree? {
        if case .toggle = entry.input {
            // A no where the server has nothing was chosen: a form that nobody touched gives no answer there.
            guard let flag = command.flag(FieldKey(rawValue: entry.key)), flag != now?.flag else {
                return nil
            }
            return .bool(flag)
        }
        switch answer {
        case .text, .integer, .number: break
        case .none, .flag, .time, .ref: return nil
        }
        let given = command.text(FieldKey(rawValue: entry.key)) ?? ""
        // What a form shows is cleaned and cut at its ends; what comes back like that was not touched.
        if given == Self.trimmed(now.map { shown($0) } ?? "") { return nil }
        let wanted = try entry.value(in: command)
        if isSame(now, wanted) { return Optional.none }
        return wanted ?? entry.nothing
    }

    /// The answer that gives a field back what it has now; nil where no answer does.
    private static func wayBack(_ entry: RecordForm.Entry, _ now: JSONValue?) -> Value? {
        if case .toggle = entry.input { return now?.flag.map { .flag($0) } }
        let old = now.map { written($0) } ?? ""
        if old.isEmpty { return JSONTree(now) == entry.nothing ? .text("") : nil }
        return old == trimmed(Cleaning.clean(old)) ? .text(old) : nil
    }

    // MARK: Values

    /// A value as a form shows it; a joined record by its number.
    static func shown(_ value: JSONValue) -> String { Cleaning.clean(written(value)) }

    private static func written(_ value: JSONValue) -> String { (value["id"] ?? value).text ?? "" }

    private static func written(_ tree: JSONTree) -> String {
        switch tree {
        case .string(let text): text
        case .integer(let number): String(number)
        case .bool(let flag): flag ? "yes" : "no"
        case .null: ""
        default: tree.text
        }
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }

    /// Whether a field holds what is wanted; null and empty are the same.
    static func isSame(_ now: JSONValue?, _ wanted: JSONTree?) -> Bool {
        let text = now.map { written($0) } ?? ""
        switch wanted {
        case .none, .null: return text.isEmpty
        case .bool(let flag): return now?.flag == flag
        case .some(let tree): return text == written(tree)
        }
    }
}

extension JSONTree {
    /// A member that may not be there as one that is null.
    fileprivate init(_ value: JSONValue?) { self = value.map { JSONTree($0) } ?? .null }
}

extension RecordForm.Entry {
    var isSecret: Bool {
        if case .secret = input { true } else { false }
    }

    var isRequired: Bool {
        switch input {
        case .line(let required), .secret(let required): required
        case .choice: needsChoice
        case .toggle, .carried: false
        }
    }

    /// What a form gives for it; nil for nothing.
    func value(in command: Command) throws(BackendError) -> JSONTree? {
        let key = FieldKey(rawValue: key)
        if case .toggle = input { return command.flag(key).map { .bool($0) } }
        guard let text = command.text(key) else { return nil }
        if case .choice(let words) = input, !words.contains(text) {
            throw BackendError(.invalid, "\(title) is one of \(words.joined(separator: ", "))")
        }
        guard isNumber else { return .string(text) }
        guard let number = Int64(text) else {
            throw BackendError(.invalid, "\(title) is a number, and \(Cleaning.clean(text)) is none")
        }
        return .integer(number)
    }
}
