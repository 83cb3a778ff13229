import Canvas
import Domain

/// Who has some rows, as lines of a dialog.
struct ClaimText {
    let state: State
    let targets: [EntityRef]
    var width = 80

    /// What the rows are called.
    var names: Piece {
        let name = targets.count == 1 ? state.name(of: targets[0]) : "\(Quantity.count(targets.count)) rows"
        return Piece(TextLayout.cutMiddle(name, to: width), .textStrong)
    }

    /// Who will see it.
    var reach: Piece {
        let words =
            state.claims.book.problem.map { "not shared yet: \($0)" }
            ?? "seen by the whole team; no server is asked or told"
        return Piece(
            TextLayout.cut(words, to: width), state.claims.book.problem == nil ? .textMuted : .freshStale)
    }

    /// Every claim on the rows, with who has it, since when, until when and the note.
    func lines(most: Int) -> [[Piece]] {
        var lines: [[Piece]] = []
        let claimed = targets.filter { !state.claims.of($0).isEmpty }
        for target in claimed {
            if targets.count > 1 || claimed.count == 1 {
                lines.append([Piece(TextLayout.cutMiddle(state.name(of: target), to: width), .textStrong)])
            }
            for claim in state.claims.of(target) {
                let who = claim.isMine ? "you" : claim.who
                lines += TextLayout.wrap(
                    "\(who) \(claim.isMine ? "have" : "has") it \(claim.words(now: state.now))", to: width - 2
                )
                .map { [Piece("  \($0)", .dialog)] }
            }
        }
        let free = targets.count - claimed.count
        if free > 0 {
            lines.append([
                Piece(
                    "nobody has \(free == 1 ? "the other row" : "the other \(Quantity.count(free)) rows")",
                    .textMuted)
            ])
        }
        if let problem = state.claims.book.problem {
            lines += TextLayout.wrap("as it was known last: \(problem)", to: width).map {
                [Piece($0, .freshStale)]
            }
        }
        guard lines.count > most else { return lines }
        return lines.prefix(most - 1) + [[Piece("… \(lines.count - most + 1) more lines", .textMuted)]]
    }
}
