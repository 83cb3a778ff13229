import Domain

extension LinkIndex {
    /// The keys that link nothing although they could: defaults and placeholders, and what too many share while another
    /// server knows it as well.
    ///
    /// Reads all rows again: for a report, not for each update.
    public func refusals() -> [LinkRefusal] {
        guard canLink else { return [] }
        var book = RefusalBook()
        for contribution in contributions where contribution.layout.hasKeys {
            for row in 0..<contribution.table.count {
                book.sink.entity = contribution.table.refs[row]
                contribution.layout.read(contribution.table, row, &book.sink)
            }
        }
        return book.refusals + shared()
    }

    /// The keys that several rows of one table have, and rows of another server too.
    private func shared() -> [LinkRefusal] {
        var refusals: [LinkRefusal] = []
        for contribution in contributions {
            var place = 0
            let entries = contribution.keys.entries
            while place < entries.count {
                let first = place
                while place < entries.count, entries[place].key == entries[first].key { place += 1 }
                guard place - first > 1, isElsewhere(entries[first].key, than: contribution) else { continue }
                let entities = entries[first..<place].map { EntityRef(packed: $0.entity) }
                if let refusal = refusal(entities, contribution, entries[first].key) {
                    refusals.append(refusal)
                }
            }
        }
        return refusals
    }

    private func isElsewhere(_ key: UInt64, than own: Contribution) -> Bool {
        contributions.contains {
            $0.table.backend != own.table.backend && !$0.keys.entities(of: key).isEmpty
        }
    }

    /// Nil where they only name what has the key, of which any number may.
    private func refusal(_ entities: [EntityRef], _ contribution: Contribution, _ number: UInt64)
        -> LinkRefusal?
    {
        guard
            let key = contribution.keys(of: entities[0]).first(where: {
                KeyNumber.of($0.kind, $0.value) == number
            }),
            key.kind.rule == nil, key.role == .own, key.kind != .shortHost
        else { return nil }
        let plural = contribution.table.resource.plural
        return LinkRefusal(
            key: key.kind.word, value: key.spelled,
            reason: "shared by \(Quantity.count(entities.count)) \(plural) of one server",
            entities: Array(entities.prefix(8)), count: entities.count)
    }
}

/// What was refused while rows were read, by its value.
private struct RefusalBook {
    var sink = RefusalSink()

    var refusals: [LinkRefusal] {
        sink.refused.map { key, entities in
            LinkRefusal(
                key: key.kind.word, value: key.value, reason: key.reason.words,
                entities: Array(entities.prefix(8)), count: entities.count)
        }.sorted { ($0.key, $0.value) < ($1.key, $1.value) }
    }
}

private struct RefusalSink: KeySink {
    struct Refused: Hashable {
        let kind: KeyClass
        let reason: KeyRefusal
        let value: String
    }

    var entity = EntityRef(packed: 0)
    var refused: [Refused: [EntityRef]] = [:]

    mutating func take(_ kind: KeyClass, _ role: KeyRole, _ strength: KeyStrength, _ value: Bytes) {}

    mutating func refuse(_ kind: KeyClass, _ reason: KeyRefusal, _ value: Bytes) {
        let key = Refused(kind: kind, reason: reason, value: String(decoding: value, as: UTF8.self))
        refused[key, default: []].append(entity)
    }
}
