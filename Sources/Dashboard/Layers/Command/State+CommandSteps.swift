import Canvas
import Domain
import Filter

extension State {
    /// Asks every backend of a command what must be known before anything is sent.
    mutating func prepare(_ id: Int) -> [Effect] {
        guard let session = sessions[id], mayChange(session) else { return [] }
        let now = now
        sessions[id]?.prepare(now: now)
        return (sessions[id]?.parts ?? []).map { .prepare(session: id, $0.backend, $0.command) }
    }

    mutating func prepared(
        _ id: Int, _ backend: BackendID, _ result: Result<Prepared, BackendError>
    ) -> [Effect] {
        if case .failure(let error) = result { refused(backend, by: error) }
        guard sessions[id]?.isWaiting(for: backend, in: [.preparing]) == true else { return [] }
        sessions[id]?.prepared(backend, result)
        guard let session = sessions[id], session.parts.allSatisfy({ $0.plan != nil || $0.problem != nil })
        else { return [] }
        let problems = session.parts.compactMap { part in
            part.problem.map { "\(self.backend(part.backend)?.name ?? ""): \($0.words)" }
        }
        let tier = session.tier(mode)
        if let error = session.parts.lazy.compactMap(\.problem).first, error.kind == .conflict {
            return conflicted(id, error.words)
        }
        if !problems.isEmpty {
            return backToForm(id, "nothing was sent: \(problems.joined(separator: "; "))")
        }
        if session.sendCount == 0 {
            enter(id, .done)
            return finished(id)
        }
        let kind = session.descriptor.kind
        if let words = CommandPolicy.objection(to: kind, tier, targets: session.sendCount) {
            return backToForm(id, "nothing was sent: \(words)")
        }
        if session.isDryRun || tier > .harmless || !session.repeats.isEmpty {
            enter(id, .confirming)
            return []
        }
        return perform(id)
    }

    /// Back to the form: what was typed is kept, and the operator decides whether to try again.
    private mutating func backToForm(_ id: Int, _ words: String) -> [Effect] {
        enter(id, .form)
        sessions[id]?.setHint(words)
        return []
    }

    /// Sends what was prepared; never in a dry run, never twice, never where nothing may be changed.
    mutating func perform(_ id: Int) -> [Effect] {
        guard let session = sessions[id], !session.isDryRun, !session.isOnlyDryRun, mayChange(session),
            session.stage == .repeating || session.repeats.isEmpty,
            [.preparing, .confirming, .repeating].contains(session.stage)
        else { return [] }
        enter(id, .sending)
        let count = session.sendCount
        let what = count == 1 ? session.parts.lazy.compactMap { $0.plan?.targets.first?.name }.first : nil
        showMessage(
            .plain, "\(session.descriptor.title.lowercased()): sending \(what ?? Quantity.count(count))")
        if session.tier(mode) == .harmless { closeDialog(id) }
        watch(session)
        dealt(by: session, isOver: false)
        return session.parts.compactMap { part in
            part.hasWork ? .perform(session: id, part.backend, as: session.tier(mode)) : nil
        }
    }

    /// Lets cursors keep their line over what a harmless command deals with; what others do is watched.
    private mutating func dealt(by session: CommandSession, isOver: Bool) {
        guard session.descriptor.tier == .harmless else { return }
        let targets = Set(session.parts.flatMap { $0.plan?.targets.map(\.entity) ?? [] })
        for index in panes.indices { panes[index].dealt(with: targets, isOver: isOver) }
    }

    /// Keeps how far a part is; where its dialog is hidden, on the message line.
    mutating func commandProgressed(_ id: Int, _ backend: BackendID, _ words: String) {
        guard let session = sessions[id], session.isWaiting(for: backend, in: [.sending, .checking])
        else { return }
        sessions[id]?.progressed(backend, words)
        guard !layers.contains(CommandDialog(id)) else { return }
        showMessage(.plain, "\(session.descriptor.title.lowercased()): \(words)")
    }

