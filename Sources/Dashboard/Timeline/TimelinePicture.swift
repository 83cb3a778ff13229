import Canvas
import Domain

/// A timeline: what it is of, a line for each thing that happened, and from when on anything is known.
struct TimelinePicture {
    let state: State
    let page: TimelinePage

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        let area = Rect(body.x, body.y + 1, body.width, max(0, body.height - 1))
        let lines = page.lines(state)
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            let remarks = remarks
            let room = max(1, area.height - min(remarks.count, area.height / 2))
            // What is not known stands where the list ends.
            let list = Rect(area.x, area.y, area.width, min(room, lines.count))
            drawTitle(in: &frame, body, lines, list)
            let columns = ChangeColumns(state, changes(lines), width: list.width - 4)
            let width = Self.backendWidth(lines)
            FocusedList(count: lines.count, focus: page.list.focus) { pieces(lines[$0], columns, width) }
                .draw(in: &frame, list)
            for (row, (words, role)) in remarks.enumerated() where list.maxY + row < area.maxY {
                frame.put(words, area.x + 1, list.maxY + row, role, width: area.width - 2)
            }
        }
    }

    private func drawTitle(in frame: inout Frame, _ body: Rect, _ lines: [TimelineEntry], _ list: Rect) {
        let shown = count(lines.count), all = count(page.entries.count)
        var count = page.list.narrowing.isOn ? "\(shown) of \(all)" : all
        if let waiting = waitingWords, body.width >= Self.widthForWaiting { count = "\(waiting) · \(count)" }
        page.list.drawTitle(
            in: &frame, body, "timeline", of: page.scope.words, count: count, rows: list.height,
            total: lines.count)
    }

    /// The columns from which on the title has room to say what is being read.
    private static let widthForWaiting = 60

    /// What of the logs is being read, in words; nil for nothing.
    private var waitingWords: String? {
        let waiting = page.waitingLogs
        return waiting == 0 ? nil : "reading \(waiting == 1 ? "a log" : "\(waiting) logs")"
    }

    /// A number of entries: exact where all sources were read whole.
    private func count(_ entries: Int) -> String { Count(value: entries, isComplete: page.isWhole).text }

    /// What is being read, can't be, or is not known.
    private var remarks: [(String, Role)] {
        var remarks = remarksOfSources
        if let waiting = waitingWords, state.layout.screen.body.width < Self.widthForWaiting {
            remarks.insert(("\(waiting)…", .textMuted), at: 0)
        }
        if let unread = wordsOnUnreadLogs { remarks.append((unread, .textMuted)) }
        return remarks
    }

    /// That others' commands are missing; nil where they are not.
    private var unread: String? {
        state.unreadRecord.map { "commands of others are missing: the team's record was not read: \($0)" }
    }

    private var remarksOfSources: [(String, Role)] {
        let problems = [page.history.problem, page.audit.problem, unread].compactMap(\.self)
        var remarks = Set(problems).sorted().map { ($0, Role.freshLost) }
        remarks += remark(on: page.history, "reading the history…", "what changed is not known")
        remarks += remark(on: page.audit, "reading the audit log…", "which commands were sent is not known")
        remarks += logRemarks
        if page.entries.isEmpty, page.history.isKnown, page.audit.isKnown,
            page.logs.areWhole(of: page.scope.logs)
        {
            remarks.append(("nothing is recorded of it", .textMuted))
        } else if page.list.narrowing.isOn, page.lines(state).isEmpty {
            remarks.append(("nothing matches \(page.list.narrowing.text)", .textMuted))
        }
        guard let recollection = page.history.value else { return remarks }
        if let words = Recollection.words(ofUnrecorded: recollection.unrecorded) {
            remarks.append((words, .freshStale))
        }
        if recollection.isCut {
            remarks.append(
                ("only the latest \(Quantity.count(TimelinePage.limit)) changes are shown", .freshStale))
        } else if let begins = recollection.begins ?? state.sinceLooked.begins {
            // What servers say themselves may be older.
            let subject = page.entries.contains { if case .logged = $0 { true } else { false } }
            remarks.append(
                (
                    "\(subject ? "changes are " : "")not known before \(State.clock(begins, state.wall, state.zone))",
                    .textMuted
                ))
        } else if recollection.changes.isEmpty {
            remarks.append(("no change of state is recorded yet", .textMuted))
        }
        return remarks
    }

    /// What is missing of a source.
    private func remark<Value>(
        on source: Reading<Value>, _ isBeingRead: String, _ isNotKnown: String
    ) -> [(String, Role)] {
        guard source.value == nil else { return [] }
        return source.isAsked ? [(isBeingRead, .textMuted)] : [(isNotKnown, .freshStale)]
    }

    private func changes(_ lines: [TimelineEntry]) -> [StateChange] {
        lines.compactMap { if case .change(let change) = $0 { change } else { nil } }
    }

    private func pieces(_ entry: TimelineEntry, _ columns: ChangeColumns, _ backendWidth: Int) -> [Piece] {
        switch entry {
        case .change(let change): columns.pieces(change)
        case .command(let row): columns.pieces(row)
        case .logged(let logged): columns.pieces(logged, backendWidth: backendWidth)
        }
    }
}
