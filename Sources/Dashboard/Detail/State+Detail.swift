import Canvas
public import Domain

/// One line of an opened entity as it is drawn: a heading or a field.
public enum DetailLine: Sendable, Equatable {
    /// The heading of a section.
    case heading(String)
    /// A field.
    case field(Detail.Line)
    /// A line of a chart, as it is drawn.
    case plot(String)
    /// An empty line.
    case blank

    var isField: Bool { if case .field = self { true } else { false } }

    /// The entity that a line leads to.
    var link: EntityRef? {
        if case .field(let line) = self, case .ref(let entity, _) = line.value { entity } else { nil }
    }
}

extension State {
    /// Screens of so many rows have room for charts above the fields.
    private static let heightForTrends = 30

    /// The lines of an opened entity: what the server says, else what its row holds, then what names it.
    public func lines(of opened: DetailState) -> [DetailLine] {
        var sections = opened.detail?.sections ?? []
        if sections.isEmpty, let found = find(opened.entity) {
            sections = [rowSection(found.table, found.row)]
        }
        var lines = liveLines(of: opened)
        // Where the fields fill the screen alone, what was measured stands behind them.
        let trends = trendLines(of: opened.entity)
        let areTrendsFirst = size.height >= Self.heightForTrends
        if areTrendsFirst, !trends.isEmpty {
            if !lines.isEmpty { lines.append(.blank) }
            lines += trends
        }
        // What it is first, then what is wrong with what belongs to it, then all the rest.
        var ordered = Array(sections.prefix(1))
        ordered += [claimSection(of: opened.entity)].compactMap(\.self)
        ordered += [runbookSection(of: opened.entity)].compactMap(\.self)
        ordered += opened.linkedSections
        ordered += earlierSection(of: opened).map { [$0] } ?? []
        ordered += opened.related.compactMap(\.first)
        ordered += sections.dropFirst()
        ordered += opened.related.compactMap(\.all)
        let absence = isPast ? "not recorded" : "no value"
        for section in ordered.map({ $0.naming(emptyFieldsAs: absence) }) where !section.lines.isEmpty {
            if !lines.isEmpty { lines.append(.blank) }
            lines.append(.heading(section.title))
            lines += opened.unfolded(section.lines).map(DetailLine.field)
            lines += curveLines(of: section)
        }
        return areTrendsFirst || trends.isEmpty ? lines : lines + [.blank] + trends
    }

    private func rowSection(_ table: Table, _ row: Int) -> Detail.Section {
        Detail.Section(
            table.resource.kind.rawValue,
            table.resource.fields.indices.filter { table.resource.fields[$0].key != .impactRank }.map {
                column in
                let field = table.resource.fields[column]
                return Detail.Line(field.title, table.value(row, column), field.type)
            })
    }

    /// Rows of the same backend that refer to an entity, by resource.
    func relatedRows(of entity: EntityRef) -> [RelatedRows] {
        guard let backend = backend(entity.backend) else { return [] }
        let own = backend.resources.compactMap { resource in
            backend.remembered[resource.kind] != nil
                ? nil : backend.tables[resource.kind].flatMap { RelatedRows($0, naming: entity) }
        }
        return own + rowsOfDevice(of: entity, backend)
    }

    /// What is wrong with the device that an alert is about: a rule's name alone does not say which port it means.
    private func rowsOfDevice(of entity: EntityRef, _ backend: BackendState) -> [RelatedRows] {
        guard entity.kind == .alert, let found = find(entity),
            let column = found.table.resource.index(of: .device),
            case .ref(let device, _) = found.table.value(found.row, column)
        else { return [] }
        return backend.resources.compactMap { resource in
            guard resource.kind != .alert, backend.remembered[resource.kind] == nil else { return nil }
            return backend.tables[resource.kind].flatMap {
                RelatedRows($0, naming: device, areOfDevice: true)
            }
        }
    }

    /// Finds the rows that name an opened entity again; the cursor stays on its link.
    mutating func relate(_ index: Int) {
        let related = relatedRows(of: details[index].entity)
        let linked = linkedSections(of: details[index].entity)
        changeDetail(index) { $0.relate(related, linked) }
    }

    /// Changes what an opened entity shows; the cursor stays on its link, else near where it was.
    mutating func changeDetail(_ index: Int, _ change: (inout DetailState) -> Void) {
        keepFocus(of: index) { change(&$0.details[index]) }
    }

    /// Changes what the lines of an opened entity follow from; its cursor stays on its link, else near where it was.
    mutating func keepFocus(of index: Int, while change: (inout State) -> Void) {
        let before = lines(of: details[index])
        let focus = details[index].focus
        let link = before.indices.contains(focus) ? before[focus].link : nil
        change(&self)
        let lines = lines(of: details[index])
        let kept = link.flatMap { link in lines.firstIndex { $0.link == link } }
        details[index].moveFocus(to: kept ?? Self.field(near: focus, in: lines))
        linesChanged(index)
        scrollDetail(index, lines: lines)
    }

