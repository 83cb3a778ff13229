import Filter
public import Domain

/// The devices of one site, for the availability map.
public struct SiteMap: Sendable, Equatable {
    /// The site.
    public var site: String
    /// One device each, the worst first.
    public var devices: [Spot]

    /// One device: its status, and who says so.
    public struct Spot: Sendable, Equatable {
        /// What its backend said last.
        public var status: DeviceStatus
        /// The backend: when that does not answer, the status is history.
        public var backend: BackendID
        /// What it is called, where it is down; empty elsewhere.
        public var name = ""
        /// What it is, where it is down.
        public var entity: EntityRef?
    }

    /// - Parameters:
    ///   - doubles: rows that another one stands for; where that has no site, theirs is taken.
    ///   - lateness: which rows of a table their server did not look at for too long: what those are is not known any
    ///     more.
    static func all(
        _ tables: [Table], doubles: Doubles? = nil, lateness: (Table) -> Lateness? = { _ in nil }
    ) -> [SiteMap] {
        var sites = Sites(doubles, tables)
        for table in tables { sites.add(table, 0..<table.count, lateness(table)) }
        return sites.sorted
    }

    /// The devices among shown rows.
    static func all(_ arrangement: Arrangement, lateness: (Table) -> Lateness?) -> [SiteMap] {
        var sites = Sites()
        for (place, table) in arrangement.tables.enumerated() where table.resource.tally == .devices {
            let rows = arrangement.rows.lazy.filter { $0.table == place }.map(\.row)
            sites.add(table, rows, lateness(table))
        }
        return sites.sorted
    }

    /// Devices by site while they are gathered.
    private struct Sites {
        var spots: [String: [Spot]] = [:]
        private let standIns: [EntityRef: EntityRef]
        /// The sites that are said of rows that another one stands for, by that.
        private var told: [EntityRef: String] = [:]

        init(_ doubles: Doubles? = nil, _ tables: [Table] = []) {
            standIns = doubles?.standIns ?? [:]
            for (double, standIn) in standIns {
                guard let table = tables.first(where: { $0.row(of: double) != nil }),
                    let row = table.row(of: double)
                else { continue }
                let site = table.text(row, .location)
                if !site.isEmpty { told[standIn] = site }
            }
        }

        mutating func add(_ table: Table, _ rows: some Sequence<Int>, _ lateness: Lateness?) {
            guard let status = table.resource.index(of: .status) else { return }
            // Devices of servers that know no places are on the map as well: they may be down.
            let location = table.resource.index(of: .location)
            let statuses = WordValues(table, status) { DeviceStatus(rawValue: $0) ?? .unknown }
            var names = SiteNames()
            let sites = location.map { WordValues(table, $0) { names.place(of: $0) } }
            // By their number: a name would be hashed for each device.
            var found = [[Spot]](repeating: [], count: names.all.count)
            for row in rows where standIns.isEmpty || standIns[table.refs[row]] == nil {
                let isLate = lateness?.isLate(row) == true
                let word = isLate ? .unknown : statuses[row]
                let spot =
                    word == .down
                    ? Spot(
                        status: word, backend: table.backend, name: table.name(row), entity: table.refs[row])
                    : Spot(status: word, backend: table.backend)
                var place = sites?[row] ?? 0
                if place == 0, !told.isEmpty { place = names.place(of: told[table.refs[row]] ?? "") }
                if place == found.count { found.append([]) }
                found[place].append(spot)
            }
            for (site, own) in zip(names.all, found) where !own.isEmpty { spots[site, default: []] += own }
        }

        var sorted: [SiteMap] {
            let maps: [(map: SiteMap, share: Double)] = spots.map { site, spots in
                var devices: [Spot] = []
                devices.reserveCapacity(spots.count)
                for rank in Self.ranks {
                    for spot in spots where SiteMap.rank(spot.status) == rank { devices.append(spot) }
                }
                let map = SiteMap(site: site, devices: devices)
                return (map, map.downShare)
            }
            let ordered = maps.sorted { a, b in
                a.share != b.share ? a.share > b.share : a.map.site < b.map.site
            }
            return ordered.map(\.map)
        }

        private static let ranks = Set(DeviceStatus.allCases.map(SiteMap.rank)).sorted()
    }

    /// Names of sites by number, from 0 for none.
    private struct SiteNames {
        private(set) var all = [""]
        private var places = ["": 0]

        mutating func place(of site: String) -> Int {
            if let place = places[site] { return place }
            places[site] = all.count
            all.append(site)
            return all.count - 1
        }
    }

    /// Down devices first, then partly up, unknown, up, ignored, disabled, not monitored.
    package static func rank(_ status: DeviceStatus) -> Int {
        switch status {
        case .down: 0
        case .warning: 1
        case .unknown: 2
        case .up: 3
        case .ignored: 4
        case .disabled: 5
        case .unmonitored: 6
        }
    }

    private var downShare: Double {
        Double(devices.count { $0.status == .down || $0.status == .warning }) / Double(max(1, devices.count))
    }
}
