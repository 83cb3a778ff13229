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
        return roomForSplit
    }

    private var roomForSplit: Split.Side? {
        if size.width >= Split.columns { return .beside }
        return size.height >= Split.lines ? .under : nil
    }

    /// Why there can be no detail beside the list; nil when there can, or when it is there.
    var reasonAgainstSplit: String? {
        if !details.isEmpty { return "a detail has the screen already" }
        if split.isOn { return nil }
        if place.pane == .overview { return "the overview shows no detail beside it" }
        guard roomForSplit == nil else { return nil }
        return "a detail beside the list needs \(Split.columns) columns or \(Split.lines) lines,"
            + " not \(size.width) by \(size.height)"
    }

    /// Shows the detail beside the list, or takes it away.
    mutating func toggleSplit() -> [Effect] {
        split.isOn = !split.isOn || isZoomed
        isZoomed = false
        scrollIntoView()
        return []
    }

    /// Gives the whole screen to what is in front, or takes it back.
    mutating func zoom() -> [Effect] {
        isZoomed.toggle()
        let key = keymap.spelling(of: .own(.zoom), in: contexts) ?? ""
        say(.plain, isZoomed ? "zoomed: \(key) brings the rest back" : "not zoomed")
        scrollIntoView()
        return []
    }

    /// Brings the detail beside the list in step with the cursor; asks the server once the cursor has rested.
    mutating func followCursor() -> [Effect] {
        guard splitSide != nil, let cursor = pane.cursor else {
            (split.opened, split.dueAt, split.isWaiting) = (nil, nil, false)
            return []
        }
        if split.opened?.entity != cursor {
            split.opened = DetailState(entity: cursor, title: name(of: cursor))
            split.isWaiting = false
            split.dueAt = now + Split.rest
        }
        guard let due = split.dueAt, due <= now else { return [] }
        split.dueAt = nil
        return askSplit(cursor)
    }

    private mutating func askSplit(_ entity: EntityRef) -> [Effect] {
        let related = relatedSections(of: entity)
        split.opened?.related = related
        if let words = backend(entity.backend)?.restWords {
            split.opened?.problem = BackendError(.refused, "\(words); nothing is asked")
            return []
        }
        guard split.asking[entity.backend] == nil else {
            split.isWaiting = true
            return []
        }
        split.asking[entity.backend] = entity
        split.opened?.isAsking = true
        return [.detail(entity)]
    }

    /// Asks anew about what is beside the list because its rows arrived anew.
    mutating func refreshSplit(_ id: BackendID, _ kind: ResourceKind) {
        guard let opened = split.opened, opened.entity.backend == id, opened.entity.kind == kind,
            split.dueAt == nil, opened.arrivedAt != nil
        else { return }
        split.dueAt = now
    }

    /// Takes what a server said, as far as it is.
    mutating func splitPartlyDetailed(_ entity: EntityRef, _ detail: Detail) {
        guard split.opened?.entity == entity, split.opened?.arrivedAt == nil else { return }
        split.opened?.detail = detail
        split.opened?.title = detail.title
    }

    /// Takes what a server said; what the cursor went on to meanwhile is asked about now.
    mutating func splitDetailed(_ entity: EntityRef, _ result: Result<Detail, BackendError>) {
        guard split.asking[entity.backend] == entity else { return }
        split.asking[entity.backend] = nil
        if split.isWaiting, split.opened?.entity.backend == entity.backend {
            split.isWaiting = false
            split.dueAt = now
        }
        guard split.opened?.entity == entity else { return }
        split.opened?.isAsking = false
        switch result {
        case .success(let detail):
            split.opened?.detail = detail
            split.opened?.title = detail.title
            split.opened?.problem = nil
            split.opened?.arrivedAt = now
        case .failure(let error): split.opened?.problem = error
        }
    }

    /// What is opened for an entity: what stood beside the list goes on from there.
    func opened(_ entity: EntityRef) -> DetailState {
        guard let opened = split.opened, opened.entity == entity else {
            return DetailState(entity: entity, title: name(of: entity))
        }
        return opened
    }
}