    private static func field(near place: Int, in lines: [DetailLine]) -> Int {
        let place = max(0, min(place, lines.count - 1))
        return lines.indices.dropFirst(place).first { lines[$0].isField }
            ?? lines.indices.last { lines[$0].isField } ?? 0
    }

    /// Asks for everything about an opened entity; never twice at once.
    mutating func askDetail(_ index: Int, afterCommand: Bool = false) -> [Effect] {
        let entity = details[index].entity
        if isPast {
            details[index].failed(Self.onlyRecorded)
            return []
        }
        let rest = backend(entity.backend)?.restWords
        let asks = details[index].ask(resting: rest, afterCommand: afterCommand)
        return asks ? [.detail(entity)] : []
    }

    /// Shows a detail as far as it is.
    ///
    /// Once all of it was there, the next is shown when it is whole, so that sections don't go and come back.
    mutating func partlyDetailed(_ entity: EntityRef, _ detail: Detail) {
        split.partlyDetailed(entity, detail)
        guard let index = details.firstIndex(where: { $0.entity == entity }),
            details[index].isAsking, details[index].arrivedAt == nil
        else { return }
        changeDetail(index) { $0.show(detail) }
    }

    mutating func detailed(_ entity: EntityRef, _ result: Result<Detail, BackendError>) -> [Effect] {
        if case .failure(let error) = result { refused(entity.backend, by: error) }
        split.detailed(entity, result, now: now)
        guard let index = details.firstIndex(where: { $0.entity == entity }) else { return [] }
        details[index].answered()
        switch result {
        case .success(let detail):
            changeDetail(index) { [now] in $0.show(detail, whole: now) }
        case .failure(let error): details[index].failed(error)
        }
        return details[index].takeAsksAgain() ? askDetail(index) : []
    }

    func linkUnderCursor(of opened: DetailState) -> EntityRef? {
        let lines = lines(of: opened)
        return lines.indices.contains(opened.focus) ? lines[opened.focus].link : nil
    }

    /// Moves through the lines of the opened entity, over headings and blanks.
    mutating func moveFocus(by step: Int) {
        guard let opened = details.last else { return }
        let lines = lines(of: opened)
        let places = lines.indices.filter { lines[$0].isField }
        guard !places.isEmpty else { return }
        let current = places.lastIndex { $0 <= opened.focus } ?? 0
        let next = max(0, min(places.count - 1, current.addingClamped(step)))
        moveFocus(to: places[next], of: lines)
    }

    /// Puts the cursor of the opened entity on a line.
    mutating func moveFocus(to place: Int, of lines: [DetailLine]) {
        details[details.count - 1].moveFocus(to: place)
        scrollDetail(details.count - 1, lines: lines)
    }

    /// Screens of so many columns show what does not fit in one column in a second one.
    private static let widthForColumns = 140

    /// How many columns the lines of an opened entity fill, one after the other.
    func detailColumns(_ count: Int) -> Int {
        layout.screen.body.width >= Self.widthForColumns && count > layout.detailRows ? 2 : 1
    }

    /// The lines of an opened entity that are on the screen at once.
    func detailPage(_ count: Int) -> Int { max(1, layout.detailRows * detailColumns(count)) }

    /// Scrolls an opened entity so that its cursor is on the screen, with the heading above the first field.
    func scrolledTop(of opened: DetailState, lines: [DetailLine]) -> Int {
        let page = detailPage(lines.count)
        var top = opened.top
        let isFirst = !lines.prefix(opened.focus).contains(where: \.isField)
        if isFirst, opened.focus < page { top = 0 }
        if opened.focus < top { top = opened.focus }
        if opened.focus >= top + page { top = opened.focus - page + 1 }
        return max(0, min(top, lines.count - page))
    }

    mutating func scrollDetail(_ index: Int, lines: [DetailLine]) {
        details[index].scroll(to: scrolledTop(of: details[index], lines: lines))
    }
}

extension Detail.Section {
    /// The same with the names of its empty fields in one line, where there are several.
    ///
    /// - Parameter absence: why they are empty, in a word or two.
    fileprivate func naming(emptyFieldsAs absence: String) -> Detail.Section {
        let empty = lines.filter(\.isEmptyField)
        guard empty.count > 1 else { return self }
        let names = empty.map(\.name).joined(separator: ", ")
        return Detail.Section(
            title, lines.filter { !$0.isEmptyField } + [Detail.Line(absence, .text(names))],
            curves: curves)
    }
}

extension Detail.Line {
    /// Whether it is a field that holds nothing.
    fileprivate var isEmptyField: Bool {
        guard !isExpandable, depth == 0, strip == nil, !name.isEmpty else { return false }
        return switch value {
        case .none: true
        case .text(let text): text.allSatisfy(\.isWhitespace)
        default: false
        }
    }
}
