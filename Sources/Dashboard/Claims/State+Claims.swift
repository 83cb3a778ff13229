import Canvas
package import Domain
import Filter

/// Who of the team has which rows.
extension State {
    /// The panes whose rows can be claimed, and how many at once.
    private static let panesOfClaims: Set<PaneName> = [.overview, .alerts, .devices, .ports, .bonds]
    private static let mostClaims = 200

    /// Why nothing here can be claimed; nil when it can.
    var reasonAgainstClaiming: String? {
        guard claims.isKept else {
            return "claims need a team's store ([team] in the configuration; docs/team.md)"
        }
        if isReadOnly { return "read-only: claims are seen here, and not made" }
        if let refusal = claims.book.refusal { return refusal }
        guard Self.panesOfClaims.contains(pane.pane.name.tab) else {
            return "alerts, devices, ports and bonds can be claimed, nothing else"
        }
        let count = candidateKinds.count
        if count == 0 { return "there is nothing here to claim" }
        return count > Self.mostClaims ? "at most \(Self.mostClaims) rows can be claimed at once" : nil
    }

    /// What is known of a row's claims: none at an earlier moment.
    package func claims(of row: EntityRef) -> [Claim] { claims.of(row) }

    /// The sets of rows that a filter means; nothing without a team.
    func claimSets(for filter: FilterExpression) -> [String: Set<EntityRef>] {
        guard claims.isKept else { return [:] }
        var sets = ["claimed": claims.rows]
        for condition in filter.conditions.compactMap(OwnerCondition.init) {
            sets[condition.word] = claims.rows { condition.means($0.owner, at: $0.host) }
        }
        return sets
    }

    /// Begins a claim, or shows who has it.
    mutating func beginClaim() -> [Effect] {
        let targets = candidates
        if targets.allSatisfy({ claims.of($0).isEmpty }) {
            layers.push(ClaimForm(.make, targets: targets))
        } else {
            layers.push(ClaimDialog(targets: targets))
        }
        return []
    }

    /// Does what a form was filled in for.
    mutating func claim(_ purpose: ClaimForm.Purpose, _ targets: [EntityRef], note: String, length: Double?)
        -> [Effect]
    {
        if let reason = reasonAgainstClaiming {
            showMessage(.bad, reason)
            return []
        }
        var deeds: [ClaimDeed] = []
        for target in targets {
            let known = claims.of(target)
            let mine = known.first(where: \.isMine)
            if purpose == .takeOver { deeds += known.filter { !$0.isMine }.map { .end(id: $0.id) } }
            deeds.append(
                mine.map { .change(id: $0.id, note: note, length: length) }
                    ?? .make(target, name: name(of: target), note: note, length: length))
        }
        let what = targets.count == 1 ? name(of: targets[0]) : "\(Quantity.count(targets.count)) rows"
        let end =
            length.map { "for \(Quantity.age(Int64($0)))" }
            ?? "until you give \(targets.count == 1 ? "it" : "them") back"
        showMessage(.good, "yours \(end)\(unsharedWords): \(what)", stays: claims.book.problem != nil)
        for index in panes.indices { panes[index].marking.remove(targets) }
        return [.claim(deeds)]
    }

    /// Gives back what this operator has of some rows.
    mutating func giveBack(_ targets: [EntityRef]) -> [Effect] {
        let mine = targets.flatMap { claims.of($0) }.filter(\.isMine)
        guard !mine.isEmpty else { return [] }
        let what = mine.count == 1 ? name(of: mine[0].entity) : "\(Quantity.count(mine.count)) rows"
        showMessage(.plain, "given back\(unsharedWords): \(what)")
        for index in panes.indices { panes[index].marking.remove(targets) }
        return [.claim(mine.map { .end(id: $0.id) })]
    }

    /// Why the store is away stands with the team, on the page of backends.
    private var unsharedWords: String { claims.book.problem == nil ? "" : ", not shared yet" }

    /// Takes what is known now.
    mutating func claimed(_ book: ClaimBook) -> [Effect] {
        for clash in claims.take(book) { report(clash) }
        return claimsChanged()
    }

    /// Drops what has come to its end.
    mutating func expireClaims() -> [Effect] {
        let now = now
        return claims.expire(now) ? claimsChanged() : []
    }

    private mutating func report(_ clash: Claims.Clash) {
        func gap(_ one: Claim, _ other: Claim) -> String {
            Quantity.age(Int64(abs(one.madeAt - other.madeAt)))
        }
        switch clash {
        case .before(let mine, let other):
            showMessage(
                .bad,
                "\(name(of: mine.entity)): \(other.who) had it first, \(gap(mine, other)) before you; both are shown"
            )
        case .after(let mine, let other):
            showMessage(
                .bad,
                "\(name(of: mine.entity)): \(other.who) claimed it too, \(gap(mine, other)) after you; both are shown"
            )
        case .takenOver(let mine, let other):
            showMessage(.bad, "\(name(of: mine.entity)): \(other.who) took it over from you")
        }
    }

    private mutating func claimsChanged() -> [Effect] {
        arrangePanes { pane in
            pane.frozen == nil
                && pane.filter.conditions.contains { $0 == "claimed" || OwnerCondition(word: $0) != nil }
        }
    }

    /// What stands behind the name of a row that somebody has: who, shortly.
    func claimMark(of row: EntityRef) -> String? {
        guard let first = claims.of(row).first else { return nil }
        let more = claims.of(row).count - 1
        return first.owner + (more > 0 ? "+\(more)" : "") + (first.isShared ? "" : "?")
    }

    /// The section of a detail that says who has it.
    func claimSection(of entity: EntityRef) -> Detail.Section? {
        let known = claims.of(entity)
        guard !known.isEmpty else { return nil }
        var lines = known.map { Detail.Line($0.who, .text($0.words(now: now)), .text) }
        if let problem = claims.book.problem {
            lines.append(Detail.Line("not current", .text(problem), .text))
        }
        return Detail.Section("Claimed", lines)
    }

    /// The claims as a handoff takes them.
    var handedClaims: [HandedClaim] {
        claims.book.claims.compactMap { claim in
            backend(claim.entity.backend).map { HandedClaim(claim, backend: $0.name, now: now, wall: wall) }
        }
    }
}
