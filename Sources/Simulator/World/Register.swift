import Synchronization

/// What people did to the devices of one server: those they added, removed, changed and silenced.
///
/// It never changes; a change makes a new one. So a view of the world holds one for all of its rows.
final class Register: Sendable {
    /// A device that somebody added.
    struct Addition: Sendable {
        let device: Device
        let tick: Int
        /// Added by force: it does not answer.
        let isSilent: Bool
    }

    /// A time during which nobody is to be told of a device.
    struct Maintenance: Sendable, Equatable {
        /// Unix seconds; the end is the first that is not in it.
        let start: Int
        let end: Int
    }

    let additions: [Int: Addition]
    let removed: Set<Int>
    /// The columns that were written over, by device.
    let fields: [Int: [String: Input]]
    let maintenances: [Int: [Maintenance]]
    /// Of a device that was added and removed the number is not used again.
    let additionCount: Int

    static let empty = Register(additions: [:], removed: [], fields: [:], maintenances: [:], additionCount: 0)

    private init(
        additions: [Int: Addition], removed: Set<Int>, fields: [Int: [String: Input]],
        maintenances: [Int: [Maintenance]], additionCount: Int
    ) {
        self.additions = additions
        self.removed = removed
        self.fields = fields
        self.maintenances = maintenances
        self.additionCount = additionCount
    }

    func adding(_ addition: Addition, fields own: [String: Input]) -> Register {
        Register(
            additions: additions.merging([addition.device.id: addition]) { $1 }, removed: removed,
            fields: fields.merging([addition.device.id: own]) { $1 }, maintenances: maintenances,
            additionCount: additionCount + 1)
    }

    func removing(_ id: Int) -> Register {
        Register(
            additions: additions.filter { $0.key != id }, removed: removed.union([id]),
            fields: fields.filter { $0.key != id }, maintenances: maintenances.filter { $0.key != id },
            additionCount: additionCount)
    }

    func writing(_ values: [String: Input], to id: Int) -> Register {
        let merged = (fields[id] ?? [:]).merging(values) { $1 }
        return Register(
            additions: additions, removed: removed, fields: fields.merging([id: merged]) { $1 },
            maintenances: maintenances, additionCount: additionCount)
    }

    func silencing(_ id: Int, _ maintenance: Maintenance) -> Register {
        Register(
            additions: additions, removed: removed, fields: fields,
            maintenances: maintenances.merging([id: [maintenance]]) { $0 + $1 }, additionCount: additionCount)
    }
}

extension WorldView {
    /// Changes what this server knows of devices; nobody else changes it meanwhile.
    func changeDevices<Result: Sendable>(_ change: (inout Register) -> Result) -> Result {
        world.registers.withLock { change(&$0[territory, default: .empty]) }
    }

    /// The number of the device that is added next.
    func nextDeviceID(_ register: Register) -> Int { network.devices.count + register.additionCount + 1 }

    /// Whether this server watches a device of the network.
    func watches(_ index: Int) -> Bool {
        territory.contains(network.devices[index]) && !register.removed.contains(index + 1)
    }

    func isUnderMaintenance(_ id: Int) -> Bool {
        let now = time(tick)
        return register.maintenances[id]?.contains { $0.start <= now && now < $0.end } ?? false
    }
}
