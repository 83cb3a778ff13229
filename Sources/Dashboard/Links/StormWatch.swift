import Domain
import Links

/// Whether alerts arrive too fast to be read one by one, and what was done about it.
struct StormWatch: Sendable {
    private var storm: Storm
    private let isWatching: Bool
    /// Whether the rows of alerts are grouped because of it; what the operator grouped stays theirs.
    private(set) var groups = false

    /// - Parameter threshold: how many new alerts within a minute are a storm; 0 where none is.
    init(threshold: Int) {
        storm = Storm(threshold: max(1, threshold))
        isWatching = threshold > 0
    }

    /// Whether there is one.
    var isOn: Bool { storm.isOn }
    /// How many new alerts came within the last minute.
    var recent: Int { storm.recent }

    /// Takes how many alerts are new; says whether a storm began or ended.
    mutating func note(_ new: Int, at now: Instant) -> Bool { isWatching && storm.note(new, at: now) }

    /// Knows whether rows are grouped because of it.
    mutating func setGroups(_ groups: Bool) { self.groups = groups }
}

extension State {
    /// Groups the alerts when a storm begins, and no longer when it is over.
    mutating func watchStorm(_ new: Int) -> [Effect] {
        guard storm.note(new, at: now), let index = panes.firstIndex(where: { $0.pane.name == .alerts })
        else { return [] }
        let grouping = panes[index].grouping
        if storm.isOn {
            guard grouping == nil, panes[index].pane.groupings.contains(where: { $0.key == .device }) else {
                return []
            }
            panes[index].ordering.group(by: .device)
            storm.setGroups(true)
        } else {
            guard storm.groups else { return [] }
            storm.setGroups(false)
            // Whoever grouped otherwise meanwhile wants that.
            guard grouping == .device else { return [] }
            panes[index].ordering.group(by: nil)
        }
        return arrange(index)
    }

    /// What the title of the alerts says of a storm; nil where there is none.
    var stormWords: String? {
        guard storm.isOn, place.pane == .alerts || place.pane == .overview else { return nil }
        return "STORM \(Quantity.count(storm.recent)) new in a minute"
    }
}
