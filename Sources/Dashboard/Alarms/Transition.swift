public import Canvas
public import Domain
public import Filter

/// Something that happened which somebody may want to be called for.
public struct Transition: Sendable, Equatable {
    /// What happened; the raw value is the word in the configuration.
    public enum Event: String, Sendable, CaseIterable {
        /// An alert that nobody took is there and was not, or is open again.
        case new
        /// An open alert became more severe.
        case worse
        /// An alert is over.
        case cleared
        /// What is known of a backend is too old to be relied on.
        case lost
        /// A backend that was lost is known again.
        case back
    }

    /// What happened.
    public var event: Event
    /// The backend that it happened on, or to.
    public var backend: BackendID
    /// The alert; nil for a backend.
    public var entity: EntityRef?
    /// How bad it is now; of what is over, how bad it was.
    public var severity: Severity
    /// What it is called, in a sentence: `mad1-core-rtr02: BGP session down`.
    public var name: String
    /// The row of the alert, or of the backend.
    public var row: FlatRow
    /// The places of the rules whose filter it passes.
    public var rules: Set<Int>
}

/// When the operator is called, and how.
public struct AlarmRule: Sendable, Equatable {
    /// Which alerts and backends.
    public var filter: FilterExpression
    /// What of them.
    public var events: Set<Transition.Event>
    /// Whether the bell rings.
    public var rings: Bool
    /// How the desktop is notified; nil does not notify it.
    public var notification: NotificationForm?
    /// The program that is started for each, with its arguments; nil starts none.
    public var command: [String]?
    /// When, by the wall clock, nothing is done; nil always does it.
    public var quiet: HoursOfDay?
    /// What changes more often than `limit` times within `window` seconds is silent until it is calm for as long.
    public var damping: (limit: Int, window: Double)

    /// What nobody is called for unless the configuration says so.
    public static let usualEvents: Set<Transition.Event> = [.new, .worse, .lost]

    /// Describes a rule.
    public init(
        filter: FilterExpression = .everything, events: Set<Transition.Event> = usualEvents,
        rings: Bool = false, notification: NotificationForm? = nil, command: [String]? = nil,
        quiet: HoursOfDay? = nil, damping: (limit: Int, window: Double) = (4, 600)
    ) {
        self.filter = filter
        self.events = events
        self.rings = rings
        self.notification = notification
        self.command = command
        self.quiet = quiet
        self.damping = damping
    }

    /// Whether both call for the same in the same way.
    public static func == (a: AlarmRule, b: AlarmRule) -> Bool {
        a.filter == b.filter && a.events == b.events && a.rings == b.rings
            && a.notification == b.notification && a.command == b.command && a.quiet == b.quiet
            && a.damping == b.damping
    }
}
