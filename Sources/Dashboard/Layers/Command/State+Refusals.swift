import Domain

/// What a command can be begun on, and why not on the rest.
extension State {
    /// Why a command can't be begun on what is marked or in front; nil when it can, if only on a part of it.
    ///
    /// - Parameter place: the backend that something new is made on; nil for the one in front.
    func reasonAgainst(
        command kind: CommandKind, on candidates: (count: Int, kinds: Set<EntityRef>),
        creatingOn place: BackendID? = nil
    ) -> String? {
        if isReadOnly { return "read-only: nothing can be changed from here" }
        guard let offered = backends.lazy.compactMap({ $0.command(kind) }).first else {
            return "no configured backend offers \(kind)"
        }
        var (count, entities) = candidates
        if offered.creates {
            guard let backend = place ?? backendInFront(offering: kind) else {
                let key = keymap.spelling(of: .own(.narrowBackend), in: [.table]) ?? ""
                return "several backends offer \(kind): narrow to one of them first, with \(key)"
            }
            (count, entities) = (1, Set(offered.targets.prefix(1).map { .new(backend, $0) }))
        }
        guard count > 0 else { return "there is nothing here to \(kind)" }
        var refused: [String] = []
        var possible: [EntityRef] = []
        for entity in entities.sorted(by: { $0.packed < $1.packed }) {
            if let words = reasonAgainst(kind, on: entity) {
                refused.append(words)
            } else {
                possible.append(entity)
            }
        }
        if possible.isEmpty, let words = refused.first { return words }
        if count > 1, possible.contains(where: { backend($0.backend)?.command(kind)?.bulk == false }) {
            return "\(kind) takes one at a time"
        }
        if !refused.isEmpty { count = marked(like: possible) }
        let tier = possible.reduce(Tier.harmless) { tier, entity in
            guard let backend = backend(entity.backend), let command = backend.command(kind) else {
                return tier
            }
            return max(tier, CommandPolicy.tier([command.tier], targets: count, modes: [backend.mode]))
        }
        return CommandPolicy.objection(to: kind, tier, targets: count)
    }

    /// Takes out what a command can't be begun on, each with the reason; one alone was looked at before.
    func sorted(
        _ targets: [EntityRef], for kind: CommandKind
    ) -> (possible: [EntityRef], skipped: [PlanPreview.Target]) {
        guard targets.count > 1 else { return (targets, []) }
        // What is refused is so by its backend and kind; what is browsed is asked one by one.
        var reasons: [UInt64: String?] = [:]
        var possible: [EntityRef] = []
        var skipped: [PlanPreview.Target] = []
        for target in targets {
            let known = target.isBrowsed ? nil : reasons[target.packed >> 32]
            let reason = known ?? reasonAgainst(kind, on: target)
            reasons[target.packed >> 32] = .some(reason)
            if let reason {
                skipped.append(PlanPreview.Target(target, name: name(of: target), words: reason))
            } else {
                possible.append(target)
            }
        }
        return (possible, skipped)
    }

    /// Why one entity refuses a command; nil when it does not.
    private func reasonAgainst(_ kind: CommandKind, on entity: EntityRef) -> String? {
        guard let backend = backend(entity.backend) else { return nil }
        guard let command = backend.command(kind) else { return "\(backend.name) does not offer \(kind)" }
        guard command.targets.contains(entity.kind) else {
            let kinds = command.targets.map { Self.article($0.rawValue) }.sorted()
            let own = Self.article(entity.kind.rawValue)
            return "\(kind) is for \(kinds.joined(separator: " or ")), not for \(own)"
        }
        if let words = refusal(of: kind, at: entity) { return words }
        if backend.remembered[entity.kind] != nil {
            return "\(backend.name) has not answered yet: this row is of an earlier session"
        }
        if backend.mode == .readOnly { return "\(backend.name) is read-only" }
        return backend.restWords.map { "\(backend.name): \($0)" }
    }

    /// How many of the marked entities are of the same backends and kinds as some.
    private func marked(like entities: [EntityRef]) -> Int {
        let kinds = Set(entities.map { $0.packed >> 32 })
        return pane.marks.count { kinds.contains($0.packed >> 32) }
    }

    private static func article(_ noun: String) -> String {
        (noun.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + noun
    }

    /// The backend that something new would be made on: the one that is narrowed to or in front, else the only one.
    func backendInFront(offering kind: CommandKind) -> BackendID? {
        let offering = backends.filter { $0.command(kind)?.creates == true && $0.mode != .readOnly }.map(\.id)
        let front = pane.backend ?? details.last?.entity.backend ?? pane.cursor?.backend
        if let front, offering.contains(front) { return front }
        return offering.count == 1 ? offering.first : nil
    }
}
