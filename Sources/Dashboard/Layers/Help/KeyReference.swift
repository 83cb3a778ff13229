import Canvas
import Domain

/// What help says: the keys of where one is, from the live bindings, the pane's own first; then the signs.
struct KeyReference {
    /// A line: a heading, a key or a sign; nothing stands between two parts.
    struct Line {
        let pieces: [Piece]
        /// Whether the cursor may stand on it.
        var isRow = false
        /// What Enter does.
        var action: Action?
        /// What is searched.
        var words = ""
    }

    let state: State

    /// The lines that a text finds, under their headings; all of them for none.
    func lines(_ text: String) -> [Line] {
        let wanted = text.lowercased().split(separator: " ")
        var lines: [Line] = []
        for (title, rows) in sections {
            let found = rows.filter { row in
                let words = "\(row.words) \(title)".lowercased()
                return wanted.allSatisfy { words.contains($0) }
            }
            guard !found.isEmpty else { continue }
            if !lines.isEmpty { lines.append(Line(pieces: [])) }
            lines.append(Line(pieces: [Piece(title, .dialogTitle)]))
            lines += found
        }
        return lines
    }

    private var sections: [(String, [Line])] {
        let context: KeyContext = state.details.isEmpty ? .table : .detail
        let kinds = state.details.last.map { [$0.entity.kind] } ?? Array(state.pane.pane.kinds)
        let all = rows(of: context)
        let own = all.filter { isCommand($0.action, of: kinds) == true }
        let general = all.filter { isCommand($0.action, of: kinds) == nil }
        let others = all.filter { isCommand($0.action, of: kinds) == false }
        let name = state.details.last.map { "\($0.entity.kind)" } ?? "\(state.pane.pane.name.tab)"
        return (state.isBrowsing ? [("In browse", rows(of: .browse))] : [])
            + (state.areTablesTwo ? [("With two tables", rows(of: .tables))] : [])
            + [
                ("Commands of \(name)", own),
                (context == .table ? "In a table" : "In a detail", general),
                ("Everywhere", rows(of: .global)),
                ("In dialogs", rows(of: .dialog)), ("While typing", rows(of: .text)),
                ("Commands of other panes", others),
            ] + SignLegend.sections
    }

    /// Whether an action is a command for some kinds; nil for what is no command.
    private func isCommand(_ action: Action?, of kinds: [ResourceKind]) -> Bool? {
        guard case .command(let kind) = action else { return nil }
        return state.backends.contains {
            $0.command(kind).map { !$0.targets.isDisjoint(with: kinds) } ?? false
        }
    }

    private func isOfBrowse(_ keys: [Key]) -> Bool {
        state.keymap.bindings.contains { $0.context == .browse && $0.keys == keys }
    }

    /// One row per action in the order of the keymap: its keys, what it does, why it can't run now.
    private func rows(of context: KeyContext) -> [Line] {
        var order: [Action] = []
        var keys: [Action: [String]] = [:]
        for binding in state.keymap.bindings where binding.context == context {
            // What the pane browse has a meaning of its own for means nothing else there.
            if state.isBrowsing, context != .browse, isOfBrowse(binding.keys) { continue }
            if keys[binding.action] == nil { order.append(binding.action) }
            keys[binding.action, default: []].append(binding.spelling)
        }
        let runs = context != .dialog && context != .text
        return order.compactMap { action in
            var reason: String?
            if case .command(let kind) = action {
                guard state.backends.contains(where: { $0.command(kind) != nil }) else { return nil }
                reason = state.isReadOnly ? state.reasonAgainst(action) : nil
            }
            // Where nothing can be changed, one that is not safe is no key at all.
            if case .program(let title) = action {
                guard state.ownCommands.contains(where: { $0.title == title }) else { return nil }
            }
            let spelling = keys[action, default: []].joined(separator: " ")
            let title = state.title(of: action)
            return Line(
                pieces: [
                    Piece("  \(HealthLine.padded(spelling, 14)) ", .key), Piece(title, .dialog),
                    Piece(reason.map { "  (\($0))" } ?? "", .textMuted),
                ], isRow: true, action: runs ? action : nil, words: "\(spelling) \(title) \(action.name)")
        }
    }
}

/// What the signs of tables, header and answers mean.
enum SignLegend {
    static var sections: [(String, [KeyReference.Line])] {
        [
            (
                "Signs: severity",
                [
                    line(.severity("critical"), "critical"), line(.severity("warning"), "warning"),
                    line(.severity("ok"), "ok"), line(.severity(""), "unknown"),
                ]
            ),
            (
                "Signs: state",
                [
                    line(.state("up"), "up, online, cleared"), line(.state("down"), "down, offline, failed"),
                    line(.state("degraded"), "degraded, testing, failed over"),
                    line(.state("open"), "open: nobody took the alert"),
                    line(.state("worse"), "open and worse than before"),
                    line(.state("acknowledged"), "acknowledged"),
                    line(.state("ignored"), "ignored, idle, absent"),
                    line(.state("disabled"), "disabled, not monitored"), line(.state(""), "unknown"),
                ]
            ),
            (
                "Signs: servers",
                [
                    line(.freshness(.fresh), "fresh"),
                    line(.freshness(.partial), "partial, stale, or its poller is late"),
                    line(.freshness(.asking), "first answer not here yet"),
                    line(.freshness(.lost), "lost, or never answered"),
                    line(.freshness(.noRight), "the account may not read it"),
                    line(.freshness(.refused), "login refused"),
                ]
            ),
            (
                "Signs: commands",
                [
                    line(.outcome(.verified), "done, and read back"),
                    line(.outcome(.accepted), "accepted, not yet seen to happen"),
                    line(.outcome(.failed), "failed"), line(.outcome(.unknown), "unknown: check it"),
                    line(.outcome(.skipped), "skipped"),
                ]
            ),
            (
                "Signs: tables",
                [
                    line("▌", .cursor, "the row under the cursor"), line("■", .mark, "marked"),
                    line(.since(.new), "new since you looked"),
                    line(.since(.worse), "worse since you looked"),
                    line(.since(.better), "better since you looked"),
                    line(.since(.cleared), "cleared since you looked"),
                    line("▼", .columnSorted, "sorted, largest or worst first"),
                    line("▲", .columnSorted, "sorted, smallest or A first"),
                    line("–", .textMuted, "no value"),
                    line("└", .textMuted, "follows from the row above"),
                    line("~5m", .text, "the server's clock is not certain"),
                    line("12+?", .text, "12, and rows or states are missing"),
                ]
            ),
        ]
    }

    private static func line(_ sign: Sign, _ words: String) -> KeyReference.Line {
        line(sign.symbol, sign.role, words)
    }

    private static func line(_ sign: String, _ role: Role, _ words: String) -> KeyReference.Line {
        KeyReference.Line(
            pieces: [Piece("  \(HealthLine.padded(sign, 14)) ", role), Piece(words, .dialog)], isRow: true,
            words: "\(sign) \(words)")
    }
}
