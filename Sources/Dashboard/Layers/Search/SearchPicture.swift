import Canvas
import Domain

/// What a server found, over the body: a line per entity.
struct SearchPicture {
    let state: State
    let view: SearchView

    func draw(in frame: inout Frame) {
        let body = state.layout.screen.body
        let area = Rect(body.x, body.y + 1, body.width, body.height - 1)
        frame.clipped(to: body) { frame in
            frame.fill(body, Theme.style(.text))
            let backend = state.backend(view.search.backend)?.name ?? ""
            let count = view.found.map { "\($0.count) found" } ?? ""
            let start = frame.putRight([Piece(count, .textMuted)], endingAt: body.maxX - 1, body.y)
            frame.put(
                [
                    Piece(" search", .textHeading), Piece(" › ", .textMuted),
                    Piece(view.search.text, .textStrong),
                    Piece("  on \(backend)", .textMuted),
                ], body.x, body.y, width: max(0, start - body.x - 1))
            if let problem = view.problem {
                say(problem, .freshLost, in: &frame, area)
            } else if let table = view.found {
                if table.count == 0 { return say("the server finds nothing", .textMuted, in: &frame, area) }
                FocusedList(count: table.count, focus: view.focus) { pieces(table, $0) }
                    .draw(in: &frame, area)
            } else {
                say("asking…", .textMuted, in: &frame, area)
            }
        }
    }

    /// The name, how it is, and the first words of its columns.
    private func pieces(_ table: Table, _ row: Int) -> [Piece] {
        let resource = table.resource
        var pieces = [Piece(table.name(row), .link)]
        var words = 0
        // What was found comes first: it is why the row is here.
        let columns = resource.fields.indices.sorted {
            (resource.fields[$0].key == .matched ? 0 : 1, $0) < (
                resource.fields[$1].key == .matched ? 0 : 1, $1
            )
        }
        for column in columns {
            let field = resource.fields[column]
            guard field.key != resource.nameField, field.priority != nil else { continue }
            let cell = CellText(table.value(row, column), field.type, key: field.key, now: state.wall)
            switch field.type {
            case .state, .severity: pieces.append(Piece("  \(cell.text)", cell.role))
            case .text,
                .word where words < 4 && !cell.text.isEmpty:
                pieces.append(Piece("  \(cell.text)", .textMuted))
                words += 1
            default: break
            }
        }
        return pieces
    }

    private func say(_ words: String, _ role: Role, in frame: inout Frame, _ area: Rect) {
        for (row, line) in TextLayout.wrap(words, to: max(1, area.width - 2)).prefix(area.height).enumerated()
        {
            frame.put(line, area.x + 1, area.y + row, role, width: area.width - 1)
        }
    }
}
