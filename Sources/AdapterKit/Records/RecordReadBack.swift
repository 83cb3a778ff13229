package import Domain
internal import HTTP
package import JSON

/// What a record that is read after a change has of what was wanted, in words for the operator.
package struct RecordReadBack: Sendable {
    /// The fields that are as wanted.
    package private(set) var kept: [String] = []
    /// What is not as wanted, a field each.
    package private(set) var differences: [String] = []
    /// What the server made of texts that it took.
    package private(set) var remarks: [String] = []
    /// The fields that the server does not give, so that nobody knows what they hold.
    package private(set) var unread: [String] = []
    /// Whether a secret was written, which is never read.
    package private(set) var hasSecrets = false

    /// Compares what was sent with what the server has now.
    ///
    /// - Parameter secrets: the names of what can't be read back.
    package init(
        _ sent: [JSONTree.Member], in row: JSONValue, secrets isSecret: (String) -> Bool = { _ in false }
    ) {
        for member in sent {
            let key = Cleaning.clean(member.key)
            let now = row[member.key]
            if isSecret(member.key) {
                hasSecrets = true
                continue
            }
            guard let now else {
                unread.append(key)
                continue
            }
            if now.isSame(as: member.value) {
                kept.append(key)
            } else if case .string(let wanted) = member.value,
                KeptText(wanted, as: now.text ?? "") == .altered
            {
                kept.append(key)
                remarks.append("\(key) is kept as \(Self.words(now.text ?? ""))")
            } else {
                differences.append(
                    "\(key) is \(Self.words(now.written)), not \(Self.words(member.value.written))")
            }
        }
    }

    /// Why it can't be said that all is as wanted, or not; nil where it can.
    package var doubt: Evidence? {
        if !differences.isEmpty { return .not(differences.joined(separator: "; ")) }
        if !unread.isEmpty {
            return .unseen("the server does not give \(unread.joined(separator: ", ")) back")
        }
        return nil
    }

    private static func words(_ text: String) -> String { text.isEmpty ? "empty" : Cleaning.clean(text) }
}

extension EditableRecord {
    /// What a change that was sent wrote, as its request says, else as its command asked for it.
    ///
    /// - Parameter plan: the plan; after a crash it has no requests.
    package func members(of plan: Plan, _ entity: EntityRef) -> [JSONTree.Member] {
        if let body = plan.step(of: entity)?.request.body, let sent = try? JSONDocument(body).root.object {
            return sent.map { .init($0.key, JSONTree($0.value)) }
        }
        return fields.compactMap { field in
            if let value = try? field.value(in: plan.command) { return .init(field.key, value) }
            return plan.command.empties(field.id) ? .init(field.key, .null) : nil
        }
    }
}
