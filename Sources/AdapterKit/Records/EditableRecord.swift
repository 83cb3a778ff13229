package import Domain
package import JSON

/// A kind of record that people write at a server, by its fields.
///
/// An adapter keeps the table of fields and the endpoints. From the table follow the form of a new record and of a
/// change, what a form begins with, whether somebody else changed the record since, what is sent, what puts it back,
/// and whether what is read afterwards is what was wanted:
/// ```swift
/// let bond = EditableRecord("bond", [RecordField("note", "Note")], RecordManners(nothing: .asItWas, …))
/// let descriptor = CommandDescriptor("edit-bond", …, form: bond.changes, opensFilled: true)
/// let difference = try bond.difference(of: command, from: row, named: "B-12", at: "bonding")
/// ```
package struct EditableRecord: Sendable {
    /// What one is called: `bond`.
    package let title: String
    /// What people write of it, in the order of the form.
    package var fields: [RecordField]
    /// What its API does with what is not there, and how it shows another's change.
    package let manners: RecordManners

    /// Describes a kind of record.
    package init(_ title: String, _ fields: [RecordField], _ manners: RecordManners) {
        self.title = title
        self.fields = fields
        self.manners = manners
    }

    // MARK: Forms

    /// The questions of a new record.
    package var questions: [FormField] { fields.map(\.question) }

    /// The questions of a record that is there, and what its form carries along.
    package var changes: [FormField] {
        let carried: [FormField] =
            switch manners.witness {
            case .fields: [FormField(.opened, "Opened", .carried)]
            case .stamp:
                [FormField(.seenUpdated, "Opened", .carried), FormField(.opened, "Opened", .carried)]
            }
        let nulls = manners.nothing == .asItWas ? [FormField(.nulls, "Nothing", .carried)] : []
        return fields.map(\.change) + carried + nulls
    }

    /// What the form of a change begins with, and what shows later that somebody else changed the record.
    package func opening(_ row: JSONValue) -> [FieldKey: Value] {
        var values: [FieldKey: Value] = [:]
        for field in fields { values[field.id] = field.opening(row[field.key]) }
        if let stamp = stamp(of: row) {
            values[.seenUpdated] = .text(stamp)
        } else {
            let members = given(by: row).map { JSONTree.Member($0.field.key, .string($0.text)) }
            values[.opened] = .text(JSONTree.object(members).text)
        }
        return values
    }

    /// When the record was changed last; nil where its server does not say, so that the fields have to tell.
    private func stamp(of row: JSONValue) -> String? {
        guard case .stamp(let key) = manners.witness, let text = row[key]?.text, !text.isEmpty else {
            return nil
        }
        return Cleaning.clean(text)
    }

    /// The fields that the server gives and that may be shown.
    private func given(by row: JSONValue) -> [(field: RecordField, text: String)] {
        fields.compactMap { field in
            field.isSecret ? nil : row[field.key].map { (field, $0.shown) }
        }
    }

    // MARK: New records

    /// What is sent of a new record: what was answered.
    ///
    /// - Throws: for what a field can't hold.
    package func members(ofNew command: Command) throws(BackendError) -> [JSONTree.Member] {
        var members: [JSONTree.Member] = []
        for field in fields {
            if let value = try field.value(in: command) { members.append(.init(field.key, value)) }
        }
        return members
    }

    /// The first field that is not answered although it has to be.
    package func missing(
        in command: Command, where isRequired: (RecordField) -> Bool = \.isRequired
    ) -> RecordField? {
        fields.first { isRequired($0) && command.text($0.id) == nil }
    }

    // MARK: Changes

    /// What a change sends of a record: exactly what the operator changed of what the server has now.
    ///
    /// - Parameters:
    ///   - name: what the record is called.
    ///   - server: what the backend is called.
    /// - Throws: where somebody else changed the record since its form was opened, where a field that the server does not
    ///   give would be written blindly, and for what a field can't hold.
    package func difference(
        of command: Command, from row: JSONValue, named name: String, at server: String
    ) throws(BackendError) -> RecordDifference {
        try refuseConflict(command, row, name)
        if !manners.writesUnread { try refuseUnread(command, row, name, server) }
        return try RecordDifference(of: self, command, from: row)
    }

    private func refuseConflict(
        _ command: Command, _ row: JSONValue, _ name: String
    ) throws(BackendError) {
        if let seen = command.text(.seenUpdated) {
            let now = stamp(of: row)
            if seen == now { return }
            let words = now.map { "was changed since the form was opened (\($0))" }
            throw BackendError(
                .conflict, "\(name) \(words ?? "no longer says when it was changed last"): open it again")
        }
        guard case .text(let text) = command.arguments[.opened], let opened = try? JSONDocument(text).root
        else { return }
        let changed = given(by: row).filter { field, now in
            if let before = opened[field.key] { return before.string != now }
            // What was not given then and is now was not seen by whoever answers it.
            return command.arguments[field.id]?.isNone == false && !now.isEmpty
        }
        guard !changed.isEmpty else { return }
        let words = changed.map { "\($0.field.title): now \($0.text.isEmpty ? "empty" : $0.text)" }
        throw BackendError(
            .conflict,
            "nothing was sent: somebody changed the \(title) since it was opened (\(words.joined(separator: "; ")))"
        )
    }

    /// A field that the server does not give can't be compared with anything, so it is not written either.
    private func refuseUnread(
        _ command: Command, _ row: JSONValue, _ name: String, _ server: String
    ) throws(BackendError) {
        let unread = fields.first {
            command.arguments[$0.id]?.isNone == false && row[$0.key] == nil
        }
        guard let unread else { return }
        throw BackendError(.unsupported, "\(server) gives no \(unread.key) of \(name): it can't be changed")
    }
}

/// What an API does with what is not there, and how it shows that somebody else changed a record.
package struct RecordManners: Sendable {
    /// How it is seen that somebody else changed a record since its form was opened.
    package enum Witness: Sendable, Hashable {
        /// A field is not any more what the form began with.
        case fields
        /// The server writes the time of the last change under this key.
        case stamp(String)
    }

    /// What a field gets that is to hold nothing.
    let nothing: RecordField.Nothing
    /// How another's change is seen.
    let witness: Witness
    /// Whether a field may be written that the server does not give.
    let writesUnread: Bool

    /// Describes an API.
    package init(nothing: RecordField.Nothing, witness: Witness, writesUnread: Bool) {
        self.nothing = nothing
        self.witness = witness
        self.writesUnread = writesUnread
    }
}

extension FieldKey {
    /// What was read when a form was opened, as JSON.
    package static let opened: FieldKey = "opened"
    /// When the record was changed last, as it was when its form was opened.
    package static let seenUpdated: FieldKey = "seen_updated"
    /// The fields that had no value, which putting them back makes so again: their keys with spaces between them.
    package static let nulls: FieldKey = "nulls"
}
