import Domain

/// The detail beside the list, or under it: what is known of the row under the cursor.
public struct Split: Sendable {
    /// Whether it is wanted; where there is no room for it, it waits until there is.
    public internal(set) var isOn = false
    /// What it shows: the row at once, and what the server says when that is here.
    public internal(set) var opened: DetailState?
    /// When the server is asked about it: once the cursor has rested.
    var dueAt: Instant?
    /// What each server is being asked about: never two things at once.
    var asking: [BackendID: EntityRef] = [:]
    /// Whether it is to be asked about when the server has answered something else.
    var isWaiting = false

    /// How long the cursor rests before a server is asked, in seconds.
    static let rest = 0.3

    /// Where it stands.
    public enum Side: Sendable, Equatable { case beside, under }
    /// From so many columns on it stands beside the list, from so many lines on under it.
    static let columns = 140, lines = 48
}
