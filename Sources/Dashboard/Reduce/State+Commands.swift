import Canvas
import Domain
import Filter

extension State {
    /// The entities a command would work on: the marked ones in the order of the screen, else the one in front.
    private var candidates: [EntityRef] {
        if let opened = details.last { return [opened.entity] }
        let pane = pane
        if pane.marks.isEmpty { return pane.cursor.map { [$0] } ?? [] }
        // Those that a filter hides come last: a mark is a mark.
        return pane.marks.map { (pane.arrangement.position(of: $0) ?? .max, $0) }
            .sorted { ($0.0, $0.1.packed) < ($1.0, $1.1.packed) }.map(\.1)
    }

    /// The backends and kinds of the candidates, and how many there are: all that decides what is possible.
    var candidateKinds: (count: Int, kinds: Set<EntityRef>) {
        if let opened = details.last { return (1, [opened.entity]) }
        let pane = pane
        if pane.marks.isEmpty { return (pane.cursor == nil ? 0 : 1, Set(pane.cursor.map { [$0] } ?? [])) }
        var seen: Set<UInt64> = []
        return (pane.marks.count, pane.marks.filter { seen.insert($0.packed >> 32).inserted })
    }

    /// Why a command can't be begun on what is marked or in front; nil when it can.
    func reasonAgainst(
        command kind: CommandKind, on candidates: (count: Int, kinds: Set<EntityRef>)
    ) -> String? {
        if isReadOnly { return "read-only: nothing can be changed from here" }
        guard backends.contains(where: { $0.command(kind) != nil }) else {
            return "no configured backend offers \(kind)"
        }
        let (count, entities) = candidates
        guard count > 0 else { return "there is nothing here to \(kind)" }
        var tier = Tier.harmless
        for entity in entities.sorted(by: { $0.packed < $1.packed }) {
            guard let backend = backend(entity.backend) else { continue }
            guard let command = backend.command(kind) else { return "\(backend.name) does not offer \(kind)" }
            guard command.targets.contains(entity.kind) else {
                let kinds = command.targets.map { Self.article($0.rawValue) }.sorted()
                let own = Self.article(entity.kind.rawValue)
                return "\(kind) is for \(kinds.joined(separator: " or ")), not for \(own)"
            }
            if backend.mode == .readOnly { return "\(backend.name) is read-only" }
            if backend.refusedUntil != nil { return "\(backend.name) refused the login" }
            if count > 1, !command.bulk { return "\(kind) takes one at a time" }
            tier = max(tier, backend.mode == .guarded ? .hurts : command.tier)
        }
        let limit = CommandSession.hurtLimit
        if tier == .hurts, count > limit { return "\(kind) takes at most \(limit) at once, not \(count)" }
        return nil
    }

