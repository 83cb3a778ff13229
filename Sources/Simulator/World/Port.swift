/// An interface of a device, as it never changes.
final class Port: Sendable {
    /// From 1; the number that servers know it by.
    let id: Int
    /// The index of its device.
    let device: Int
    /// The interface's number on its device.
    let index: Int
    let name: String?
    let description: String?
    let alias: String?
    /// Bits a second; nil when the device does not say.
    let speed: Int?
    /// 48 bits; nil when the interface has no address.
    let mac: Int?
    let use: Use
    let rest: Rest

    /// What the port is for.
    enum Use: Sendable, Equatable {
        /// Towards the device of that index, which this one feeds.
        case downlink(Int)
        /// Towards the device of that index, which feeds this one.
        case uplink(Int)
        case circuit(Int)
        case transit
        case spare
    }

    /// What the port does when nothing happens to it.
    enum Rest: String, Sendable {
        case up, down, lowerLayerDown, dormant, notPresent, testing
        /// Switched off by the operator.
        case shut
    }

    init(
        id: Int, device: Int, index: Int, name: String?, description: String?, alias: String?, speed: Int?,
        mac: Int?, use: Use, rest: Rest
    ) {
        self.id = id
        self.device = device
        self.index = index
        self.name = name
        self.description = description
        self.alias = alias
        self.speed = speed
        self.mac = mac
        self.use = use
        self.rest = rest
    }
}
