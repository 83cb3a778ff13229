import Domain

/// Finds what an entity shares with others; made for one question, or for many of one moment.
struct LinkFinder {
    let index: LinkIndex
    private var known: [EntityRef: [RowKey]] = [:]
    /// What the devices of ports are linked with: each has many ports.
    private var devices: [EntityRef: [Link]] = [:]

    init(_ index: LinkIndex) { self.index = index }

    /// What the device of a port is together with.
    mutating func identities(ofDevice device: EntityRef) -> [Link] {
        if let links = devices[device] { return links }
        let links = index.links(of: device, &self).filter(\.isSameThing)
        devices[device] = links
        return links
    }

    /// A link as it is judged from the two rows alone.
    struct Found {
        var link: Link
        let matches: [Match]
    }

    /// All that an entity shares keys with, by the other entity.
    mutating func found(of entity: EntityRef) -> [EntityRef: Found] {
        guard index.canLink, let home = index.contribution(of: entity), home.layout.hasKeys else {
            return [:]
        }
        var matches: [EntityRef: [Match]] = [:]
        var rules: [EntityRef: [Match]] = [:]
        let keys = keys(of: entity, home)
        for key in keys {
            for kind in key.partners {
                let number = KeyNumber.of(kind, key.value)
                let bit = kind.bit
                var shared: Int?
                for other in index.contributions where other.classes & bit != 0 {
                    if kind.rule == nil, other.table.backend == entity.backend { continue }
                    let postings = other.keys.entities(of: number)
                    if postings.isEmpty { continue }
                    let mine = shared ?? sharers(of: key, as: key.kind, in: home, entity)
                    shared = mine
                    if kind.rule == nil {
                        collect(key, kind, mine, postings, in: other, &matches)
                    } else {
                        collect(key, kind, mine, postings, in: other, &rules)
                    }
                }
            }
        }
        rules[entity] = nil
        return judged(entity, keys, matches, rules)
    }

    /// How many rows of a table are what a key stands for; of those that only name it any number may.
    private mutating func sharers(
        of key: RowKey, as kind: KeyClass, in contribution: Contribution, _ entity: EntityRef
    ) -> Int {
        guard key.role == .own || key.kind.rule != nil else { return 1 }
        let postings = contribution.keys.entities(of: KeyNumber.of(kind, key.value))
        return count(key.role, kind, key.value, postings, in: contribution)
    }

    private mutating func count(
        _ role: KeyRole, _ kind: KeyClass, _ value: String, _ postings: ArraySlice<Posting>,
        in contribution: Contribution
    ) -> Int {
        let most = max(index.options.mostShared, index.options.mostByRule)
        var count = 0
        for posting in postings {
            let keys = keys(of: EntityRef(packed: posting.entity), contribution)
            guard keys.contains(where: { $0.kind == kind && $0.role == role && $0.value == value }) else {
                continue
            }
            count += 1
            if count > most { return count }
        }
        return count
    }

    private mutating func collect(
        _ key: RowKey, _ kind: KeyClass, _ mine: Int, _ postings: ArraySlice<Posting>, in other: Contribution,
        _ matches: inout [EntityRef: [Match]]
    ) {
        let options = index.options
        // Nobody can say which of many is meant.
        if kind.rule == nil, mine > options.mostShared { return }
        let owners = count(.own, kind, key.value, postings, in: other)
        if kind.rule == nil, owners > options.mostShared { return }
        if kind == .mention, postings.count > options.mostByRule { return }
        if kind.rule != nil {
            let theirs = count(key.role == .own ? .names : .own, kind, key.value, postings, in: other)
            if mine > 1 && theirs > 1 || max(mine, theirs) > options.mostByRule { return }
        }
        for posting in postings {
            let entity = EntityRef(packed: posting.entity)
            for theirs in keys(of: entity, other)
            where theirs.kind == kind && theirs.value == key.value && key.links(with: theirs) {
                let isAmbiguous = kind.rule == nil && (mine > 1 || theirs.role == .own && owners > 1)
                let match = Match(mine: key, theirs: theirs, isAmbiguous: isAmbiguous)
                if matches[entity]?.contains(match) != true { matches[entity, default: []].append(match) }
            }
        }
    }

    private mutating func keys(of entity: EntityRef, _ contribution: Contribution) -> [RowKey] {
        if let keys = known[entity] { return keys }
        let keys = contribution.keys(of: entity)
        known[entity] = keys
        return keys
    }

    private mutating func judged(
        _ entity: EntityRef, _ keys: [RowKey], _ matches: [EntityRef: [Match]], _ rules: [EntityRef: [Match]]
    ) -> [EntityRef: Found] {
        var found: [EntityRef: Found] = [:]
        let family = Family(entity.kind)
        for (other, shared) in matches {
            guard let contribution = index.contribution(of: other) else { continue }
            let isIdentity =
                family == Family(other.kind) && family.canBeShared && shared.contains(where: \.isOwn)
            let judgement = Judgement(
                matches: shared, mine: keys, theirs: self.keys(of: other, contribution),
                isIdentity: isIdentity)
            let evidence: Evidence = judgement.isExact ? .exact : .guess
            found[other] = Found(
                link: link(entity, other, evidence, isSame: isIdentity && judgement.isExact, shared),
                matches: shared)
        }
        for (other, shared) in rules where found[other]?.link.evidence != .exact {
            guard let place = shared.first?.mine.kind.rule else { continue }
            let evidence = Evidence.rule(index.rules[place].name)
            let all = shared + (found[other]?.matches ?? [])
            found[other] = Found(link: link(entity, other, evidence, isSame: false, all), matches: all)
        }
        return found
    }

    private func link(
        _ entity: EntityRef, _ other: EntityRef, _ evidence: Evidence, isSame: Bool, _ matches: [Match]
    ) -> Link {
        func field(_ entity: EntityRef, _ column: Int) -> FieldKey {
            index.contribution(of: entity)?.table.resource.fields[column].key ?? .name
        }
        // A host name says all that its first part says.
        let hasHost = matches.contains { $0.mine.kind == .host }
        let told = matches.filter { !hasHost || $0.mine.kind != .shortHost }
        let reasons = told.map { match in
            let word = match.mine.kind.rule.map { "rule \(index.rules[$0].name)" }
            return Link.Reason(
                key: word ?? (match.mine.kind == .mention ? match.theirs.kind.word : match.mine.kind.word),
                value: match.mine.kind == .mention ? match.theirs.spelled : match.mine.spelled,
                field: field(entity, match.mine.column), otherField: field(other, match.theirs.column))
        }
        var unique: [Link.Reason] = []
        for reason in reasons where !unique.contains(reason) { unique.append(reason) }
        return Link(other: other, evidence: evidence, isSameThing: isSame, reasons: unique)
    }
}