    private static func article(_ noun: String) -> String {
        (noun.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + noun
    }

    /// Begins a command on what is marked or in front, pinned now.
    mutating func begin(_ kind: CommandKind) -> [Effect] {
        let targets = candidates
        var parts: [CommandSession.Part] = []
        var descriptors: [CommandDescriptor] = []
        for backend in backends {
            let mine = targets.filter { $0.backend == backend.id }
            guard !mine.isEmpty, let descriptor = backend.command(kind) else { continue }
            descriptors.append(descriptor)
            parts.append(
                CommandSession.Part(
                    backend.id, Command(kind, mine), names: mine.map { name(of: $0) },
                    questions: Set(descriptor.form.map(\.key))))
        }
        guard let descriptor = CommandDescriptor.joined(descriptors) else { return [] }
        sessionCount += 1
        let session = CommandSession(
            id: sessionCount, descriptor: descriptor, form: CommandForm(descriptor.form), parts: parts,
            enteredAt: now)
        sessions[session.id] = session
        overlays.append(.command(session.id))
        // What is confirmed anyway needs no empty form before: its confirmation shows what was read.
        let isConfirmed = session.tier(mode) > .harmless
        return isConfirmed && descriptor.form.isEmpty ? prepare(session.id) : []
    }

    mutating func run(_ action: OwnAction, onCommand id: Int) -> [Effect]? {
        guard let session = sessions[id] else {
            overlays.removeLast()
            return []
        }
        switch action {
        case .cancel, .back, .close: return cancel(session)
        case .redraw: return nil
        default: break
        }
        if isDead(session) { return [] }
        switch (action, session.stage) {
        case (.dryRun, .form), (.dryRun, .preparing), (.dryRun, .confirming):
            sessions[id]?.isDryRun.toggle()
            sessions[id]?.hint = nil
        case (.nextField, .form), (.down, .form): sessions[id]?.form.moveFocus(1)
        case (.previousField, .form), (.up, .form): sessions[id]?.form.moveFocus(-1)
        case (.toggle, .form), (.mark, .form): sessions[id]?.form.toggle()
        case (.accept, _), (.open, _): return accept(session)
        case (.yes, .confirming): return confirm(session, byName: false)
        case (.check, .done): return check(session)
        default: break
        }
        return []
    }

    /// A dialog that has just appeared by itself takes no key: what was typed ahead is not meant for it.
    private func isDead(_ session: CommandSession) -> Bool {
        switch session.stage {
        case .confirming, .done: now - session.enteredAt < 0.3
        case .form, .preparing, .sending, .checking: false
        }
    }

    /// Changes the text of a command's dialog that has the keys.
    mutating func editCommand(_ id: Int, _ edit: (inout TextField) -> Void) {
        guard var session = sessions[id], !isDead(session) else { return }
        session.hint = nil
        if session.stage == .form {
            session.form.edit(edit)
        } else {
            edit(&session.typedName)
        }
        sessions[id] = session
    }

    private mutating func accept(_ session: CommandSession) -> [Effect] {
        switch session.stage {
        case .form:
            if let missing = session.form.missing {
                sessions[session.id]?.form.focus = missing
                sessions[session.id]?.hint = "\(session.form.answers[missing].field.title) is missing"
                return []
            }
            return prepare(session.id)
        case .confirming where session.isDryRun:
            sessions[session.id]?.hint = "this is a dry run: nothing is sent"
            return []
        case .confirming:
            // Cancel has the focus unless a name has to be typed.
            return session.tier(mode) == .hurts ? confirm(session, byName: true) : cancel(session)
        case .done: return cancel(session)
        case .preparing, .sending, .checking: return []
        }
    }

    private mutating func confirm(_ session: CommandSession, byName: Bool) -> [Effect] {
        guard !session.isDryRun else { return accept(session) }
        if session.tier(mode) == .hurts {
            guard byName else { return [] }
            guard session.typedName.text == session.confirmation else {
                sessions[session.id]?.hint = Self.missing(session.typedName.text, session.confirmation)
                return []
            }
        }
        return perform(session.id)
    }

    /// What a typed name lacks.
    private static func missing(_ typed: String, _ name: String) -> String {
        if typed.isEmpty { return "nothing was sent: type \(name)" }
        guard name.hasPrefix(typed) else { return "nothing was sent: \(typed) is not \(name)" }
        return "nothing was sent: \(name.dropFirst(typed.count)) is missing"
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
}

extension CommandDescriptor {
    /// What several backends say of a command: every question that one of them asks, the strictest tier.
    static func joined(_ all: [CommandDescriptor]) -> CommandDescriptor? {
        guard let first = all.first, all.count > 1 else { return all.first }
        var form = first.form
        for field in all.dropFirst().flatMap(\.form) where !form.contains(where: { $0.key == field.key }) {
            form.append(field)
        }
        var effects: [String] = []
        for effect in all.map(\.effect) {
            // What one says shorter than another need not be said twice.
            let isSaid = effects.contains { $0.hasPrefix(effect.prefix { $0 != "." }) }
            if !isSaid { effects.append(effect) }
        }
        return CommandDescriptor(
            first.kind, title: first.title, targets: all.reduce(first.targets) { $0.union($1.targets) },
            tier: all.map(\.tier).reduce(first.tier, max), effect: effects.joined(separator: " "), form: form,
            bulk: all.allSatisfy(\.bulk), creates: first.creates,
            opensFilled: all.contains(where: \.opensFilled))
    }
}
