import Domain
import Links

/// What a detail says of other servers.
extension State {
    /// What an opened entity is linked with, and what each server says of it that sees it.
    func linkedSections(of entity: EntityRef) -> [Detail.Section] {
        [linkedRows(of: entity), sideBySide(entity)].compactMap(\.self)
    }

    /// The fields that several servers have of one thing; of those that agree the value stands once.
    ///
    /// What a server said last and is too old to be believed agrees with nothing.
    private func sideBySide(_ entity: EntityRef) -> Detail.Section? {
        guard Self.seenTwice.contains(entity.kind), let thing = linking.network.thing(of: entity) else {
            return nil
        }
        let members = [entity] + thing.members.filter { $0 != entity }
        let rows = members.compactMap { member in
            find(member).map { found in
                (
                    name: backend(member.backend)?.name ?? "", table: found.table, row: found.row,
                    isBelieved: isBelieved(member)
                )
            }
        }
        guard let first = rows.first, rows.count > 1 else { return nil }
        let lines = first.table.resource.fields.compactMap { field -> Detail.Line? in
            let values = rows.compactMap { row -> (name: String, text: String)? in
                let text = Quantity.text(row.table.value(row.row, field.key), field.type, now: wall)
                return text.isEmpty ? nil : (row.name, row.isBelieved ? text : "\(text) when last read")
            }
            guard values.count > 1, let one = values.first?.text else { return nil }
            let isAgreed =
                values.count == rows.count && rows.allSatisfy(\.isBelieved)
                && values.allSatisfy { $0.text == one }
            let words = values.map { "\($0.name): \($0.text)" }.joined(separator: "  ")
            return Detail.Line(field.title, .text(isAgreed ? one : words))
        }
        let names = rows.map(\.name).joined(separator: " and ")
        return lines.isEmpty ? nil : Detail.Section("What \(names) say", lines)
    }

    /// Which server says what, and since when, as in `core says up, access says down, for 12m`.
    private func words(of conflict: Conflict) -> String {
        let voices = conflict.voices.map { "\(backend($0.entity.backend)?.name ?? "") says \($0.word)" }
        return "\(voices.joined(separator: ", ")), for \(Quantity.age(Int64(now - conflict.since)))"
    }

    /// What an opened entity is linked with, with the reason of each; the most certain first.
    private func linkedRows(of entity: EntityRef) -> Detail.Section? {
        guard linking.isOn, !linking.network.feeds.isEmpty, !entity.isBrowsed else { return nil }
        var lines = linking.network.links(of: entity).map { link in
            let server = backend(link.other.backend)?.name ?? ""
            let what = link.isSameThing ? "the same on \(server)" : "\(link.other.kind) on \(server)"
            // Two fields may say the same name.
            let why = link.reasons.map(\.words).reduce(into: [String]()) { words, reason in
                if !words.contains(reason) { words.append(reason) }
            }.joined(separator: ", ")
            let words = [
                linkedState(of: link.other)?.word,
                link.evidence == .exact ? why : "\(link.evidence.words): \(why)",
            ].compactMap(\.self).joined(separator: ", ")
            let name = linking.network.name(of: link.other) ?? link.other.id
            return Detail.Line(what, .ref(link.other, name: "\(name)  (\(words))"), .ref(link.other.kind))
        }
        if let conflict = linking.conflicts[entity] {
            lines.insert(Detail.Line("conflict", .text(words(of: conflict))), at: 0)
        }
        let impact = linking.network.impact(of: entity)
        if impact.isOffered, impact.short != "none", entity.kind != .customer {
            let key = keymap.spelling(of: .own(.impact), in: [.detail, .global]) ?? ""
            lines.insert(
                Detail.Line("impact", .text("\(impact.short)  (\(key) shows what hangs on it)")), at: 0)
        }
        return lines.isEmpty ? nil : Detail.Section("Linked", lines)
    }
}
