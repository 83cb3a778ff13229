import Canvas
import Domain

/// The audit log: a line a command, newest first, or one record whole.
struct AuditPicture {
    let state: State
    let view: AuditPage
    private let highlights: Highlights

    init(state: State, view: AuditPage) {
        self.state = state
        self.view = view
        highlights = Highlights(view.find)
    }

    func draw(in frame: inout Frame) {
        if view.isOpen, let entry = view.focused {
            Panel(
                title: "Audit record\(found)",
                lines: highlighted(AuditText(state: state, entry: entry).lines), top: view.top
            ).draw(
                in: &frame, state)
            return
        }
        var lines: [[Piece]]
        if let problem = view.problem {
            lines = [[Piece(problem, .freshLost)]]
        } else if let entries = view.entries {
            lines = highlighted(entries.map(line))
            if entries.isEmpty, view.isUnknownOnly {
                lines = [[Piece("what became of every command is known", .textMuted)]]
            } else if entries.isEmpty, view.isMineOnly {
                lines = [[Piece("no command of yours is recorded yet", .textMuted)]]
            } else if entries.isEmpty {
                lines = [[Piece("no command is recorded yet", .textMuted)]]
            }
        } else {
            lines = [[Piece("reading…", .textMuted)]]
        }
        let rows = Dialog.rows(state)
        let top = max(0, view.focus - rows + 1)
        Panel(
            title: "Audit log\(whose)\(view.isUnknownOnly ? " · outcome not known" : "")\(found)",
            lines: lines,
            top: top,
            focus: view.entries?.isEmpty == false ? view.focus : nil
        )
        .draw(in: &frame, state)
    }

    /// Whose commands are shown, where there is a team.
    private var whose: String {
        guard state.team != nil else { return view.isMineOnly ? " · mine" : "" }
        if view.isMineOnly { return " · mine" }
        guard let unread = view.unread else { return view.entries == nil ? "" : " · the team's" }
        return " · only this machine's; team not read: \(TextLayout.cut(unread, to: 60))"
    }

    /// What is looked for, and which of how many it is.
    private var found: String {
        guard let find = view.find, !find.text.isEmpty else { return "" }
        return " · find \(TextLayout.cut(find.text, to: 30)): \(find.words(view.focus))"
    }

    private func highlighted(_ lines: [[Piece]]) -> [[Piece]] {
        lines.map { line in line.flatMap { highlights.pieces($0, of: "value") } }
    }

    private func line(_ entry: AuditRow) -> [Piece] {
        let time = CivilTime.fields(entry.time, offset: state.zone).text
        let worst = entry.outcome
        let sign = Sign.outcome(worst)
        let ending =
            entry.isRunning
            ? Piece("… \(HealthLine.padded("running", 9))", .textMuted)
            : Piece(
                "\(sign.symbol) \(HealthLine.padded(Self.word(worst, isOpen: entry.isOpen), 9))", sign.role)
        let names =
            entry.targets.prefix(3).joined(separator: ", ")
            + (entry.targets.count > 3 ? " + \(entry.targets.count - 3)" : "")
        // Of several people's, who comes before what may be cut; the machine stands in the whole record.
        let name = HealthLine.padded(String(entry.who.prefix { $0 != "@" }), 8)
        let who = view.isMineOnly || state.team == nil ? [] : [Piece("  \(name)", .dialog)]
        return [Piece("\(time)  ", .textMuted), ending] + who + [
            Piece("  \(HealthLine.padded(entry.what, 22))  ", .dialog), Piece(names, .dialog),
        ] + (who.isEmpty ? [Piece("  \(entry.who)", .textMuted)] : [])
    }

    /// What was looked for long after sending and not seen is called so, and not failed: nobody knows that either.
    private static func word(_ state: Outcome.State, isOpen: Bool) -> String {
        state == .unknown && !isOpen ? "not seen" : state.rawValue
    }

    static func worst(_ results: [AuditRow.Result]) -> Outcome.State {
        let order: [Outcome.State] = [.unknown, .failed, .accepted, .verified, .skipped]
        return order.first { state in results.contains { $0.state == state } } ?? .skipped
    }
}
