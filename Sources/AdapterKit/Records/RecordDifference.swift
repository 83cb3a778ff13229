package import Domain
package import JSON

/// What a change sends of a record: exactly what the operator changed of what the server has now.
///
/// A field that nobody touched, or that holds the same in other words, is not sent.
package struct RecordDifference: Sendable {
    /// What is sent.
    package private(set) var members: [JSONTree.Member] = []
    /// Old and new of each, for the dialog; of a secret neither.
    package private(set) var changes: [Change] = []
    /// The answers that put everything back; nil where something can't be put back as it was.
    package private(set) var undo: [FieldKey: Value]? = [:]
    /// The fields that an undo makes null again.
    private var nulls: [String] = []

    init(of record: EditableRecord, _ command: Command, from row: JSONValue) throws(BackendError) {
        let nulled = Set((command.text(.nulls) ?? "").split(separator: " "))
        for field in record.fields {
            guard let answer = command.arguments[field.id] else { continue }
            let now = row[field.key]
            if field.isSecret {
                guard let wanted = try field.value(in: command) else { continue }
                members.append(.init(field.key, wanted))
                changes.append(Change(field.title, from: "•••", to: "•••"))
                continue
            }
            let nothing = field.nothing ?? record.manners.nothing
            let emptied = nothing == .asItWas && nulled.contains(field.key[...]) ? .null : nothing
            guard let wanted = try Self.change(of: field, answer, from: now, command, emptied) else {
                continue
            }
            members.append(.init(field.key, wanted))
            // A speed is shown as it was typed: 2.3M is easier to check than its zeros.
            let new = field.kind == .speed ? command.text(field.id) ?? "" : wanted.written
            changes.append(Change(field.title, from: now?.shown ?? "", to: Cleaning.clean(new)))
            takeUndo(field, now, nothing)
        }
        if !nulls.isEmpty { undo?[.nulls] = .text(nulls.joined(separator: " ")) }
        if undo?.isEmpty == true { undo = nil }
    }

    /// The value that a field is to get; nil where it stays as it is.
    private static func change(
        of field: RecordField, _ answer: Value, from now: JSONValue?, _ command: Command,
        _ nothing: RecordField.Nothing
    ) throws(BackendError) -> JSONTree? {
        if case .toggle = field.input {
            // A no where the server has nothing was chosen: a form that nobody touched gives no answer there.
            guard let flag = command.flag(field.id), flag != now?.flag else { return nil }
            return .bool(flag)
        }
        switch answer {
        case .text, .integer, .number: break
        case .none, .flag, .time, .ref: return nil
        }
        // What the form began with, white space and all, was not touched.
        let shown = now?.shown ?? ""
        let given = command.text(field.id) ?? ""
        if answer == .text(shown) || given == shown { return nil }
        let wanted = try field.value(in: command)
        if now?.isSame(as: wanted) ?? (wanted == nil) { return Optional.none }
        if let wanted { return wanted }
        return try field.emptied(nothing)
    }

    /// Adds the answer that gives a field back what it has now; without one there is no undo.
    private mutating func takeUndo(_ field: RecordField, _ now: JSONValue?, _ nothing: RecordField.Nothing) {
        guard let back = Self.wayBack(field, now, nothing) else {
            undo = nil
            return
        }
        undo?[field.id] = back
        if back == .text(""), now?.isNull == true, nothing == .asItWas {
            nulls.append(field.key)
        }
    }

    private static func wayBack(
        _ field: RecordField, _ now: JSONValue?, _ nothing: RecordField.Nothing
    ) -> Value? {
        if case .toggle = field.input { return now?.flag.map { .flag($0) } }
        // A line of text can't hold a list or an object.
        if field.kind != .json, now?.kind == .array || now?.kind == .object { return nil }
        let old = now?.written ?? ""
        // What was cleaned for the screen, or is cut at its ends by a form, can't be written back from there.
        if !old.isEmpty { return old == Cleaning.clean(old).trimmed ? .text(old) : nil }
        let isNull = now?.isNull ?? true
        let isEmptyText = now?.string != nil
        let isWritable =
            switch nothing {
            case .null: isNull
            case .empty: isEmptyText
            case .asItWas: isNull || isEmptyText && !field.isNumber
            }
        return isWritable ? .text("") : nil
    }
}
