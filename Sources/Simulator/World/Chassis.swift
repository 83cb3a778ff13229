/// A part inside a device, in the tree that the device tells of itself.
struct Part: Sendable, Equatable {
    /// From 1; unique within its device.
    let index: Int
    let kind: String
    let name: String
    let model: String?
    /// The index of the part that holds it; 0 for the outermost.
    let containedIn: Int
    let position: Int
    /// The index of the port that it is, if it is one.
    var port: Int?
    var hasSerial = false

    /// Sensors and holes are not swapped by hand.
    var isReplaceable: Bool { kind != "sensor" && kind != "container" && kind != "backplane" }
}

/// What a device is built of: worked out level by level, so that a level costs no more than it has parts.
///
/// The largest router is nested as real ones are: chassis, slots, cards, cages, optics, and sensors in those.
struct Chassis: Sendable {
    let device: Device
    /// How many parts there are in all.
    let count: Int

    private static let partsOfSmall = 6
    private static let slots = 10
    /// Between the numbers of two slots, so that all that is in one fits.
    private static let stride = 4_000

    init(_ device: Device, extent: Extent, isLargest: Bool) {
        self.device = device
        let hasParts = !device.isOdd && device.role != .server
        count = !hasParts ? 0 : isLargest ? extent.parts : Self.partsOfSmall
    }

    private var isSmall: Bool { count <= 200 }

    /// Of each slot: itself, its card, the card's sensor, and three for each cage.
    private var cages: Int { (count - 4) / Self.slots / 3 - 1 }
    /// What the slots leave of the count.
    private var planes: Int { count - 4 - Self.slots * (3 + cages * 3) }

    /// All parts, each after the one that holds it.
    var parts: [Part] {
        var all: [Part] = []
        var open = [0]
        while let index = open.popLast() {
            let level = parts(in: index)
            all += level
            open += level.reversed().map(\.index)
        }
        return all
    }

    /// The parts directly inside one; 0 is the device itself.
    func parts(in index: Int) -> [Part] {
        guard count > 0 else { return [] }
        switch index {
        case 0: return [part(1, "chassis", "Chassis", in: 0, at: -1, hasSerial: true)]
        case 1:
            let common = [
                part(2, "powerSupply", "PSU 1", in: 1, at: 1), part(3, "powerSupply", "PSU 2", in: 1, at: 2),
                part(4, "fan", "Fan tray", in: 1, at: 3),
            ]
            guard !isSmall else { return common + smallSlots }
            return common
                + (0..<planes).map { part(100 + $0, "backplane", "Backplane \($0)", in: 1, at: 100 + $0) }
                + (0..<Self.slots).map {
                    part(Self.stride * ($0 + 1), "container", "Slot \($0)", in: 1, at: 10 + $0)
                }
        default: return isSmall ? smallParts(in: index) : largeParts(in: index)
        }
    }

    private var smallSlots: [Part] { count > 4 ? [part(5, "module", "Slot 0", in: 1, at: 5)] : [] }

    private func smallParts(in index: Int) -> [Part] {
        guard index == 5 else { return [] }
        return (6...max(count, 6)).map { part($0, "sensor", "Slot 0 temperature", in: 5, at: $0) }
    }

    private func largeParts(in index: Int) -> [Part] {
        let slot = index / Self.stride - 1
        guard (0..<Self.slots).contains(slot) else { return [] }
        let base = Self.stride * (slot + 1)
        switch index - base {
        case 0:
            let card = part(
                base + 1, "module", "Line card \(slot)", "A9K-24X10GE", in: base, at: 0, hasSerial: true)
            return [card]
        case 1:
            let sensor = part(base + 2, "sensor", "Line card \(slot) temperature", in: base + 1, at: 0)
            return [sensor]
                + (0..<cages).map { cage in
                    part(
                        base + 10 + cage * 3, "container", "Te0/\(slot)/0/\(cage) cage", in: base + 1,
                        at: cage + 1)
                }
        case let place where place >= 10 && (place - 10) / 3 < cages:
            let cage = (place - 10) / 3
            let name = "Te0/\(slot)/0/\(cage)"
            switch (place - 10) % 3 {
            case 0:
                var optic = part(
                    index + 1, "port", "\(name) SFP", "SFP-10G-LR", in: index, at: 0, hasSerial: true)
                let port = slot * cages + cage
                optic.port = port < device.ports.count ? port + 1 : nil
                return [optic]
            case 1: return [part(index + 1, "sensor", "\(name) receive power", in: index, at: 0)]
            default: return []
            }
        default: return []
        }
    }

    private func part(
        _ index: Int, _ kind: String, _ name: String, _ model: String? = nil, in parent: Int,
        at position: Int,
        hasSerial: Bool = false
    ) -> Part {
        Part(
            index: index, kind: kind, name: name, model: model, containedIn: parent, position: position,
            hasSerial: hasSerial)
    }
}

extension WorldView {
    func chassis(of row: DeviceRow) -> Chassis {
        Chassis(
            row.device, extent: world.extent,
            isLargest: row.addition == nil && network.largestRouters.contains(row.index))
    }
}
