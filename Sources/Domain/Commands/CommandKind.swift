/// The name of a command: `acknowledge`, `restart-bond`.
///
/// Only the names that more than one adapter may have stand here; an adapter adds its own in its folder.
public struct CommandKind: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral,
    CustomStringConvertible
{
    /// Lower case with dashes; the same word binds a key and names a subcommand.
    public let rawValue: String
    /// Makes a name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a name from a literal.
    public init(stringLiteral value: String) { rawValue = value }
    /// The name.
    public var description: String { rawValue }

    /// Takes an alert.
    public static let acknowledge: CommandKind = "acknowledge"
    /// Gives an alert back.
    public static let unmute: CommandKind = "unmute"
    /// Silences a device, or all of a group or location, for a while, for everybody.
    public static let maintenance: CommandKind = "maintenance"
    /// Silences a monitored host or service for a while, for everybody.
    public static let downtime: CommandKind = "downtime"
    /// Has the monitoring look again now.
    public static let recheck: CommandKind = "recheck"
    /// Makes a customer's equipment test its line.
    public static let diagnostic: CommandKind = "diagnostic"
}
