import Canvas
import Domain

/// A command's dialog: to what, what will be sent, what it hurts, and how to go on.
struct CommandPicture {
    let state: State
    let session: CommandSession
    private let text: CommandText

    init(state: State, session: CommandSession) {
        self.state = state
        self.session = session
        text = CommandText(state: state, session: session)
    }

    func draw(in frame: inout Frame) {
        let lines = text.lines
        let footer = text.footer
        let inside = Dialog(title: session.descriptor.title, hint: hint).draw(
            in: &frame, state, width: CommandText.wish, lines: lines.count + footer)
        frame.clipped(to: inside) { draw(lines, in: &$0, inside, footer: footer) }
    }

    private func draw(_ lines: [[Piece]], in frame: inout Frame, _ inside: Rect, footer: Int) {
        let room = max(0, min(lines.count, inside.height - footer))
        let top = max(0, min(session.top, lines.count - room))
        for (row, line) in lines.dropFirst(top).prefix(room).enumerated() {
            frame.put(line, inside.x, inside.y + row, .dialog, width: inside.width)
        }
        var y = inside.y + room
        if text.hasForm {
            let rows = max(1, min(session.form.answers.count, inside.maxY - y - 1))
            drawForm(in: &frame, Rect(inside.x, y, inside.width, min(rows, inside.maxY - y)))
            y += rows
        }
        if text.needsName {
            let words = TextLayout.cut("Type \(session.confirmation) to confirm: ", to: inside.width * 2 / 3)
            let used = frame.put(words, inside.x, y, .dialogDanger, .dialog)
            let field = Rect(inside.x + used, y, inside.width - used, y < inside.maxY ? 1 : 0)
            session.typedName.draw(in: &frame, field, Theme.style(.input))
            y += 1
        }
        for hint in text.hintLines {
            frame.put(hint, inside.x, y, .messageBad, .dialog, width: inside.width)
            y += 1
        }
        var choices = choices
        while choices.count > 1, choices.reduce(0, { $0 + $1.width }) > inside.width { choices.removeFirst() }
        frame.putRight(choices, endingAt: inside.maxX, y, .dialog)
    }

    private var hint: String {
        let cancel = state.keymap.spelling(of: .own(.cancel), in: state.contexts)
        func end(_ words: String) -> String { cancel.map { "\($0) \(words)" } ?? "" }
        switch session.stage {
        case .done: return end("close")
        case .sending, .checking: return end("hide: it goes on")
        case .opening, .editing, .conflicting, .repeating: return mark + end("cancel")
        case .form, .preparing, .confirming:
            let dryRun = state.keymap.spelling(of: .own(.dryRun), in: state.contexts)
            let dry =
                session.isOnlyDryRun
                ? "" : dryRun.map { "\($0) \(session.isDryRun ? "leave dry run" : "dry run") · " } ?? ""
            // The key line names the dry run too: where there is no room for all, the way out has it.
            if !mark.isEmpty, state.size.width < 60 { return mark + end("cancel") }
            return mark + dry + end("cancel")
        }
    }

    /// How far down the lines stand, where there are more than fit and none of them may be missed.
    private var mark: String {
        guard [.conflicting, .confirming, .repeating].contains(session.stage) else { return "" }
        let key =
            state.keymap.spelling(of: .own(.down), in: state.contexts)
            ?? state.keymap.spelling(of: .own(.nextField), in: state.contexts) ?? ""
        return session.top < text.lastTop ? "\(key) more · " : ""
    }

    /// Which backends do not understand the answer to a question.
    private func absence(_ field: FormField) -> String {
        let names = session.parts.filter { !$0.questions.contains(field.key) }
            .compactMap { state.backend($0.backend)?.name }
        return names.isEmpty ? "" : "   not on \(names.joined(separator: ", "))"
    }

