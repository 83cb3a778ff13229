import Canvas
import Domain

/// States over a time as a row of cells: the taller, the worse, so that it can be read without colours.
struct StripCells {
    let strip: Strip

    /// Fewer cells than this say nothing.
    private static let least = 4
    /// Fewer than this are worth more than the times beside them.
    private static let leastWithTimes = 12

    /// The strip with the times of its ends, in as many columns; without times, or nothing, where room is short.
    ///
    /// - Parameter zone: seconds that local time is east of UTC.
    func pieces(width: Int, zone: Int) -> [Piece] {
        let from = time(strip.range.lowerBound, zone)
        let to = time(strip.range.upperBound, zone)
        let room = width - from.count - to.count - 2
        if room >= Self.leastWithTimes {
            return [Piece(from + " ", .textMuted)] + cells(room) + [Piece(" " + to, .textMuted)]
        }
        return width >= Self.least ? cells(width) : []
    }

    /// A cell for each part of the time, in the look of the worst that was in it, however short.
    func cells(_ count: Int) -> [Piece] {
        let start = strip.range.lowerBound.seconds
        let length = Double(strip.range.upperBound.seconds.subtractingClamped(start))
        guard count > 0, length > 0 else { return [] }
        var ranks = [Int?](repeating: nil, count: count)
        for span in strip.spans {
            let from = max(span.range.lowerBound.seconds, start)
            let to = min(span.range.upperBound.seconds, strip.range.upperBound.seconds)
            guard from <= to, from < strip.range.upperBound.seconds else { continue }
            let rank = Urgency.rank(span.word)
            let first = Int(Double(from - start) / length * Double(count))
            let last = Int((Double(to - start) / length * Double(count)).rounded(.up)) - 1
            for cell in max(0, first)...max(first, min(last, count - 1)) where cell < count {
                ranks[cell] = min(ranks[cell] ?? rank, rank)
            }
        }
        var pieces: [Piece] = []
        for rank in ranks {
            let (symbol, role) = Self.look(rank)
            if pieces.last?.role == role {
                pieces[pieces.count - 1].text += symbol
            } else {
                pieces.append(Piece(symbol, role))
            }
        }
        return pieces
    }

    private static func look(_ rank: Int?) -> (String, Role) {
        switch rank {
        case 1: ("█", .stateDown)
        case 2: ("▄", .statePartly)
        case 4: ("▄", .stateHandled)
        case 5: ("▁", .stateUp)
        case 6, 7, 8: ("·", .stateOff)
        default: ("?", .stateUnknown)
        }
    }

    /// The time of day; with the day where it lies further back than a day and a half.
    private func time(_ moment: Timestamp, _ zone: Int) -> String {
        let text = CivilTime.fields(moment, offset: zone).text
        let length = strip.range.upperBound.seconds.subtractingClamped(strip.range.lowerBound.seconds)
        return String(text.dropFirst(length > 129_600 ? 5 : 11).prefix(length > 129_600 ? 11 : 5))
    }
}
