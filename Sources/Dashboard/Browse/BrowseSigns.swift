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
        if let problem = visit.problem {
            pieces.append(Piece("\(TextLayout.cut(problem.words, to: width / 2)) · ", .freshLost))
        } else if case .partial(let words) = visit.completeness, width >= 80 {
            let stop = visit.isAsking ? "; \(key(.back)) stops" : ""
            pieces.append(Piece("\(TextLayout.cut(words + stop, to: width / 2)) · ", .freshStale))
        }
        if let words = pane.find?.words(pane.cursorRow), !words.isEmpty {
            pieces.append(Piece("\(words) · ", .textStrong))
        }
        if !pane.marks.isEmpty {
            pieces.append(Piece("\(Quantity.count(pane.marks.count)) marked · ", .mark))
        }
        guard visit.table != nil else { return pieces }
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
    /// The words that a pane is headed by: of a collection, whose it is and its path.
    var paneTitle: [Piece] {
        guard let collection else { return [Piece(" \(place.pane)", .textHeading)] }
        var pieces = [Piece(" \(PaneName.browse)", .textHeading), Piece(" › ", .textMuted)]
        pieces.append(Piece(backend(collection.backend)?.name ?? "", .textStrong))
        if let title = browse[collection]?.title, !title.isEmpty {
            pieces.append(Piece(" \(title)", .textStrong))
        }
        pieces.append(Piece(" \(CleanText.oneLine(collection.id))", .textMuted))
        return pieces
    }
}