    /// The questions that there is room for, the one with the focus always among them.
    private func drawForm(in frame: inout Frame, _ rect: Rect) {
        let first = max(0, session.form.focus - rect.height + 1)
        for (row, answer) in session.form.answers.dropFirst(first).prefix(rect.height).enumerated() {
            let isFocused = first + row == session.form.focus && session.stage == .form
            let line = rect.row(row)
            let isChanged = session.descriptor.opensFilled && answer.isChanged
            let title = "\(answer.field.title)\(isChanged ? "*" : ""): "
            let used = frame.put(
                title, line.x, line.y, isFocused ? .dialogTitle : .textMuted, .dialog, width: line.width)
            let field = Rect(line.x + used, line.y, line.width - used, 1)
            switch answer.field.input {
            case .toggle:
                let key = state.keymap.spelling(of: .own(.toggle), in: [.dialog]) ?? ""
                let sign = answer.isSwitched ? answer.isOn ? "[x] yes" : "[ ] no" : "[-] not set"
                let words =
                    sign + (isFocused ? "   \(key) switches" : "")
                    + absence(answer.field)
                frame.put(words, field.x, field.y, isFocused ? .dialogFocus : .dialog, width: field.width)
            case .secret:
                let hidden = TextField(String(repeating: "•", count: answer.text.text.count))
                hidden.draw(in: &frame, field, Theme.style(.input), isFocused: isFocused)
            case .choice:
                let key = state.keymap.spelling(of: .own(.toggle), in: [.dialog]) ?? ""
                let choice = answer.text.text.isEmpty ? "not set" : answer.text.text
                let words =
                    choice + (isFocused ? "   \(key) next value" : "") + absence(answer.field)
                frame.put(words, field.x, field.y, isFocused ? .dialogFocus : .dialog, width: field.width)
            case .carried: break
            case .line:
                let remark = answer.isEmptied ? "   is removed" : absence(answer.field)
                let words = TextLayout.cut(remark, to: field.width / 2)
                let room = field.width - CharacterWidth.of(words)
                answer.text.draw(
                    in: &frame, Rect(field.x, field.y, room, 1), Theme.style(.input), isFocused: isFocused)
                frame.put(words, field.x + room, field.y, .textMuted, .dialog)
            }
        }
    }

    /// What can be chosen; the choice with the focus is the harmless one.
    private var choices: [Piece] {
        let accept = state.keymap.spelling(of: .own(.accept), in: state.contexts) ?? "Enter"
        switch session.stage {
        case .form:
            return [
                Piece(" \(accept) \(session.isDryRun ? "shows what would be sent" : verb) ", .dialogFocus)
            ]
        case .confirming where session.isDryRun:
            return [Piece("nothing was sent ", .textMuted)]
        case .repeating:
            let yes = state.keymap.spelling(of: .own(.yes), in: [.dialog]) ?? "y"
            return [Piece(" [ Cancel ] ", .dialogFocus), Piece("  \(yes) \(verb) again ", .dialogDanger)]
        case .confirming where text.tier == .hurts:
            return [Piece(" [ Cancel ] ", .dialog), Piece(" \(accept) \(verb) ", .dialogDanger)]
        case .confirming:
            let yes = state.keymap.spelling(of: .own(.yes), in: [.dialog]) ?? "y"
            return [Piece(" [ Cancel ] ", .dialogFocus), Piece("  \(yes) \(verb) ", .dialog)]
        case .done where session.outcomes.contains { $0.state == .unknown }:
            let check = state.keymap.spelling(of: .own(.check), in: [.dialog]) ?? "c"
            return [Piece("  \(check) check  ", .key), Piece(" \(accept) close ", .dialogFocus)]
        case .done where session.outcomes.contains { $0.state == .failed }:
            let retry = state.keymap.spelling(of: .own(.retry), in: [.dialog]) ?? "t"
            return [
                Piece("  \(retry) try again what failed  ", .key), Piece(" \(accept) close ", .dialogFocus),
            ]
        case .done: return [Piece(" \(accept) close ", .dialogFocus)]
        case .conflicting where session.conflict?.present != nil:
            return [
                Piece("nothing was sent ", .textMuted), Piece(" \(accept) back to the form ", .dialogFocus),
            ]
        case .opening, .editing, .conflicting, .preparing, .sending, .checking: return []
        }
    }

    private var verb: String {
        let count = session.plannedCount
        return session.descriptor.title.lowercased() + (count > 1 ? " \(count)" : "")
    }
}

extension CommandSession {
    /// How many entities it is for: those that something will be sent for, once that is known.
    fileprivate var plannedCount: Int { parts.allSatisfy { $0.plan != nil } ? sendCount : names.count }
}
