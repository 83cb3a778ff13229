import Canvas
import Domain

/// A command's dialog: to what, what will be sent, what it hurts, and how to go on.
struct CommandPicture {
    let state: State
    let session: CommandSession

    /// More names than this are counted instead of listed.
    private static let namesShown = 8

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        let width = min(body.width, 76)
        let lines = lines(width: width - 4)
        let fields = session.stage == .form || session.stage == .preparing ? session.form.answers.count : 0
        let needsName = session.stage == .confirming && tier == .hurts && !session.isDryRun
        let extra = fields + (needsName ? 2 : 0) + (session.hint == nil ? 0 : 1) + 1
        let height = min(body.height, lines.count + extra + 2)
        let rect = Rect((body.width - width) / 2, body.y + (body.height - height) / 3, width, height)
        let inside = Box(title: session.descriptor.title, hint: hint).draw(
            in: &frame, rect, border: Theme.style(.dialogBorder), title: Theme.style(.dialogTitle),
            inside: Theme.style(.dialog))
        guard inside.height > 0 else { return }
        frame.clipped(to: inside) { frame in
            // What has to be typed or pressed is never pushed off a low screen.
            let room = max(0, inside.height - extra)
            for (row, line) in lines.prefix(room).enumerated() {
                frame.put(line, inside.x, inside.y + row, .dialog, width: inside.width)
            }
            var y = inside.y + min(room, lines.count)
            if fields > 0 {
                drawForm(in: &frame, inside, from: y)
                y += fields
            }
            if needsName {
                y += 1
                let words = "Type \(session.confirmation) to go on: "
                let used = frame.put(
                    TextLayout.cut(words, to: inside.width * 2 / 3), inside.x, y, .dialogDanger, .dialog)
                session.typedName.draw(
                    in: &frame, Rect(inside.x + used, y, inside.width - used, 1), Theme.style(.input))
                y += 1
            }
            if let hint = session.hint {
                frame.put(TextLayout.cut(hint, to: inside.width), inside.x, y, .messageBad, .dialog)
                y += 1
            }
            frame.putRight(choices, endingAt: inside.maxX, y, .dialog)
        }
    }

    private var tier: Tier { session.tier(state.mode) }

    private var hint: String {
        let context = state.contexts
        let dryRun = state.keymap.spelling(of: .own(.dryRun), in: context)
        let cancel = state.keymap.spelling(of: .own(.cancel), in: context)
        let dry = session.isDryRun ? "leave dry run" : "dry run"
        return [dryRun.map { "\($0) \(dry)" }, cancel.map { "\($0) cancel" }].compactMap { $0 }
            .joined(separator: " · ")
    }

    private func lines(width: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        if session.isDryRun { lines.append([Piece("DRY RUN: nothing is sent", .match)]) }
        for part in session.parts { lines += self.lines(part, width: width) }
        if session.stage != .done {
            lines += TextLayout.wrap(session.descriptor.effect, to: width).map { [Piece($0, .textMuted)] }
        }
        let stage: String? =
            switch session.stage {
            case .preparing: "reading first…"
            case .sending: "sending…"
            case .checking: "looking for evidence…"
            case .form, .confirming, .done: nil
            }
        if let stage { lines.append([Piece(stage, .match)]) }
        return lines
    }

    private func lines(_ part: CommandSession.Part, width: Int) -> [[Piece]] {
        let backend = state.backend(part.backend)?.name ?? ""
        if let outcomes = part.outcomes { return outcomes.map(outcomeLine) + excludedLines(part) }
        var lines: [[Piece]] = []
        guard let plan = part.plan else {
            for (entity, name) in zip(part.command.targets, part.names).prefix(Self.namesShown) {
                lines.append([
                    Piece("\(backend) › ", .textMuted), Piece(name, .dialog),
                    Piece(words(of: entity), .textMuted),
                ])
            }
            let more = part.names.count - Self.namesShown
            if more > 0 { lines.append([Piece("and \(more) more on \(backend)", .textMuted)]) }
            if let problem = part.problem {
                lines.append([Piece("\(backend): \(problem.words)", .messageBad)])
            }
            return lines
        }
        for target in plan.targets.prefix(Self.namesShown) {
            lines.append([
                Piece("\(backend) › ", .textMuted), Piece(target.name, .dialog),
                Piece("  \(target.words)", .textMuted),
            ])
        }
        let more = plan.targets.count - Self.namesShown
        if more > 0 { lines.append([Piece("and \(more) more on \(backend)", .textMuted)]) }
        lines += excludedLines(part)
        lines += plan.summary.flatMap { TextLayout.wrap($0, to: width) }.map { [Piece($0, .dialog)] }
        lines += plan.warnings.flatMap { TextLayout.wrap($0, to: width) }.map { [Piece($0, .dialogDanger)] }
        lines.append([Piece("Last time here: \(part.lastDone ?? "not known here")", .textMuted)])
        if session.isDryRun {
            for request in plan.requests {
                lines += TextLayout.wrap("\(request.method) \(request.url)", to: width).map {
                    [Piece($0, .match)]
                }
                if let body = request.body {
                    lines += TextLayout.wrap(body, to: width - 2).map { [Piece("  \($0)", .dialog)] }
                }
            }
        }
        return lines
    }

    /// The state word of a row, where the table still has it.
    private func words(of entity: EntityRef) -> String {
        guard let found = state.find(entity) else { return "  no longer listed" }
        let state = found.table.text(found.row, .state)
        return state.isEmpty ? "" : "  \(state)"
    }

    private func outcomeLine(_ outcome: Outcome) -> [Piece] {
        let sign = Sign.outcome(outcome.state)
        return [
            Piece("\(sign.symbol) \(HealthLine.padded(outcome.state.rawValue, 9)) ", sign.role),
            Piece(session.name(of: outcome.entity), .dialog), Piece("  \(outcome.words)", .textMuted),
        ]
    }

    private func excludedLines(_ part: CommandSession.Part) -> [[Piece]] {
        (part.plan?.excluded ?? []).map { target in
            [
                Piece("– left out  ", .textMuted), Piece(target.name, .dialog),
                Piece("  \(target.words)", .freshStale),
            ]
        }
    }

    private func drawForm(in frame: inout Frame, _ inside: Rect, from y: Int) {
        for (index, answer) in session.form.answers.enumerated() {
            let isFocused = index == session.form.focus && session.stage == .form
            let line = Rect(inside.x, y + index, inside.width, 1)
            let title = "\(answer.field.title): "
            let used = frame.put(
                title, line.x, line.y, isFocused ? .dialogTitle : .textMuted, .dialog, width: line.width)
            let field = Rect(line.x + used, line.y, line.width - used, 1)
            switch answer.field.input {
            case .toggle:
                let key = state.keymap.spelling(of: .own(.toggle), in: [.dialog]) ?? ""
                let words = (answer.isOn ? "[x] yes" : "[ ] no") + (isFocused ? "   \(key) switches" : "")
                frame.put(words, field.x, field.y, isFocused ? .dialogFocus : .dialog, width: field.width)
            case .secret:
                let hidden = TextField(String(repeating: "•", count: answer.text.text.count))
                hidden.draw(in: &frame, field, Theme.style(.input), isFocused: isFocused)
            case .line, .choice:
                answer.text.draw(in: &frame, field, Theme.style(.input), isFocused: isFocused)
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
        case .confirming where tier == .hurts:
            return [Piece(" [ Cancel ] ", .dialog), Piece(" \(accept) \(verb) ", .dialogDanger)]
        case .confirming:
            let yes = state.keymap.spelling(of: .own(.yes), in: [.dialog]) ?? "y"
            return [Piece(" [ Cancel ] ", .dialogFocus), Piece("  \(yes) \(verb) ", .dialog)]
        case .done where session.outcomes.contains { $0.state == .unknown }:
            let check = state.keymap.spelling(of: .own(.check), in: [.dialog]) ?? "c"
            return [Piece("  \(check) check  ", .key), Piece(" \(accept) close ", .dialogFocus)]
        case .done: return [Piece(" \(accept) close ", .dialogFocus)]
        case .preparing, .sending, .checking: return []
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
