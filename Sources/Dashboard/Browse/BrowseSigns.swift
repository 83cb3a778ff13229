import Canvas
import Domain
import Filter

/// What is said of a collection of an API: where it is, how many rows came, and why there are none.
struct BrowseSigns {
    let state: State
    let collection: EntityRef

    /// How many rows there are, what is missing of them, and how old they are.
    func counts(_ pane: PaneState) -> [Piece] {
        guard let visit = state.browse[collection] else { return [] }
        var pieces: [Piece] = []
        let width = state.size.width
        // Where nothing came at all, the rows' place says why.
        if visit.table == nil { return [] }
        if let problem = visit.problem {
            pieces.append(Piece("\(TextLayout.cut(problem.words, to: width / 2)) · ", .freshLost))
        } else if let words = partWords(visit), width >= 80 {
            let stop = visit.isAsking ? "; \(key(.back)) stops" : ""
            pieces.append(Piece("\(TextLayout.cut(words + stop, to: width / 2)) · ", .freshStale))
        }
        if let words = pane.find?.words(pane.cursorRow), !words.isEmpty {
            pieces.append(Piece("\(words) · ", .textStrong))
        }
        if !pane.marks.isEmpty {
            pieces.append(Piece("\(Quantity.count(pane.marks.count)) marked · ", .mark))
        }
        let arrangement = pane.arrangement
        let more = visit.completeness == .complete ? "" : "+"
        let total = "\(Quantity.count(arrangement.total))\(more)"
        let isAll = arrangement.count == arrangement.total
        pieces.append(Piece(isAll ? total : "\(Quantity.count(arrangement.count)) of \(total)", .text))
        if let readAt = visit.readAt, width >= 90 {
            pieces.append(Piece(" · read \(SteppedAge.text(state.now - readAt)) ago", .textMuted))
        }
        return pieces
    }

    /// What is missing of the rows, or how far they are read again.
    private func partWords(_ visit: Browse.Visit) -> String? {
        if let words = visit.progress { return "reading again: \(words)" }
        if case .partial(let words) = visit.completeness { return words }
        return visit.isAsking ? "reading again" : nil
    }

    /// Why there is nothing to see.
    var emptyWords: [String] {
        let name = state.backend(collection.backend)?.name ?? ""
        guard let visit = state.browse[collection] else { return ["\(key(.refresh)) asks \(name)"] }
        if visit.isAsking { return ["asking \(name)…; \(key(.back)) stops"] }
        if let problem = visit.problem {
            return ["\(name): \(problem.words)", "\(key(.refresh)) asks again"]
        }
        return ["\(name) has no rows here"]
    }

    private func key(_ action: OwnAction) -> String {
        state.keymap.spelling(of: .own(action), in: [.table, .global]) ?? action.rawValue
    }
}

extension State {
    /// The words that a pane is headed by: of a collection, whose it is and what it is called.
    ///
    /// - Parameter withPath: adds where a collection is, for who stands in it and in nothing below it.
    func paneTitle(withPath: Bool = true) -> [Piece] {
        let entity = collection ?? details.first.flatMap { $0.entity.isBrowsed ? $0.entity : nil }
        guard let entity, place.pane.tab == .browse else { return [Piece(" \(place.pane)", .textHeading)] }
        var pieces = [Piece(" \(PaneName.browse)", .textHeading), Piece(" › ", .textMuted)]
        pieces.append(Piece(backend(entity.backend)?.name ?? "", .textStrong))
        guard let collection else { return pieces }
        let title = browse[collection]?.title ?? ""
        if !title.isEmpty { pieces.append(Piece(" \(title)", .textStrong)) }
        // What has no title yet is at least somewhere.
        if withPath || title.isEmpty {
            pieces.append(Piece(" \(CleanText.oneLine(collection.id))", .textMuted))
        }
        return pieces
    }
}
