import Canvas
import Domain

/// The values that the lowest and the highest row of a chart stand for: round, so that they can be read.
struct ChartScale: Equatable {
    let bottom: Double
    let top: Double

    /// The figures that a top begins with.
    private static let figures = [1, 1.5, 2, 3, 4, 5, 6, 8, 10]
    /// What varies by less, as the light of a good line, is drawn as if it varied by as much.
    private static let leastSpan = 2.0

    /// - Parameter isFromZero: whether the bottom is 0, as of what is carried or used.
    init(_ lowest: Double, _ highest: Double, isFromZero: Bool) {
        guard !isFromZero else {
            bottom = 0
            top = Self.roundedUp(highest)
            return
        }
        let span = max(Self.leastSpan, highest - lowest)
        let step = Self.roundedUp(span) / 4
        let low = (lowest / step).rounded(.down) * step
        bottom = low
        top = max(low + Self.leastSpan, (highest / step).rounded(.up) * step)
    }

    /// The next number that begins with one of a few figures, at least 1.
    private static func roundedUp(_ value: Double) -> Double {
        guard value > 1, value.isFinite else { return 1 }
        var power = 1.0
        while power * 10 <= value { power *= 10 }
        return (figures.first { $0 * power >= value } ?? 10) * power
    }

    /// How far up a value is, from 0 to 1.
    func share(_ value: Double) -> Double {
        top > bottom ? max(0, min(1, (value - bottom) / (top - bottom))) : 0
    }
}
