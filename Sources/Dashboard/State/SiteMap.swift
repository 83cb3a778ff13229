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
            for row in rows where standIns[table.refs[row]] == nil {
                let isLate = lateness?.isLate(row) == true
                let word = isLate ? .unknown : DeviceStatus(rawValue: table.text(row, status)) ?? .unknown
                var site = location.map { table.text(row, $0) } ?? ""
                if site.isEmpty, !told.isEmpty { site = told[table.refs[row]] ?? "" }
                spots[site, default: []].append(
                    word == .down
                        ? Spot(
                            status: word, backend: table.backend, name: table.name(row),
                            entity: table.refs[row])
                        : Spot(status: word, backend: table.backend))
            }
        }

        var sorted: [SiteMap] {
            spots.map {
                SiteMap(site: $0.key, devices: $0.value.sorted { rank($0.status) < rank($1.status) })
            }
            .sorted { a, b in
                let (down, other) = (a.downShare, b.downShare)
                return down != other ? down > other : a.site < b.site
            }
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
