/// How many parts each part of a device contains, where the server gave its whole inventory.
///
/// Levels are read one by one and don't say what is inside; this knows it without another request. Only the devices
/// that were looked at last are kept.
struct Contents {
    private static let kept = 8
    private var devices: [(id: DeviceID, inside: [String: Int])] = []

    /// Keeps the counts of a device by the index of the part around.
    mutating func note(_ device: DeviceID, _ inside: [String: Int]) {
        devices.removeAll { $0.id == device }
        devices.append((device, inside))
        if devices.count > Self.kept { devices.removeFirst() }
    }

    /// How many parts are inside a part; nil where that is not known.
    func count(inside place: PartPlace) -> Int? {
        devices.first { $0.id == place.device }.map { $0.inside[place.index] ?? 0 }
    }
}
