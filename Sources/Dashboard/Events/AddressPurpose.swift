/// What an address of a web interface is wanted for.
public enum AddressPurpose: Sendable, Hashable {
    /// To be shown, copied, and opened where a browser is configured.
    case open
    /// To be copied alone.
    case copy
}
