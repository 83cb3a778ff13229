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
        if let words = state.stormWords { pieces += [Piece("  "), Piece(" \(words) ", .chip)] }
        if pane.arrangement.silenced > 0 {
            let count = Quantity.count(pane.arrangement.silenced)
            pieces.append(Piece("  \(count) snoozed here", .match))
        }
        if pane.isFollowing { pieces.append(Piece("  following", .textStrong)) }
        return pieces
    }
}
