import Canvas
import Domain

/// Where an address was found, over the body: a line for each thing that knows it, then who could not say all.
struct WhereaboutsPicture {
    let state: State
    let view: WhereaboutsView

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        let area = Rect(body.x, body.y + 1, body.width, body.height - 1)
        let hits = view.hits
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            let count = hits.isEmpty ? "" : "\(hits.count) found"
            let start = frame.putRight([Piece(count, .textMuted)], endingAt: body.maxX - 1, body.y)
            frame.put(
                [
                    Piece(" where", .textHeading), Piece(" › ", .textMuted),
                    Piece(view.address.description, .textStrong), Piece("  everywhere", .textMuted),
                ], body.x, body.y, width: max(0, start - body.x - 1))
            let remarks = remarks(among: hits).prefix(max(1, area.height / 2))
            let list = Rect(area.x, area.y, area.width, max(0, area.height - remarks.count))
            FocusedList(count: hits.count, focus: view.focus) { pieces(hits[$0]) }.draw(in: &frame, list)
            // Remarks stand below the rows, or at the end of the screen.
            let top = area.y + min(hits.count, list.height)
            for (row, remark) in remarks.enumerated() {
                frame.put(
                    remark.text, area.x + 1, top + row, remark.role, width: max(0, area.width - 1))
            }
        }
    }

    /// What it is, on which server, and why it is here.
    private func pieces(_ hit: WhereaboutsView.Hit) -> [Piece] {
        let table = hit.table
        var pieces: [Piece] = []
        let device = table.text(hit.row, .device)
        if !device.isEmpty { pieces.append(Piece("\(device)  ", .text)) }
        pieces.append(Piece(table.name(hit.row), .link))
        let backend = state.backend(hit.source.backend)?.name ?? ""
        pieces.append(Piece("  \(hit.entity.kind) on \(backend)", .textMuted))
        pieces.append(Piece("  \(table.text(hit.row, .matched))", .text))
        for (column, field) in table.resource.fields.enumerated() {
            guard ![.matched, .name, .device].contains(field.key) else { continue }
            let cell = CellText(table.value(hit.row, column), field.type, key: field.key, now: state.wall)
            guard !table.value(hit.row, column).isNone else { continue }
            let title = field.key == "vlan" || field.key == "seen" ? "\(field.title.lowercased()) " : ""
            pieces.append(Piece("  \(title)\(cell.text)", .textMuted))
        }
        return pieces
    }

    /// Who is still being asked, who could not say all; and that nobody knows it only where all said so.
    private func remarks(among hits: [WhereaboutsView.Hit]) -> [Piece] {
        let name = { (source: WhereaboutsView.Source) in state.backend(source.backend)?.name ?? "" }
        var remarks: [Piece] = []
        let waiting = Set(view.waiting.map(name))
        if !waiting.isEmpty {
            let names = waiting.sorted().joined(separator: ", ")
            remarks.append(Piece("asking \(names)…", .textMuted))
        }
        for source in view.sources {
            guard let problem = view.answers[source]?.problem else { continue }
            remarks.append(Piece("\(name(source)): \(problem)", .freshLost))
        }
        if remarks.isEmpty, hits.isEmpty {
            remarks.append(Piece("nobody knows it", .textMuted))
        } else if waiting.isEmpty, hits.isEmpty {
            remarks.insert(Piece("nothing was found, but not everything could be asked", .freshStale), at: 0)
        }
        return remarks
    }
}
