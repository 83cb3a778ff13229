internal import Domain

/// Which groups devices are in, as far as it was read.
///
/// Lists of devices don't say it: it takes a request for each group, so it is read seldom, and not all at once where
/// there are very many.
struct Memberships {
    /// Seconds between two readings, and the most groups that are asked for with one list of devices.
    static let interval: Int64 = 900
    static let limit = 300

    /// The names of the groups that each device is in, in the order of their names.
    private(set) var groups: [DeviceID: [String]] = [:]
    private var members: [String: (name: String, devices: [DeviceID])] = [:]
    /// The groups of this reading that were not asked for yet.
    private var waiting: [DeviceGroup]?
    private var readAt: Timestamp?

    /// Whether it is time to read; it is not any more for a while.
    mutating func begin(at now: Timestamp) -> Bool {
        if let waiting, !waiting.isEmpty { return true }
        if let readAt, abs(now.seconds - readAt.seconds) < Self.interval { return false }
        readAt = now
        waiting = nil
        return true
    }

    /// Notes that what was just read is so many seconds old: it is due again when it is for whoever read it.
    mutating func age(by seconds: Double) {
        readAt = readAt.map { Timestamp($0.seconds - Int64(seconds)) }
    }

    /// Whether the list of groups has to be read first.
    var needsList: Bool { waiting == nil }

    /// Takes the list of all groups; those that are gone have no devices.
    mutating func take(_ list: [DeviceGroup]) {
        waiting = list
        let known = Set(list.map(\.id))
        members = members.filter { known.contains($0.key) }
    }

    /// The next group to ask for.
    mutating func next() -> DeviceGroup? { waiting?.popLast() }

    /// Leaves the others for the next reading.
    mutating func giveUp() { waiting = [] }

    /// Takes the devices of a group.
    mutating func take(_ devices: [DeviceID], of group: DeviceGroup) {
        members[group.id] = (group.title, devices)
    }

    /// Puts the groups of each device in order.
    mutating func finish() {
        var groups: [DeviceID: [String]] = [:]
        let sorted = members.sorted {
            let (a, b) = ($0.value.name.lowercased(), $1.value.name.lowercased())
            return a != b ? a < b : $0.key < $1.key
        }
        for (_, group) in sorted {
            for device in Set(group.devices) { groups[device, default: []].append(group.name) }
        }
        self.groups = groups
    }
}

extension LibreNMSServer {
    /// Reads groups and their devices; one that can't be read keeps the devices that it had.
    func readMemberships(_ dialect: Dialect) async {
        if withMemory({ $0.memberships.needsList }) {
            guard let list = try? await rows("groups", Path.groups, priority: 2) else { return }
            withMemory { $0.memberships.take(list.array.compactMap { DeviceGroup($0) }) }
        }
        var failures = 0
        for _ in 0..<Memberships.limit {
            guard let group = withMemory({ $0.memberships.next() }) else { break }
            do {
                let devices = try await devices(of: group, dialect)
                withMemory { $0.memberships.take(devices, of: group) }
                failures = 0
            } catch {
                failures += 1
                // A server that refuses three in a row is not asked three hundred times.
                if failures == 3 { withMemory { $0.memberships.giveUp() } }
            }
        }
        withMemory { $0.memberships.finish() }
    }
}
