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
            FocusedList(count: lines.count, focus: page.list.focus) { pieces(lines[$0], columns) }
                .draw(in: &frame, list)
            for (row, (words, role)) in remarks.enumerated() where list.maxY + row < area.maxY {
                frame.put(words, area.x + 1, list.maxY + row, role, width: area.width - 2)
            }
        }
    }

    private func drawTitle(in frame: inout Frame, _ body: Rect, _ lines: [TimelineEntry], _ list: Rect) {
        let all = page.entries.count
        let count =
            page.list.narrowing.isOn
            ? "\(Quantity.count(lines.count)) of \(Quantity.count(all))" : Quantity.count(all)
        page.list.drawTitle(
            in: &frame, body, "timeline", of: page.scope.words, count: count, rows: list.height,
            total: lines.count)
    }

    /// What is being read, can't be, or is not known.
    private var remarks: [(String, Role)] {
        var remarks: [(String, Role)] = page.problems.map { ($0, .freshLost) }
        if page.recollection == nil { remarks.append(("reading the history…", .textMuted)) }
        if page.commands == nil { remarks.append(("reading the audit log…", .textMuted)) }
        if page.entries.isEmpty, page.recollection != nil, page.commands != nil {
            remarks.append(("nothing is recorded of it", .textMuted))
        } else if page.list.narrowing.isOn, page.lines(state).isEmpty {
            remarks.append(("nothing matches \(page.list.narrowing.text)", .textMuted))
        }
        guard let recollection = page.recollection, page.problems.isEmpty else { return remarks }
        if recollection.isCut {
            remarks.append(
                ("only the latest \(Quantity.count(TimelinePage.limit)) changes are shown", .freshStale))
        } else if let begins = recollection.begins {
            remarks.append(
                ("not known before \(State.clock(begins, state.wall, state.zone))", .textMuted))
        } else {
            remarks.append(("no change of state is recorded yet", .textMuted))
        }
        return remarks
    }

    private func changes(_ lines: [TimelineEntry]) -> [StateChange] {
        lines.compactMap { if case .change(let change) = $0 { change } else { nil } }
    }

    private func pieces(_ entry: TimelineEntry, _ columns: ChangeColumns) -> [Piece] {
        switch entry {
        case .change(let change): columns.pieces(change)
        case .command(let row): columns.pieces(row)
        }
    }
}
