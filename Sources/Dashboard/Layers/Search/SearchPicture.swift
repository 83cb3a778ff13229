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
            let count = view.count > 0 || view.isComplete ? "\(view.count) found" : ""
            let start = frame.putRight([Piece(count, .textMuted)], endingAt: body.maxX - 1, body.y)
            let names = view.parts.compactMap { state.backend($0.search.backend)?.name }
            let servers = names.enumerated().filter { names.firstIndex(of: $1) == $0 }.map(\.element)
            frame.put(
                [
                    Piece(" search", .textHeading), Piece(" › ", .textMuted), Piece(view.text, .textStrong),
                    Piece("  on \(servers.joined(separator: ", "))", .textMuted),
                ], body.x, body.y, width: max(0, start - body.x - 1))
            // What is missing stands below what is there.
            let remarks = remarks
            let room = area.height - min(remarks.count, area.height / 2)
            let list = Rect(area.x, area.y, area.width, min(room, view.count))
            FocusedList(count: view.count, focus: view.focus) { line in
                view.row(at: line).map { pieces($0.table, $0.row, servers.count > 1) } ?? []
            }.draw(in: &frame, list)
            let rest = Rect(area.x, list.maxY, area.width, area.maxY - list.maxY)
            for (row, (words, role)) in remarks.prefix(rest.height).enumerated() {
                frame.put(words, rest.x + 1, rest.y + row, role, width: rest.width - 1)
            }
        }
    }

    /// Who is still asked, who could not be asked, and whether all found nothing.
    private var remarks: [(String, Role)] {
        var lines: [(String, Role)] = []
        for part in view.parts {
            let name = state.backend(part.search.backend)?.name ?? ""
            if let problem = part.problem { lines.append(("\(name): \(problem)", .freshLost)) }
            if part.found == nil, part.problem == nil { lines.append(("asking \(name)…", .textMuted)) }
        }
        return lines.isEmpty && view.count == 0 ? [("nothing found", .textMuted)] : lines
    }

    /// The name, how it is, and the first words of its columns.
    private func pieces(_ table: Table, _ row: Int, _ isNamed: Bool) -> [Piece] {
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
        if isNamed, let backend = state.backend(table.backend) {
            pieces.append(Piece("  @\(backend.name)", .textMuted))
        }
        return pieces
    }
}
