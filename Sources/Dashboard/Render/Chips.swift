import Canvas
import Domain
import Filter

/// What must not be overlooked about the current table.
struct Chips {
    let state: State
    let pane: PaneState

    /// Behind the name of the pane, before everything else about it.
    var pieces: [Piece] {
        var pieces: [Piece] = []
        if let frozen = pane.frozen {
            let age = SteppedAge.text(state.now - frozen.at)
            pieces += [Piece("  "), Piece(" FROZEN \(age) ", .chip)]
        }
        if let words = earlierSession { pieces += [Piece("  "), Piece(" \(words) ", .chip)] }
        if let words = state.stormWords { pieces += [Piece("  "), Piece(" \(words) ", .chip)] }
        if pane.arrangement.silenced > 0 {
            let count = Quantity.count(pane.arrangement.silenced)
            pieces.append(Piece("  \(count) snoozed here", .match))
        }
        if pane.isFollowing { pieces.append(Piece("  following", .textStrong)) }
        return pieces
    }

    /// That rows are of an earlier session, with the age of the oldest; of which servers, where others have answered.
    private var earlierSession: String? {
        var names: [String] = []
        var oldest: Instant?
        for backend in state.backends {
            let readAt = pane.pane.kinds.compactMap { backend.remembered[$0] }.min()
            guard let readAt else { continue }
            names.append(backend.name)
            oldest = min(oldest ?? readAt, readAt)
        }
        guard let oldest else { return nil }
        let of = names.count < state.backends.count ? " (\(names.joined(separator: ", ")))" : ""
        return "ROWS FROM \(SteppedAge.text(state.now - oldest)) AGO\(of)"
    }
}
