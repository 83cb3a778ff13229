import Filter
import Canvas
import Domain

extension State {
    /// A confirmation takes no key for this long after it appeared: what was typed ahead is not meant for it.
    private static let deadTime = 0.3

    /// The entities a command would work on: the marked ones, else the one in front.
    private var candidates: [EntityRef] {
        if let opened = details.last { return [opened.entity] }
        let pane = pane
        if pane.marks.isEmpty { return pane.cursor.map { [$0] } ?? [] }
        // In the order of the screen, then those that a filter hides: a mark is a mark.
        let shown = (0..<pane.arrangement.count).lazy.map { pane.arrangement.entity($0) }
            .filter { pane.marks.contains($0) }
        let rest = pane.marks.subtracting(shown).sorted { $0.packed < $1.packed }
        return Array(shown) + rest
    }

    /// Why a command can't be begun on what is marked or in front; nil when it can.
    func reasonAgainst(command kind: CommandKind) -> String? {
        if isReadOnly { return "read-only: nothing can be changed from here" }
        guard !candidates.isEmpty else { return "there is nothing here to \(kind)" }
        guard let offering = backends.first(where: { $0.command(kind) != nil }) else {
            return "no configured backend offers \(kind)"
        }
        for entity in candidates {
            guard let backend = backend(entity.backend) else { continue }
            guard let command = backend.command(kind) else { return "\(backend.name) does not offer \(kind)" }
            guard command.targets.contains(entity.kind) else {
                let kinds = command.targets.map(\.rawValue).sorted().joined(separator: " or ")
                return "\(kind) is for a \(kinds), not for a \(entity.kind)"
            }
            if backend.mode == .readOnly { return "\(backend.name) is read-only" }
        }
        if candidates.count > 1, offering.command(kind)?.bulk == false {
            return "\(kind) takes one at a time"
        }
        return nil
    }

    /// Begins a command on what is marked or in front, pinned now.
    mutating func begin(_ kind: CommandKind) -> [Effect] {
        let targets = candidates
        guard let first = targets.first, let descriptor = backend(first.backend)?.command(kind) else {
            return []
        }
        sessionCount += 1
        var parts: [CommandSession.Part] = []
        for backend in backends {
            let mine = targets.filter { $0.backend == backend.id }
            guard !mine.isEmpty else { continue }
            parts.append(
                CommandSession.Part(
                    backend: backend.id, command: Command(kind, mine), names: mine.map { name(of: $0) }))
        }
        let session = CommandSession(
            id: sessionCount, descriptor: descriptor, form: CommandForm(descriptor.form), parts: parts,
            stage: .form, enteredAt: now)
        sessions[session.id] = session
        overlays.append(.command(session.id))
        // A command that asks for more than Enter is prepared at once: its confirmation shows what was read.
        let asksMore = session.tier(mode) > .harmless
        return descriptor.form.isEmpty && asksMore ? prepare(session.id) : []
    }

    mutating func run(_ action: OwnAction, onCommand id: Int) -> [Effect]? {
        guard let session = sessions[id] else {
            overlays.removeLast()
            return []
        }
        switch action {
        case .cancel, .back, .close: return cancel(session)
        case .dryRun:
            sessions[id]?.isDryRun.toggle()
            return []
        case .nextField, .down: sessions[id]?.form.moveFocus(1)
        case .previousField, .up: sessions[id]?.form.moveFocus(-1)
        case .toggle, .mark: sessions[id]?.form.toggle()
        case .accept, .open: return accept(session)
        case .yes: return confirm(session, byName: false)
        case .check where session.stage == .done: return check(session)
        case .refresh where session.stage == .form || session.parts.contains { $0.problem != nil }:
            return prepare(id)
        default: break
        }
        return []
    }

    private mutating func accept(_ session: CommandSession) -> [Effect] {
        switch session.stage {
        case .form:
            if let missing = session.form.missing {
                sessions[session.id]?.hint = "\(missing) is missing"
                return []
            }
            return prepare(session.id)
        case .confirming:
            // Cancel has the focus unless a name has to be typed.
            return session.tier(mode) == .hurts ? confirm(session, byName: true) : cancel(session)
        case .done: return cancel(session)
        case .preparing, .sending, .checking: return []
        }
    }

    private mutating func confirm(_ session: CommandSession, byName: Bool) -> [Effect] {
        guard session.stage == .confirming, now - session.enteredAt >= Self.deadTime, !session.isDryRun else {
            return []
        }
        if session.tier(mode) == .hurts {
            guard byName else { return [] }
            guard session.typedName.text == session.confirmation else {
                sessions[session.id]?.hint = "type \(session.confirmation) to go on: nothing was sent"
                return []
            }
        }
        return perform(session.id)
    }

    private mutating func prepare(_ id: Int) -> [Effect] {
        guard let session = sessions[id] else { return [] }
        enter(id, .preparing)
        let arguments = session.form.arguments
        return session.parts.indices.map { index in
            sessions[id]?.parts[index].command.arguments = arguments
            sessions[id]?.parts[index].plan = nil
            sessions[id]?.parts[index].problem = nil
            var command = session.parts[index].command
            command.arguments = arguments
            return .prepare(session: id, session.parts[index].backend, command)
        }
    }

