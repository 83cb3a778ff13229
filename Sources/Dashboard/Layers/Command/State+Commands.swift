import Canvas
import Domain
import Filter

extension State {
    /// The entities a command would work on: the marked ones in the order of the screen, else the one in front.
    var candidates: [EntityRef] {
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

    /// Begins a command on what is marked or in front, pinned now.
    mutating func begin(_ kind: CommandKind) -> [Effect] {
        let creation = backendInFront(offering: kind).flatMap { id in
            backend(id)?.command(kind)?.targets.first.map { EntityRef.new(id, $0) }
        }
        if creation == nil, collection(for: kind) == nil, let outage = outage(for: kind) {
            return begin(kind, on: outage, remark: outageWords(outage))
        }
        if creation == nil, collection(for: kind) == nil, let effects = askServer(for: kind) {
            return effects
        }
        return begin(kind, on: creation.map { [$0] } ?? collection(for: kind).map { [$0] } ?? candidates)
    }

    /// Begins a command on entities.
    ///
    /// - Parameters:
    ///   - preset: what its form is to hold.
    ///   - remark: what its dialog says first.
    mutating func begin(
        _ kind: CommandKind, on targets: [EntityRef], preset: [FieldKey: Value] = [:], remark: String? = nil
    ) -> [Effect] {
        var parts: [CommandSession.Part] = []
        var descriptors: [CommandDescriptor] = []
        let (possible, skipped) = sorted(targets, for: kind)
        for backend in backends {
            let mine = possible.filter { $0.backend == backend.id }
            guard !mine.isEmpty, let descriptor = backend.command(kind) else { continue }
            descriptors.append(descriptor)
            parts.append(
                CommandSession.Part(
                    backend.id, Command(kind, mine),
                    names: mine.map { descriptor.creates ? "new \($0.kind)" : name(of: $0) },
                    questions: Set(descriptor.form.map(\.key))))
        }
        guard let descriptor = CommandDescriptor.joined(descriptors) else { return [] }
        let session = CommandSession(
            id: nextSession(), descriptor, parts: parts, skipped: skipped, preset: preset,
            isOnlyDryRun: isDryRunArmed, remark: remark, now: now
        )
        setDryRunArmed(false)
        sessions[session.id] = session
        layers.push(CommandDialog(session.id))
        if descriptor.opensFilled { return open(session.id) }
        // What is confirmed anyway needs no empty form before: its confirmation shows what was read.
        let isConfirmed = session.tier(mode) > .harmless
        return isConfirmed && session.form.answers.isEmpty ? prepare(session.id) : []
    }

    mutating func run(_ action: OwnAction, onCommand id: Int) -> [Effect]? {
        guard let session = sessions[id] else {
            closeDialog(id)
            return []
        }
        switch action {
        case .cancel, .back, .close: return cancel(session)
        case .redraw: return nil
        default: break
        }
        if isDead(session) { return [] }
        switch (action, session.stage) {
        case (.dryRun, _) where session.isOnlyDryRun:
            sessions[id]?.setHint("this was begun as a dry run: nothing can be sent from it")
        case (.dryRun, .form), (.dryRun, .preparing), (.dryRun, .confirming):
            sessions[id]?.toggleDryRun()
        case (.nextField, .form), (.down, .form): sessions[id]?.form.moveFocus(1)
        case (.previousField, .form): sessions[id]?.form.moveFocus(-1)
        case (.up, .form):
            if sessions[id]?.form.recall(from: earlierNotes.notes) != true {
                sessions[id]?.form.moveFocus(-1)
            }
        case (.toggle, .form), (.mark, .form): sessions[id]?.form.toggle()
        case (.editExternally, .form): return editExternally(session)
        case (.down, _), (.nextField, _): scroll(session, 1)
        case (.up, _), (.previousField, _): scroll(session, -1)
        case (.pageDown, _): scroll(session, CommandText(state: self, session: session).room)
        case (.pageUp, _): scroll(session, -CommandText(state: self, session: session).room)
        case (.accept, _), (.open, _): return accept(session)
        case (.yes, .confirming): return confirm(session, byName: false)
        case (.yes, .repeating): return perform(session.id)
        case (.check, .done): return check(session)
        case (.retry, .done) where !session.isDryRun: return retry(session)
        default: break
        }
        return []
    }

    /// Moves what a dialog says where it has more lines than room.
    private mutating func scroll(_ session: CommandSession, _ step: Int) {
        let last = CommandText(state: self, session: session).lastTop
        sessions[session.id]?.scroll(by: step, last: last)
    }

    /// A dialog that has just appeared by itself takes no key: what was typed ahead is not meant for it.
    private func isDead(_ session: CommandSession) -> Bool {
        switch session.stage {
        case .conflicting, .confirming, .repeating, .done: now - session.enteredAt < 0.3
        case .opening, .form, .editing, .preparing, .sending, .checking: false
        }
    }

    /// Changes the text of a command's dialog that has the keys.
    mutating func editCommand(_ id: Int, _ edit: (inout TextField) -> Void) {
        guard var session = sessions[id], !isDead(session) else { return }
        session.setHint(nil)
        if session.stage == .form {
            if session.form.answers[session.form.focus].isTooLong {
                let key = keymap.spelling(of: .own(.editExternally), in: [.text]) ?? ""
                session.setHint("too long for one line: \(key) opens your editor")
            } else {
                session.form.edit(edit)
            }
        } else {
            session.editName(edit)
        }
        sessions[id] = session
    }

    private mutating func accept(_ session: CommandSession) -> [Effect] {
        switch session.stage {
        case .opening: return session.hint == nil ? [] : open(session.id)
        case .conflicting: return resume(session)
        case .form:
            if let rejected = session.rejected {
                let words = "\(rejected.words); \(editAgain)"
                sessions[session.id]?.setHint(words)
                return []
            }
            if let missing = session.form.missing {
                sessions[session.id]?.form.moveFocus(to: missing)
                sessions[session.id]?.setHint("\(session.form.answers[missing].field.title) is missing")
                return []
            }
            earlierNotes.keep(session.form.note)
            return prepare(session.id)
        case .confirming where session.isDryRun:
            sessions[session.id]?.setHint("this is a dry run: nothing is sent")
            return []
        case .confirming:
            // Cancel has the focus unless a name has to be typed.
            return session.tier(mode) == .hurts ? confirm(session, byName: true) : cancel(session)
        // Cancel has the focus here too.
        case .repeating, .done: return cancel(session)
        case .editing, .preparing, .sending, .checking: return []
        }
    }

    private mutating func confirm(_ session: CommandSession, byName: Bool) -> [Effect] {
        guard !session.isDryRun else { return accept(session) }
        if session.tier(mode) == .hurts {
            guard byName else { return [] }
            guard session.typedName.text == session.confirmation else {
                sessions[session.id]?.setHint(Self.missing(session.typedName.text, session.confirmation))
                return []
            }
        }
        guard session.repeats.isEmpty else {
            enter(session.id, .repeating)
            return []
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
        closeDialog(session.id)
        switch session.stage {
        case .sending, .checking:
            showMessage(.plain, "\(session.descriptor.title.lowercased()) goes on; its result will be told")
            return []
        case .opening, .form, .editing, .preparing, .conflicting, .confirming, .repeating:
            showMessage(.plain, "nothing was sent", isBrief: true)
            sessions[session.id] = nil
            return [.forget(session: session.id)]
        case .done:
            sessions[session.id] = nil
            return [.forget(session: session.id)]
        }
    }
}
