import Domain
import Filter

extension PaneState {
    /// The title of the field in which the row under the cursor matches a word of the filter, where no column on the
    /// screen has it: else nobody knows why the row is there.
    var hiddenMatch: String? {
        guard filter != .everything, arrangement.rows.indices.contains(cursorRow) else { return nil }
        let words = filter.wantedTexts
        guard !words.isEmpty else { return nil }
        let handle = arrangement.rows[cursorRow]
        let table = arrangement.tables[handle.table]
        let visible = Set(visiblePane.columns.map(\.key))
        for word in words {
            let folded = Folding.fold(word.text)
            let places = table.resource.fields.indices.filter { place in
                String(decoding: Folding.fold(table.text(handle.row, place)), as: UTF8.self)
                    .contains(String(decoding: folded, as: UTF8.self))
            }
            guard let place = places.first,
                !places.contains(where: { visible.contains(table.resource.fields[$0].key) })
            else { continue }
            return table.resource.fields[place].title.lowercased()
        }
        return nil
    }
}

extension FilterExpression {
    /// The words that every row has to have in any text of it; one of several alternatives is not one of them.
    fileprivate var wantedTexts: [FilterText] {
        switch self {
        case .text(let text): [text]
        case .all(let parts): parts.flatMap(\.wantedTexts)
        case .everything, .pattern, .field, .backend, .condition, .not, .any: []
        }
    }
}
