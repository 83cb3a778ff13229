import Canvas
import Domain
import Filter

/// What is copied to the terminal's clipboard.
extension State {
    /// More rows than this are not copied: `nocturne get` is for that.
    static let mostCopiedRows = 10_000

    /// Why nothing can be copied; nil when something can.
    var reasonAgainstCopying: String? {
        details.isEmpty && pane.cursor == nil && pane.marks.isEmpty ? "there is nothing here to copy" : nil
    }

    /// Opens the menu; it keeps to the entities that are in front now.
    mutating func openCopyMenu() { layers.push(CopyMenu(choices: copyChoices)) }

    private var copyChoices: [CopyMenu.Choice] {
        var choices: [CopyMenu.Choice] = []
        func add(_ title: String, _ sample: String, _ subject: CopyMenu.Subject) {
            choices.append(CopyMenu.Choice(title: title, sample: sample, subject: subject))
        }
        if let opened = details.last, let line = fieldUnderCursor(of: opened) {
            let text = copied(line.value, line.type)
            if !text.isEmpty { add(line.name.isEmpty ? "Value" : line.name, text, .text(text)) }
        }
        if let entity = details.last?.entity ?? pane.cursor {
            let name = details.last?.title ?? find(entity).map { $0.table.name($0.row) } ?? entity.id
            add("Name", name, .text(CleanText.oneLine(name)))
            if let found = find(entity) {
                add("Row as text", line(of: found.table, found.row), .rows([entity]))
                add("Row as JSON", "{\"backend\": …", .objects([entity]))
            }
        }
        if !isPast, reasonAgainstAddress == nil, let entity = details.last?.entity ?? pane.cursor {
            add("Web address", "", .address(entity))
        }
        if details.isEmpty, !pane.marks.isEmpty {
            let marked = markedInOrder
            let count = "\(Quantity.count(marked.count)) marked"
            add("Names of the \(count)", marked.first.map { name(alone: $0) } ?? "", .names(marked))
            add("The \(count) as text", "", .rows(marked))
            add("The \(count) as JSON", "", .objects(marked))
        }
        if details.isEmpty, pane.arrangement.count > 0 {
            let count = pane.arrangement.count
            let rows = count == 1 ? "1 row" : "\(Quantity.count(count)) rows"
            add("Table as CSV", rows, .table(copiedTable(.csv)))
            add("Table as Markdown", rows, .table(copiedTable(.markdown)))
        }
        // Commands for a shell print what is so now.
        if isPast { return choices }
        if let line = getLine { add("Command that prints it", line, .line(line)) }
        if let line = openLine { add("Command that opens it", line, .line(line)) }
        return choices
    }

    private func fieldUnderCursor(of opened: DetailState) -> Detail.Line? {
        let lines = lines(of: opened)
        guard lines.indices.contains(opened.focus), case .field(let line) = lines[opened.focus] else {
            return nil
        }
        return line
    }

    /// The marked entities as they are shown, then those that the filter hides.
    private var markedInOrder: [EntityRef] {
        let arrangement = pane.arrangement
        let shown = arrangement.rows.indices.lazy.map { arrangement.entity($0) }
            .filter { pane.marks.contains($0) }
        let hidden = arrangement.tables.lazy.flatMap(\.refs)
            .filter { pane.marks.contains($0) && arrangement.position(of: $0) == nil }
        return Array(shown) + Array(hidden)
    }

    mutating func copy(_ choice: CopyMenu.Choice) -> [Effect] {
        switch choice.subject {
        case .address(let entity): return [.address(entity, find(entity)?.table, .copy)]
        case .text(let text), .line(let text): return copy(text, named: text)
        case .table(let table):
            return [
                .copy(
                    Clipping(
                        table.words(all: pane.arrangement.count), .table(table), needsFile: needsClipboardFile
                    ))
            ]
        case .names(let entities):
            let (taken, words) = taken(entities, "name", "names")
            return copy(taken.map { name(alone: $0) }.joined(separator: "\n"), named: words)
        case .rows(let entities):
            let (taken, words) = taken(entities, "row as text", "rows as text")
            let lines = taken.compactMap { entity in find(entity).map { line(of: $0.table, $0.row) } }
            return copy(lines.joined(separator: "\n"), named: words)
        case .objects(let entities):
            let (taken, words) = taken(entities, "row as JSON", "rows as JSON")
            return [.copy(Clipping(words, .rows(taken.compactMap(object)), needsFile: needsClipboardFile))]
        }
    }

