import Canvas
import Domain

/// What a command's dialog says, line by line, and how many of them the screen has room for.
struct CommandText {
    let state: State
    let session: CommandSession

    /// The columns that a dialog of a command likes to have.
    static let wish = 76
    /// More names than this are counted instead of listed.
    private static let namesShown = 8

    /// The columns that its lines are wrapped to.
    var width: Int { Dialog.columns(state, wish: Self.wish) }

    var tier: Tier { session.tier(state.mode) }

    var hasForm: Bool {
        switch session.stage {
        case .form, .editing, .preparing: true
        case .opening, .conflicting, .confirming, .repeating, .sending, .done, .checking: false
        }
    }
    var needsName: Bool { session.stage == .confirming && tier == .hurts && !session.isDryRun }

    /// The lines of what has to be typed or pressed: they are never pushed off a low screen.
    var footer: Int {
        (hasForm ? session.form.answers.count : 0) + (needsName ? 1 : 0) + hintLines.count + 1
    }

    /// The hint, cut where the screen is too low to read it whole.
    var hintLines: [String] {
        guard let hint = session.hint else { return [] }
        let lines = TextLayout.wrap(hint, to: width)
        guard lines.count > 1 else { return lines.isEmpty ? [""] : lines }
        if Dialog.rows(state) < 14 { return [TextLayout.cut(hint, to: width)] }
        return Array(lines.prefix(4))
    }

    /// How many lines there is room for, besides those that have to be typed into or pressed.
    var room: Int { max(1, Dialog.rows(state) - footer) }

    /// The last first line that scrolling comes to.
    var lastTop: Int { max(0, lines.count - room) }

    /// Everything that it says above the form, wrapped.
    var lines: [[Piece]] {
        var lines: [[Piece]] = []
        func add(_ text: String, _ role: Role) {
            lines += TextLayout.wrap(text, to: width).map { [Piece($0, role)] }
        }
        if session.isDryRun { add("DRY RUN: nothing is sent", .match) }
        if session.stage != .done, let remark = session.remark { add(remark, .dialog) }
        lines += skippedLines
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
            for words in othersClaims { add(words, .dialogDanger) }
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

    /// Which colleagues have some of the targets: they may be at it.
    private var othersClaims: [String] {
        let targets = session.parts.flatMap(\.command.targets)
        let claims = targets.flatMap { state.claims.of($0) }.filter { !$0.isMine }
        guard targets.count > 1 else { return claims.map { "\($0.who) has it \($0.words(now: state.now))" } }
        let owners = Set(claims.map(\.who)).sorted()
        guard !owners.isEmpty else { return [] }
        let rows = Set(claims.map(\.entity)).count
        return ["\(owners.joined(separator: ", ")): \(Quantity.count(rows)) of these claimed"]
    }

    /// How many of what was marked it is for, and why the rest is skipped: a line per reason.
    private var skippedLines: [[Piece]] {
        guard !session.skipped.isEmpty else { return [] }
        let count = session.names.count
        let all = Quantity.count(count + session.skipped.count)
        let head = TextLayout.wrap("\(Quantity.count(count)) of \(all); the rest is skipped:", to: width)
        var reasons: [String] = []
        for target in session.skipped where !reasons.contains(target.words) { reasons.append(target.words) }
        return head.map { [Piece($0, .dialog)] }
            + reasons.flatMap { words in
                let names = session.skipped.filter { $0.words == words }.map(\.name)
                let name = names.count == 1 ? names[0] : Quantity.count(names.count)
                return lines(Piece("– skipped  ", .textMuted), name, Piece(words, .freshStale), width: width)
            }
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
}
