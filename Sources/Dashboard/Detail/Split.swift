import Domain

/// The detail beside the list, or under it: what is known of the row under the cursor.
public struct Split: Sendable {
    /// Whether it is wanted; where there is no room for it, it waits until there is.
    public private(set) var isOn = false
    /// What it shows: the row at once, and what the server says when that is here.
    public private(set) var opened: DetailState?
    /// When the server is asked about it: once the cursor has rested.
    private(set) var dueAt: Instant?
    /// What each server is being asked about: never two things at once.
    private var asking: [BackendID: EntityRef] = [:]
    /// Whether it is to be asked about when the server has answered something else.
    private var isWaiting = false

    /// How long the cursor rests before a server is asked, in seconds.
    static let rest = 0.3

    /// Where it stands.
    public enum Side: Sendable, Equatable { case beside, under }
    /// From so many columns on it stands beside the list.
    static let columnsBeside = 140
    /// From so many columns and lines on it stands under it.
    static let columnsUnder = 100, linesUnder = 30
    /// From so many lines on it stands under it at any width.
    static let linesUnderNarrow = 48

    /// Wants it, or wants it no more.
    mutating func setOn(_ isOn: Bool) { self.isOn = isOn }

    /// Shows nothing.
    mutating func clear() { (opened, dueAt, isWaiting) = (nil, nil, false) }

    /// Shows what the cursor came to; the server is asked once it has rested there.
    mutating func show(_ opened: DetailState, now: Instant) {
        self.opened = opened
        isWaiting = false
        dueAt = now + Self.rest
    }

    /// Whether the server is to be asked now; from here on it is not.
    mutating func takeDue(_ now: Instant) -> Bool {
        guard let due = dueAt, due <= now else { return false }
        dueAt = nil
        return true
    }

    /// Asks about what it shows; what the server is being asked about already comes first.
    ///
    /// - Parameters:
    ///   - related: rows of other tables that name the entity.
    ///   - rest: why the server is left alone for now; nil where it is not.
    /// - Returns: whether the server is to be asked.
    mutating func ask(
        _ entity: EntityRef, related: [RelatedRows], linked: [Detail.Section] = [], resting rest: String?
    ) -> Bool {
        opened?.relate(related, linked)
        if rest == nil, asking[entity.backend] != nil {
            isWaiting = true
            return false
        }
        guard opened?.ask(resting: rest) == true else { return false }
        asking[entity.backend] = entity
        return true
    }

    /// Asks again because rows of its kind arrived.
    mutating func refresh(_ id: BackendID, _ kind: ResourceKind, now: Instant) {
        guard let opened, opened.entity.backend == id, opened.entity.kind == kind, dueAt == nil,
            opened.arrivedAt != nil
        else { return }
        dueAt = now
    }

    /// No server is asked about what it shows.
    mutating func failed(_ reason: BackendError) { opened?.failed(reason) }

    /// Shows what a server said, as far as it is.
    mutating func partlyDetailed(_ entity: EntityRef, _ detail: Detail) {
        guard opened?.entity == entity, opened?.arrivedAt == nil else { return }
        opened?.show(detail)
    }

    /// Shows what a server said; what the cursor went on to meanwhile is asked about now.
    mutating func detailed(_ entity: EntityRef, _ result: Result<Detail, BackendError>, now: Instant) {
        guard asking[entity.backend] == entity else { return }
        asking[entity.backend] = nil
        if isWaiting, opened?.entity.backend == entity.backend {
            isWaiting = false
            dueAt = now
        }
        guard opened?.entity == entity else { return }
        opened?.answered()
        switch result {
        case .success(let detail): opened?.show(detail, whole: now)
        case .failure(let error): opened?.failed(error)
        }
    }
}
