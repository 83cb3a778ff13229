import Canvas
import Domain

/// A command's dialog: to what, what will be sent, what it hurts, and how to go on.
struct CommandPicture {
    let state: State
    let session: CommandSession

    /// More names than this are counted instead of listed.
    private static let namesShown = 8

    func draw(in frame: inout Frame) {
        let lines = lines(width: Dialog.columns(state, wish: 76))
        let footer = footer
        let inside = Dialog(title: session.descriptor.title, hint: hint).draw(
            in: &frame, state, width: 76, lines: lines.count + footer)
        frame.clipped(to: inside) { draw(lines, in: &$0, inside, footer: footer) }
    }

    private var hasForm: Bool {
        switch session.stage {
        case .form, .editing, .preparing: true
        case .opening, .conflicting, .confirming, .repeating, .sending, .done, .checking: false
        }
    }
    private var needsName: Bool { session.stage == .confirming && tier == .hurts && !session.isDryRun }

    /// The lines of what has to be typed or pressed: they are never pushed off a low screen.
    private var footer: Int {
        (hasForm ? session.form.answers.count : 0) + (needsName ? 1 : 0) + hintLines.count + 1
    }

    /// The hint, cut where the screen is too low to read it whole.
    private var hintLines: [String] {
        guard let hint = session.hint else { return [] }
        let lines = TextLayout.wrap(hint, to: Dialog.columns(state, wish: 76))
        guard lines.count > 1 else { return lines.isEmpty ? [""] : lines }
        if Dialog.rows(state) < 14 { return [TextLayout.cut(hint, to: Dialog.columns(state, wish: 76))] }
        return Array(lines.prefix(4))
    }

    /// How many lines there is room for, besides those that have to be typed into or pressed.
    var room: Int { max(1, Dialog.rows(state) - footer) }

    /// The last first line that scrolling comes to.
    var lastTop: Int { max(0, lines(width: Dialog.columns(state, wish: 76)).count - room) }

    private func draw(_ lines: [[Piece]], in frame: inout Frame, _ inside: Rect, footer: Int) {
        let room = max(0, min(lines.count, inside.height - footer))
        let top = max(0, min(session.top, lines.count - room))
        for (row, line) in lines.dropFirst(top).prefix(room).enumerated() {
            frame.put(line, inside.x, inside.y + row, .dialog, width: inside.width)
        }
        var y = inside.y + room
        if hasForm {
            let rows = max(1, min(session.form.answers.count, inside.maxY - y - 1))
            drawForm(in: &frame, Rect(inside.x, y, inside.width, min(rows, inside.maxY - y)))
            y += rows
        }
        if needsName {
            let words = TextLayout.cut("Type \(session.confirmation) to go on: ", to: inside.width * 2 / 3)
            let used = frame.put(words, inside.x, y, .dialogDanger, .dialog)
            let field = Rect(inside.x + used, y, inside.width - used, y < inside.maxY ? 1 : 0)
            session.typedName.draw(in: &frame, field, Theme.style(.input))
            y += 1
        }
        for hint in hintLines {
            frame.put(hint, inside.x, y, .messageBad, .dialog, width: inside.width)
            y += 1
        }
        var choices = choices
        while choices.count > 1, choices.reduce(0, { $0 + $1.width }) > inside.width { choices.removeFirst() }
        frame.putRight(choices, endingAt: inside.maxX, y, .dialog)
    }

