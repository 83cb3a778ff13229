import Canvas
import Domain
import Filter

/// Finding: the cursor goes from one row or line to the next that fits, and nothing is left out.
extension State {
    /// Where it is looked for: the audit log, the opened entity, or the current table.
    private enum Ground { case audit, detail, table }

    private var ground: Ground {
        if layers.all.last(where: { !($0 is FilterPrompt) }) is AuditPage { return .audit }
        return details.isEmpty ? .table : .detail
    }

    /// What is looked for where the operator is.
    public var find: Find? {
        switch ground {
        case .audit: audit?.find
        case .detail: details.last?.find
        case .table: pane.find
        }
    }

    private mutating func setFind(_ find: Find?) {
        switch ground {
        case .audit: changeAudit { $0.find = find }
        case .detail: details[details.count - 1].setFind(find)
        case .table: panes[paneIndex].setFind(find)
        }
    }

    /// The row or line under the cursor, where it is looked for.
    var findRow: Int {
        switch ground {
        case .audit: audit?.focus ?? 0
        case .detail: details.last?.focus ?? 0
        case .table: pane.cursorRow
        }
    }

    /// The names that what is looked for may use.
    var findVocabulary: FilterVocabulary {
        ground == .table ? vocabulary : FindableLines.vocabulary
    }

    // MARK: The prompt

    /// Begins to look for something; what was looked for before comes back with Esc.
    mutating func beginFind() {
        let origin: Find.Origin =
            switch ground {
            case .audit: Find.Origin(entity: nil, row: findRow, top: 0)
            case .detail: Find.Origin(entity: nil, row: findRow, top: details.last?.top ?? 0)
            case .table: Find.Origin(entity: pane.cursor, row: pane.cursorRow, top: pane.top)
            }
        let before = find
        setFind(Find(from: origin))
        layers.push(FilterPrompt(for: .find(before)))
    }

    /// Goes to the nearest row that fits what was typed so far; what says nothing leaves the last that did.
    mutating func findTyped(_ text: String) -> [Effect] {
        switch FilterExpression.parse(text, findVocabulary) {
        case .finished(let wanted):
            panes[paneIndex].narrowing.setRemark(nil)
            var find = find
            find?.type(text, wanted)
            setFind(find)
            return look()
        case .unfinished(let remark), .failed(let remark):
            panes[paneIndex].narrowing.setRemark(remark)
            return []
        }
    }

    /// Stays where it was found, or where it will be found.
    mutating func endFinding() -> [Effect] {
        let remark = pane.filterRemark
        panes[paneIndex].narrowing.setRemark(nil)
        guard let find, find.wanted != .everything else {
            setFind(nil)
            return []
        }
        if let remark {
            showMessage(.bad, "looking for \(find.text): \(remark.words)")
        } else if find.hits?.count == 0 {
            showMessage(.plain, "nothing here fits \(find.text)")
        }
        return []
    }

    /// Goes back to where the cursor was.
    mutating func leaveFinding(_ before: Find?) -> [Effect] {
        panes[paneIndex].narrowing.setRemark(nil)
        if let find { moveBack(to: find.origin) }
        setFind(before)
        return before == nil ? [] : look()
    }

    private mutating func moveBack(to origin: Find.Origin) {
        guard ground == .table else { return moveFind(to: origin.row) }
        panes[paneIndex].moveCursor(backTo: origin, page: layout.rows)
    }

    private mutating func moveFind(to row: Int) {
        switch ground {
        case .audit:
            changeAudit { $0.moveFocus(to: row) }
        case .detail: if let opened = details.last { moveFocus(to: row, of: lines(of: opened)) }
        case .table: panes[paneIndex].moveCursor(to: row, page: layout.rows)
        }
    }

    // MARK: Again

    /// Why nothing can be found again; nil when it can.
    var reasonAgainstFindingAgain: String? {
        guard find == nil, !(layers.top is RawPage) else { return nil }
        // Where it can be pressed: in the palette, which says this, every letter is text.
        let contexts: [KeyContext] = details.isEmpty ? [.table, .global] : [.detail, .global]
        let key = keymap.spelling(of: .own(.find), in: contexts) ?? "the palette"
        return "nothing is looked for here: \(key) does"
    }

    /// Why the row under the cursor is not yet the one that is looked for; nil when it is.
    var reasonAgainstActingWhileLooking: String? {
        guard details.isEmpty, let find = pane.find, find.jump != nil else { return nil }
        return "still looking for \(find.text)"
    }

    /// Goes to the next row that fits, or the one before.
    mutating func findAgain(_ step: Int) -> [Effect] {
        guard var find else { return [] }
        find.goOn(step)
        setFind(find)
        // Other rows came meanwhile: they are being looked through, and the jump waits for that.
        if ground == .table, !isFindCurrent(paneIndex) { return find.isAsked ? [] : look() }
        guard ground == .table else { return look() }
        land(paneIndex)
        return []
    }

    /// Takes what is looked for away; nil when nothing is.
    mutating func endFind() -> [Effect]? {
        guard layers.isEmpty, find != nil else { return nil }
        setFind(nil)
        return []
    }