    /// A mode may have become stricter while a dialog was open.
    private mutating func mayChange(_ session: CommandSession) -> Bool {
        guard let part = session.parts.first(where: { mode($0.backend) == .readOnly }) else { return true }
        let name = backend(part.backend)?.name ?? "this backend"
        let words = "nothing was sent: \(isReadOnly ? "this screen" : name) is read-only"
        sessions[session.id]?.setHint(words)
        return false
    }

    mutating func performed(_ id: Int, _ backend: BackendID, _ outcomes: [Outcome]) -> [Effect] {
        guard let before = sessions[id], before.stage == .sending || before.stage == .checking,
            let index = before.parts.firstIndex(where: { $0.backend == backend })
        else { return [] }
        sessions[id]?.performed(backend, outcomes)
        dealt(by: before, isOver: true)
        let kinds = Set(before.parts[index].command.targets.map(\.kind))
        refreshSoon(kinds, on: backend)
        var effects = dueEffects()
        for place in details.indices where details[place].entity.backend == backend {
            effects += askDetail(place, afterCommand: true)
        }
        effects += reread(after: before.parts[index].command, on: backend)
        guard let session = sessions[id],
            session.parts.allSatisfy({ !$0.hasWork || $0.outcomes != nil && !$0.isChecking })
        else { return effects }
        enter(id, .done)
        return effects + finished(id)
    }

    /// Tells the truth about a command that ended; what is not known or failed stays on the screen.
    private mutating func finished(_ id: Int) -> [Effect] {
        guard let session = sessions[id] else { return [] }
        let outcomes = session.outcomes
        let isBad = outcomes.contains { $0.state == .unknown || $0.state == .failed }
        let isGood = outcomes.allSatisfy { $0.state == .verified }
        showMessage(isBad ? .bad : isGood ? .good : .plain, summary(session), stays: !isGood)
        var effects: [Effect] = []
        // Marks stay on what can be tried again, and on what was only looked at.
        let over = outcomes.filter { !session.isDryRun && $0.state != .unknown && $0.state != .failed }
            .map(\.entity)
        for index in panes.indices where !panes[index].marks.isDisjoint(with: over) {
            panes[index].marking.remove(over)
            effects += marksChanged(index)
        }
        let needsEyes = isBad || outcomes.count > 1 && outcomes.contains { $0.state == .skipped }
        guard needsEyes else {
            closeDialog(id)
            sessions[id] = nil
            return effects + [.forget(session: id)]
        }
        // Below what the operator is busy with: its keys are not meant for this.
        if !layers.contains(CommandDialog(id)) { layers.pushBelow(CommandDialog(id)) }
        return effects
    }

    /// One line about all outcomes: counts, and the words when there is one alone.
    private func summary(_ session: CommandSession) -> String {
        let outcomes = session.outcomes
        let time = CivilTime.fields(wall, offset: zone).time
        if outcomes.count == 1, let only = outcomes.first {
            return "\(session.name(of: only.entity)): \(only.words) (\(only.state.rawValue) \(time))"
        }
        let order: [Outcome.State] = [.verified, .accepted, .failed, .unknown, .skipped]
        let counts = order.compactMap { state -> String? in
            let count = outcomes.count { $0.state == state }
            return count == 0 ? nil : "\(Quantity.count(count)) \(state.rawValue)"
        }
        return "\(session.descriptor.title.lowercased()): \(counts.joined(separator: ", ")) (\(time))"
    }

    /// Looks for evidence of what is not known; sends nothing.
    mutating func check(_ session: CommandSession) -> [Effect] {
        let now = now
        let backends = sessions[session.id]?.check(now: now) ?? []
        return backends.map { .check(session: session.id, $0) }
    }

    /// Begins again for what failed, with the same answers; what is unknown is never done again by this.
    mutating func retry(_ session: CommandSession) -> [Effect] {
        let failed = session.outcomes.filter { $0.state == .failed }.map(\.entity)
        guard !failed.isEmpty else { return [] }
        closeDialog(session.id)
        sessions[session.id] = nil
        return [.forget(session: session.id)]
            + begin(session.descriptor.kind, on: failed, preset: session.form.answersToKeep)
    }

    mutating func enter(_ id: Int, _ stage: CommandSession.Stage) {
        let now = now
        sessions[id]?.enter(stage, now: now)
    }
}
