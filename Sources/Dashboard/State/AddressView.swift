/// What an address of a web interface is wanted for.
public enum AddressPurpose: Sendable, Hashable {
    /// To be shown, copied, and opened where a browser is configured.
    case open
    /// To be copied alone.
    case copy
}

/// The address of an entity on the screen.
public struct AddressView: Sendable, Equatable {
    /// What the entity is called.
    public var name: String
    /// The address.
    public var address: String
    /// Whether a browser was told to open it.
    public var isOpened: Bool
}
