import Canvas
import Domain

/// The states of several parts, as of a bond's legs: a sign each, in their order.
struct PartSigns {
    /// The states of the parts.
    let words: [Substring]

    init(_ words: some StringProtocol) {
        self.words = String(words).split(separator: " ")
    }

    /// The signs alone.
    var text: String { words.map { Sign.part($0).symbol }.joined() }

    /// A sign for each part; where there is no room for all, how many have each, the worst first: no part that is
    /// down may fall off the end.
    func pieces(width: Int) -> [Piece] {
        let signs = words.map(Sign.part)
        guard signs.count > width else { return signs.map { Piece($0.symbol, $0.role) } }
        var counts: [(sign: Sign, rank: Int, count: Int)] = []
        for (word, sign) in zip(words, signs) {
            if let place = counts.firstIndex(where: { $0.sign.symbol == sign.symbol }) {
                counts[place].count += 1
            } else {
                counts.append((sign, Urgency.rank(word), 1))
            }
        }
        let sorted = counts.enumerated().sorted {
            ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
        }
        var pieces: [Piece] = []
        for (_, entry) in sorted {
            if !pieces.isEmpty { pieces.append(Piece(" ", .text)) }
            pieces.append(Piece("\(entry.count)\(entry.sign.symbol)", entry.sign.role))
        }
        return pieces
    }
}
