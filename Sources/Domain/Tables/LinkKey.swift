/// What a field's text says that rows of other servers may say as well, so that the two are linked by it.
public enum LinkKey: Sendable, Hashable, CaseIterable {
    /// The row's own hardware address.
    case mac
    /// The row's own IPv4 or IPv6 address, with or without the length of its network.
    case address
    /// The address of somebody else whom the row speaks with, as a BGP session with its peer.
    case peer
    /// The row's own host name, short or with its domain; an address where a server is known by that.
    case hostName
    /// The serial number of the row's equipment.
    case serial
    /// The number of the circuit that the row is, or runs over.
    case circuit
    /// The number by which the operator's other systems know the customer that the row is.
    case customer
    /// The number of the customer that the row belongs to.
    case ofCustomer
    /// The name of an interface, which means something only together with its device.
    case interface
    /// Free text in which people write numbers of customers and circuits.
    case label
}

/// Which of a row and what one of its fields refers to depends on the other.
public enum Dependence: Sendable, Hashable {
    /// The row works only while the other does, as a port with its device.
    case ofRow
    /// The other works only while the row does, as a customer with their equipment.
    case ofReferred
}
