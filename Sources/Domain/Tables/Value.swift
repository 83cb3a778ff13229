/// The value of one field of one entity.
public enum Value: Sendable, Hashable {
    /// The server gave none, or none that means anything.
    case none
    /// Cleaned text.
    case text(String)
    /// A whole number; bits per second for rates, bytes for sizes, seconds for durations.
    case integer(Int64)
    /// A number with a fraction.
    case number(Double)
    /// Yes or no.
    case flag(Bool)
    /// A moment.
    case time(Timestamp)
    /// Another entity, with the name to show.
    case ref(EntityRef, name: String)

    /// Whether there is no value.
    public var isNone: Bool { self == .none }
}
