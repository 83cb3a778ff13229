import Filter
import Canvas
import Domain

/// The first line of the body: where one is, what is filtered, how many are shown and in which order.
struct TitleLine {
    let state: State
    /// The table that it heads.
    let pane: PaneState
    /// Whether keys move in that.
    var hasKeys = true

    func draw(in frame: inout Frame, _ line: Rect) {
        guard !line.isEmpty else { return }
        var pieces =
            pane.owner == nil ? state.paneTitle() : [Piece(" \(state.words(of: pane))", .textHeading)]
        if !hasKeys { pieces = pieces.map { Piece($0.text, .textMuted) } }
        if pane.owner != nil { pieces.append(Piece(" (\(countWords))", hasKeys ? .text : .textMuted)) }
        pieces += Chips(state: state, pane: pane).pieces
        if state.isZoomed { pieces.append(Piece("  zoomed", .textStrong)) }
        if pane.problemsOnly { pieces.append(Piece("  problems only", .match)) }
        if pane.hidesAcknowledged { pieces.append(Piece("  without acknowledged", .match)) }
        if let heading = pane.pane.groupings.first(where: { $0.key == pane.grouping }) {
            pieces.append(Piece("  by \(heading.title.lowercased())", .match))
        }
        if let backend = pane.backend.flatMap(state.backend) {
            pieces.append(Piece("  @\(backend.name)", .match))
        }
        if hasKeys, let prompt = state.layers.top as? FilterPrompt, prompt.purpose == .show {
        } else if !pane.filterText.isEmpty {
            pieces.append(Piece("  \(pane.filterText)", .match))
        }
        if let title = pane.hiddenMatch { pieces.append(Piece("  this row matches in \(title)", .textMuted)) }
        if let find = pane.find, !find.text.isEmpty {
            pieces.append(Piece("  find \(find.text)", .textStrong))
        }
        let start = frame.putRight(counts(pane), endingAt: line.maxX - 1, line.y)
        frame.put(pieces, line.x, line.y, width: max(0, start - line.x - 1))
    }

    private func counts(_ pane: PaneState) -> [Piece] {
        if pane.owner == nil, let collection = state.collection {
            return BrowseSigns(state: state, collection: collection).counts(pane)
        }
        // What nobody has is not counted: its one line says all.
        if pane.pane.kinds.isEmpty { return [] }
        let arrangement = pane.arrangement
        var pieces: [Piece] = []
        if let words = partialWords, state.size.width >= 80 {
            pieces.append(Piece("\(TextLayout.cut(words, to: state.size.width / 2)) · ", .freshStale))
        }
        if let words = pane.find?.words(pane.cursorRow), !words.isEmpty {
            pieces.append(Piece("\(words) · ", .textStrong))
        }
        if !pane.marks.isEmpty {
            pieces.append(Piece("\(Quantity.count(pane.marks.count)) marked · ", .mark))
        }
        if arrangement.folded > 0 {
            pieces.append(Piece("\(Quantity.count(arrangement.folded)) folded · ", .textMuted))
        }
        if arrangement.hidden > 0 {
            pieces.append(Piece("\(Quantity.count(arrangement.hidden)) hidden · ", .match))
        }
        if arrangement.undecided > 0 {
            pieces.append(Piece("\(Quantity.count(arrangement.undecided)) undecided · ", .freshStale))
        }
        if pane.owner == nil { pieces.append(Piece(countWords, .text)) }
        guard state.size.width >= 90 else { return pieces }
        if let age = pane.owner == nil ? nil : state.age(of: pane) {
            pieces.append(Piece("read \(SteppedAge.text(age)) ago", .textMuted))
        }
        if let words = orderWords(pane) { pieces.append(Piece(" · sorted by \(words)", .textMuted)) }
        return pieces
    }

    /// How many rows there are, and how many of them are shown.
    private var countWords: String {
        let arrangement = pane.arrangement
        let known = pane.owner == nil ? state.rowCount(pane.pane) : state.ownedCount(pane)
        let rows = arrangement.total - (pane.owner == nil ? state.doubled(in: pane.pane) : 0)
        let total = pane.frozen == nil ? known.text : Quantity.count(rows)
        // What changed since a look may be more than is known to have.
        let shown = Count(value: arrangement.count, isComplete: state.sinceRemark(of: pane) == nil)
        let isAll = arrangement.count >= rows
        // Rows of an earlier session are in no number.
        if backends.contains(where: { !$0.remembered.keys.allSatisfy { !pane.pane.kinds.contains($0) } }) {
            return total
        }
        return isAll ? total : "\(shown.text) of \(total)"
    }