    private var tier: Tier { session.tier(state.mode) }

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
        guard [.conflicting, .confirming, .repeating].contains(session.stage), lastTop > 0 else { return "" }
        let key =
            state.keymap.spelling(of: .own(.down), in: state.contexts)
            ?? state.keymap.spelling(of: .own(.nextField), in: state.contexts) ?? ""
        return session.top < lastTop ? "\(key) more · " : ""
    }

    private func lines(width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        func add(_ text: String, _ role: Role) {
            lines += TextLayout.wrap(text, to: width).map { [Piece($0, role)] }
        }
        if session.isDryRun { add("DRY RUN: nothing is sent", .match) }
        for part in session.parts { lines += targets(part, width: width) }
        let plans = session.parts.compactMap(\.plan)
        if session.stage != .done {
            for words in plans.flatMap(\.summary) { add(words, .dialog) }
            if let conflict = session.conflict {
                add(conflict.words, .dialogDanger)
                if let present = conflict.present {
                    lines += ChangePicture(width: width).lines(session.form, present: present)
                }
            }
            lines += ChangePicture(width: width).lines(plans.flatMap(\.changes))
            add(session.descriptor.effect, .textMuted)
            for words in plans.flatMap(\.warnings) { add(words, .dialogDanger) }
            for part in session.parts where part.plan != nil {
                let backend = session.parts.count > 1 ? " on \(state.backend(part.backend)?.name ?? "")" : ""
                add("Last time\(backend): \(part.lastDone ?? "not known here")", .textMuted)
            }
        }
        if session.stage == .confirming || session.stage == .repeating { lines += repeats(width: width) }
        if session.isDryRun {
            for request in plans.flatMap(\.requests) {
                add("\(request.method) \(request.url)", .match)
                if let body = request.body {
                    lines += TextLayout.wrap(body, to: width - 2).map { [Piece("  \($0)", .dialog)] }
                }
            }
        }
        let stage: String? =
            switch session.stage {
            case .opening: session.hint == nil ? "reading…" : nil
            case .editing: "your editor has it…"
            case .conflicting: session.conflict?.present == nil && session.hint == nil ? "reading…" : nil
            case .preparing: "reading first…"
            case .sending, .checking: progress
            case .form, .confirming, .repeating, .done: nil
            }
        if let stage { add(stage, .match) }
        return lines
    }

    /// How far it is: what the parts say, or what is being done.
    private var progress: String {
        let told = session.parts.compactMap { part in
            part.progress.map { words in
                session.parts.count > 1 ? "\(state.backend(part.backend)?.name ?? ""): \(words)" : words
            }
        }
        if !told.isEmpty { return told.joined(separator: "; ") }
        return session.stage == .sending ? "sending…" : "looking for evidence…"
    }

    /// What was done a short time ago, and that doing it again is asked for separately.
    private func repeats(width: Int) -> [[Piece]] {
        guard !session.repeats.isEmpty else { return [] }
        var lines = session.repeats.flatMap { done in
            TextLayout.wrap("\(done.name): done \(done.words)", to: width).map { [Piece($0, .dialogDanger)] }
        }
        let words =
            session.stage == .repeating
            ? "It was done only a short time ago. Do it again?"
            : "It was done only a short time ago: you will be asked once more."
        lines += TextLayout.wrap(words, to: width).map { [Piece($0, .dialogDanger)] }
        return lines
    }

    /// What a part is for: its entities with what was read of them, or what became of them.
    private func targets(_ part: CommandSession.Part, width: Int) -> [[Piece]] {
        let backend = state.backend(part.backend)?.name ?? ""
        if let outcomes = part.outcomes {
            // What wants eyes comes first: a low screen shows the first lines only.
            let worst: [Outcome.State] = [.unknown, .failed, .accepted, .skipped, .verified]
            return worst.flatMap { state in outcomes.filter { $0.state == state } }
                .flatMap { outcomeLines($0, width: width) } + excludedLines(part, width: width)
        }
        let targets =
            part.plan?.targets.map { ($0.name, $0.words) }
            ?? zip(part.command.targets, part.names).map { ($1, words(of: $0)) }
        var lines = targets.prefix(Self.namesShown).map { name, words in
            [Piece("\(backend) › ", .textMuted), Piece(name, .dialog), Piece("  \(words)", .textMuted)]
        }
        let more = targets.count - Self.namesShown
        if more > 0 { lines.append([Piece("and \(Quantity.count(more)) more on \(backend)", .textMuted)]) }
        return lines + excludedLines(part, width: width)
    }

    /// The state word of a row, where the table still has it.
    private func words(of entity: EntityRef) -> String {
        guard let found = state.find(entity) else { return "no longer listed" }
        let word = found.table.text(found.row, .state)
        return word.isEmpty ? found.table.text(found.row, .status) : word
    }

    private func outcomeLines(_ outcome: Outcome, width: Int) -> [[Piece]] {
        let sign = Sign.outcome(outcome.state)
        return lines(
            Piece("\(sign.symbol) \(HealthLine.padded(outcome.state.rawValue, 9)) ", sign.role),
            session.name(of: outcome.entity), Piece(outcome.words, .textMuted), width: width)
    }

    private func excludedLines(_ part: CommandSession.Part, width: Int) -> [[Piece]] {
        (part.plan?.excluded ?? []).flatMap { target in
            lines(
                Piece("– left out  ", .textMuted), target.name, Piece(target.words, .freshStale), width: width
            )
        }
    }

    /// The truth about an entity; words that do not fit behind its name stand below it.
    private func lines(_ sign: Piece, _ name: String, _ words: Piece, width: Int) -> [[Piece]] {
        let head = [sign, Piece(name, .dialog)]
        let used = head.reduce(2) { $0 + $1.width }
        if used + words.width <= width { return [head + [Piece("  \(words.text)", words.role)]] }
        return [head]
            + TextLayout.wrap(words.text, to: max(8, width - 12)).map {
                [Piece("            \($0)", words.role)]
            }
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
                    choice + (isFocused ? "   \(key) takes the next" : "") + absence(answer.field)
                frame.put(words, field.x, field.y, isFocused ? .dialogFocus : .dialog, width: field.width)
            case .carried: break
            case .line:
                let remark = answer.isEmptied ? "   is taken away" : absence(answer.field)
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
        case .confirming where tier == .hurts:
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
