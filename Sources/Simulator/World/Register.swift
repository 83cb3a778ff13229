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

    /// A time during which nobody is to be notified of a device.
    struct Maintenance: Sendable, Equatable {
        /// Unix seconds; the end is the first that is not in it.
        let start: Int
        let end: Int
    }

    /// A description that somebody gave a port in place of the device's own.
    struct Description: Sendable {
        let text: String
        let tick: Int
    }

    private struct Contents: Sendable {
        var additions: [Int: Addition] = [:]
        var removed: Set<Int> = []
        var fields: [Int: [String: Input]] = [:]
        var maintenances: [Int: [Maintenance]] = [:]
        var discoveries: [Int: Int] = [:]
        var descriptions: [Int: Description] = [:]
        var edits: [String: Edits] = [:]
        var renamed: [Int: Device] = [:]
        var additionCount = 0
    }

    private let contents: Contents

    static let empty = Register(Contents())

    private init(_ contents: Contents) { self.contents = contents }

    var additions: [Int: Addition] { contents.additions }
    var removed: Set<Int> { contents.removed }
    /// The columns that were written over, by device.
    var fields: [Int: [String: Input]] { contents.fields }
    var maintenances: [Int: [Maintenance]] { contents.maintenances }
    /// When somebody asked for a device to be discovered.
    var discoveries: [Int: Int] { contents.discoveries }
    /// By port; one that was removed is known by the word for that until the next poll.
    var descriptions: [Int: Description] { contents.descriptions }
    /// What people wrote into the lists that nothing else changes, by list.
    var edits: [String: Edits] { contents.edits }
    /// Devices under the names that they were given, by their number.
    var renamed: [Int: Device] { contents.renamed }
    /// Of a device that was added and removed the number is not used again.
    var additionCount: Int { contents.additionCount }

    private func changing(_ change: (inout Contents) -> Void) -> Register {
        var contents = contents
        change(&contents)
        return Register(contents)
    }

    func adding(_ addition: Addition, fields own: [String: Input]) -> Register {
        changing {
            $0.additions[addition.device.id] = addition
            $0.fields[addition.device.id] = own
            $0.additionCount += 1
        }
    }

    func removing(_ id: Int) -> Register {
        changing {
            $0.additions[id] = nil
            $0.removed.insert(id)
            $0.fields[id] = nil
            $0.maintenances[id] = nil
        }
    }

    func writing(_ values: [String: Input], to id: Int) -> Register {
        changing { $0.fields[id, default: [:]].merge(values) { $1 } }
    }

    func silencing(_ id: Int, _ maintenance: Maintenance) -> Register {
        changing { $0.maintenances[id, default: []].append(maintenance) }
    }

    func discovering(_ id: Int, at tick: Int) -> Register { changing { $0.discoveries[id] = tick } }

    func editing(_ list: String, _ edits: Edits) -> Register { changing { $0.edits[list] = edits } }

    func renaming(_ device: Device) -> Register { changing { $0.renamed[device.id] = device } }

    func describing(port: Int, _ description: Description) -> Register {
        changing { $0.descriptions[port] = description }
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
