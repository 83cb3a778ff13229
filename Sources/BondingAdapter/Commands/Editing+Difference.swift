internal import AdapterKit
internal import Domain
internal import JSON

extension Editing {
    /// What an edit writes: the fields that differ from what was read, and no other.
    struct Difference {
        var body: [JSONTree.Member] = []
        var changes: [Change] = []
        /// What would put everything back; nil where that can't be written as it was.
        var undo: [FieldKey: Value]? = [:]
    }

    /// Compares what is asked for with what was just read.
    ///
    /// A field that nobody touched, that the server does not give, or that holds the same in other words is not written.
    ///
    /// - Throws: what is no value of its field.
    func difference(of command: Command, from row: JSONValue) throws(BackendError) -> Difference {
        var found = Difference()
        var nulls: [String] = []
        let emptied = Set((command.text(.nulls) ?? "").split(separator: " "))
        for (input, old) in values(of: row) {
            let key = FieldKey(rawValue: input.key)
            // What the form began with, white space and all, was not touched.
            guard let given = command.arguments[key], !given.isNone, given != .text(old) else { continue }
            let new = command.text(key) ?? ""
            let isNull = new.isEmpty && emptied.contains(input.key[...])
            let value: JSONTree = isNull ? .null : try Self.value(new, input)
            if new == old || Self.isSame(value, row[input.key], input) { continue }
            found.body.append(.init(input.key, value))
            found.changes.append(Change(input.title, from: old, to: Cleaning.clean(new)))
            found.undo?[key] = .text(old)
            if row[input.key]?.isNull == true { nulls.append(input.key) }
            // What was cleaned for the screen can't be written back from there.
            if old != row[input.key]?.text ?? "" { found.undo = nil }
        }
        if !nulls.isEmpty { found.undo?[.nulls] = .text(nulls.joined(separator: " ")) }
        return found
    }

    /// Whether a value is what the server has, as a number that it may write as a text.
    private static func isSame(_ value: JSONTree, _ old: JSONValue?, _ input: Input) -> Bool {
        guard let old else { return false }
        if case .integer(let number) = value, input.isNumber {
            return old.int64 == number || old.text == String(number)
        }
        return value == JSONTree(old)
    }

    private static func value(_ text: String, _ input: Input) throws(BackendError) -> JSONTree {
        guard input.isNumber else { return .string(text) }
        guard let reading = Quantity.read(text), reading.unit == .bare || reading.unit == .factor,
            let whole = Int64(exactly: reading.number.rounded()), whole >= 0,
            // 2.3M may be a hair off a whole number; 10.4 is none.
            (reading.number - reading.number.rounded()).magnitude < 0.001
        else { throw BackendError(.invalid, "\(Cleaning.clean(text)) is no speed: write it as 10M") }
        return .integer(whole)
    }
}
