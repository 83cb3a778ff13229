/// A time during which something is wrong, in ticks: from `start` up to but without `end`.
struct Episode: Sendable, Hashable {
    let start: Int
    let end: Int

    func covers(_ tick: Int) -> Bool { start <= tick && tick < end }
}

/// When a kind of trouble visits the things it can visit.
///
/// Time is cut into slots of equal length, shifted for each thing; a slot holds at most one episode, wholly.
/// So what happens at any tick is known from that tick alone, without living through the time before.
struct Schedule: Sendable {
    let topic: Noise.Topic
    /// The length of a slot in seconds.
    let period: Int
    /// In how many of a thousand slots it comes.
    let permille: Int
    /// How long it stays, in seconds.
    let length: ClosedRange<Int>

    /// The episode of the slot in which the tick lies, or of one `back` slots before.
    func episode(of thing: Int, near tick: Int, back: Int = 0, _ noise: Noise) -> Episode? {
        let phase = Int(noise.bits(topic, thing, -1) % UInt64(period))
        let slot = floorDivide(tick + phase, by: period) - back
        guard noise.chance(permille, topic, thing, slot &* 4 &+ 1) else { return nil }
        let length = noise.pick(length, topic, thing, slot &* 4 &+ 2)
        let delay = noise.pick(0...max(period - length, 0), topic, thing, slot &* 4 &+ 3)
        let start = slot * period - phase + delay
        return Episode(start: start, end: start + min(length, period))
    }

    /// The episodes of the present slot and the one before.
    func episodes(of thing: Int, near tick: Int, _ noise: Noise) -> [Episode] {
        [
            episode(of: thing, near: tick, back: 1, noise), episode(of: thing, near: tick, noise),
        ].compactMap { $0 }
    }
}

/// Division that rounds down, also below zero.
func floorDivide(_ a: Int, by b: Int) -> Int {
    let quotient = a / b
    return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient
}