    mutating func prepared(
        _ id: Int, _ backend: BackendID, _ result: Result<Prepared, BackendError>
    ) -> [Effect] {
        guard let index = sessions[id]?.parts.firstIndex(where: { $0.backend == backend }),
            sessions[id]?.stage == .preparing
        else { return [] }
        switch result {
        case .success(let prepared):
            sessions[id]?.parts[index].plan = prepared.preview
            sessions[id]?.parts[index].lastDone = prepared.lastDone
        case .failure(let error):
            sessions[id]?.parts[index].problem = error
        }
        guard let session = sessions[id], session.parts.allSatisfy({ $0.plan != nil || $0.problem != nil })
        else {
            return []
        }
        if session.parts.contains(where: { $0.problem != nil }) {
            // What was typed is kept: the operator decides whether to try again.
            enter(id, session.descriptor.form.isEmpty ? .confirming : .form)
            let words = session.parts.compactMap { $0.problem?.words }.joined(separator: "; ")
            sessions[id]?.hint = "nothing was sent: \(words)"
            return []
        }
        if session.sendCount == 0 {
            enter(id, .done)
            return finished(id)
        }
        if session.isDryRun || session.tier(mode) > .harmless {
            enter(id, .confirming)
            return []
        }
        return perform(id)
    }

    private mutating func perform(_ id: Int) -> [Effect] {
        guard let session = sessions[id], !session.isDryRun, session.stage != .sending else { return [] }
        enter(id, .sending)
        let count = session.sendCount
        say(
            .plain,
            "\(session.descriptor.title.lowercased()): sending \(count == 1 ? session.names[0] : "\(count)")")
        if session.descriptor.tier == .harmless, overlays.last == .command(id) { overlays.removeLast() }
        return session.parts.compactMap { part in
            part.plan?.targets.isEmpty == false ? .perform(session: id, part.backend) : nil
        }
    }

    mutating func performed(_ id: Int, _ backend: BackendID, _ outcomes: [Outcome]) -> [Effect] {
        guard let index = sessions[id]?.parts.firstIndex(where: { $0.backend == backend }) else { return [] }
        sessions[id]?.parts[index].outcomes = outcomes
        let kinds = Set(outcomes.map(\.entity.kind))
        hasten(kinds, on: backend)
        var effects = dueEffects()
        for opened in details where kinds.contains(opened.entity.kind) {
            effects.append(.detail(opened.entity))
        }
        guard let session = sessions[id],
            session.parts.allSatisfy({ $0.outcomes != nil || $0.plan?.targets.isEmpty != false })
        else { return effects }
        enter(id, .done)
        return effects + finished(id)
    }

    /// Tells the truth about a command that ended; what is not known or failed stays on the screen.
    private mutating func finished(_ id: Int) -> [Effect] {
        guard let session = sessions[id] else { return [] }
        let outcomes = session.outcomes
        let isBad = outcomes.contains { $0.state == .unknown || $0.state == .failed }
        let needsEyes = isBad || outcomes.contains { $0.state == .skipped } && outcomes.count > 1
        say(isBad ? .bad : .good, summary(session))
        if needsEyes {
            if !overlays.contains(.command(id)) { overlays.append(.command(id)) }
            return []
        }
        overlays.removeAll { $0 == .command(id) }
        sessions[id] = nil
        if let index = panes.firstIndex(where: { $0.pane.name == place.pane }) {
            panes[index].marks.subtract(outcomes.map(\.entity))
        }
        return [.forget(session: id)]
    }

    /// One line about all outcomes: counts, and the words when there is one alone.
    private func summary(_ session: CommandSession) -> String {
        let outcomes = session.outcomes
        let time = CivilTime.fields(wall, offset: zone).time
        if outcomes.count == 1, let only = outcomes.first {
            let name = session.names.first ?? only.entity.description
            return "\(name): \(only.words) (\(only.state.rawValue) \(time))"
        }
        let order: [Outcome.State] = [.verified, .accepted, .failed, .unknown, .skipped]
        let counts = order.compactMap { state -> String? in
            let count = outcomes.count { $0.state == state }
            return count == 0 ? nil : "\(count) \(state.rawValue)"
        }
        return "\(session.descriptor.title.lowercased()): \(counts.joined(separator: ", ")) (\(time))"
    }

    private mutating func check(_ session: CommandSession) -> [Effect] {
        let parts = session.parts.filter { $0.outcomes?.contains { $0.state == .unknown } == true }
        guard !parts.isEmpty else { return [] }
        enter(session.id, .checking)
        for index in session.parts.indices where parts.contains(session.parts[index]) {
            sessions[session.id]?.parts[index].outcomes = nil
        }
        return parts.map { .check(session: session.id, $0.backend) }
    }

    private mutating func cancel(_ session: CommandSession) -> [Effect] {
        overlays.removeAll { $0 == .command(session.id) }
        switch session.stage {
        case .sending, .checking:
            say(.plain, "\(session.descriptor.title.lowercased()) goes on; its result will be told")
            return []
        case .form, .preparing, .confirming:
            say(.plain, "nothing was sent")
            sessions[session.id] = nil
            return [.forget(session: session.id)]
        case .done:
            sessions[session.id] = nil
            return [.forget(session: session.id)]
        }
    }

    private mutating func enter(_ id: Int, _ stage: CommandSession.Stage) {
        sessions[id]?.stage = stage
        sessions[id]?.enteredAt = now
        sessions[id]?.hint = nil
        if stage == .confirming { sessions[id]?.typedName = TextField() }
    }
}

extension CommandForm {
    mutating func moveFocus(_ step: Int) {
        guard !answers.isEmpty else { return }
        focus = (focus + step + answers.count) % answers.count
    }

    /// Switches the focused question, or takes the next of its choices.
    mutating func toggle() {
        guard answers.indices.contains(focus) else { return }
        switch answers[focus].field.input {
        case .toggle: answers[focus].isOn.toggle()
        case .choice(let words):
            let current = words.firstIndex(of: answers[focus].text.text) ?? -1
            if !words.isEmpty { answers[focus].text = TextField(words[(current + 1) % words.count]) }
        case .line, .secret: break
        }
    }
}
