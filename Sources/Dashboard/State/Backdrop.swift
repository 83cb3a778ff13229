import Canvas
import Domain

/// What the lines around a table are drawn from: another one as soon as anything but the cursor may have changed.
///
/// Header, tabs, title and keys cost more than the two rows that a moving cursor changes, and look as they did then. Whatever
/// happens makes a new one, unless it is known to leave those lines alone; so what is added to the program redraws them.
final class Backdrop: Sendable {
    /// The moment that ages in these lines count to, less than a second ago.
    let now: Instant

    init(now: Instant) { self.now = now }
}

extension State {
    /// Whether an event, before it is taken, can leave the lines around the table alone.
    func mayKeepBackdrop(_ event: Event) -> Bool {
        guard screen == nil, past.isEmpty, moment == nil, layers.all.isEmpty, details.isEmpty else {
            return false
        }
        switch event {
        case .tick(let now, let wall, let zone):
            // A second of the clock, and no more than one of ages.
            return wall == self.wall && zone == self.zone && (0..<1).contains(now - backdrop.now)
        case .read(let inputs):
            guard inputs.count == 1, case .key(_)? = inputs.first else { return false }
            return !hasPin && splitSide == nil && !pane.isFollowing && !isDryRunArmed
        default:
            return false
        }
    }

    /// Redraws the lines after an event, unless it only moved the cursor, or the clock within a second.
    ///
    /// - Parameters:
    ///   - mayKeep: the answer of ``mayKeepBackdrop(_:)`` before the event.
    ///   - before: how often the cursor had been moved.
    mutating func settleBackdrop(
        _ event: Event, _ mayKeep: Bool, movesBefore before: Int, _ effects: [Effect]
    ) {
        if mayKeep, effects.isEmpty {
            if case .tick = event { return }
            if cursorMoves == before + 1 { return }
        }
        renewBackdrop()
    }

    /// Redraws the lines at the next frame.
    mutating func renewBackdrop() { backdrop = Backdrop(now: now) }

    /// Counts a key that moved the cursor of a table, and did nothing else.
    mutating func countMove() { cursorMoves += 1 }

    /// The same state as of the moment that ages in the lines around the table count to.
    var atBackdrop: State {
        guard backdrop.now != now else { return self }
        var state = self
        state.setTime(backdrop.now, wall: wall, zone: zone)
        return state
    }
}
