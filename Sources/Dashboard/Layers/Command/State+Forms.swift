import Canvas
import Domain

/// Forms that begin with what a server has, and forms in the operator's own editor.
extension State {
    /// Asks what the form of a command begins with; the dialog is there already and says so.
    mutating func open(_ id: Int) -> [Effect] {
        guard let part = sessions[id]?.parts.first else { return [] }
        sessions[id]?.setHint(nil)
        return [.open(session: id, part.backend, part.command)]
    }

    mutating func opened(
        _ id: Int, _ backend: BackendID, _ result: Result<Opening, BackendError>
    ) -> [Effect] {
        if case .failure(let error) = result { refused(backend, by: error) }
        let now = now
        switch (sessions[id]?.stage, result) {
        case (.opening, .success(let opening)): sessions[id]?.open(opening, now: now)
        case (.conflicting, .success(let opening)): sessions[id]?.showPresent(opening.values)
        case (.opening, .failure(let error)), (.conflicting, .failure(let error)):
            let accept = keymap.spelling(of: .own(.accept), in: [.dialog]) ?? ""
            sessions[id]?.setHint("\(error.words); \(accept) tries again")
        default: break
        }
        return []
    }

    /// Shows both versions; nothing is sent.
    mutating func conflicted(_ id: Int, _ words: String) -> [Effect] {
        let now = now
        sessions[id]?.conflicted(words, now: now)
        return open(id)
    }

    /// Back to the form: it begins with what the server has now, and keeps what the operator changed.
    mutating func resume(_ session: CommandSession) -> [Effect] {
        guard let present = session.conflict?.present else {
            return session.hint == nil ? [] : open(session.id)
        }
        let now = now
        sessions[session.id]?.resume(with: present, now: now)
        sessions[session.id]?.setHint("this is what the server has now, with your changes")
        return []
    }

    // MARK: The operator's own editor

    mutating func editExternally(_ session: CommandSession) -> [Effect] {
        guard !session.form.answers.isEmpty else { return [] }
        let backend = session.parts.first.flatMap { self.backend($0.backend)?.name } ?? ""
        let what = session.names.first.map { ": \($0)" } ?? ""
        let draft = session.form.draft(
            title: "\(session.descriptor.title)\(what) on \(backend)", rejected: session.rejected)
        enter(session.id, .editing)
        return [.edit(session: session.id, draft)]
    }

    mutating func edited(_ id: Int, _ edited: Edited) {
        guard sessions[id]?.stage == .editing else { return }
        enter(id, .form)
        switch edited {
        case .answers(let values):
            sessions[id]?.answer(values)
        case .rejected(let rejected):
            sessions[id]?.reject(rejected)
            let words = "\(rejected.words); \(editAgain)"
            sessions[id]?.setHint(words)
        case .abandoned(let words):
            sessions[id]?.setHint(words)
        }
    }

    /// The way back into the editor, in words.
    var editAgain: String {
        let key = keymap.spelling(of: .own(.editExternally), in: [.text]) ?? "the editor"
        return "\(key) edits it again, nothing of it is lost"
    }

    // MARK: Undo

    /// Begins the command that puts a recorded one back: the same steps, with the old values in its form.
    mutating func undo(_ row: AuditRow) -> [Effect] {
        guard let command = row.undo, let first = command.targets.first else {
            showMessage(.bad, "the record says nothing that would put \(row.what) back")
            return []
        }
        guard !row.isRunning else {
            showMessage(.bad, "\(row.what) is not over yet")
            return []
        }
        let isDone = row.results.contains { $0.state != .failed && $0.state != .skipped }
        guard isDone || row.isUnknown else {
            showMessage(.bad, "\(row.what) did not happen: there is nothing to put back")
            return []
        }
        let entities = (count: 1, kinds: Set([first]))
        if let reason = reasonAgainst(command: command.kind, on: entities, creatingOn: first.backend) {
            showMessage(.bad, reason)
            return []
        }
        return begin(command.kind, on: command.targets, preset: command.arguments)
    }
}