    /// The servers that its rows come from.
    private var backends: [BackendState] {
        pane.owner.map { owner in [state.backend(owner.backend)].compactMap { $0 } } ?? Array(state.backends)
    }

    private func isSource(_ resource: ResourceDescriptor) -> Bool {
        pane.pane.kinds.contains(resource.kind) && pane.owner.map { resource.owner($0.kind) != nil } ?? true
    }

    private func orderWords(_ pane: PaneState) -> String? {
        // The order of paths is the one of the documents: a number that nobody sees.
        guard !pane.order.isEmpty, pane.order.first?.field != "rank" else { return nil }
        return pane.order.prefix(2).map { level in
            let title =
                pane.pane.columns.first { $0.key == level.field }?.title.lowercased() ?? level.field.rawValue
            return title + (level.descending ? " ▼" : "")
        }.joined(separator: ", ")
    }

    /// What of the pane's rows is missing, in the backend's words.
    private var partialWords: String? {
        if let words = state.sinceRemark(of: pane) { return words }
        for backend in backends {
            for resource in backend.resources where isSource(resource) {
                if let words = backend.awaitedProgress(of: resource, now: state.now) { return words }
                if case .partial(let words) = backend.health[resource.kind]?.completeness { return words }
                if backend.freshness(of: resource, now: state.now) == .outdated,
                    let late = backend.latePolls(state.now)
                {
                    return "\(backend.name): \(late.words)"
                }
            }
        }
        return forbiddenWords ?? troubleWords
    }

    /// Why a backend does not answer any more for rows that are still shown, and when it is asked again.
    private var troubleWords: String? {
        for backend in backends where backend.resources.contains(where: isSource) {
            if let words = backend.troubleWords(with: pane.pane.kinds, now: state.now) {
                return "\(backend.name): \(words)"
            }
        }
        return nil
    }

    /// What of the pane's rows the account of a backend may not see.
    private var forbiddenWords: String? {
        for backend in backends {
            let forbidden = backend.resources.filter { resource in
                isSource(resource)
                    && backend.health[resource.kind]?.error?.kind == .forbidden
            }
            guard !forbidden.isEmpty else { continue }
            let names = forbidden.map(\.plural).joined(separator: ", ")
            return "\(backend.name): no right to see \(names)"
        }
        return nil
    }
}

/// The line above the keys: a message, or the filter being typed.
struct MessageLine {
    let state: State

    func draw(in frame: inout Frame, _ line: Rect) {
        guard !line.isEmpty else { return }
        if let prompt = state.layers.top as? any Prompt { return prompt.draw(in: &frame, line: line, state) }
        var line = line
        if state.isDryRunArmed {
            let used = frame.put(" DRY RUN ", line.x + 1, line.y, .chip, width: line.width - 1) + 1
            line = Rect(line.x + used, line.y, line.width - used, line.height)
        }
        let mark = scrollMark
        mark.draw(in: &frame, Rect(line.x, line.y, line.width - 1, 1), Theme.style(.textMuted))
        let width = line.width - (mark.text.isEmpty ? 0 : mark.text.count + 3)
        guard let message = state.message else {
            if !state.pendingKeys.isEmpty {
                let keys = state.pendingKeys.map(\.description).joined(separator: " ")
                frame.put(" \(keys) …", line.x, line.y, .message, width: width)
            }
            return
        }
        let (sign, role): (String, Role) =
            switch message.tone {
            case .plain: ("·", .message)
            case .good: ("✓", .messageGood)
            case .bad: ("✗", .messageBad)
            }
        let words = TextLayout.cut("\(sign) \(message.words)", to: max(0, width - 2))
        frame.put(words, line.x + 1, line.y, role, width: width - 1)
    }

    /// How far down the table or the opened entity one is.
    private var scrollMark: ScrollMark {
        if let opened = state.details.last {
            let lines = state.lines(of: opened)
            return ScrollMark(
                first: state.scrolledTop(of: opened, lines: lines), visible: state.detailPage(lines.count),
                total: lines.count)
        }
        let pane = state.pane
        return ScrollMark(first: pane.top, visible: state.layout.rows, total: pane.arrangement.count)
    }
}
