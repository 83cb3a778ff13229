import Canvas
import Domain
import Filter

extension State {
    /// The names that a filter of the current pane may use.
    var vocabulary: FilterVocabulary {
        // The rows of an API have fields of their own, which no backend declares.
        let browsed = collection.flatMap { browse[$0]?.table?.resource }.map { [$0] }
        let resources =
            browsed ?? backends.flatMap(\.resources).filter { pane.pane.kinds.contains($0.kind) }
        return FilterVocabulary(
            resources, backends: backends.map(\.name),
            sets: Set(["marked", "snoozed"] + (claims.isKept ? ["claimed"] : [])).union(sinceSets.keys),
            owners: claims.isKept ? claims.owners : nil)
    }

    /// Filters while it is typed; a text that says nothing leaves the last good filter in force.
    mutating func filterTyped(_ text: String) -> [Effect] {
        switch FilterExpression.parse(text, vocabulary) {
        case .finished(let expression):
            return rearrange { $0.narrowing.show(expression, typed: text) }
        case .unfinished(let remark), .failed(let remark):
            panes[paneIndex].narrowing.setRemark(remark)
            return []
        }
    }

    /// Filters while it is typed; while the text is wrong or waits for more, by what was complete before that place,
    /// else as before the prompt: a name of a field that is half typed would hide every row.
    private mutating func filterTyped(_ text: String, before: String) -> [Effect] {
        let words = vocabulary
        let whole = FilterExpression.parse(text, words)
        guard let remark = whole.remark else { return filterTyped(text) }
        var kept = before
        var part = text[...]
        while let blank = part.lastIndex(where: \.isWhitespace) {
            part = part[..<blank]
            if case .finished(let expression) = FilterExpression.parse(String(part), words),
                expression != .everything
            {
                kept = String(part)
                break
            }
        }
        let effects = kept == pane.filterText ? [] : filterTyped(kept)
        panes[paneIndex].narrowing.setRemark(remark)
        return effects
    }

    /// Takes what was typed into a prompt so far.
    mutating func typed(_ prompt: FilterPrompt) -> [Effect] {
        switch prompt.purpose {
        case .show: return filterTyped(prompt.input.text, before: prompt.before)
        case .mark:
            let parsed = FilterExpression.parse(prompt.input.text, vocabulary)
            panes[paneIndex].narrowing.setRemark(parsed.remark)
            return []
        case .name: return []
        case .find: return findTyped(prompt.input.text)
        }
    }

    /// Marks the shown rows that pass what was typed.
    mutating func markMatching(_ text: String) -> [Effect] {
        defer { panes[paneIndex].narrowing.setRemark(nil) }
        switch FilterExpression.parse(text, vocabulary) {
        case .unfinished(let remark), .failed(let remark):
            showMessage(.bad, "nothing was marked: \(remark.words)")
            return []
        case .finished(.everything): return []
        case .finished(let wanted):
            let shown = pane.arrangement.request
            let both = FilterExpression.all([shown.filter, wanted])
            let request = Arrangement.Request(
                tables: shown.tables, owner: shown.owner, filter: both, hiding: shown.hiding,
                context: filterContext(of: pane, for: both))
            guard shown.tables.reduce(0, { $0 + $1.count }) <= Self.arrangeAtOnce else {
                return [.select(pane.pane.name, request)]
            }
            return Arrangement.make(request).map { selected(pane.pane.name, $0) } ?? []
        }
    }

    /// Marks rows that were found.
    mutating func selected(_ name: PaneName, _ found: Arrangement) -> [Effect] {
        guard let index = panes.firstIndex(where: { $0.pane.name == name }) else { return [] }
        panes[index].marking.add(0..<found.count, of: found)
        let count = Quantity.count(panes[index].marks.count)
        showMessage(
            .plain, found.count == 0 ? "nothing fits" : "\(Quantity.count(found.count)) fit, \(count) marked")
        return marksChanged(index)
    }
}

extension State {
    /// Keeps what was typed; what can't be read leaves the table as it was before, and is said.
    mutating func endFiltering(_ text: String, before: String) -> [Effect] {
        guard let remark = pane.filterRemark else {
            panes[paneIndex].keepFilter(text)
            return []
        }
        let effects = filterTyped(before)
        forgetFilterRemark()
        showMessage(.bad, "\(remark.words); filter unchanged")
        return effects
    }

    /// Nothing is typed any more that could be wrong.
    mutating func forgetFilterRemark() { panes[paneIndex].narrowing.setRemark(nil) }
}

extension FilterParse {
    /// What is wrong with the text or missing from it; nil when nothing is.
    fileprivate var remark: FilterRemark? {
        switch self {
        case .finished: nil
        case .unfinished(let remark), .failed(let remark): remark
        }
    }
}