    /// Copies a text that was made clean before.
    mutating func copy(_ text: String, named words: String) -> [Effect] {
        [.copy(Clipping(words, .text(text), needsFile: needsClipboardFile))]
    }

    private var needsClipboardFile: Bool { terminal.clipboard != .certain }

    /// The entities that are copied, and what they are in words.
    private func taken(_ entities: [EntityRef], _ one: String, _ many: String) -> ([EntityRef], String) {
        let taken = Array(entities.prefix(Self.mostCopiedRows))
        let rest = entities.count - taken.count
        let words = taken.count == 1 ? "1 \(one)" : "\(Quantity.count(taken.count)) \(many)"
        guard rest > 0 else { return (taken, words) }
        return (taken, "the first \(words); nocturne get prints all \(Quantity.count(entities.count))")
    }

    // MARK: What rows become

    /// What an entity alone is called.
    private func name(alone entity: EntityRef) -> String {
        CleanText.oneLine(find(entity).map { $0.table.name($0.row) } ?? entity.id)
    }

    private func object(_ entity: EntityRef) -> FlatRow? {
        guard let found = find(entity), let backend = backend(entity.backend) else { return nil }
        let age = backend.health[entity.kind]?.arrivedAt.map { now - $0 }
        let fetchedAt = age.map { Timestamp(wall.seconds - Int64($0.rounded())) }
        return FlatRow(found.table, found.row, backend: backend.name, fetchedAt: fetchedAt)
    }

    /// A row as its pane shows it, with moments in place of ages, which would not stay true.
    private func line(of table: Table, _ row: Int) -> String {
        let kind = table.resource.kind
        let own = pane.pane.kinds.contains(kind) ? pane : panes.first { $0.pane.kinds.contains(kind) }
        let fields =
            own?.wholePane.columns.map { (key: $0.key, type: $0.type) }
            ?? table.resource.fields.map { (key: $0.key, type: $0.type) }
        let texts = fields.map { key, type in
            key == .backend ? backend(table.backend)?.name ?? "" : copied(table.value(row, key), type)
        }
        return texts.filter { !$0.isEmpty }.joined(separator: "  ")
    }

    /// A value as it is worth something elsewhere.
    private func copied(_ value: Value, _ type: FieldType) -> String {
        CopiedTable.readable(value, type, wall, zone)
    }

    // MARK: What became of it

    mutating func copied(_ clipped: Clipped) -> [Effect] {
        let isCut = clipped.lines.kept < clipped.lines.all
        let part =
            isCut
            ? "\(Quantity.count(clipped.lines.kept)) of \(Quantity.count(clipped.lines.all)) lines"
            : clipped.words
        switch (clipped.file, terminal.clipboard) {
        case (.success(let path)?, .absent):
            showMessage(.good, "copied to \(path): this terminal has no clipboard (\(clipped.words))")
        case (.success(let path)?, _) where isCut:
            showMessage(.bad, "copied to \(path); a clipboard has room for \(part) only")
        case (.success(let path)?, _):
            // Where the terminal does not take it, it is in the file; what was copied comes first.
            showMessage(.good, "copied: \(part)  (also in \(path))")
        case (.failure(let error)?, .absent):
            showMessage(.bad, "not copied: this terminal has no clipboard, and \(error.words)")
        case (.failure(let error)?, _):
            showMessage(.bad, "sent to the terminal's clipboard: \(part); but \(error.words)")
        case (nil, _): showMessage(.good, "copied: \(clipped.words)")
        }
        if terminal.clipboard == .absent || clipped.base64.isEmpty { return [] }
        return [.transmit(.clipboard(base64: clipped.base64))]
    }
}
