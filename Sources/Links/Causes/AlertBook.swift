import Domain

/// The open alerts of all servers, and what each is about.
struct AlertBook: Sendable {
    /// What each alert is about.
    private(set) var subjects: [EntityRef: EntityRef] = [:]
    /// The alerts about each entity, in the order of their tables.
    private(set) var bySubject: [EntityRef: [EntityRef]] = [:]

    init(_ index: LinkIndex) {
        for contribution in index.contributions(of: .alert) {
            let table = contribution.table
            for row in 0..<table.count where AlertState(word: table.text(row, .state)).isOpen {
                guard let subject = Self.subject(contribution, row) else { continue }
                subjects[table.refs[row]] = subject
                bySubject[subject, default: []].append(table.refs[row])
            }
        }
    }

    /// The entity furthest out that a row refers to; whom it concerns and what raised it are not what it is about.
    private static func subject(_ contribution: Contribution, _ row: Int) -> EntityRef? {
        var best: EntityRef?
        for (column, _) in contribution.layout.references {
            let packed = contribution.table.columns[column].packed[row]
            guard packed != Column.noRef else { continue }
            let entity = EntityRef(packed: packed)
            switch entity.kind {
            case .alert, .rule, .customer, .group: continue
            default: break
            }
            if best.map({ ($0.kind.level ?? -1) < (entity.kind.level ?? -1) }) ?? true { best = entity }
        }
        return best
    }
}
