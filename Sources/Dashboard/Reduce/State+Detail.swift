public import Domain

/// One line of an opened entity as it is drawn: a heading or a field.
public enum DetailLine: Sendable, Equatable {
    /// The heading of a section.
    case heading(String)
    /// A field.
    case field(Detail.Line)
    /// An empty line.
    case blank
}

extension State {
    /// Rows of other tables shown per section.
    private static let relatedRows = 200

    /// The lines of an opened entity: what the server says, else what its row holds, then what names it.
    public func lines(of opened: DetailState) -> [DetailLine] {
        var sections = opened.detail?.sections ?? []
        if sections.isEmpty, let found = find(opened.entity) {
            sections = [rowSection(found.table, found.row)]
        }
        var lines: [DetailLine] = []
        for section in sections + opened.related where !section.lines.isEmpty {
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(section.title))
            lines += section.lines.map(DetailLine.field)
        }
        return lines
    }

    private func rowSection(_ table: Table, _ row: Int) -> Detail.Section {
        Detail.Section(
            table.resource.kind.rawValue,
            table.resource.fields.indices.map { column in
                let field = table.resource.fields[column]
                return Detail.Line(field.title, table.value(row, column), field.type)
            })
    }

    /// Rows of the same backend that refer to an entity, one section per resource.
    func relatedSections(of entity: EntityRef) -> [Detail.Section] {
        guard let backend = backend(entity.backend) else { return [] }
        return backend.resources.compactMap { resource in
            guard let table = backend.tables[resource.kind] else { return nil }
            let rows = table.rows(referringTo: entity)
            guard !rows.isEmpty else { return nil }
            let shown = rows.prefix(Self.relatedRows).map { relatedLine(table, $0) }
            let more = rows.count - shown.count
            let title = "\(resource.plural) (\(Quantity.count(rows.count)))"
            let rest = more > 0 ? [Detail.Line("…", .text("\(Quantity.count(more)) more in the pane"))] : []
            return Detail.Section(title, shown + rest)
        }
    }

    private func relatedLine(_ table: Table, _ row: Int) -> Detail.Line {
        let resource = table.resource
        let words = resource.fields.indices.filter { column in
            switch resource.fields[column].type {
            case .severity, .state: true
            default: false
            }
        }.map { table.text(row, $0) }.filter { !$0.isEmpty }
        return Detail.Line(
            words.joined(separator: " "), .ref(table.refs[row], name: table.name(row)), .ref(resource.kind))
    }

    func linkUnderCursor(of opened: DetailState) -> EntityRef? {
        let lines = lines(of: opened)
        guard lines.indices.contains(opened.focus), case .field(let line) = lines[opened.focus],
            case .ref(let entity, _) = line.value
        else { return nil }
        return entity
    }

    /// Moves through the lines of the opened entity, over headings and blanks.
    mutating func moveFocus(by step: Int) {
        guard var opened = details.last else { return }
        let lines = lines(of: opened)
        let places = lines.indices.filter { if case .field = lines[$0] { true } else { false } }
        guard !places.isEmpty else { return }
        let current = places.lastIndex { $0 <= opened.focus } ?? 0
        let next = max(0, min(places.count - 1, current.addingClamped(step)))
        opened.focus = places[next]
        let page = max(1, layout.detailRows)
        // The heading above the first field stays in sight.
        let upper = next == 0 ? 0 : opened.focus
        if upper < opened.top { opened.top = upper }
        if opened.focus >= opened.top + page { opened.top = opened.focus - page + 1 }
        details[details.count - 1] = opened
    }
}
