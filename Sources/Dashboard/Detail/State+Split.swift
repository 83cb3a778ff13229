import Canvas
import Domain
import Filter

/// The detail beside the list follows the cursor; the keys stay in the list.
extension State {
    /// Where the detail stands; nil where there is none.
    public var splitSide: Split.Side? {
        guard split.isOn, !isZoomed, details.isEmpty, screen == nil, place.pane != .overview else {
            return nil
        }
        return hasPin && roomForSplit == .under ? nil : roomForSplit
    }

    var roomForSplit: Split.Side? {
        if size.width >= Split.columnsBeside { return .beside }
        let least = size.width >= Split.columnsUnder ? Split.linesUnder : Split.linesUnderNarrow
        return size.height >= least ? .under : nil
    }

    /// Why there can be no detail beside the list; nil when there can, or when it is there.
    var reasonAgainstSplit: String? {
        if !details.isEmpty { return "a detail has the screen already" }
        if split.isOn { return nil }
        if place.pane == .overview { return "the overview shows no detail beside it" }
        guard roomForSplit == nil else { return nil }
        return "a detail beside the list needs \(Split.columnsUnder) columns and \(Split.linesUnder) lines,"
            + " not \(size.width) by \(size.height)"
    }

    /// Shows the detail beside the list, or hides it.
    mutating func toggleSplit() -> [Effect] {
        split.setOn(!split.isOn || isZoomed)
        if split.isOn, hasPin, roomForSplit == .under {
            _ = togglePin()
        }
        setZoomed(false)
        scrollIntoView()
        return []
    }

    /// Maximizes what has the keys, or restores the rest.
    mutating func zoom() -> [Effect] {
        setZoomed(!isZoomed)
        let key = keymap.spelling(of: .own(.zoom), in: contexts) ?? ""
        showMessage(.plain, isZoomed ? "zoomed: \(key) brings the rest back" : "not zoomed")
        scrollIntoView()
        return []
    }

    /// Brings the detail beside the list in step with the cursor; asks the server once the cursor has rested.
    mutating func followCursor() -> [Effect] {
        guard splitSide != nil, let cursor = pane.cursor else {
            split.clear()
            return []
        }
        if split.opened?.entity != cursor {
            split.show(DetailState(entity: cursor, title: name(of: cursor)), now: now)
        }
        guard split.takeDue(now) else { return [] }
        guard !isPast else {
            split.failed(Self.onlyRecorded)
            return []
        }
        let rest = backend(cursor.backend)?.restWords
        let asks = split.ask(
            cursor, related: relatedRows(of: cursor), linked: linkedSections(of: cursor), resting: rest)
        return asks ? [.detail(cursor)] : []
    }

    /// What is opened for an entity: what stood beside the list goes on from there.
    func opened(_ entity: EntityRef) -> DetailState {
        guard let opened = split.opened, opened.entity == entity else {
            return DetailState(entity: entity, title: name(of: entity))
        }
        return opened
    }
}