    // MARK: Looking

    /// Searches what has the keys.
    private mutating func look() -> [Effect] {
        guard ground != .table else { return lookThrough(paneIndex) }
        guard var find else { return [] }
        let lines = ground == .audit ? auditLines : details.last.map { findableLines(of: $0) }
        find.show(lines?.hits(of: find.wanted, now: wall))
        let landing = find.landing(cursor: findRow, origin: find.origin.row)
        let again = find.jump.flatMap { $0.isFromOrigin ? nil : $0.step }
        let origin = find.jump.map { $0.isFromOrigin ? find.origin.row : findRow }
        find.endJump()
        setFind(find)
        if let row = landing?.position ?? origin { moveFind(to: row) }
        if let again { tell(find, landing, again) }
        return []
    }

    /// Looks through the rows of a pane: at once when they are few, else off the main thread.
    mutating func lookThrough(_ index: Int) -> [Effect] {
        guard var find = panes[index].find, find.wanted != .everything else {
            panes[index].changeFind { $0.show(nil) }
            if panes[index].find?.jump != nil { land(index) }
            return []
        }
        let arrangement = panes[index].arrangement
        let request = Hits.Request(
            find.wanted, in: arrangement, context: filterContext(of: panes[index], for: find.wanted))
        guard arrangement.total > Self.arrangeAtOnce else {
            find.answer(Hits.make(request))
            panes[index].setFind(find)
            land(index)
            return []
        }
        let question = find.ask()
        panes[index].setFind(find)
        return question.map { [.find(panes[index].pane.name, question: $0, request)] } ?? []
    }

    mutating func found(_ name: PaneName, _ question: Int, _ hits: Hits) -> [Effect] {
        guard let index = panes.firstIndex(where: { $0.pane.name == name }) else { return [] }
        switch panes[index].changeFind({ $0.answered(question) }) {
        case nil, .unasked: return []
        case .outdated: return lookThrough(index)
        case .current:
            panes[index].changeFind { $0.show(hits) }
            land(index)
            return []
        }
    }

    private func isFindCurrent(_ index: Int) -> Bool {
        panes[index].find?.hits.map { $0.request.arrangement === panes[index].arrangement } ?? false
    }

    /// Goes where a pane's jump leads; where nothing was found while it is typed, to where it began.
    private mutating func land(_ index: Int) {
        guard let find = panes[index].find, let jump = find.jump else { return }
        guard find.wanted == .everything || isFindCurrent(index) else { return }
        let origin = find.origin.entity.flatMap { panes[index].arrangement.position(of: $0) }
        let landing = find.landing(cursor: panes[index].cursorRow, origin: origin ?? find.origin.row)
        let page = layout(of: panes[index].pane.name).rows
        if let row = landing?.position ?? (jump.isFromOrigin ? origin ?? find.origin.row : nil) {
            panes[index].moveCursor(to: row, page: page)
        }
        panes[index].changeFind { $0.endJump() }
        if !jump.isFromOrigin, index == paneIndex, let find = panes[index].find {
            tell(find, landing, jump.step)
        }
    }

    /// Says which of how many it is, and that it went round an end.
    private mutating func tell(_ find: Find, _ landing: (position: Int, wrapped: Bool)?, _ step: Int) {
        guard let landing else { return showMessage(.plain, "nothing here fits \(find.text)") }
        let end = landing.wrapped ? "; wrapped: on from the \(step > 0 ? "first" : "last")" : ""
        showMessage(.plain, "\(find.text): \(find.words(findRow))\(end)")
    }

    // MARK: Lines

    /// What an opened entity shows, line by line.
    private func findableLines(of opened: DetailState) -> FindableLines {
        let picture = DetailPicture(state: self, opened: opened)
        return FindableLines(
            lines: lines(of: opened).map { line in
                if case .field(let field) = line { (field.name, picture.value(field).text) } else { nil }
            })
    }

    /// What the audit log shows, record by record.
    private var auditLines: FindableLines {
        FindableLines(
            lines: (audit?.entries ?? []).map { entry in
                let results = entry.results.map { "\($0.state.rawValue) \($0.words)" }
                let words = [entry.who] + entry.targets + results + entry.lines
                return (entry.what, words.joined(separator: " · "))
            })
    }

    /// Looks again through lines that are not what they were; the cursor stays.
    mutating func linesChanged(_ index: Int) {
        guard var find = details[index].find else { return }
        find.show(findableLines(of: details[index]).hits(of: find.wanted, now: wall))
        details[index].setFind(find)
    }

    /// Looks again through records that are not what they were; the cursor stays.
    mutating func auditChanged() {
        guard let find = audit?.find else { return }
        let hits = auditLines.hits(of: find.wanted, now: wall)
        changeAudit { $0.find?.show(hits) }
    }

    /// The audit log where it is on the screen.
    private var audit: AuditPage? { layers.last(AuditPage.self) }

    private mutating func changeAudit(_ change: (inout AuditPage) -> Void) {
        layers.update(AuditPage.self, change)
    }
}
