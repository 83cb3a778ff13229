import Canvas
import Domain
import Filter

/// The second table follows the cursor of the first, until it has the keys itself.
extension State {
    /// Whether the open pane has a second table, and the screen room for it.
    var hasPin: Bool {
        !pin.panes.isEmpty && pin.panes.contains(place.pane) && screen == nil && size.height >= Pin.leastLines
    }

    /// The place of the second table; nil where there is none, or nothing for it to show.
    var pinIndex: Int? { hasPin ? panes.lastIndex { $0.owner != nil } : nil }

    /// The second table; nil where there is none, or nothing for it to show.
    var pinned: PaneState? { pinIndex.map { panes[$0] } }

    /// Whether the second table has the keys.
    var isPinInFront: Bool { pin.hasFocus && pinIndex != nil }

    /// Whether there are two tables to work in.
    var areTablesTwo: Bool { details.isEmpty && pinIndex != nil }

    /// Why there can be no second table; nil when there can, or when it is there.
    var reasonAgainstPinning: String? {
        if !details.isEmpty { return "a detail has the screen already" }
        if hasPin { return nil }
        if place.pane == .overview || place.pane.tab == .browse {
            return "\(place.pane.tab) has no second table"
        }
        if size.height < Pin.leastLines {
            return "two tables need \(Pin.leastLines) lines, not \(size.height)"
        }
        let isOffered = backends.contains { backend in
            backend.resources.contains { $0.pane == place.pane && Companion.exists(for: $0, of: backend) }
        }
        return isOffered ? nil : "no table lists what belongs to the rows of \(place.pane)"
    }

    /// Shows the second table, or hides it.
    mutating func togglePin() -> [Effect] {
        pin.toggle(place.pane)
        setZoomed(false)
        // Under the list is room for one of them.
        if hasPin, split.isOn, roomForSplit == .under { split.setOn(false) }
        if !hasPin { dropPinned() }
        scrollIntoView()
        return []
    }

    /// Gives the keys to the second table, or to the first.
    mutating func focusPin(_ hasFocus: Bool) -> [Effect] {
        guard hasFocus else {
            pin.focus(false)
            return []
        }
        // What was typed ahead means what belongs to the row where the cursor is by now.
        let effects = bringPinInStep()
        pin.focus(pinIndex != nil)
        return effects
    }

    /// Brings the second table in step with the cursor of the first; who works in it keeps its rows.
    mutating func followWithPin() -> [Effect] {
        hasPin && details.isEmpty && !isPinInFront ? bringPinInStep() : []
    }

    private mutating func bringPinInStep() -> [Effect] {
        guard let companion = panes[upperIndex].cursor.flatMap(companion) else {
            dropPinned()
            return []
        }
        let name = companion.pane.below
        if pinned?.pane.name != name {
            dropPinned()
            guard let pane = panes.first(where: { $0.pane.name == companion.pane })?.pane else { return [] }
            var new = PaneState(pane.renamed(name))
            (preferences.panes[name] ?? preferences.panes[companion.pane]).map { new.arrange(as: $0) }
            add(new)
        }
        let index = panes.count - 1
        guard panes[index].owner != companion.owner else { return [] }
        panes[index].belong(to: companion.owner)
        return arrange(index)
    }

    private func companion(of entity: EntityRef) -> Companion? {
        guard let (table, row) = find(entity), let backend = backend(entity.backend) else { return nil }
        return Companion(table, row, of: backend, under: place.pane)
    }

    // MARK: What is said of it

    /// What a second table shows: `ports of core1`; of resources that have no name of their own in common, the pane's.
    func words(of pinned: PaneState) -> String {
        guard let owner = pinned.arrangement.request.owner ?? pinned.owner else { return "" }
        let resources = resources(of: owner, in: pinned)
        let plural = resources.count == 1 ? resources.first?.plural : nil
        let name = name(of: owner)
        return "\(plural ?? pinned.pane.name.above.rawValue) of \(shortNames?.short(name) ?? name)"
    }

    /// The rows of a second table before a filter leaves any out, with what is known of their completeness.
    func ownedCount(_ pinned: PaneState) -> Count {
        guard let owner = pinned.arrangement.request.owner, let backend = backend(owner.backend) else {
            return Count()
        }
        let isComplete =
            backend.info != nil
            && resources(of: owner, in: pinned).allSatisfy {
                backend.freshness(of: $0, now: now).isTrustworthy
            }
        return Count(value: pinned.arrangement.total, isComplete: isComplete)
    }

    /// How old the oldest of a second table's rows are, in seconds; nil where none were read.
    func age(of pinned: PaneState) -> Double? {
        guard let owner = pinned.owner, let backend = backend(owner.backend) else { return nil }
        return resources(of: owner, in: pinned).compactMap { backend.health[$0.kind]?.arrivedAt }.min().map {
            now - $0
        }
    }

    /// What of a backend can belong to an entity in a second table.
    func resources(of owner: EntityRef, in pinned: PaneState) -> [ResourceDescriptor] {
        backend(owner.backend)?.resources.filter {
            pinned.pane.kinds.contains($0.kind) && $0.owner(owner.kind) != nil
        } ?? []
    }
}
